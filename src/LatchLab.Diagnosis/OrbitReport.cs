using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The report on the orbit of a network under one input sequence: inputs, outputs, latching and gradient by time, and
/// for two variables the path in the plane over the basins of the network without inputs.
/// </summary>
public static class OrbitReport
{
    /// <summary>The id of the figure by time.</summary>
    public const string TrajectoryId = "trajectory";

    /// <summary>The id of the figure in the plane.</summary>
    public const string PlaneId = "plane";

    private const int GridPoints = 201;
    private const int BasinSteps = 10_000;

    /// <summary>Creates the report.</summary>
    /// <param name="analysis">The orbit.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">The options of the analysis.</param>
    /// <param name="seed">The seed of the search for attractors.</param>
    /// <param name="networkName">The source of the network.</param>
    /// <param name="sequenceName">The source of the sequence.</param>
    public static Report Create(
        OrbitAnalysis analysis, NetworkDefinition network, NetworkDiagnosisOptions options, ulong seed,
        string networkName, string sequenceName)
    {
        DrivenSystem driven = DrivenSystem.Create(network);
        return new(
            $"The orbit of {Path.GetFileName(networkName)} under {Path.GetFileName(sequenceName)}",
            [
                ("Network", networkName), ("Sequence", sequenceName),
                ("Steps", NumberFormat.GroupThousands(analysis.Inputs.Count)),
                ("Seed", seed.ToString(CultureInfo.InvariantCulture)), ("LatchLab", ProgramVersion.Text),
            ],
            [
                OrbitTrajectory.CreateFigure(analysis, driven),
                .. driven.Dimension == 2 ? (Figure[])[CreatePlane(analysis, driven.WithConstantInputs(), options)] : [],
            ],
            [],
            [])
        {
            Summary = [.. Summarize(analysis)],
            Sections = analysis.CreateSections(),
        };
    }

    private static IEnumerable<SummarySentence> Summarize(OrbitAnalysis analysis)
    {
        yield return new(analysis.DescribeLatching(), TrajectoryId);
        yield return new(
            $"After {NumberFormat.WithNoun(analysis.Inputs.Count, "step")} the norm of the gradient with respect to " +
                $"the state at t = {analysis.FirstTime} is " +
                $"{TableFormat.Exponential(analysis.Orbit.LogGradientNorms[^1])}.",
            TrajectoryId);
        yield return new(
            "Stable fixed points and periodic orbits of the network without inputs that were found: " +
                $"{NumberFormat.GroupThousands(analysis.Sets.Attractors.Count)}.",
            "latching");
    }

    private static Figure CreatePlane(OrbitAnalysis analysis, DynamicalSystem system, NetworkDiagnosisOptions options)
    {
        Interval[] frame = [.. options.CreateBox(system)];
        foreach (double[] state in analysis.Orbit.States.Where(state => state.All(double.IsFinite)))
            frame = [.. frame.Zip(state, (side, a) => Interval.Hull(side, Interval.From(a)))];
        double[][] axes =
            [.. frame.Select(side => InitialConditions.Linspace(BasinRegions.Widen(side), GridPoints))];
        bool canDecide = analysis.Sets.Balls.Count > 0 || system.Range().Any(side => !double.IsFinite(side.Width));
        Basins basins = Basins.Compute(
            system, analysis.Sets.Balls, InitialConditions.Grid(axes), canDecide ? BasinSteps : 0,
            threads: Environment.ProcessorCount);
        BasinRegions regions = BasinRegions.Create(analysis.Sets, basins)
            .WithMotion(BasinRegions.FindMotionCells(system, analysis.Sets, axes));
        Series[] attractors = analysis.Sets.Attractors.Count == 0 ? []
            : [BasinRegions.CreatePoints("attractor", analysis.Sets.Attractors, Marker.Disc)];
        DataPoint[] path = [.. analysis.Orbit.States.Select(BasinRegions.ToPoint)];
        return new(
            PlaneId,
            "The path over the basins",
            "Activations. The orbit, its first state marked by a square, over the basins β of the network without " +
                "inputs; strong shade: reduced attracting set Γ.",
            [
                new RegionMap(
                    "",
                    BasinRegions.CreateAxis(0),
                    BasinRegions.CreateAxis(1),
                    BasinRegions.ComputeCellEdges(axes[0]),
                    BasinRegions.ComputeCellEdges(axes[1]),
                    regions.Regions,
                    regions.Cells,
                    [
                        new("start", SeriesKind.Dots, [path[0]], Series.TextColour, Marker.FilledSquare),
                        .. attractors,
                        new("orbit", SeriesKind.Orbit, path, Series.TextColour),
                    ])
                {
                    IsCore = regions.IsCore,
                    HasEqualScales = true,
                },
            ],
            Columns: 1,
            new Table(
                ["t", "activation_0", "activation_1"],
                [
                    .. analysis.Orbit.States.Select((state, t) => (IReadOnlyList<string>)
                    [
                        Table.FormatInteger(t + analysis.FirstTime), Table.FormatNumber(state[0]),
                        Table.FormatNumber(state[1]),
                    ]),
                ]));
    }
}
