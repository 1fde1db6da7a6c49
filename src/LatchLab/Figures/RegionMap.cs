namespace LatchLab.Figures;

/// <summary>
/// A plane divided into cells that each belong to a region, with overlays. The regions are the basins of attraction β
/// of a map; the reduced attracting set Γ of each has a stronger shade (Definitions 3 and 4). The overlays are
/// attractors, boundaries, orbits and balls of uncertainty (the paper's Figure 3). A one-dimensional map has a single
/// row of cells.
/// </summary>
/// <param name="Title">A short line above the panel; may be empty.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="XEdges">Edges of the columns, ascending: one more than there are columns.</param>
/// <param name="YEdges">Edges of the rows, ascending: one more than there are rows.</param>
/// <param name="Regions">The regions, in the order of the legend.</param>
/// <param name="Cells">
/// [y · columns + x], the row with the lowest y first: an index into <paramref name="Regions"/>, or
/// <see cref="NoRegion"/>.
/// </param>
/// <param name="Overlays">
/// Series drawn over the cells, the first one on top, clipped to the area of the cells. All kinds of series of a
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
    /// <summary>The index of a cell that belongs to no region and is left blank.</summary>
    public const int NoRegion = -1;

    /// <summary>
    /// Whether each cell is in the core of its region, in the order of <see cref="Cells"/>; empty if none is.
    /// </summary>
    public IReadOnlyList<bool> IsCore { get; init; } = [];
}

/// <summary>A region of a <see cref="RegionMap"/>.</summary>
/// <param name="Name">The name in the legend, for example <c>β(X₁)</c>.</param>
/// <param name="Colour">Index into the palette, <see cref="Grey"/> or <see cref="Hatched"/>.</param>
/// <param name="CoreName">
/// The name in the legend of the cells in the core of the region, for example <c>Γ(X₁)</c>, which have a stronger
/// shade; empty if there are none.
/// </param>
public sealed record Region(string Name, int Colour, string CoreName = "")
{
    /// <summary>The colour of undecided cells.</summary>
    public const int Grey = Series.Grey;

    /// <summary>Grey hatching: cells without an attractor, for example divergent orbits.</summary>
    public const int Hatched = -3;
}
