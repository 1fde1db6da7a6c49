using System.Globalization;
using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;

namespace LatchLab.Models;

/// <summary>
/// Reads the inputs u_1 … u_T of a sequence, one line per step: m numbers, separated by commas
/// (docs/reference/network-files.md).
/// </summary>
public static class InputSequenceFile
{
    private static readonly char[] Whitespace = [' ', '\t', '\r', '\n'];

    private static readonly char[] HeaderMargin = [' ', '\t', '"'];

    private static readonly char[] HeaderSeparators = [',', ';', '\t'];

    private static readonly char[] Separators = [' ', '\t', ',', ';'];

    /// <summary>Reads a file of at most 64 MiB.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">m, the numbers per line; null to accept any number.</param>
    /// <returns>Finite numbers, [t − 1][input], of at least one step.</returns>
    /// <exception cref="ValidationException">The file cannot be read, or a line is invalid.</exception>
    public static IReadOnlyList<double> Read(string path, int? inputs = 1)
        => Parse(InputFile.ReadBytes(path), path, inputs);

    /// <summary>Whether the first line of a file has a field that is no number: a file with named columns.</summary>
    /// <exception cref="ValidationException">The file cannot be read.</exception>
    public static bool HasHeader(string path)
    {
        using var reader = new StreamReader(InputFile.Open(path));
        var line = new StringBuilder();
        for (int letter = reader.Read(); letter is not (-1 or '\n' or '\r') && line.Length < 1 << 20;
            letter = reader.Read())
            line.Append((char)letter);
        string[] fields = line.ToString().Split(HeaderSeparators);
        return !string.IsNullOrWhiteSpace(line.ToString())
            && fields.Any(field => field.Trim(HeaderMargin) is { Length: > 0 } name
                && !double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }

    /// <summary>Parses a text.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="sourceName">The name of the source in messages, in place of a file name.</param>
    /// <param name="inputs">m, the numbers per line; null to accept any number.</param>
    /// <returns>Finite numbers, [t − 1][input], of at least one step.</returns>
    /// <exception cref="ValidationException">A line is invalid.</exception>
    public static IReadOnlyList<double> Parse(string text, string sourceName, int? inputs = 1)
        => Parse(Encoding.UTF8.GetBytes(text), sourceName, inputs);

    private static List<double> Parse(byte[] utf8, string sourceName, int? inputs)
    {
        var source = new SourceText(utf8, sourceName);
        var errors = new ValidationErrors(sourceName);
        List<double> numbers = [];
        var columns = new HashSet<int>(); // 0: of a line that is not one of numbers
        using var lines = new StringReader(Encoding.UTF8.GetString(source.Bytes).TrimEnd(Whitespace));
        for (int line = 1; lines.ReadLine() is { } text; line++)
        {
            string[] fields = text.Split(',');
            columns.Add(fields.All(field => NumberFormat.TryParseFinite(field, out _)) ? fields.Length : 0);
            string[] parts = inputs == 1 ? [text] : fields;
            string? invalid = null;
            foreach (string part in parts)
            {
                if (NumberFormat.TryParseFinite(part, out double number))
                    numbers.Add(number);
                else
                    invalid ??= part.Trim();
            }

            if (invalid is not null)
                errors.Add(line, "", line == 1 && lines.Peek() >= 0 && IsHeader(fields) ? DescribeHeader(text.Trim())
                    : inputs == 1 ? DescribeInvalidNumber(invalid)
                    : DescribeInvalidElement(text.Trim(), invalid, inputs));
            else if (inputs is { } expectedCount && parts.Length != expectedCount)
                errors.Add(line, "", DescribeInvalidCount(text.Trim(), parts.Length, expectedCount));
        }

        if (inputs is { } m && columns.Count == 1 && columns.Single() is > 0 and var count && count != m)
            throw new ValidationException(sourceName, "", DescribeColumns(count, m));
        errors.ThrowIfAny();
        return numbers;
    }

    private static string DescribeColumns(int count, int inputs)
        => $"has {NumberFormat.WithNoun(count, "column")}, and the network has " +
            $"{NumberFormat.WithNoun(inputs, "input")}: give a file with " +
            $"{NumberFormat.WithNoun(inputs, "number")} on each line" +
            (count == 2 && inputs == 1 ? ", with a point if the comma is a decimal one" : "");

    private static bool IsHeader(string[] fields)
        => fields.All(
            field => field.Trim(HeaderMargin) is [var first, ..] name && char.IsLetter(first)
                && !IsInfiniteOrNaN(name));

    private static string DescribeHeader(string line)
        => $"{Escape.Quote(line)} is a header; every line of a sequence must hold numbers: remove the header";

    private static string DescribeInvalidNumber(string text)
    {
        if (text.Length == 0)
            return "a blank line; every line must hold one number, and only the end may be blank";
        string quoted = Escape.Quote(text);
        if (IsInfiniteOrNaN(text))
            return $"{quoted} is not finite; only finite numbers are allowed";
        if (text.EndsWith(',') && NumberFormat.TryParseFinite(text.TrimEnd(','), out _))
            return $"{quoted} ends with a comma; write {Escape.Text(text.TrimEnd(','))}";
        string withPoint = text.Replace(',', '.');
        if (!text.Contains('.') && NumberFormat.TryParseFinite(withPoint, out _))
        {
            string corrected = Escape.Text(withPoint);
            return $"{quoted} has a comma; write {corrected} with a point, or two numbers on two lines";
        }

        string[] parts = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && parts.All(part => NumberFormat.TryParseFinite(part, out _))
            ? $"{quoted} holds {parts.Length} numbers; write each on its own line"
            : $"{quoted} is not a number; every line must hold one, such as 0.5 or -3e-4, and nothing else";
    }

    private static string DescribeInvalidElement(string line, string part, int? inputs)
    {
        string expected = inputs is { } m ? $"{m} numbers" : "numbers";
        if (line.Length == 0)
            return $"a blank line; every line must hold {expected}, and only the end may be blank";
        string quoted = part == line ? Escape.Quote(part) : $"{Escape.Quote(part)} in {Escape.Quote(line)}";
        if (part.Length == 0 && line.EndsWith(','))
            return $"{Escape.Quote(line)} ends with a comma; every line needs {expected}, separated by commas";
        return IsInfiniteOrNaN(part)
            ? $"{quoted} is not finite; only finite numbers are allowed"
            : $"{quoted} is not a number; every line needs {expected}, separated by commas, such as 0.5,-3e-4";
    }

    private static string DescribeInvalidCount(string line, int count, int inputs)
        => $"{Escape.Quote(line)} holds {count} number{(count == 1 ? "" : "s")}, and the network has {inputs} " +
            $"inputs; write {inputs}, separated by commas";

    private static bool IsInfiniteOrNaN(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && !double.IsFinite(number);
}
