using System.Numerics;
using LatchLab.Dynamics;
using LatchLab.Figures;

namespace LatchLab.Diagnosis;

/// <summary>
/// Sections on the periodic orbits besides the attractors and on the completeness of the points that were found.
/// </summary>
internal static class PeriodicOrbitSections
{
    private const int MaximumShownMultipliers = 4;

    /// <summary>Creates the section on the periodic orbits besides the attractors.</summary>
    public static ReportSection CreateOrbits(NetworkDiagnosis diagnosis)
    {
        IReadOnlyList<PeriodicOrbit> orbits = diagnosis.InvariantSets.OtherPeriodicOrbits;
        string stableText = orbits.All(orbit => orbit.Stability != Stability.Stable) ? ""
            : " No ball on which M^l provably contracts was found around a stable one among them: it is too close to " +
                "marginal for basins, noise and the gradient to be computed.";
        string omittedText = orbits.Count <= TableFormat.MaximumShownRows ? ""
            : $" The first {TableFormat.MaximumShownRows} are shown.";
        return new(
            "periodic-orbits",
            "Other periodic orbits",
            [
                $"{orbits.Count} periodic {(orbits.Count == 1 ? "orbit" : "orbits")} besides the attractors, of " +
                    $"periods up to {diagnosis.Options.OrbitPeriod}, by Newton's method; there may be others. The " +
                    "multipliers are the eigenvalues of (M^l)′, l the period; the index is the sign of " +
                    $"det(1 − (M^l)′), 0 where an eigenvalue is 1 within its error.{stableText}{omittedText}",
            ])
        {
            Table = new ReportTable(
                ["period", "kind", "a point a", "multipliers", "unstable directions", "index"],
                [.. orbits.Take(TableFormat.MaximumShownRows).Select(orbit => new[]
                {
                    Table.FormatInteger(orbit.Period),
                    orbit.Describe(),
                    TableFormat.FormatVector(orbit.Points[0]),
                    FormatMultipliers(orbit),
                    Table.FormatInteger(orbit.UnstableDirections),
                    Table.FormatInteger(IndexSum.Index(orbit, power: 1)),
                })],
                new Table(
                    ["orbit", "period", "kind", "phase", "unit", "activation", "multiplier_re", "multiplier_im",
                        "unstable_directions", "index"],
                    [.. orbits.Index().SelectMany(entry => CreateRows(entry.Index + 1, entry.Item))])),
        };
    }

    /// <summary>Creates the section on the sums of indices.</summary>
    public static ReportSection CreateIndexSums(NetworkDiagnosis diagnosis)
        => TableFormat.CreateSection(
            "completeness",
            "Completeness by the sum of indices",
            [
                "A continuous map of a box into its interior has points a = M^l(a) whose indices, sign det(1 − " +
                    "(M^l)′), have the sum 1. Another sum of the points that were found proves that some are " +
                    "missing. The sum 1 is consistent with completeness and does not prove it: points whose indices " +
                    "add to 0 may be missing.",
            ],
            ["l", "points found", "sum of indices", "degenerate", "verdict"],
            ["l", "points", "sum", "degenerate", "verdict"],
            [
                .. diagnosis.IndexSums.Select(sum => new[]
                {
                    Table.FormatInteger(sum.Period),
                    Table.FormatInteger(sum.Points),
                    Table.FormatInteger(sum.Sum),
                    Table.FormatInteger(sum.Degenerate),
                    Describe(sum),
                }),
            ]);

    /// <summary>The verdict as a short text.</summary>
    internal static string Describe(IndexSum sum)
        => sum.Verdict switch
        {
            IndexVerdict.NotApplicable => "the rule does not apply: the states have no bounds",
            IndexVerdict.ConsistentWithComplete => "consistent with complete",
            IndexVerdict.Incomplete => $"incomplete: at least {sum.Missing} {(sum.Missing == 1 ? "is" : "are")} " +
                "missing, or fewer that are degenerate",
            IndexVerdict.ProvedComplete => "complete, proved by interval arithmetic",
            _ => $"undecided: the index of {sum.Degenerate} degenerate {(sum.Degenerate == 1 ? "point" : "points")} " +
                "is not known",
        };

    private static string FormatMultipliers(PeriodicOrbit orbit)
        => TableFormat.JoinFirst(orbit.Eigenvalues.Select(FormatMultiplier), MaximumShownMultipliers);

    private static string FormatMultiplier(Complex value)
        => TableFormat.SixDigits(value.Real) + (value.Imaginary == 0.0 ? ""
            : $" {(value.Imaginary < 0.0 ? "−" : "+")} {TableFormat.SixDigits(Math.Abs(value.Imaginary))}i");

    private static IEnumerable<string[]> CreateRows(int number, PeriodicOrbit orbit)
        => from phase in Enumerable.Range(0, orbit.Period)
           from unit in Enumerable.Range(0, orbit.Points[phase].Length)
           select new[]
           {
               Table.FormatInteger(number),
               Table.FormatInteger(orbit.Period),
               orbit.Describe(),
               Table.FormatInteger(phase),
               Table.FormatInteger(unit),
               Table.FormatNumber(orbit.Points[phase][unit]),
               Table.FormatNumber(orbit.Eigenvalues[unit].Real),
               Table.FormatNumber(orbit.Eigenvalues[unit].Imaginary),
               Table.FormatInteger(orbit.UnstableDirections),
               Table.FormatInteger(IndexSum.Index(orbit, power: 1)),
           };
}
