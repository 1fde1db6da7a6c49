using LatchLab.Figures;

namespace LatchLab.Diagnosis;

/// <summary>How much of the space of states belongs to whom, and what lies between (Definitions 3 and 4).</summary>
internal static class BasinSections
{
    /// <summary>Shares of the basins β and of the reduced attracting sets Γ.</summary>
    public static ReportSection CreateBasinFractions(NetworkDiagnosis diagnosis, BasinFractions fractions)
    {
        string nestingText = fractions.IsNested
            ? "Every attractor lies in its Γ, as X ⊂ Γ(X) ⊂ β(X) says."
            : "Not every attractor was found in its own Γ.";
        string decisionText = fractions.PerReducedSet is null ? "Γ is not computed above 100 units."
            : fractions.IsProved ? "Γ is decided for all l: each orbit was followed until (M^l)′ has a norm below 1 " +
                "that falls from then on."
            : "Γ holds up to the l at which the orbits ended.";
        IEnumerable<string> sides = diagnosis.ActivationBounds
            .Take(TableFormat.MaximumShownUnits).Select(TableFormat.FormatInterval);
        string omittedText = diagnosis.ActivationBounds.Count > TableFormat.MaximumShownUnits ? " × …" : "";
        return TableFormat.CreateSection(
            "basins",
            "Basins β and reduced attracting sets Γ",
            [
                $"Shares of random starts, uniform in the box of all activations that are ever visited " +
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

    /// <summary>Boundaries between basins, and the edge states on them.</summary>
    public static ReportSection CreateBoundaries(NetworkDiagnosis diagnosis)
        => TableFormat.CreateSection(
            "boundaries",
            "Boundaries between basins",
            [
                "A point of the boundary on the segment between two attractors, by bisection, and where an orbit " +
                    "goes that is kept on the boundary (the edge state).",
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
                        : $"no fixed point that is known; after {edge.Orbit.Count - 1} steps at " +
                            TableFormat.FormatVector(edge.Orbit[^1]),
                }),
            ]);
}
