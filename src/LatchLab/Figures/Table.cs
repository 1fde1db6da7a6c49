using System.Globalization;

namespace LatchLab.Figures;

/// <summary>Rows of numbers and text under named columns: the contents of a CSV file.</summary>
/// <param name="Columns">Column names, in lower-case words joined by underscores.</param>
/// <param name="Rows">Cells as text; numbers by <see cref="FormatNumber"/>.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The shortest text that parses to the same number; every NaN is <c>NaN</c>.</summary>
    public static string FormatNumber(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Formats an integer.</summary>
    public static string FormatInteger(long value) => value.ToString(CultureInfo.InvariantCulture);
}
