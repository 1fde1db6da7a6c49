using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>
/// The space of states of a network of one or two variables, in activations: basins β and in them the reduced
/// attracting sets Γ (Figure 3), attractors and other fixed points, an orbit kept on the boundary, and the boxes of the
/// largest certificate.
/// </summary>
internal static class PhasePortrait
{
    private const double Air = 0.1;             // beyond all that is ever visited, to each side
    private const int MostColours = 6;          // attractors with a region of their own

    /// <summary>The figure; null where the network has too many variables or no attractor.</summary>
    public static Figure? Of(NetworkAnswer answer)
    {
        int n = answer.System.Dimension;
        if (n > 2 || answer.Sets.Attractors.Count == 0)
            return null;
        double[][] axes = [.. answer.Range.Select(side => StartPoints.Axis(Wider(side), answer.Question.Grid))];
        Basins basins = Basins.Of(
            answer.System,
            answer.Sets.Balls,
            StartPoints.Grid(axes),
            answer.Question.MostSteps,
            answer.Options.Lane,
            answer.Options.Threads);
        RegionMap map = Map(answer, axes, basins);
        string shown = answer.Sets.Attractors.Count > MostColours
            ? $" Only the first {MostColours} attractors have a colour of their own."
            : "";
        string boxes = answer.BitCertificate is { } certificate
            ? $" Rectangles: what noise of {Catalogue.Words.Short(certificate.Noise)} provably cannot lead out of."
            : "";
        return new(
            "portrait",
            n == 1 ? "The line of states" : "Phase portrait",
            $"Activations. {answer.Question.Grid} starts along each axis; pale: basin β, strong: reduced attracting " +
                $"set Γ (all eigenvalues of (M^l)′ inside the unit circle for every l).{boxes}{shown}",
            n == 1 ? [Graph(answer, axes[0]), map] : [map],
            Columns: 1,
            Data(axes, basins, answer));
    }

    private static RegionMap Map(NetworkAnswer answer, double[][] axes, Basins basins)
    {
        int attractors = Math.Min(answer.Sets.Attractors.Count, MostColours);
        List<Region> regions =
            [.. Enumerable.Range(0, attractors).Select(i => new Region($"β(X{i + 1})", i, $"Γ(X{i + 1})"))];
        int undecided = Add(Basins.Undecided, "undecided", Region.Grey);
        int divergent = Add(Basins.Divergent, "divergent", Region.Hatched);
        int Add(int label, string name, int colour)
        {
            if (Enumerable.Range(0, basins.Count).Any(start => basins.Label(start) == label))
                regions.Add(new(name, colour));
            return regions.Count - 1;
        }

        int RegionOf(int start)
            => basins.Label(start) == Basins.Undecided ? undecided
                : basins.Label(start) == Basins.Divergent ? divergent
                : IndexOf(answer, basins.Attractor(start)!) is var index && index < attractors ? index
                : RegionMap.Nowhere;

        bool isLine = axes.Length == 1;
        return new RegionMap(
            "",
            new Axis(isLine ? "activation a" : "activation a₁"),
            new Axis(isLine ? "" : "activation a₂") { Numbered = !isLine },
            Edges(axes[0]),
            isLine ? [0.0, 1.0] : Edges(axes[1]),
            regions,
            [.. Enumerable.Range(0, basins.Count).Select(RegionOf)],
            isLine ? [] : [.. Overlays(answer)])
        {
            Cores = [.. Enumerable.Range(0, basins.Count).Select(basins.IsReduced)],
            EqualScales = !isLine,
        };
    }

