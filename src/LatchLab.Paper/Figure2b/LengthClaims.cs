using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure2a;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure2b;

/// <summary>
/// Claim 2: the frequency of convergence falls towards 0 as T grows, because gradient descent fails. What the noise
/// itself erases is no failure of learning: so the claim is judged at those T only where a perfectly set latch still
/// meets the rule often enough, and there on the trials that it solves. It is not reproduced only where the learner
/// surely still solves more than half of these at the longest such T. Too few runs leave it undecided.
/// </summary>
internal static class LengthClaims
{
    /// <summary>Where the lower end of the ceiling's interval is at least this, the claim is judged.</summary>
    internal const double MinimumCeiling = 0.1;

    /// <summary>What we call "towards 0", at the longest T that is judged.</summary>
    internal const double NearZeroThreshold = 0.1;

    /// <summary>Judges the claim with w held and with w trained, and counts the verdicts under all readings.</summary>
    public static IReadOnlyList<Claim> EvaluateClaims(
        Interpretation interpretation, LengthCurve[] curves,
        IReadOnlyDictionary<Interpretation, LengthCurve[]> curvesByInterpretation)
        => [.. curves.Select(curve =>
        {
            (Verdict verdict, string evidence) = EvaluateClaims(curve);
            string verdictCounts = VerdictFormat.FormatCounts(
                curvesByInterpretation.Values.Select(
                    r => EvaluateClaims(r.Single(other => other.Weight == curve.Weight)).Verdict));
            return new Claim(
                2,
                "The frequency of convergence falls towards 0 as T grows.",
                "Section III, Figure 2(b)",
                $"{interpretation}, w {Settings.FormatValue(curve.Weight)}",
                verdict,
                $"{evidence} Over all readings: {verdictCounts}.");
        })];

    /// <summary>What a reader should see in the curve.</summary>
    public static string DescribeCurve(LengthCurve curve)
    {
        int[] evaluatedLengths = EvaluatedLengths(curve);
        Proportion solvable = default, all = default;
        for (int i = 0; i < curve.Lengths.Count; i++)
        {
            solvable += curve.LearnedOfSolvableAt(i);
            all += curve.LearnedAt(i);
        }

        string ceiling = evaluatedLengths.Length == curve.Lengths.Count
            ? "The ceiling stays well above 0 at every T"
            : evaluatedLengths.Length == 0 ? "The ceiling is nowhere surely well above 0"
            : $"The ceiling is well above 0 up to T = {curve.Lengths[evaluatedLengths[^1]]}; " +
                "at other T the noise erases the bit even where it is stored as well as can be, " +
                $"and the perfect latch converges in at most {HighestExcludedCeiling(curve, evaluatedLengths)} of " +
                $"the trials";
        return $"{ceiling}. With w {Settings.FormatValue(curve.Weight)}, the learner solved {solvable.Successes} of " +
            $"the " +
            $"{solvable.Trials} trials that the perfect latch solves, and {all.Successes - solvable.Successes} others.";
    }

    /// <summary>The highest ceiling among the lengths that are not judged.</summary>
    private static string HighestExcludedCeiling(LengthCurve curve, int[] evaluatedLengths)
        => NumberFormat.Percent(
            Enumerable.Range(0, curve.Lengths.Count).Except(evaluatedLengths).Max(i => curve.CeilingAt(i).Frequency));

    /// <summary>How far the curves lie below their ceilings where w is held.</summary>
    public static string DescribeGapToCeiling(IEnumerable<LengthCurve[]> curvesByInterpretation)
    {
        var gaps = from curves in curvesByInterpretation
                   let frozen = curves.Single(curve => curve.Weight == WeightUse.Held)
                   from i in Enumerable.Range(0, frozen.Lengths.Count)
                   select frozen.CeilingAt(i).Frequency - frozen.LearnedAt(i).Frequency;
        return $"With w held, no curve lies further than {NumberFormat.Short(gaps.Max())} below its ceiling.";
    }

    private static (Verdict Verdict, string Evidence) EvaluateClaims(LengthCurve curve)
    {
        int[] evaluatedLengths = EvaluatedLengths(curve);
        if (evaluatedLengths.Length < 2)
            return (Verdict.Undecided, "The noise ceiling is well above 0 at fewer than two T: nothing can be judged.");

        var groups = evaluatedLengths
            .Select(i => (Elementary.Log(new Scalar(curve.Lengths[i])).Value, curve.LearnedOfSolvableAt(i))).ToList();
        CochranArmitageTest trend = CochranArmitageTest.Compute([groups]);
        Proportion first = groups[0].Item2, last = groups[^1].Item2;
        Verdict verdict = trend.DecreasingPValue < DensityClaims.SignificanceLevel && last.Upper < NearZeroThreshold
            ? Verdict.Reproduced
            : last.Lower > 0.5 ? Verdict.NotReproduced
            : Verdict.Undecided;
        (double difference, double lower, double upper) = Proportion.ComputeDifference(first, last);
        return (verdict,
            $"Judged at T = {curve.Lengths[evaluatedLengths[0]]} … {curve.Lengths[evaluatedLengths[^1]]}, " +
            "where the ceiling is well above 0: of the trials that a perfect latch solves, " +
            $"the learner solved {IntervalFormat.Format(first)} at the shortest and {IntervalFormat.Format(last)} at " +
            $"the longest, " +
            $"difference {NumberFormat.Short(difference)} [{NumberFormat.Short(lower)}, " +
            $"{NumberFormat.Short(upper)}]; " +
            $"trend on log T: z = {NumberFormat.Short(trend.Z)}, one-sided " +
            $"{NumberFormat.PValue(trend.DecreasingPValue)}. " +
            $"Of all trials, {IntervalFormat.Format(curve.LearnedAt(0))} at T = {curve.Lengths[0]} and " +
            $"{IntervalFormat.Format(curve.LearnedAt(curve.Lengths.Count - 1))} at T = {curve.Lengths[^1]}.");
    }

    private static int[] EvaluatedLengths(LengthCurve curve)
        => [.. Enumerable.Range(0, curve.Lengths.Count).Where(i => curve.CeilingAt(i).Lower >= MinimumCeiling)];
}
