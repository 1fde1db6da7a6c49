using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Diagnosis;

/// <summary>The section on storage: invariant sets (Definitions 1 and 2) and orbits without attractor.</summary>
internal static class StorageSection
{
    public static ReportSection Create(NetworkDiagnosis diagnosis)
    {
        InvariantSets sets = diagnosis.InvariantSets;
        PeriodicOrbit[] orbits =
        [
            .. sets.Attractors,
            .. sets.FixedPoints.Orbits.Where(orbit => !sets.Attractors.Contains(orbit)),
        ];
        return new(
            "storage",
            "Storage capacity",
            [
                .. diagnosis.AnalyticResults,
                DescribeSearch(diagnosis),
                .. sets.Unsettled.States.Count > 0 ? (string[])[DescribeUnsettled(diagnosis)] : [],
                .. sets.FixedPoints.Orbits.Any(
                    orbit => orbit.Stability == Stability.Stable && !sets.Attractors.Contains(orbit))
                    ? (string[])[
                        "No ball on which M provably contracts was found around a stable fixed point that is not " +
                            "among the attractors below: it is too close to marginal for basins, noise and the " +
                            "gradient to be computed."]
                    : [],
                "Definition 2 uses the eigenvalues of (M^l)′, that is, its spectral radius ρ; the proofs of Theorems " +
                    "3 and 4 use the norm |(M^l)′|, which is at least ρ and may exceed 1 when ρ does not.",
                .. orbits.Any(orbit => orbit.HasKink)
                    ? (string[])[
                        "At a kink a relu unit has the activation 0, and M has no derivative: ≤ precedes a bound on " +
                            "the growth of a displacement for the sides that can follow each other. Where that of ρ " +
                            "is below 1, the point is stable."]
                    : [],
                .. orbits.Length > TableFormat.MaximumShownRows
                    ? (string[])[
                        $"Of {orbits.Length} invariant sets the first {TableFormat.MaximumShownRows} are shown."]
                    : [],
            ])
        {
            Table = new ReportTable(
                [
                    "no", "kind", "activations a",
                    TableFormat.NameOutputs(diagnosis.DrivenSystem, diagnosis.Network), "ρ", "|(M^l)′|",
                ],
                [.. orbits.Take(TableFormat.MaximumShownRows).Index().Select(
                    entry => CreateRow(diagnosis, entry.Index + 1, entry.Item))],
                new Table(
                    ["no", "kind", "phase", "unit", "activation", "output", "spectral_radius", "norm", "residual"],
                    [.. orbits.Index().SelectMany(entry => CreateRows(diagnosis, entry.Index + 1, entry.Item))])),
        };
    }

    /// <summary>The orbits of the search that reached no stable orbit, and the exponents of one of them.</summary>
    private static string DescribeUnsettled(NetworkDiagnosis diagnosis)
    {
        InvariantSets sets = diagnosis.InvariantSets;
        int CountOf(MotionKind kind) => sets.Unsettled.Motions.Count(motion => motion.Kind == kind);
        string counts = string.Join(", ", new (int Count, string Name)[]
        {
            (CountOf(MotionKind.QuasiPeriodic), "quasi-periodic"), (CountOf(MotionKind.Chaotic), "chaotic"),
            (sets.Unsettled.RestingCount, "at rest at a fixed point that is not known to be stable"),
            (CountOf(MotionKind.Undecided) - sets.Unsettled.RestingCount, "undecided"),
        }.Where(entry => entry.Count > 0).Select(entry => $"{entry.Count} {entry.Name}"));
        string text = $"{sets.Unsettled.States.Count} of {NumberFormat.WithNoun(sets.OrbitCount, "orbit")} reached " +
            $"no stable orbit within {NumberFormat.WithNoun(diagnosis.Options.MostSteps, "step")}: {counts}.";
        if (diagnosis.LyapunovExponents is not { Exponents: [var largest, ..] } spectrum)
            return text;
        string which = sets.Unsettled.Motions[sets.Unsettled.Representative].Kind switch
        {
            MotionKind.QuasiPeriodic => "the first quasi-periodic one",
            MotionKind.Chaotic => "the first chaotic one",
            _ => "the first of them",
        };
        string all = spectrum.Exponents.Count == 1
            ? ""
            : $"; all: {string.Join(", ", spectrum.Exponents.Select(exponent => NumberFormat.Short(exponent.Value)))}";
        return text + (double.IsNegativeInfinity(largest.Value)
            ? $" Some step of {which} erases every displacement: its largest Lyapunov exponent is −∞."
            : $" The largest Lyapunov exponent of {which} is {NumberFormat.Short(largest.Value)} " +
                $"[{NumberFormat.Short(largest.Lower)}, {NumberFormat.Short(largest.Upper)}] a step{all}.");
    }

