using System.Globalization;
using LatchLab.Files;

namespace LatchLab.Models.Datasets;

/// <summary>Parses the numbers of fields and describes invalid ones.</summary>
internal static class CsvNumber
{
    /// <summary>The largest allowed magnitude: above any measurement, and its square does not overflow.</summary>
    public const double MaximumMagnitude = 1e100;

    private const string NotANumber = "is not a number, such as 0.5 or -3e-4";

    /// <summary>Reads a field of the current row; reports an error under the name of its column.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column.</param>
    /// <param name="errors">Receives the error.</param>
    /// <param name="textHint">The end of the message about a field that is a text.</param>
    public static double Read(ITable file, int column, ValidationErrors errors, string textHint)
    {
        if (!file.TryGetDouble(column, out double number) || Math.Abs(number) > MaximumMagnitude)
        {
            string problem = DescribeInvalid(file, file[column].ToString());
            errors.Add(
                file.Line, Escape.Text(file.Header[column]),
                problem.EndsWith(NotANumber, StringComparison.Ordinal) ? problem + textHint : problem);
        }

        return number;
    }

    /// <summary>Describes why a text is not an allowed number.</summary>
    public static string DescribeInvalid(ITable file, string text)
    {
        string quoted = Escape.Quote(text);
        if (text.Length == 0)
            return "is missing; a number is needed in every row";
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
