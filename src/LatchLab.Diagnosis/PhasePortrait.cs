using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The phase portrait of a network with one or two variables, in activations. It shows the basins β with the reduced
/// attracting sets Γ (Figure 3), attractors and other fixed points, orbits kept on a boundary, and the boxes of the
/// largest certificate.
/// </summary>
internal static class PhasePortrait
{
    private const double MinimumVisibleExtent = 0.01;  // of an orbit on a boundary

    /// <summary>Creates the figure; null if the network has more than two variables or no attractor.</summary>
    public static Figure? CreateOrNull(NetworkDiagnosis diagnosis)
    {
        int n = diagnosis.AutonomousSystem.Dimension;
        if (n > 2 || diagnosis.InvariantSets.Attractors.Count == 0)
            return null;
        double[][] axes = [
            .. ComputeFrame(diagnosis).Select(side => InitialConditions.Linspace(side, diagnosis.Options.Grid))];
        Basins basins = Basins.Compute(
            diagnosis.AutonomousSystem,
            diagnosis.InvariantSets.Balls,
            InitialConditions.Grid(axes),
            diagnosis.Options.MostSteps,
            diagnosis.RunOptions.Lane,
            diagnosis.RunOptions.Threads);
        string colorNote = diagnosis.InvariantSets.Balls.Count > BasinRegions.MaximumColored
            ? $" Only the first {BasinRegions.MaximumColored} have their own colour."
            : "";
        string certificateNote = n == 2 && diagnosis.TwoStateCertificate is { } certificate
            ? $" Rectangles: the state provably stays inside under noise of {TableFormat.RoundDown(certificate.Noise)}."
            : "";
        return new(
            "portrait",
            n == 1 ? "The map and its basins" : "Phase portrait",
            $"Activations. {diagnosis.Options.Grid} initial states along each axis. Weak shade: basin β; strong " +
                "shade: reduced attracting set Γ (all eigenvalues of (M^l)′ inside the unit circle for every l)." +
                $"{certificateNote}{colorNote}",
            [CreateRegionMap(diagnosis, axes, basins)],
            Columns: 1,
            CreateTable(axes, basins, diagnosis));
    }

    /// <summary>The reachable box and the boxes of the certificate, with a margin.</summary>
    private static Interval[] ComputeFrame(NetworkDiagnosis diagnosis)
    {
        var frame = diagnosis.ActivationBounds.ToArray();
        foreach (Interval[] box in diagnosis.TwoStateCertificate?.Sets.SelectMany(set => set) ?? [])
        {
            for (int i = 0; i < frame.Length; i++)
                frame[i] = Interval.Hull(frame[i], box[i]);
        }

        return [.. frame.Select(BasinRegions.Widen)];
    }

    private static RegionMap CreateRegionMap(NetworkDiagnosis diagnosis, double[][] axes, Basins basins)
    {
        var regions = BasinRegions.Create(diagnosis.InvariantSets, basins);
        bool isLine = axes.Length == 1;
        Series[] graph = isLine ? [.. CreateGraph(diagnosis, axes[0])] : [];
        double[] values = [.. graph.SelectMany(series => series.Points).Select(point => point.Y)];
        return new RegionMap(
            "",
            isLine ? new Axis("activation a") : BasinRegions.CreateAxis(0),
            isLine ? new Axis("M(a)") : BasinRegions.CreateAxis(1),
            BasinRegions.ComputeCellEdges(axes[0]),
            isLine ? [values.Min(), values.Max()] : BasinRegions.ComputeCellEdges(axes[1]),
            regions.Regions,
            regions.Cells,
            isLine ? graph : [.. CreateOverlays(diagnosis)])
        {
            IsCore = regions.IsCore,
            HasEqualScales = !isLine,
        };
    }

