namespace LatchLab.Figures;

/// <summary>
/// A plane cut into cells that each belong to a region, and what lies on them: the basins of attraction β of a map,
/// with the reduced attracting set Γ of each in a stronger shade (Definitions 3 and 4), and over them attractors,
/// boundaries, orbits and balls of uncertainty (the paper's Figure 3). A map of one dimension is a single row of cells.
/// </summary>
/// <param name="Title">A short line above the panel; may be empty.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="XEdges">Where columns end, ascending: one more than there are columns.</param>
/// <param name="YEdges">Where rows end, ascending: one more than there are rows.</param>
/// <param name="Regions">What a cell can belong to, in the order of the legend.</param>
/// <param name="Cells">
/// [y · columns + x], the row with the lowest y first: an index into <paramref name="Regions"/>, or
/// <see cref="NoRegion"/>.
/// </param>
/// <param name="Overlays">
/// What is drawn over the cells, the first one on top; outside the cells it is cut off. All kinds of a
/// <see cref="Chart"/> are allowed.
/// </param>
public sealed record RegionMap(
    string Title,
    Axis X,
    Axis Y,
    IReadOnlyList<double> XEdges,
    IReadOnlyList<double> YEdges,
    IReadOnlyList<Region> Regions,
    IReadOnlyList<int> Cells,
    IReadOnlyList<Series> Overlays) : Panel(Title)
{
    /// <summary>A cell that belongs to no region and stays as blank as the paper.</summary>
    public const int NoRegion = -1;

    /// <summary>Whether a cell is in the core of its region, as <see cref="Cells"/>; empty where none is.</summary>
    public IReadOnlyList<bool> IsCore { get; init; } = [];

    /// <summary>
    /// Whether a unit is equally long on both axes, so that balls are round; both have to be linear.
    /// </summary>
    public bool HasEqualScales { get; init; }
}

/// <summary>What cells of a <see cref="RegionMap"/> can belong to.</summary>
/// <param name="Name">The name in the legend, for example <c>β(X₁)</c>.</param>
/// <param name="Colour">Index into the palette, <see cref="Grey"/> or <see cref="Hatched"/>.</param>
/// <param name="CoreName">
/// The name in the legend of those cells that are in the core of the region, for example <c>Γ(X₁)</c>, drawn in a
/// stronger shade; empty where there are none.
/// </param>
public sealed record Region(string Name, int Colour, string CoreName = "")
{
    /// <summary>The colour of what is not decided.</summary>
    public const int Grey = Series.Grey;

    /// <summary>Grey lines on paper: what leads nowhere, as orbits that diverge.</summary>
    public const int Hatched = -3;
}