    private static IEnumerable<Series> Overlays(NetworkAnswer answer)
    {
        yield return Points("attractor", answer.Sets.Attractors, Mark.Disc);
        (string, Mark, Func<PeriodicOrbit, bool>)[] others =
        [
            ("saddle", Mark.Square, orbit => orbit.UnstableDirections == 1),
            ("repelling", Mark.Circle, orbit => orbit.UnstableDirections == 2),
            ("marginal", Mark.Cross, orbit => orbit.Stability == Stability.Marginal),
        ];
        foreach ((string name, Mark mark, Func<PeriodicOrbit, bool> counts) in others)
        {
            PeriodicOrbit[] points = [.. answer.Sets.FixedPoints.Orbits.Where(counts)];
            if (points.Length > 0)
                yield return Points(name, points, mark);
        }

        if (answer.Edges.Count > 0)
        {
            yield return new(
                "kept on the boundary",
                SeriesKind.Orbit,
                [.. answer.Edges.SelectMany(edge => edge.Orbit.Select(Place).Append(Gap))],
                Series.Ink);
        }

        if (answer.BitCertificate is { } certificate)
        {
            yield return new(
                "certificate",
                SeriesKind.Outlines,
                [.. certificate.Sets.SelectMany(set => set).SelectMany(box => Corners(box).Append(Gap))],
                Series.Ink);
        }
    }

    private static Series Points(string name, IEnumerable<PeriodicOrbit> orbits, Mark mark)
        => new(name, SeriesKind.Dots, [.. orbits.SelectMany(orbit => orbit.Points).Select(Place)], Series.Ink, mark);

    private static DataPoint Gap { get; } = new(double.NaN, double.NaN);

    private static DataPoint Place(double[] point) => new(point[0], point[1]);

    private static IEnumerable<DataPoint> Corners(Interval[] box)
        =>
        [
            new(box[0].Lower, box[1].Lower), new(box[0].Upper, box[1].Lower),
            new(box[0].Upper, box[1].Upper), new(box[0].Lower, box[1].Upper),
        ];

    /// <summary>M(a) over a, with the diagonal on which the fixed points lie.</summary>
    private static Chart Graph(NetworkAnswer answer, double[] axis)
        => new(
            "",
            new Axis("activation a", axis[0], axis[^1]),
            new Axis("M(a)"),
            [
                new Series(
                    "fixed points",
                    SeriesKind.Dots,
                    [.. answer.Sets.FixedPoints.Orbits.Select(
                        orbit => new DataPoint(orbit.Points[0][0], orbit.Points[0][0]))],
                    Series.Ink),
                new Series(
                    "M(a)",
                    SeriesKind.Path,
                    [.. axis.Select(a => new DataPoint(a, answer.System.Image([a])[0]))],
                    0),
                new Series("a", SeriesKind.Bound, [new(axis[0], axis[0]), new(axis[^1], axis[^1])], Series.Grey),
            ]);

    /// <summary>Runs of equal cells, so that a million of them is no large file.</summary>
    private static Table Data(double[][] axes, Basins basins, NetworkAnswer answer)
    {
        var rows = new List<IReadOnlyList<string>>();
        int columns = axes[0].Length;
        for (int first = 0; first < basins.Count;)
        {
            int last = first, row = first / columns;
            while (last + 1 < (row + 1) * columns && basins.Label(last + 1) == basins.Label(first)
                && basins.IsReduced(last + 1) == basins.IsReduced(first))
                last++;
            string basin = basins.Label(first) == Basins.Divergent ? "divergent"
                : basins.Attractor(first) is { } attractor ? Table.Count(IndexOf(answer, attractor) + 1)
                : "undecided";
            rows.Add(
            [
                axes.Length == 1 ? "" : Table.Number(axes[1][row]),
                Table.Number(axes[0][first % columns]),
                Table.Number(axes[0][last % columns]),
                basin,
                basins.IsReduced(first) ? "yes" : "no",
            ]);
            first = last + 1;
        }

        return new(["a2", "from_a1", "to_a1", "basin_of_attractor", "in_reduced_attracting_set"], rows);
    }

    private static int IndexOf(NetworkAnswer answer, PeriodicOrbit attractor)
        => answer.Sets.Attractors.Index().First(entry => entry.Item == attractor).Index;

    private static Interval Wider(Interval side)
    {
        double air = side.Width > 0.0 ? Air * side.Width : 1.0;
        return new(side.Lower - air, side.Upper + air);
    }

    private static double[] Edges(double[] centres)
    {
        double half = 0.5 * (centres[1] - centres[0]);
        return [.. centres.Select(centre => centre - half), centres[^1] + half];
    }
}
