using System.Globalization;

namespace LatchLab.Formats.Csv;

/// <summary>A number in a field, or why it is none.</summary>
internal static class CsvNumber
{
    /// <summary>Larger than anything that is measured, and so small that no square of it overflows.</summary>
    public const double Largest = 1e100;

    /// <summary>Reads a field of the present row; a mistake is noted under the name of its column.</summary>
    public static double Read(CsvFile file, int column, Mistakes mistakes)
    {
        if (!file.TryNumber(column, out double number) || Math.Abs(number) > Largest)
            mistakes.Add(file.Line, Quotation.Plain(file.Header[column]), Explain(file[column].ToString()));
        return number;
    }

    /// <summary>Why a text is no number that is allowed.</summary>
    public static string Explain(string text)
    {
        string quoted = Quotation.Of(text), withPoint = text.Replace(',', '.');
        if (text.Length == 0)
            return "is missing; a number is needed in every row";
        if (TryNumber(text, out double number))
        {
            return double.IsFinite(number)
                ? $"{quoted} is too large; at most {Largest:0e+0} is allowed"
                : $"{quoted} is not finite; only finite numbers are allowed";
        }

        return TryNumber(withPoint, out _)
            ? $"{quoted} has a comma; write {Quotation.Plain(withPoint)} with a point"
            : $"{quoted} is no number, such as 0.5 or -3e-4";
    }

    private static bool TryNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
