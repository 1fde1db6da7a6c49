using System.Globalization;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The role of each axis of a part in a figure. By default, two numeric axes with many values each become a heat map.
/// Otherwise the numeric axis with the most values is horizontal, and the last other axis with at most
/// <see cref="MaxCurves"/> values has a curve for each value. All remaining axes have a panel for each combination of
/// their values. The sweep file can override the roles; beside a vertical axis, which makes heat maps, a series has a
/// panel for each of its values.
/// </summary>
/// <param name="XAxis">The horizontal axis; null if no axis is numeric.</param>
/// <param name="YAxis">The vertical axis of a heat map; null if curves are drawn.</param>
/// <param name="SeriesAxis">The axis with a curve for each value; null for a single curve.</param>
/// <param name="PanelAxes">The axes with a panel for each combination of their values.</param>
internal sealed record AxisRoles(int? XAxis, int? YAxis, int? SeriesAxis, IReadOnlyList<int> PanelAxes)
{
    /// <summary>The maximum number of curves in a panel, which is the number of distinguishable colours.</summary>
    public const int MaxCurves = 7;

    // With this many points on both axes, a heat map is clearer than curves.
    private const int MinHeatMapPoints = 5;

    // Positive numbers that span at least this ratio are drawn on a logarithmic scale.
    private const double LogarithmicScaleRatio = 25.0;

    public static AxisRoles Assign(PartLayout part, ReportOptions options)
    {
        int? x = FindAxis(options.X), y = FindAxis(options.Y), series = FindAxis(options.Series);
        int[] free = [.. GetFreeAxes().Where(axis => GetNumbers(part.Axes[axis]) is not null)];
        if (x is null && y is null && series is null && free is [var first, var second]
            && free.All(axis => part.Axes[axis].Values.Count >= MinHeatMapPoints))
            (x, y) = (first, second);
        x ??= free.Length == 0 ? null : free.MaxBy(axis => part.Axes[axis].Values.Count);
        if (x is not null && y is null)
        {
            series ??= GetFreeAxes().Where(axis => part.Axes[axis].Values.Count is > 1 and <= MaxCurves)
                .Select(axis => (int?)axis).LastOrDefault();
        }

        if (y is not null)
            series = null; // a heat map has no curves: each value has a panel
        return new(x, y, series, [.. GetFreeAxes()]);

        IEnumerable<int> GetFreeAxes()
            => Enumerable.Range(0, part.Axes.Count).Where(axis => axis != x && axis != y && axis != series);

        int? FindAxis(string? field)
            => field is null ? null : part.Axes.Index()
                .Where(axis => axis.Item.Fields.Contains(field)).Select(axis => (int?)axis.Index).FirstOrDefault();
    }

    /// <summary>
    /// Returns the numbers of an axis: those of its first field with distinct numbers; null if there is no such field.
    /// </summary>
    public static double[]? GetNumbers(SweepAxis axis)
        => Enumerable.Range(0, axis.Fields.Count).Select(field => GetNumbers(axis, field))
            .FirstOrDefault(numbers => numbers is not null);

    /// <summary>Returns the name of an axis: the field that provides its numbers, or else the first field.</summary>
    public static string GetName(SweepAxis axis) => FormatField(GetNumericField(axis));

    /// <summary>Returns the field that provides the numbers of an axis, or else the first field.</summary>
    public static string GetNumericField(SweepAxis axis)
        => axis.Fields[Enumerable.Range(0, axis.Fields.Count).FirstOrDefault(
            field => GetNumbers(axis, field) is not null)];

    /// <summary>
    /// Formats a point of an axis: the first field whose values are all distinct, or else all fields.
    /// </summary>
    public static string FormatPoint(SweepAxis axis, int value)
    {
        for (int field = 0; field < axis.Fields.Count; field++)
        {
            if (axis.Values.Select(point => point[field]).Distinct().Count() == axis.Values.Count)
                return FormatSetting(axis.Fields[field], axis.Values[value][field]);
        }

        return string.Join(", ", axis.Fields.Zip(axis.Values[value], FormatSetting));
    }

    public static bool IsLogarithmic(SweepAxis axis)
        => axis.IsLogarithmic
            || (GetNumbers(axis) is { Length: > 2 } numbers && numbers.Min() > 0.0
                && numbers.Max() / numbers.Min() >= LogarithmicScaleRatio);

    /// <summary>Formats a field without its section, in words; a field <c>name</c> as its section.</summary>
    public static string FormatField(string field)
        => field.Split('.', 2) is [var section, "name"] ? section : field[(field.IndexOf('.') + 1)..].Replace('-', ' ');

    /// <summary>Shortens a value for display: a long number to four digits.</summary>
    public static string Abbreviate(string value)
        => value.Length > 8
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number.ToString("G4", CultureInfo.InvariantCulture)
            : value;

    /// <summary>Returns the numbers of a field of an axis; null if a value is not a number or two are equal.</summary>
    private static double[]? GetNumbers(SweepAxis axis, int field)
    {
        double[] numbers = [.. axis.Values.Select(point => double.TryParse(
            point[field], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers.All(double.IsFinite) && numbers.Distinct().Count() == numbers.Length ? numbers : null;
    }

    /// <summary>Formats a value of a field: a number with the name of the field.</summary>
    public static string FormatSetting(string field, string value)
        => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? $"{FormatField(field)} {Abbreviate(value)}"
            : value.Length == 0 ? $"no {FormatField(field)}" : value;
}
