using LatchLab.Dynamics;
using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>What a network can store: its invariant sets (Definitions 1 and 2) and what was not settled.</summary>
internal static class StorageSection
{
    /// <summary>The section.</summary>
    public static ReportSection Of(NetworkAnswer answer)
    {
        InvariantSets sets = answer.Sets;
        PeriodicOrbit[] all =
        [
            .. sets.Attractors,
            .. sets.FixedPoints.Orbits.Where(orbit => !sets.Attractors.Contains(orbit)),
        ];
        return new(
            "storage",
            "What it can store",
            [
                Summary(answer),
                .. answer.KnownBeforehand,
                SearchNote(sets),
                "Definition 2 asks for the eigenvalues of (M^l)′, that is, for its spectral radius ρ; the proofs of " +
                    "Theorems 3 and 4 use the norm |(M^l)′|, which is at least ρ and may exceed 1 where ρ does not.",
                .. all.Length > Cells.ShownRows
                    ? (string[])[$"Of {all.Length} invariant sets the first {Cells.ShownRows} are shown."]
                    : [],
            ])
        {
            Table = new ReportTable(
                ["no", "kind", "activations a", "outputs x", "ρ", "|(M^l)′|"],
                [.. all.Take(Cells.ShownRows).Index().Select(entry => Row(answer, entry.Index + 1, entry.Item))],
                new Table(
                    ["no", "kind", "phase", "unit", "activation", "output", "spectral_radius", "norm", "residual"],
                    [.. all.Index().SelectMany(entry => Data(answer, entry.Index + 1, entry.Item))])),
        };
    }

    private static string Summary(NetworkAnswer answer)
    {
        InvariantSets sets = answer.Sets;
        int states = sets.Attractors.Sum(attractor => attractor.Period);
        string settled = sets.Attractors.Count switch
        {
            0 => "No hyperbolic attractor was found",
            1 when states == 1 =>
                "One attractor was found: the network forgets where it started and holds no bit",
            1 => $"One attractor was found, of period {states}: the network can hold a phase, one of {states}",
            _ => $"{sets.Attractors.Count} attractors were found, with {states} points: the network can tell " +
                $"{states} states apart, {Words.Short(Cells.Log2(states))} {(states == 2 ? "bit" : "bits")}",
        };
        string rest = "";
        if (sets.Unsettled.Count > 0)
        {
            rest = $"; {sets.Unsettled.Count} of {sets.Starts} orbits settled on none, followed for at most " +
            $"{Words.Thousands(answer.Question.MostSteps)} steps{Nature(answer.Exponents)}";
        }

        if (sets.Divergent > 0)
            rest += $"; {sets.Divergent} of {sets.Starts} orbits diverged";
        if (sets.Attractors.Count == InvariantSets.MostAttractors)
            rest += "; no more attractors than these are kept";
        return settled + rest + ".";
    }

    private static string Nature(LyapunovSpectrum? spectrum)
    {
        if (spectrum is not { Exponents: [var largest, ..] })
            return "";
        string value = $"largest Lyapunov exponent {Words.Short(largest.Value)} " +
            $"[{Words.Short(largest.Lower)}, {Words.Short(largest.Upper)}] a step";
        string all = spectrum.Exponents.Count == 1
            ? ""
            : $"; all: {string.Join(", ", spectrum.Exponents.Select(exponent => Words.Short(exponent.Value)))}";
        return largest.Lower > 0.0 ? $": the first of them is chaotic ({value}{all})"
            : largest.Upper < 0.0 ? $": undecided, for the exponent is negative ({value}{all}), as that of a long " +
                "period"
            : $": undecided, perhaps quasi-periodic ({value}{all})";
    }

    private static string SearchNote(InvariantSets sets)
    {
        FixedPoints found = sets.FixedPoints;
        string residuals = found.Orbits.Count == 0
            ? ""
            : $" Their residuals |M(a) − a| are at most {Words.Short(found.Orbits.Max(orbit => orbit.Residual))}.";
        if (found.Starts == 0)
        {
            return (found.IsComplete
                ? "In one dimension the fixed points are found by bracketing: it is proved that there are no others."
                : "In one dimension the fixed points are found by bracketing; where the graph of M touches the " +
                    $"diagonal, at {string.Join(", ", found.Undecided.Select(Cells.Text))}, rounding hides whether " +
                    "there are others.") + residuals;
        }

        string failed = found.NotConverged == 0
            ? "all of them converged"
            : $"{found.NotConverged} did not converge (least residual {Words.Short(found.LeastResidual)}) and count " +
                "for nothing";
        return $"Fixed points by Newton's method from {found.Starts} starts, {failed}; there may be others." +
            residuals + $" Periodic orbits and all else from {sets.Starts} orbits.";
    }

    private static string[] Row(NetworkAnswer answer, int number, PeriodicOrbit orbit)
    {
        string Points(Func<double[], double[]> coordinate)
            => string.Join(" → ", orbit.Points.Take(2).Select(point => Cells.ShortVector(coordinate(point))))
                + (orbit.Period > 2 ? " → …" : "");
        return
        [
            Table.Count(number),
            orbit.Describe(),
            Points(point => point),
            Points(point => answer.Driven.Outputs(point)),
            Words.Short(orbit.SpectralRadius),
            Words.Short(orbit.Norm),
        ];
    }

    private static IEnumerable<string[]> Data(NetworkAnswer answer, int number, PeriodicOrbit orbit)
        => from phase in Enumerable.Range(0, orbit.Period)
           let outputs = answer.Driven.Outputs(orbit.Points[phase])
           from unit in Enumerable.Range(0, outputs.Length)
           select new[]
           {
               Table.Count(number),
               orbit.Describe(),
               Table.Count(phase),
               Table.Count(unit),
               Table.Number(orbit.Points[phase][unit]),
               Table.Number(outputs[unit]),
               Table.Number(orbit.SpectralRadius),
               Table.Number(orbit.Norm),
               Table.Number(orbit.Residual),
           };
}