    private static IEnumerable<Series> CreateOverlays(NetworkDiagnosis diagnosis)
    {
        yield return BasinRegions.CreatePoints("attractor", diagnosis.InvariantSets.Attractors, Marker.Disc);
        (string, Marker, Func<PeriodicOrbit, bool>)[] others =
        [
            ("saddle", Marker.Square, orbit => orbit.UnstableDirections == 1),
            ("repelling", Marker.Circle, orbit => orbit.UnstableDirections == 2),
            ("marginal", Marker.Cross, orbit => orbit.Stability == Stability.Marginal),
        ];
        foreach ((string name, Marker mark, Func<PeriodicOrbit, bool> predicate) in others)
        {
            PeriodicOrbit[] points = [.. diagnosis.InvariantSets.FixedPoints.Orbits.Where(predicate)];
            if (points.Length > 0)
                yield return BasinRegions.CreatePoints(name, points, mark);
        }

        // An orbit that begins at the saddle is too short to be visible.
        EdgeState[] edges = [.. diagnosis.EdgeStates.Where(
            edge => edge.Orbit[0].Zip(edge.Orbit[^1], (a, b) => Math.Abs(a - b)).Max() > MinimumVisibleExtent)];
        if (edges.Length > 0)
        {
            yield return new(
                "kept on the boundary",
                SeriesKind.Orbit,
                [.. edges.SelectMany(edge => edge.Orbit.Select(BasinRegions.ToPoint).Append(Gap))],
                Series.TextColour);
        }

        if (diagnosis.TwoStateCertificate is { } certificate)
        {
            yield return new(
                "certificate",
                SeriesKind.Path,
                [.. certificate.Sets.SelectMany(set => set).SelectMany(box => GetCorners(box).Append(Gap))],
                Series.TextColour);
        }
    }

    private static DataPoint Gap { get; } = new(double.NaN, double.NaN);

    private static IEnumerable<DataPoint> GetCorners(Interval[] box)
        =>
        [
            new(box[0].Lower, box[1].Lower), new(box[0].Upper, box[1].Lower),
            new(box[0].Upper, box[1].Upper), new(box[0].Lower, box[1].Upper),
            new(box[0].Lower, box[1].Lower),
        ];

    /// <summary>Creates the graph of M(a), with the diagonal on which the fixed points lie.</summary>
    private static IEnumerable<Series> CreateGraph(NetworkDiagnosis diagnosis, double[] axis)
    {
        double[][] Points(Func<PeriodicOrbit, bool> predicate)
            => [.. diagnosis.InvariantSets.Attractors.Union(diagnosis.InvariantSets.FixedPoints.Orbits).Where(predicate)
                .SelectMany(orbit => orbit.Points)];
        DataPoint OnGraph(double[] point) => new(point[0], diagnosis.AutonomousSystem.Image(point)[0]);
        yield return new(
            "attractor",
            SeriesKind.Dots,
            [.. Points(o => o.Stability == Stability.Stable).Select(OnGraph)],
            Series.TextColour);
        yield return new(
            "other fixed point",
            SeriesKind.Dots,
            [.. Points(o => o.Stability != Stability.Stable).Select(OnGraph)],
            Series.TextColour,
            Marker.Circle);
        yield return new(
            "M(a)", SeriesKind.Path, [.. axis.Select(a => OnGraph([a]))], Series.TextColour);
        yield return new("a", SeriesKind.Bound, [new(axis[0], axis[0]), new(axis[^1], axis[^1])], Series.Grey);
    }

    /// <summary>Creates the data with one row per run of equal cells, which limits the size of the file.</summary>
    private static Table CreateTable(double[][] axes, Basins basins, NetworkDiagnosis diagnosis)
    {
        var rows = new List<IReadOnlyList<string>>();
        int columns = axes[0].Length;
        for (int first = 0; first < basins.Count;)
        {
            int last = first, row = first / columns;
            while (last + 1 < (row + 1) * columns && basins.Label(last + 1) == basins.Label(first)
                && basins.IsInReducedSet(last + 1) == basins.IsInReducedSet(first))
                last++;
            string basin = basins.Label(first) switch
            {
                Basins.Divergent => "divergent",
                Basins.Undecided => "undecided",
                var ball => BasinRegions.FormatAttractor(
                    diagnosis.InvariantSets, diagnosis.InvariantSets.Balls[ball]),
            };
            rows.Add(
            [
                axes.Length == 1 ? "" : Table.FormatNumber(axes[1][row]),
                Table.FormatNumber(axes[0][first % columns]),
                Table.FormatNumber(axes[0][last % columns]),
                basin,
                basins.IsInReducedSet(first) ? "yes" : "no",
            ]);
            first = last + 1;
        }

        return new(
            [
                "activation_1", "from_activation_0", "to_activation_0", "basin_of_attractor",
                "in_reduced_attracting_set",
            ],
            rows);
    }
}
