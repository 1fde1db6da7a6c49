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
    private const double Visible = 0.01;        // of an orbit on a boundary
    private const int MostColours = 6;          // points of attractors with a region of their own

    /// <summary>The figure; null where the network has too many variables or no attractor.</summary>
    public static Figure? Of(NetworkAnswer answer)
    {
        int n = answer.System.Dimension;
        if (n > 2 || answer.Sets.Attractors.Count == 0)
            return null;
        double[][] axes = [.. Frame(answer).Select(side => StartPoints.Axis(side, answer.Question.Grid))];
        Basins basins = Basins.Of(
            answer.System,
            answer.Sets.Balls,
            StartPoints.Grid(axes),
            answer.Question.MostSteps,
            answer.Options.Lane,
            answer.Options.Threads);
        string shown = answer.Sets.Balls.Count > MostColours
            ? $" Only the first {MostColours} have a colour of their own."
            : "";
        string boxes = n == 2 && answer.BitCertificate is { } certificate
            ? $" Rectangles: what noise of {Cells.RoundedDown(certificate.Noise)} provably cannot lead out of."
            : "";
        return new(
            "portrait",
            n == 1 ? "The map and its basins" : "Phase portrait",
            $"Activations. {answer.Question.Grid} starts along each axis; pale: basin β, strong: reduced attracting " +
                $"set Γ (all eigenvalues of (M^l)′ inside the unit circle for every l).{boxes}{shown}",
            [Map(answer, axes, basins)],
            Columns: 1,
            Data(axes, basins, answer));
    }

    /// <summary>All that is ever visited, and the boxes of the certificate, with a little air around.</summary>
    private static Interval[] Frame(NetworkAnswer answer)
    {
        var frame = answer.Range.ToArray();
        foreach (Interval[] box in answer.BitCertificate?.Sets.SelectMany(set => set) ?? [])
        {
            for (int i = 0; i < frame.Length; i++)
                frame[i] = Interval.Hull(frame[i], box[i]);
        }

        return [.. frame.Select(Wider)];
    }

    private static RegionMap Map(NetworkAnswer answer, double[][] axes, Basins basins)
    {
        int points = Math.Min(answer.Sets.Balls.Count, MostColours);
        List<Region> regions = [.. answer.Sets.Balls.Take(points).Select((ball, i) =>
            new Region($"β({NameOf(answer, ball)})", i, $"Γ({NameOf(answer, ball)})"))];
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
                : basins.Label(start) < points ? basins.Label(start)
                : RegionMap.Nowhere;

        bool isLine = axes.Length == 1;
        Series[] graph = isLine ? [.. Graph(answer, axes[0])] : [];
        double[] heights = [.. graph.SelectMany(series => series.Points).Select(point => point.Y)];
        return new RegionMap(
            "",
            new Axis(isLine ? "activation a" : "activation a₁"),
            new Axis(isLine ? "M(a)" : "activation a₂"),
            Edges(axes[0]),
            isLine ? [heights.Min(), heights.Max()] : Edges(axes[1]),
            regions,
            [.. Enumerable.Range(0, basins.Count).Select(RegionOf)],
            isLine ? graph : [.. Overlays(answer)])
        {
            Cores = [.. Enumerable.Range(0, basins.Count).Select(basins.IsReduced)],
            EqualScales = !isLine,
        };
    }

    /// <summary>An attractor, or one phase of it.</summary>
    private static string NameOf(NetworkAnswer answer, TrappingBall ball)
    {
        string name = $"X{IndexOf(answer, ball.Orbit) + 1}";
        return ball.Orbit.Period == 1 ? name : $"{name}, phase {ball.Phase + 1}";
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

        // Where the orbit begins at the saddle itself there is nothing to see.
        EdgeState[] edges = [.. answer.Edges.Where(
            edge => edge.Orbit[0].Zip(edge.Orbit[^1], (a, b) => Math.Abs(a - b)).Max() > Visible)];
        if (edges.Length > 0)
        {
            yield return new(
                "kept on the boundary",
                SeriesKind.Orbit,
                [.. edges.SelectMany(edge => edge.Orbit.Select(Place).Append(Gap))],
                Series.Ink);
        }

        if (answer.BitCertificate is { } certificate)
        {
            yield return new(
                "certificate",
                SeriesKind.Path,
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
            new(box[0].Lower, box[1].Lower),
        ];

    /// <summary>M(a) over a, with the diagonal on which the fixed points lie.</summary>
    private static IEnumerable<Series> Graph(NetworkAnswer answer, double[] axis)
    {
        double[][] Points(Func<PeriodicOrbit, bool> counts)
            => [.. answer.Sets.Attractors.Union(answer.Sets.FixedPoints.Orbits).Where(counts)
                .SelectMany(orbit => orbit.Points)];
        DataPoint OnGraph(double[] point) => new(point[0], answer.System.Image(point)[0]);
        yield return new(
            "attractor",
            SeriesKind.Dots,
            [.. Points(o => o.Stability == Stability.Stable).Select(OnGraph)],
            Series.Ink);
        yield return new(
            "other fixed point",
            SeriesKind.Dots,
            [.. Points(o => o.Stability != Stability.Stable).Select(OnGraph)],
            Series.Ink,
            Mark.Circle);
        yield return new(
            "M(a)", SeriesKind.Path, [.. axis.Select(a => OnGraph([a]))], Series.Ink);
        yield return new("a", SeriesKind.Bound, [new(axis[0], axis[0]), new(axis[^1], axis[^1])], Series.Grey);
    }

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
            string basin = basins.Label(first) switch
            {
                Basins.Divergent => "divergent",
                Basins.Undecided => "undecided",
                var ball => NameOf(answer, answer.Sets.Balls[ball]),
            };
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
