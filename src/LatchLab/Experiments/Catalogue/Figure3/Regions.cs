using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.Figure3;

/// <summary>
/// A part of the plane of two activations in cells: to which attractor the orbit from the middle of each converges (β),
/// and whether the middle lies in its reduced attracting set (Γ).
/// </summary>
internal sealed class Regions
{
    private static readonly string[] Names = ["X₁", "X₂"];

    private readonly int count;
    private readonly double[] xEdges, yEdges;
    private readonly int[] cells;   // [y][x], the index of the attractor
    private readonly bool[] cores;

    /// <summary>Follows an orbit from each cell.</summary>
    /// <param name="network">A system of two units with two attractors.</param>
    /// <param name="box">Where.</param>
    /// <param name="count">Cells along each axis.</param>
    public Regions(LatchedSystem network, Interval[] box, int count)
    {
        this.count = count;
        xEdges = StartPoints.Axis(box[0], count + 1);
        yEdges = StartPoints.Axis(box[1], count + 1);
        StartPoints starts = StartPoints.Grid(Middles(xEdges), Middles(yEdges));
        var basins = Basins.Of(network.System, network.Sets.Balls, starts);
        List<PeriodicOrbit> attractors = [.. network.Sets.Attractors];
        cells =
        [
            .. Enumerable.Range(0, starts.Count)
                .Select(start => basins.Attractor(start) is { } orbit ? attractors.IndexOf(orbit) : RegionMap.Nowhere),
        ];
        cores = [.. Enumerable.Range(0, starts.Count).Select(basins.IsReduced)];
    }

    /// <summary>The part with what lies on it.</summary>
    public RegionMap Draw(string title, IReadOnlyList<Series> overlays)
        => new(
            title,
            new Axis("a₁", xEdges[0], xEdges[^1]),
            new Axis("a₂", yEdges[0], yEdges[^1]),
            xEdges,
            yEdges,
            [.. Names.Select((name, i) => new Region($"β({name})", i, $"Γ({name})"))],
            cells,
            overlays)
        {
            Cores = cores,
            EqualScales = true,
        };

    /// <summary>A row of cells as text: the number of the attractor, with + in its Γ.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows()
        => Middles(yEdges).Select((y, row) => (IReadOnlyList<string>)
        [
            "basins",
            "attractor by column from the left, + in Γ",
            string.Concat(Enumerable.Range(row * count, count)
                .Select(cell => cells[cell] < 0 ? "?" : $"{cells[cell] + 1}{(cores[cell] ? "+" : "")}")),
            Table.Number(y),
        ]);

    private static double[] Middles(double[] edges)
        => [.. edges.Skip(1).Zip(edges, (upper, lower) => lower + (0.5 * (upper - lower)))];
}
