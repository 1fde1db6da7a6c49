using LatchLab.Figures;

namespace LatchLab.Tests.Reporting;

/// <summary>A synthetic phase portrait with every kind of element, and a band.</summary>
internal static class SampleRegions
{
    public const int Columns = 8;
    public const int Rows = 4;

    /// <summary>From 0 to 8 and from 0 to 4, with unit squares as cells; the first column has no region.</summary>
    public static RegionMap Map { get; } = new(
        "portrait", new Axis("activation a₁"), new Axis("activation a₂"),
        [.. Enumerable.Range(0, Columns + 1).Select(x => (double)x)],
        [.. Enumerable.Range(0, Rows + 1).Select(y => (double)y)],
        [
            new Region("β(X₁)", 0, "Γ(X₁)"), new Region("β(X₂)", 1, "Γ(X₂)"),
            new Region("undecided", Region.Grey), new Region("divergent", Region.Hatched),
        ],
        [.. Cells.Select(cell => cell.Region)],
        [])
    {
        IsCore = [.. Cells.Select(cell => cell.Core)],
        HasEqualScales = true,
    };

    public static RegionMap Band { get; } = new(
        "band", new Axis("activation a"), new Axis("no numbers") { HasTickLabels = false }, [-1, 0, 0.25, 1], [0, 1],
        [new Region("β(X₁)", 0, "Γ(X₁)"), new Region("β(X₂)", 1, "Γ(X₂)")], [0, 1, 1], [])
    {
        IsCore = [true, false, true],
    };

    public static Figure Figure { get; } = Of(
        Map with
        {
            Overlays =
            [
                new Series("attractor", SeriesKind.Dots, [new(2, 1), new(6, 3)], Series.TextColour),
                new Series("saddle", SeriesKind.Dots, [new(4, 2)], Series.TextColour, Marker.Square),
                new Series("boundary", SeriesKind.Path, [new(3, 0), new(4, 2), new(3.5, 4)], Series.TextColour),
                new Series("orbit", SeriesKind.Orbit, [new(7, 0.5), new(5.5, 2), new(6, 3)], 3),
                new Series("ball", SeriesKind.Balls, [DataPoint.CreateBall(5.5, 2, 0.75)], Series.TextColour),
                new Series("image", SeriesKind.Outlines, [new(2, 3), new(3, 3), new(2.5, 3.5)], Series.TextColour),
                new Series("level", SeriesKind.Bound, [new(0, 0), new(8, 4)], Series.Grey),
            ],
        },
        Band);

    private static IEnumerable<(int Region, bool Core)> Cells
        => from y in Enumerable.Range(0, Rows)
           from x in Enumerable.Range(0, Columns)
           select x == 0 ? (RegionMap.NoRegion, false) : y == 0 && x > 5 ? (x - 4, false) : (x / 4, (x + y) % 3 == 0);

    public static Figure Of(params Panel[] panels) => new("regions", "Regions", "", panels, 2, new Table(["a1"], []));
}
