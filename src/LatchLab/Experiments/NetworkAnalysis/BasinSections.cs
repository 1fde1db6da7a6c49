using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>How much of the space of states belongs to whom, and what lies between (Definitions 3 and 4).</summary>
internal static class BasinSections
{
    /// <summary>Shares of the basins β and of the reduced attracting sets Γ.</summary>
    public static ReportSection Shares(NetworkAnswer answer, BasinShares shares)
    {
        string nested = shares.IsNested
            ? "Every attractor lies in its Γ, as X ⊂ Γ(X) ⊂ β(X) says."
            : "Not every attractor was found in its own Γ.";
        string upTo = shares.Reduced is null ? "Γ is not computed above 100 units."
            : shares.IsProved ? "Γ is decided for all l: each orbit was followed until (M^l)′ has a norm below 1 " +
                "that falls from then on."
            : "Γ holds up to the l at which the orbits ended.";
        return Cells.Section(
            "basins",
            "Basins β and reduced attracting sets Γ",
            [
                $"Shares of random starts, uniform in the box of all activations that are ever visited " +
                    $"({string.Join(" × ", answer.Range.Take(Cells.ShownUnits).Select(Cells.Text))}" +
                    $"{(answer.Range.Count > Cells.ShownUnits ? " × …" : "")}), with 95 % intervals. {nested} {upTo}",
            ],
            ["attractor", "share in β", "share in Γ"],
            ["attractor", "share_of_basin", "share_of_reduced_set"],
            [
                .. answer.Sets.Attractors.Select((_, i) => new[]
                {
                    Table.Count(i + 1),
                    Cells.Share(shares.Basin[i]),
                    shares.Reduced is null ? "not computed" : Cells.Share(shares.Reduced[i]),
                }),
                ["undecided", Cells.Share(shares.Undecided), "—"],
                ["divergent", Cells.Share(shares.Divergent), "—"],
            ]);
    }

    /// <summary>Boundaries between basins, and the edge states on them.</summary>
    public static ReportSection Boundaries(NetworkAnswer answer)
        => Cells.Section(
            "boundaries",
            "Boundaries between basins",
            [
                "A point of the boundary on the segment between two attractors, by bisection, and where an orbit " +
                    "goes that is kept on the boundary (the edge state).",
            ],
            ["between", "crossing at a", "edge state"],
            ["between", "crossing", "edge_state"],
            [
                .. answer.Edges.Select(edge => new[]
                {
                    $"{Cells.NumberOf(answer, edge.One)} and {Cells.NumberOf(answer, edge.Other)}",
                    Cells.Vector(edge.Crossing),
                    edge.State is { } state
                        ? $"{state.Describe()} at {Cells.Vector(state.Points[0])}"
                        : $"no fixed point that is known; after {edge.Orbit.Count - 1} steps at " +
                            Cells.Vector(edge.Orbit[^1]),
                }),
            ]);
}
