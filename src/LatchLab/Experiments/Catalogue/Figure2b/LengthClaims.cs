using LatchLab.Experiments.Catalogue.Figure2a;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.Figure2b;

/// <summary>
/// Claim 2: the frequency of convergence falls towards 0 as T grows, because gradient descent fails. What the noise
/// itself erases is no failure of learning: so the claim is judged at those T only where a perfectly set latch still
/// meets the rule often enough, and there on the trials that it solves. It is not reproduced only where the learner
/// surely still solves more than half of these at the longest such T. Too few runs leave it undecided.
/// </summary>
internal static class LengthClaims
{
    /// <summary>Where the lower end of the ceiling's interval is at least this, the claim is judged.</summary>
    internal const double CeilingWellAboveZero = 0.1;

    /// <summary>What we call "towards 0", at the longest T that is judged.</summary>
    internal const double NearZero = 0.1;

    /// <summary>Judges the claim with w held and with w trained, and counts the verdicts under all readings.</summary>
    public static IReadOnlyList<Claim> Judge(
        Reading chosen, LengthCurve[] curves, IReadOnlyDictionary<Reading, LengthCurve[]> readings)
        => [.. curves.Select(curve =>
        {
            (Verdict verdict, string evidence) = Judge(curve);
            string others = Verdicts.Count(
                readings.Values.Select(r => Judge(r.Single(other => other.Weight == curve.Weight)).Verdict));
            return new Claim(
                2,
                "The frequency of convergence falls towards 0 as T grows.",
                "Section III, Figure 2(b)",
                $"{chosen}, w {Settings.InWords(curve.Weight)}",
                verdict,
                $"{evidence} Over all readings: {others}.");
        })];

    /// <summary>What a reader should see in the curve.</summary>
    public static string Explain(LengthCurve curve)
    {
        int[] judged = Judged(curve);
        Proportion solvable = default, all = default;
        for (int i = 0; i < curve.Lengths.Count; i++)
        {
            solvable += curve.LearnedOfSolvable(i);
            all += curve.Learned(i);
        }

        string ceiling = judged.Length == curve.Lengths.Count
            ? "The ceiling stays well above 0 at every T"
            : judged.Length == 0 ? "The ceiling is nowhere surely well above 0"
            : $"The ceiling is well above 0 up to T = {curve.Lengths[judged[^1]]}; " +
                "at other T the noise erases the bit even where it is stored as well as can be, " +
                $"and the perfect latch converges in at most {HighestOther(curve, judged)} of the trials";
        return $"{ceiling}. With w {Settings.InWords(curve.Weight)}, the learner solved {solvable.Successes} of the " +
            $"{solvable.Trials} trials that the perfect latch solves, and {all.Successes - solvable.Successes} others.";
    }

    /// <summary>The highest ceiling among the lengths that are not judged.</summary>
    private static string HighestOther(LengthCurve curve, int[] judged)
        => Words.Percent(
            Enumerable.Range(0, curve.Lengths.Count).Except(judged).Max(i => curve.Ceiling(i).Frequency));

    /// <summary>How far the curves lie below their ceilings where w is held.</summary>
    public static string CompareWithCeiling(IEnumerable<LengthCurve[]> readings)
    {
        var gaps = from curves in readings
                   let held = curves.Single(curve => curve.Weight == WeightUse.Held)
                   from i in Enumerable.Range(0, held.Lengths.Count)
                   select held.Ceiling(i).Frequency - held.Learned(i).Frequency;
        return $"With w held, no curve lies further than {Words.Short(gaps.Max())} below its ceiling.";
    }

    private static (Verdict Verdict, string Evidence) Judge(LengthCurve curve)
    {
        int[] judged = Judged(curve);
        if (judged.Length < 2)
            return (Verdict.Undecided, "The noise ceiling is well above 0 at fewer than two T: nothing can be judged.");

        var groups = judged
            .Select(i => (Elementary.Log(new Scalar(curve.Lengths[i])).Value, curve.LearnedOfSolvable(i))).ToList();
        TrendTest trend = TrendTest.Of([groups]);
        Proportion first = groups[0].Item2, last = groups[^1].Item2;
        Verdict verdict = trend.FallingP < DensityClaims.Significance && last.Upper < NearZero ? Verdict.Reproduced
            : last.Lower > 0.5 ? Verdict.NotReproduced
            : Verdict.Undecided;
        (double difference, double lower, double upper) = Proportion.Difference(first, last);
        return (verdict,
            $"Judged at T = {curve.Lengths[judged[0]]} … {curve.Lengths[judged[^1]]}, " +
            "where the ceiling is well above 0: of the trials that a perfect latch solves, " +
            $"the learner solved {Words.Interval(first)} at the shortest and {Words.Interval(last)} at the longest, " +
            $"difference {Words.Short(difference)} [{Words.Short(lower)}, {Words.Short(upper)}]; " +
            $"trend on log T: z = {Words.Short(trend.Z)}, one-sided {Words.P(trend.FallingP)}. " +
            $"Of all trials, {Words.Interval(curve.Learned(0))} at T = {curve.Lengths[0]} and " +
            $"{Words.Interval(curve.Learned(curve.Lengths.Count - 1))} at T = {curve.Lengths[^1]}.");
    }

    private static int[] Judged(LengthCurve curve)
        => [.. Enumerable.Range(0, curve.Lengths.Count).Where(i => curve.Ceiling(i).Lower >= CeilingWellAboveZero)];
}