    private static string DescribeSearch(NetworkDiagnosis diagnosis)
        => DescribeSearch(diagnosis.InvariantSets) + (diagnosis.Options.Box is > 0.0 and var box
            ? $" All of this refers to activations within ±{NumberFormat.Short(box)}; there may be more outside."
            : "");

    private static string DescribeSearch(InvariantSets sets)
    {
        FixedPoints found = sets.FixedPoints;
        string residuals = found.Orbits.Count == 0
            ? ""
            : $" Their residuals |M(a) − a| are at most " +
                $"{NumberFormat.Short(found.Orbits.Max(orbit => orbit.Residual))}.";
        if (found.NewtonStarts == 0)
        {
            return (found.IsComplete
                ? "In one dimension the fixed points are found by bracketing; it is proved that there are no others."
                : "In one dimension the fixed points are found by bracketing; where the graph of M touches the " +
                    $"diagonal, at {string.Join(", ", found.Undecided.Select(TableFormat.FormatInterval))}, it is " +
                    "undecided because of rounding whether there are others.") + residuals;
        }

        string convergenceText = found.NotConverged == 0
            ? "all of them converged"
            : $"{found.NotConverged} did not converge (least residual {NumberFormat.Short(found.SmallestResidual)}) " +
                "and are ignored";
        return $"Fixed points by Newton's method from {found.NewtonStarts} starts, {convergenceText}; there may be " +
            "others." + residuals +
            $" Periodic orbits and other attractors were searched for from {sets.OrbitCount} orbits.";
    }

    private static string[] CreateRow(NetworkDiagnosis diagnosis, int number, PeriodicOrbit orbit)
    {
        string Points(Func<double[], string> format)
            => string.Join(" → ", orbit.Points.Take(2).Select(format)) + (orbit.Period > 2 ? " → …" : "");
        return
        [
            Table.FormatInteger(number),
            orbit.Describe(),
            Points(point => TableFormat.FormatVector(point, NumberFormat.Short)),
            Points(point => TableFormat.FormatOutputs(diagnosis.DrivenSystem, diagnosis.Network, point)),
            (orbit.HasKink ? "≤ " : "") + NumberFormat.Short(orbit.LongRunGrowthBound),
            (orbit.HasKink ? "≤ " : "") + NumberFormat.Short(orbit.GrowthBound),
        ];
    }

    private static IEnumerable<string[]> CreateRows(NetworkDiagnosis diagnosis, int number, PeriodicOrbit orbit)
        => from phase in Enumerable.Range(0, orbit.Period)
           let outputs = diagnosis.DrivenSystem.Outputs(orbit.Points[phase])
           from unit in Enumerable.Range(0, outputs.Length)
           select new[]
           {
               Table.FormatInteger(number),
               orbit.Describe(),
               Table.FormatInteger(phase),
               Table.FormatInteger(unit),
               Table.FormatNumber(orbit.Points[phase][unit]),
               Table.FormatNumber(outputs[unit]),
               Table.FormatNumber(orbit.SpectralRadius),
               Table.FormatNumber(orbit.JacobianNorm),
               Table.FormatNumber(orbit.Residual),
           };
}
