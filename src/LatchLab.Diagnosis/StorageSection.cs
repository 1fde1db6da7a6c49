using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

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
                .. diagnosis.InitialStateDestination is { } destination ? (string[])[destination.Describe()] : [],
                .. diagnosis.AnalyticResults,
                DescribeSearch(diagnosis),
                .. sets.FixedPoints.Orbits.Any(
                    orbit => orbit.Stability == Stability.Stable && !sets.Attractors.Contains(orbit))
                    ? (string[])[
                        "A stable fixed point without a ball on which M provably contracts, because it is too close " +
                            "to marginal, does not count as an attractor."]
                    : [],
                "Definition 2 uses the eigenvalues of (M^l)′, that is, its spectral radius ρ; the proofs of Theorems " +
                    "3 and 4 use the norm |(M^l)′|, which is at least ρ and may exceed 1 when ρ does not.",
                .. orbits.Length > TableFormat.MaximumShownRows
                    ? (string[])[
                        $"Of {orbits.Length} invariant sets the first {TableFormat.MaximumShownRows} are shown."]
                    : [],
            ])
        {
            Table = new ReportTable(
                ["no", "kind", "activations a", "outputs x", "ρ", "|(M^l)′|"],
                [.. orbits.Take(TableFormat.MaximumShownRows).Index().Select(
                    entry => CreateRow(diagnosis, entry.Index + 1, entry.Item))],
                new Table(
                    ["no", "kind", "phase", "unit", "activation", "output", "spectral_radius", "norm", "residual"],
                    [.. orbits.Index().SelectMany(entry => CreateRows(diagnosis, entry.Index + 1, entry.Item))])),
        };
    }

    /// <summary>What the network stores, in one sentence.</summary>
    public static string DescribeSummary(NetworkDiagnosis diagnosis)
    {
        InvariantSets sets = diagnosis.InvariantSets;
        int states = sets.Attractors.Sum(attractor => attractor.Period);
        string attractorText = sets.Attractors.Count switch
        {
            0 => "No stable fixed point or periodic orbit was found",
            1 when states == 1 =>
                "One attractor was found: the network forgets its initial state and stores no bit",
            1 => $"One attractor was found, of period {states}: the network can store a phase, one of {states}",
            _ => $"{sets.Attractors.Count} attractors were found, with {states} points: the network can distinguish " +
                $"{states} states, {NumberFormat.Short(Elementary.Log(states) / Elementary.Log(2.0))} " +
                $"{(states == 2 ? "bit" : "bits")}",
        };
        string unsettledText = "";
        if (sets.UnsettledStates.Count > 0)
        {
            unsettledText =
                $"; {sets.UnsettledStates.Count} of {sets.OrbitCount} orbits reached none within " +
                $"{NumberFormat.GroupThousands(diagnosis.Options.MostSteps)} steps: " +
                DescribeUnsettled(sets, diagnosis.LyapunovExponents);
        }

        if (sets.DivergentCount > 0)
            unsettledText += $"; {sets.DivergentCount} of {sets.OrbitCount} orbits diverged";
        if (sets.Attractors.Count == InvariantSets.MaxAttractors)
            unsettledText += "; this is the largest number of attractors that is stored";
        return attractorText + unsettledText + ".";
    }

    private static string DescribeUnsettled(InvariantSets sets, LyapunovSpectrum? spectrum)
    {
        string Count(MotionKind kind, string name)
        {
            LongTermMotion[] motions = [.. sets.UnsettledMotions.Where(motion => motion.Kind == kind)];
            string zero = kind != MotionKind.QuasiPeriodic || motions.Length == 0
                ? ""
                : " (the largest Lyapunov exponent is 0 within " +
                    $"{NumberFormat.Short(motions.Max(motion => motion.Error))})";
            return motions.Length == 0 ? "" : $"{motions.Length} {name}{zero}";
        }

        string counts = string.Join(", ", new[]
        {
            Count(MotionKind.QuasiPeriodic, "quasi-periodic"), Count(MotionKind.Chaotic, "chaotic"),
            Count(MotionKind.Undecided, "undecided"),
        }.Where(text => text != ""));
        if (spectrum is not { Exponents: [var largest, ..] })
            return counts;
        string which = sets.UnsettledMotions[sets.RepresentativeUnsettled].Kind switch
        {
            MotionKind.QuasiPeriodic => "the first quasi-periodic one",
            MotionKind.Chaotic => "the first chaotic one",
            _ => "the first of them",
        };
        string all = spectrum.Exponents.Count == 1
            ? ""
            : $"; all: {string.Join(", ", spectrum.Exponents.Select(exponent => NumberFormat.Short(exponent.Value)))}";
        return double.IsNegativeInfinity(largest.Value)
            ? $"{counts}; some step of {which} erases every displacement (its exponent is −∞)"
            : $"{counts}; {which} has the largest exponent {NumberFormat.Short(largest.Value)} " +
                $"[{NumberFormat.Short(largest.Lower)}, {NumberFormat.Short(largest.Upper)}] a step{all}";
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
        string Points(Func<double[], double[]> coordinate)
            => string.Join(" → ",
                orbit.Points.Take(2).Select(point => TableFormat.FormatVector(coordinate(point), NumberFormat.Short)))
                + (orbit.Period > 2 ? " → …" : "");
        return
        [
            Table.FormatInteger(number),
            orbit.Describe(),
            Points(point => point),
            Points(point => diagnosis.DrivenSystem.Outputs(point)),
            NumberFormat.Short(orbit.SpectralRadius),
            NumberFormat.Short(orbit.JacobianNorm),
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
