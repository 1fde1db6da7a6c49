using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure2a;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure2b;

/// <summary>
/// Claim 2: the frequency of convergence falls towards 0 as T grows, because gradient descent fails. If the noise
/// itself erases the bit, learning has not failed. The claim is therefore tested only at those T where a latch with
/// ideal parameters (the perfect latch) meets the rule often enough, and only on the trials that this latch solves. It
/// is not reproduced if the learner still solves significantly more than half of these trials at the longest such T.
/// With too few runs it is undecided.
/// </summary>
internal static class LengthClaims
{
    /// <summary>The claim is tested where the lower end of the ceiling's interval is at least this.</summary>
    internal const double MinimumCeiling = 0.1;

    /// <summary>A frequency below this value at the longest tested T counts as "towards 0".</summary>
    internal const double NearZeroThreshold = 0.1;

    private static readonly ClaimStatement Statement = new(
        2, "The frequency of convergence falls towards 0 as T grows.", "Section III, Figure 2(b)");

    /// <summary>
    /// Tests the claim with w frozen and with w trained, and counts the verdicts under all interpretations.
    /// </summary>
    public static IReadOnlyList<Claim> EvaluateClaims(
        Interpretation interpretation, LengthCurve[] curves,
        IReadOnlyDictionary<Interpretation, LengthCurve[]> curvesByInterpretation)
        => [.. curves.Select(curve => interpretation.Conclude(
            Statement,
            EvaluateClaims(curve),
            curvesByInterpretation.Values.Select(r => EvaluateClaims(r.Single(other => other.Weight == curve.Weight))),
            suffix: $", w {Settings.FormatValue(curve.Weight)}"))];

    public static string DescribeCurve(LengthCurve curve)
    {
        int[] evaluatedLengths = EvaluatedLengths(curve);
        IEnumerable<int> excluded = Enumerable.Range(0, curve.Lengths.Count).Except(evaluatedLengths);
        Proportion solvable = Sum(curve.LearnedOfSolvableAt), all = Sum(curve.LearnedAt);
        string ceiling = evaluatedLengths.Length == curve.Lengths.Count
            ? "The ceiling is well above 0 at every T"
            : evaluatedLengths.Length == 0 ? "The ceiling is not significantly above 0 at any T"
            : $"The ceiling is well above 0 up to T = {curve.Lengths[evaluatedLengths[^1]]}; " +
                "at other T the noise erases the bit even in the perfect latch, which converges in " +
                $"at most {NumberFormat.Percent(excluded.Max(i => curve.CeilingAt(i).Frequency))} of the trials";
        return $"{ceiling}. With w {Settings.FormatValue(curve.Weight)}, the learner solved {solvable.Successes} of " +
            $"the {solvable.Trials} trials that the perfect latch solves, and {all.Successes - solvable.Successes} " +
            "others.";

        Proportion Sum(Func<int, Proportion> countAt)
            => curve.Lengths.Select((_, i) => countAt(i)).Aggregate((sum, proportion) => sum + proportion);
    }

    /// <summary>Describes how far the curves lie below their ceilings where w is frozen.</summary>
    public static string DescribeGapToCeiling(IEnumerable<LengthCurve[]> curvesByInterpretation)
    {
        var gaps = from curves in curvesByInterpretation
                   let frozen = curves.Single(curve => curve.Weight == WeightUse.Frozen)
                   from i in Enumerable.Range(0, frozen.Lengths.Count)
                   select frozen.CeilingAt(i).Frequency - frozen.LearnedAt(i).Frequency;
        return $"With w frozen (held), no curve lies further than {NumberFormat.Short(gaps.Max())} below its ceiling.";
    }

    private static ClaimTest EvaluateClaims(LengthCurve curve)
    {
        int[] evaluatedLengths = EvaluatedLengths(curve);
        if (evaluatedLengths.Length < 2)
            return new(Verdict.Undecided,
                "The noise ceiling is well above 0 at fewer than two T, so the claim cannot be tested.");

        var groups = evaluatedLengths
            .Select(i => (Elementary.Log(curve.Lengths[i]), curve.LearnedOfSolvableAt(i))).ToList();
        CochranArmitageTest trend = CochranArmitageTest.Compute([groups]);
        Proportion first = groups[0].Item2, last = groups[^1].Item2;
        Verdict verdict = ClaimTest.Decide(
            trend.DecreasingPValue < DensityClaims.SignificanceLevel && last.Upper < NearZeroThreshold,
            last.Lower > 0.5);
        return new(verdict,
            $"Tested at T = {curve.Lengths[evaluatedLengths[0]]} … {curve.Lengths[evaluatedLengths[^1]]}, where the " +
            "ceiling is well above 0: of the trials that a perfect latch solves, the learner solved " +
            $"{IntervalFormat.Format(first)} at the shortest and {IntervalFormat.Format(last)} at the longest, " +
            $"{DensityClaims.FormatDifference(first, last)}; trend on log T: z = {NumberFormat.Short(trend.Z)}, " +
            $"one-sided {NumberFormat.PValue(trend.DecreasingPValue)}. Of all trials, " +
            $"{IntervalFormat.Format(curve.LearnedAt(0))} at T = {curve.Lengths[0]} and " +
            $"{IntervalFormat.Format(curve.LearnedAt(curve.Lengths.Count - 1))} at T = {curve.Lengths[^1]}.");
    }

    private static int[] EvaluatedLengths(LengthCurve curve)
        => [.. Enumerable.Range(0, curve.Lengths.Count).Where(i => curve.CeilingAt(i).Lower >= MinimumCeiling)];
}
