using System.Globalization;

namespace LatchLab.Figures;

/// <summary>Rows of numbers and words under named columns: what a CSV file holds.</summary>
/// <param name="Columns">Column names, in lower-case words joined by underscores.</param>
/// <param name="Rows">Cells as text; numbers by <see cref="FormatNumber"/>.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The shortest text that reads back as the same number; every NaN is <c>NaN</c>.</summary>
    public static string FormatNumber(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public static string FormatInteger(long value) => value.ToString(CultureInfo.InvariantCulture);
}
