using System.Globalization;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// Which axis of a part is drawn as what. Unless the sweep file says so: two axes of numbers with many values each
/// become a heat map; otherwise the axis of numbers that has the most values is horizontal and the next one, if it has
/// not too many, has a curve for each of its values. All others have a panel for each combination of their values.
/// </summary>
internal sealed class AxisRoles
{
    /// <summary>Most curves in a panel: there are as many that can be told apart.</summary>
    public const int MaxCurves = 7;

    // From here on a plane says more than curves do.
    private const int MinHeatMapPoints = 5;

    // Positive numbers whose ends are that many times apart are read as ratios.
    private const double LogarithmicScaleRatio = 25.0;

    private AxisRoles(PartLayout part, int? x, int? y, int? series)
    {
        (Part, XAxis, YAxis, SeriesAxis) = (part, x, y, series);
        PanelAxes = [.. Enumerable.Range(0, part.Axes.Count).Where(axis => axis != x && axis != y && axis != series)];
    }

    /// <summary>The part.</summary>
    public PartLayout Part { get; }

    /// <summary>The horizontal axis; null where no axis is one of numbers.</summary>
    public int? XAxis { get; }

    /// <summary>The vertical axis of a heat map; null where curves are drawn.</summary>
    public int? YAxis { get; }

    /// <summary>The axis that has a curve for each value; null for a single curve.</summary>
    public int? SeriesAxis { get; }

    /// <summary>The axes that have panels.</summary>
    public IReadOnlyList<int> PanelAxes { get; }

    /// <summary>The roles of a part's axes.</summary>
    public static AxisRoles Assign(PartLayout part, ReportOptions options)
    {
        int? x = FindAxis(options.X), y = FindAxis(options.Y), series = FindAxis(options.Series);
        int[] free = [.. GetFreeAxes().Where(axis => GetNumbers(part.Axes[axis]) is not null)];
        if (x is null && y is null && series is null && free is [var first, var second]
            && free.All(axis => part.Axes[axis].Values.Count >= MinHeatMapPoints))
            return new(part, first, second, series);
        x ??= free.Length == 0 ? null : free.MaxBy(axis => part.Axes[axis].Values.Count);
        if (x is null || y is not null)
            return new(part, x, y, series);
        series ??= GetFreeAxes().Where(axis => part.Axes[axis].Values.Count is > 1 and <= MaxCurves)
            .Select(axis => (int?)axis).LastOrDefault();
        return new(part, x, null, series);

        IEnumerable<int> GetFreeAxes()
            => Enumerable.Range(0, part.Axes.Count).Where(axis => axis != x && axis != y && axis != series);

        int? FindAxis(string? field)
            => field is null ? null : part.Axes.Index()
                .Where(axis => axis.Item.Fields.Contains(field)).Select(axis => (int?)axis.Index).FirstOrDefault();
    }

    /// <summary>The numbers of an axis, those of its first field that has only distinct ones; null for words.</summary>
    public static double[]? GetNumbers(SweepAxis axis)
        => Enumerable.Range(0, axis.Fields.Count).Select(field => GetNumbers(axis, field))
            .FirstOrDefault(numbers => numbers is not null);

    /// <summary>The name of an axis: that of the field whose numbers it has, else of the first one.</summary>
    public static string GetName(SweepAxis axis)
    {
        int field = Enumerable.Range(0, axis.Fields.Count).FirstOrDefault(field => GetNumbers(axis, field) is not null);
        return FormatField(axis.Fields[field]);
    }

    /// <summary>
    /// A value of an axis in words: of the first field that tells its values apart, else of all fields.
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

    /// <summary>Whether an axis is drawn with equal ratios.</summary>
    public static bool IsLogarithmic(SweepAxis axis)
        => axis.IsLogarithmic
            || (GetNumbers(axis) is { Length: > 2 } numbers && numbers.Min() > 0.0
                && numbers.Max() / numbers.Min() >= LogarithmicScaleRatio);

    /// <summary>A field without its section, in words; of a name, its section.</summary>
    public static string FormatField(string field)
        => field.Split('.', 2) is [var section, "name"] ? section : field[(field.IndexOf('.') + 1)..].Replace('-', ' ');

    /// <summary>A value as people read it: of a long number, four digits.</summary>
    public static string Abbreviate(string value)
        => value.Length > 8
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number.ToString("G4", CultureInfo.InvariantCulture)
            : value;

    /// <summary>The numbers of a field of an axis; null where they are words, or two are alike.</summary>
    private static double[]? GetNumbers(SweepAxis axis, int field)
    {
        double[] numbers = [.. axis.Values.Select(point => double.TryParse(
            point[field], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers.All(double.IsFinite) && numbers.Distinct().Count() == numbers.Length ? numbers : null;
    }

    private static string FormatSetting(string field, string value)
        => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? $"{FormatField(field)} {Abbreviate(value)}"
            : value.Length == 0 ? $"no {FormatField(field)}" : value;
}
