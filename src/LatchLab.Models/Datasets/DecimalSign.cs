using System.Globalization;
using LatchLab.Files;

namespace LatchLab.Models.Datasets;

/// <summary>
/// The decimal sign of a file: that of the first number which has one. It is a comma only if commas do not separate the
/// fields. A number with the other sign is an error, because one of the two would be a thousands separator.
/// </summary>
/// <param name="allowsComma">Whether the sign may be a comma.</param>
internal sealed class DecimalSign(bool allowsComma)
{
    private const int LongestNumber = 64;

    private char _sign = allowsComma ? '\0' : '.';
    private int _line; // of the first number with the sign; 0 if none had one

    /// <summary>Whether the numbers have decimal commas.</summary>
    public bool IsComma => _sign == ',';

    /// <summary>Whether a sign is that of the file, which the first number defines.</summary>
    public bool Accepts(char sign, int line)
    {
        if (_sign == '\0')
            (_sign, _line) = (sign, line);
        return sign == _sign;
    }

    /// <summary>Parses a number that may have a decimal sign.</summary>
    public bool TryParse(ReadOnlySpan<char> text, int line, out double number)
    {
        int position = text.IndexOfAny('.', ',');
        if (position < 0 || (text[position] == '.' && Accepts('.', line)))
            return TryParseWithPoint(text, out number);
        number = 0.0;
        return text[position] == ',' && Accepts(',', line) && TryParseWithComma(text, position, out number);
    }

    /// <summary>Parses a number with a decimal comma.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">The index of its first comma.</param>
    /// <param name="number">The number.</param>
    public static bool TryParseWithComma(ReadOnlySpan<char> text, int position, out double number)
    {
        number = 0.0;
        if (text.Length > LongestNumber)
            return false;
        Span<char> withPoint = stackalloc char[LongestNumber];
        text.CopyTo(withPoint);
        if (withPoint[..text.Length].Contains('.'))
            return false;
        withPoint[position] = '.';
        return TryParseWithPoint(withPoint[..text.Length], out number);
    }

    /// <summary>Describes a number with the other sign; null if a text is none.</summary>
    public string? DescribeConflict(string text)
    {
        bool hasComma = text.Contains(',') && !text.Contains('.');
        string other = hasComma ? text.Replace(',', '.') : text.Replace('.', ',');
        if (other == text || !TryParseWithPoint(hasComma ? other : text, out _) || hasComma == IsComma)
            return null;
        string reason = _line == 0 ? "" : $", as in line {_line}";
        return hasComma
            ? $"{Escape.Quote(text)} has a comma; write {Escape.Text(other)} with a point{reason}"
            : $"{Escape.Quote(text)} has a point; write {Escape.Text(other)} with a comma{reason}";
    }

    private static bool TryParseWithPoint(ReadOnlySpan<char> text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
}
