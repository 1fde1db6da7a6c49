using System.Globalization;
using System.Text;

namespace LatchLab.Formats;

/// <summary>The inputs u_1 … u_T of a sequence, one number a line (docs/network-files.md).</summary>
public static class SequenceFile
{
    private static readonly char[] _blanks = [' ', '\t', '\r', '\n'];

    private static readonly char[] _separators = [' ', '\t', ',', ';'];

    /// <summary>Reads a file of at most 64 MiB.</summary>
    /// <param name="path">The file.</param>
    /// <returns>At least one finite number.</returns>
    /// <exception cref="InputException">It cannot be read, or a line of it is wrong.</exception>
    public static IReadOnlyList<double> Read(string path) => Parse(InputFile.ReadBytes(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="nameForMessages">What messages call it, in place of a file's name.</param>
    /// <returns>At least one finite number.</returns>
    /// <exception cref="InputException">A line of it is wrong.</exception>
    public static IReadOnlyList<double> Parse(string text, string nameForMessages)
        => Parse(Encoding.UTF8.GetBytes(text), nameForMessages);

    private static List<double> Parse(byte[] utf8, string nameForMessages)
    {
        var source = new SourceText(utf8, nameForMessages);
        var mistakes = new Mistakes(nameForMessages);
        List<double> numbers = [];
        using var lines = new StringReader(Encoding.UTF8.GetString(source.Bytes).TrimEnd(_blanks));
        for (int line = 1; lines.ReadLine() is { } text; line++)
        {
            if (!TryNumber(text, out double number))
                mistakes.Add(line, "", Explain(text.Trim()));
            numbers.Add(number);
        }

        mistakes.ThrowIfAny();
        return numbers;
    }

    private static bool TryNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);

    private static string Explain(string text)
    {
        if (text.Length == 0)
            return "a blank line; every line must hold one number, and only the end may be blank";
        string quoted = Quotation.Of(text);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return $"{quoted} is not finite; only finite numbers are allowed";
        string withPoint = text.Replace(',', '.');
        if (!text.Contains('.') && TryNumber(withPoint, out _))
        {
            string right = Quotation.Plain(withPoint);
            return $"{quoted} has a comma; write {right} with a point, or two numbers on two lines";
        }

        string[] parts = text.Split(_separators, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && parts.All(part => TryNumber(part, out _))
            ? $"{quoted} holds {parts.Length} numbers; write each on a line of its own"
            : $"{quoted} is no number; every line must hold one, such as 0.5 or -3e-4, and nothing else";
    }
}
