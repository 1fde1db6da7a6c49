using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Numerics;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// A part of the plane of two activations, divided into cells. For the midpoint of each cell it stores the attractor to
/// which the orbit converges (β), and whether the midpoint lies in the reduced attracting set (Γ) of that attractor.
/// </summary>
internal sealed class BasinGrid
{
    private static readonly string[] AttractorNames = ["X₁", "X₂"];

    private readonly int _count;
    private readonly double[] _xEdges, _yEdges;
    private readonly int[] _attractorIndices;    // [y][x], the index of the attractor
    private readonly bool[] _isInReducedSet;

    /// <summary>Simulates an orbit from each of count × count cells, for a system with two attractors.</summary>
    public BasinGrid(AutonomousNetwork network, Interval[] box, int count)
    {
        _count = count;
        _xEdges = InitialConditions.Linspace(box[0], count + 1);
        _yEdges = InitialConditions.Linspace(box[1], count + 1);
        InitialConditions starts = InitialConditions.Grid(Midpoints(_xEdges), Midpoints(_yEdges));
        var basins = Basins.Compute(network.Dynamics, network.InvariantSets.Balls, starts);
        List<PeriodicOrbit> attractors = [.. network.InvariantSets.Attractors];
        _attractorIndices =
        [
            .. Enumerable.Range(0, starts.Count)
                .Select(start => basins.Attractor(start) is { } orbit ? attractors.IndexOf(orbit) : RegionMap.NoRegion),
        ];
        _isInReducedSet = [.. Enumerable.Range(0, starts.Count).Select(basins.IsInReducedSet)];
    }

    public RegionMap ToRegionMap(string title, IReadOnlyList<Series> overlays)
        => new(
            title,
            new Axis("a₁", _xEdges[0], _xEdges[^1]),
            new Axis("a₂", _yEdges[0], _yEdges[^1]),
            _xEdges,
            _yEdges,
            [.. AttractorNames.Select((name, i) => new Region($"β({name})", i, $"Γ({name})"))],
            _attractorIndices,
            overlays)
        {
            IsCore = _isInReducedSet,
            HasEqualScales = true,
        };

    /// <summary>One row per row of cells: the number of the attractor of each cell, followed by + in its Γ.</summary>
    public IEnumerable<IReadOnlyList<string>> CreateRows()
        => Midpoints(_yEdges).Select((y, row) => (IReadOnlyList<string>)
        [
            "basins",
            "attractor by column from the left, + in Γ",
            string.Concat(Enumerable.Range(row * _count, _count)
                .Select(
                    cell => _attractorIndices[cell] < 0 ? "?"
                        : $"{_attractorIndices[cell] + 1}{(_isInReducedSet[cell] ? "+" : "")}")),
            Table.FormatNumber(y),
        ]);

    private static double[] Midpoints(double[] edges)
        => [.. edges.Skip(1).Zip(edges, (upper, lower) => lower + (0.5 * (upper - lower)))];
}
