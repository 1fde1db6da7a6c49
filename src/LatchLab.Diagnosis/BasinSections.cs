using LatchLab.Figures;

namespace LatchLab.Diagnosis;

/// <summary>Sections on the basins of attraction and their boundaries (Definitions 3 and 4).</summary>
internal static class BasinSections
{
    /// <summary>Creates the section on the fractions of the basins β and reduced attracting sets Γ.</summary>
    public static ReportSection CreateBasinFractions(NetworkDiagnosis diagnosis, BasinFractions fractions)
    {
        string nestingText = fractions.IsNested
            ? "Every attractor lies in its Γ, as X ⊂ Γ(X) ⊂ β(X) requires."
            : "Not every attractor was found in its Γ.";
        string decisionText = fractions.PerReducedSet is null ? "Γ is not computed above 100 units."
            : fractions.IsProved ? "Γ is decided for all l: each orbit was followed until the norm of (M^l)′ is " +
                "below 1 and decreases for all later l."
            : "Γ is tested up to the l at which the orbits ended.";
        IEnumerable<string> sides = diagnosis.ActivationBounds
            .Take(TableFormat.MaximumShownUnits).Select(TableFormat.FormatInterval);
        string omittedText = diagnosis.ActivationBounds.Count > TableFormat.MaximumShownUnits ? " × …" : "";
        return TableFormat.CreateSection(
            "basins",
            "Basins β and reduced attracting sets Γ",
            [
                $"Shares of random initial states, uniform in the box " +
                    $"{(diagnosis.Options.Box > 0.0 ? "of --box" : "that bounds all reachable activations")} " +
                    $"({string.Join(" × ", sides)}{omittedText}), with 95 % intervals. {nestingText} {decisionText}",
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
                ["undecided", TableFormat.FormatProportion(fractions.Undecided), "—"],
                ["divergent", TableFormat.FormatProportion(fractions.Divergent), "—"],
            ]);
    }

    /// <summary>Creates the section on boundaries between basins and their edge states.</summary>
    public static ReportSection CreateBoundaries(NetworkDiagnosis diagnosis)
        => TableFormat.CreateSection(
            "boundaries",
            "Boundaries between basins",
            [
                "For each pair: the point of the boundary on the segment between two attractors, by bisection, and " +
                    "the edge state, which an orbit kept on the boundary approaches.",
            ],
            ["between", "crossing at a", "edge state"],
            ["between", "crossing", "edge_state"],
            [
                .. diagnosis.EdgeStates.Select(edge => new[]
                {
                    $"{TableFormat.FormatAttractor(diagnosis, edge.First)} and " +
                        $"{TableFormat.FormatAttractor(diagnosis, edge.Second)}",
                    TableFormat.FormatVector(edge.BoundaryPoint),
                    edge.NearestFixedPoint is { } state
                        ? $"{state.Describe()} at {TableFormat.FormatVector(state.Points[0])}"
                        : $"no known fixed point; after {edge.Orbit.Count - 1} steps at " +
                            TableFormat.FormatVector(edge.Orbit[^1]),
                }),
            ]);
}
