using System.Globalization;
using LatchLab.Files;

namespace LatchLab.Models.Datasets;

/// <summary>Parses the numbers of fields and describes invalid ones.</summary>
internal static class TableNumber
{
    /// <summary>The largest allowed magnitude: above any measurement, and its square does not overflow.</summary>
    public const double MaximumMagnitude = 1e100;

    private const string NotANumber = "is not a number, such as 0.5 or -3e-4";

    private const string MissingHint = "give a number, or missing=drop, mean or zero";

    /// <summary>What a message about a missing number says where none may be missing.</summary>
    public const string NeededHint =
        "a number is needed in every row, because the network was trained with missing=error";

    private static readonly string[] MissingTexts = ["", "NA", "N/A", "NaN", "null", "?"];

    /// <summary>Reads a field of the current row; reports an error under the name of its column.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column.</param>
    /// <param name="errors">Receives the error.</param>
    /// <param name="allowsMissing">Whether the number may be missing, and then is NaN.</param>
    /// <param name="textHint">The end of the message about a field that is a text.</param>
    /// <param name="missingHint">The end of the message about a missing number.</param>
    public static double Read(
        ITable file, int column, ValidationErrors errors, bool allowsMissing, string textHint = "",
        string missingHint = MissingHint)
    {
        if (!file.TryGetDouble(column, out double number) || Math.Abs(number) > MaximumMagnitude)
        {
            if (allowsMissing && IsMissing(file[column]))
                return double.NaN;
            string problem = DescribeInvalid(file, file[column].ToString(), missingHint);
            errors.Add(
                file.Line, Escape.Text(file.Header[column]),
                problem.EndsWith(NotANumber, StringComparison.Ordinal) ? problem + textHint : problem);
        }

        return number;
    }

    /// <summary>Whether a field has a text that stands for a missing number.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text)
    {
        foreach (string missing in MissingTexts)
        {
            if (text.Equals(missing, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Describes why a text is not an allowed number.</summary>
    public static string DescribeInvalid(ITable file, string text, string missingHint = MissingHint)
    {
        string quoted = Escape.Quote(text);
        if (text.Length == 0)
            return $"is missing; {missingHint}";
        if (IsMissing(text))
            return $"{quoted} is a missing number; {missingHint}";
        if (file.DescribeDecimalSign(text) is { } conflict)
            return conflict;
        if (TryParse(text, out double number))
        {
            return double.IsFinite(number)
                ? $"{quoted} is too large; at most {MaximumMagnitude:0e+0} is allowed"
                : $"{quoted} is not finite; only finite numbers are allowed";
        }

        return $"{quoted} {NotANumber}";
    }

    private static bool TryParse(string text, out double number)
        => double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
