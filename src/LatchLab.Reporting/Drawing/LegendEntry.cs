using LatchLab.Figures;

namespace LatchLab.Reporting.Drawing;

/// <summary>An entry of the legend: a name for a series or for cells of a region map.</summary>
/// <param name="Name">The name; entries without a name are not shown.</param>
/// <param name="Series">The series; null for cells.</param>
/// <param name="Cells">The colour of the cells, and whether they are the core of a region; null for a series.</param>
internal sealed record LegendEntry(string Name, Series? Series, (int Colour, bool Core)? Cells)
{
    /// <summary>The entry that explains the arrow of a censored point.</summary>
    public static LegendEntry CensoredArrow { get; } = Create(
        new Series("value above the point", SeriesKind.Curve, [], Region.Grey));

    /// <summary>The entry that explains a bar that ends at the edge of the panel.</summary>
    public static LegendEntry UnboundedBar { get; } = Create(
        new Series("interval without an upper end", SeriesKind.Curve, [], Region.Grey));

    /// <summary>The appearance: equal for entries that look the same.</summary>
    public object Appearance
        => Series is { } series ? (series.Kind, series.Colour, MarkerStyles.GetMark(series)) : Cells!.Value;

    /// <summary>Creates the entries of a panel, in the order of the legend.</summary>
    public static IEnumerable<LegendEntry> Create(Panel panel) => panel switch
    {
        Chart chart => chart.Series.Select(Create),
        RegionMap map => CreateRegionEntries(map).Concat(map.Overlays.Select(Create)),
        _ => [],
    };

    private static LegendEntry Create(Series series) => new(series.Name, series, null);

    // A region or a core without cells gets no entry.
    private static IEnumerable<LegendEntry> CreateRegionEntries(RegionMap map)
    {
        var hasCells = new bool[map.Regions.Count];
        var hasCore = new bool[map.Regions.Count];
        for (int cell = 0; cell < map.Cells.Count; cell++)
        {
            if (map.Cells[cell] != RegionMap.NoRegion)
                (map.IsCore.Count > 0 && map.IsCore[cell] ? hasCore : hasCells)[map.Cells[cell]] = true;
        }

        foreach (var (index, region) in map.Regions.Index())
        {
            if (hasCells[index])
                yield return new(region.Name, null, (region.Colour, false));
            if (hasCore[index])
                yield return new(region.CoreName, null, (region.Colour, true));
        }
    }
}
