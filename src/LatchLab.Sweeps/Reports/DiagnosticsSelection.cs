namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The configurations whose training diagnostics are drawn: few enough to tell their curves apart, and comparable. Of
/// several parts they are the first configurations that kept a log. Of one part they differ along the horizontal axis
/// of its figures only; all other axes have the values of the first configuration.
/// </summary>
public static class DiagnosticsSelection
{
    /// <summary>Selects the first, the middle and the last of the comparable configurations.</summary>
    /// <param name="layout">The parts and axes.</param>
    /// <param name="logged">The configurations whose trials kept a log, in ascending order.</param>
    public static IReadOnlyList<int> Select(SweepLayout layout, IReadOnlyList<int> logged)
    {
        int[] comparable = layout.Parts.Count > 1
            ? [.. logged.DistinctBy(configuration => FindPart(layout, configuration))]
            : [.. logged.Where(configuration => DiffersOnlyAlong(FindAxis(layout), layout, logged[0], configuration))];
        return comparable.Length == 0 ? []
            : [.. new[] { comparable[0], comparable[(comparable.Length - 1) / 2], comparable[^1] }.Distinct()];
    }

    /// <summary>What the selected configurations have in common and in what they differ, for a caption.</summary>
    internal static string Describe(SweepLayout layout, int first)
    {
        if (layout.Parts.Count > 1)
            return "the first configurations of parts";
        PartLayout part = layout.Parts[0];
        int axis = FindAxis(layout);
        int[] coordinates = part.GetCoordinates(first);
        string others = string.Join(", ", Enumerable.Range(0, part.Axes.Count).Where(other => other != axis)
            .Select(other => AxisRoles.FormatPoint(part.Axes[other], coordinates[other])));
        return $"those along {AxisRoles.GetName(part.Axes[axis])}{(others.Length == 0 ? "" : $" with {others}")}";
    }

    /// <summary>The horizontal axis of the figures of the only part; the longest axis if none is numeric.</summary>
    private static int FindAxis(SweepLayout layout)
    {
        PartLayout part = layout.Parts[0];
        return AxisRoles.Assign(part, layout.ReportOptions).XAxis
            ?? part.Axes.Index().OrderByDescending(axis => axis.Item.Values.Count).FirstOrDefault().Index;
    }

    private static bool DiffersOnlyAlong(int axis, SweepLayout layout, int first, int second)
    {
        PartLayout part = layout.Parts[0];
        return part.GetCoordinates(first).Zip(part.GetCoordinates(second)).Index()
            .All(entry => entry.Index == axis || entry.Item.First == entry.Item.Second);
    }

    private static int FindPart(SweepLayout layout, int configuration)
    {
        int part = 0;
        for (; configuration >= layout.Parts[part].ConfigurationCount; part++)
            configuration -= layout.Parts[part].ConfigurationCount;
        return part;
    }
}
