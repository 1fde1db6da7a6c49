using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Statistics;

namespace LatchLab.Diagnosis;

/// <summary>Sections on the basins of attraction and their boundaries (Definitions 3 and 4).</summary>
internal static class BasinSections
{
    /// <summary>Creates the section on the fractions of the basins β and reduced attracting sets Γ.</summary>
    public static ReportSection CreateBasinFractions(NetworkDiagnosis diagnosis, BasinFractions fractions)
    {
        string nestingText = fractions.PerBasin.Count == 0
            ? "Initial states whose motion is quasi-periodic or chaotic are decided, but belong to no stable orbit."
            : fractions.IsNested
            ? "Every attractor lies in its Γ, as X ⊂ Γ(X) ⊂ β(X) requires."
            : "Not every attractor was found in its Γ.";
        string decisionText = fractions.PerBasin.Count == 0 ? "Γ needs a stable orbit."
            : fractions.PerReducedSet is null ? "Γ is not computed above 100 units."
            : fractions.IsProved ? "Γ is decided for all l: each orbit was followed until the norm of (M^l)′ is " +
                "below 1 and decreases for all later l."
            : "Γ is tested up to the l at which the orbits ended.";
        string sides = TableFormat.JoinFirst(
            diagnosis.ActivationBounds.Select(TableFormat.FormatInterval), TableFormat.MaximumShownUnits, " × ");
        return TableFormat.CreateSection(
            "basins",
            "Basins β and reduced attracting sets Γ",
            [
                $"Shares of random initial states, uniform in the box " +
                    $"{(diagnosis.Options.Box > 0.0 ? "of --box" : "that bounds all reachable activations")} " +
                    $"({sides}), with 95 % intervals. {nestingText} {decisionText}",
            ],
            ["attractor", "share in β", "share in Γ"],
            ["attractor", "share_of_basin", "share_of_reduced_set"],
            [
                .. diagnosis.InvariantSets.Attractors.Select((_, i) => new[]
                {
                    Table.FormatInteger(i + 1),
                    TableFormat.FormatProportion(fractions.PerBasin[i]),
                    fractions.PerReducedSet is null ? "not computed"
                        : TableFormat.FormatProportion(fractions.PerReducedSet[i]),
                }),
                .. CreateMotionRow("quasi-periodic", fractions.QuasiPeriodic),
                .. CreateMotionRow("chaotic", fractions.Chaotic),
                [
                    $"undecided after {NumberFormat.GroupThousands(fractions.Steps)} steps",
                    TableFormat.FormatProportion(fractions.Undecided), "—",
                ],
                ["divergent", TableFormat.FormatProportion(fractions.Divergent), "—"],
            ]);
    }

    private static string[][] CreateMotionRow(string name, Proportion share)
        => share.Successes == 0 ? [] : [[name, TableFormat.FormatProportion(share), "—"]];

    /// <summary>A point found by bisection, with 0 in place of components that are no larger than its error.</summary>
    private static double[] FlushError(double[] point)
    {
        double error = BasinBoundary.TrackingTolerance * Math.Max(1.0, point.Max(Math.Abs));
        return [.. point.Select(component => Math.Abs(component) <= error ? 0.0 : component)];
    }

    /// <summary>Creates the section on boundaries between basins and their edge states.</summary>
    public static ReportSection CreateBoundaries(NetworkDiagnosis diagnosis)
        => TableFormat.CreateSection(
            "boundaries",
            "Boundaries between basins",
            [
                "For each pair: the point of the boundary on the segment between two attractors, by bisection, and " +
                    "the edge state, which an orbit kept on the boundary approaches. An initial state is undecided " +
                    $"after {NumberFormat.GroupThousands(
                        diagnosis.Options.GetSampleSteps(diagnosis.AutonomousSystem.Dimension))} steps; where such " +
                    "states separate two basins, the crossing is the middle between these.",
            ],
            ["between", "crossing at a", "edge state"],
            ["between", "crossing", "edge_state"],
            [
                .. diagnosis.EdgeStates.Select(edge => new[]
                {
                    $"{TableFormat.FormatAttractor(diagnosis, edge.First)} and " +
                        $"{TableFormat.FormatAttractor(diagnosis, edge.Second)}",
                    TableFormat.FormatVector(FlushError(edge.BoundaryPoint)),
                    edge.NearestOrbit is { } state
                        ? $"{state.Describe()} at {TableFormat.FormatVector(state.Points[0])}"
                        : $"no known fixed point or periodic orbit; after {edge.Orbit.Count - 1} steps at " +
                            TableFormat.FormatVector(edge.Orbit[^1]),
                }),
            ]);
}
