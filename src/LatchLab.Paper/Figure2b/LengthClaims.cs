using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure2b;

/// <summary>
/// Claim 2 as worded: the frequency of convergence falls with T, over all lengths, and is near 0 at the longest; with w
/// held and with w trained. If the noise itself erases the bit, learning has not failed; a claim of our own is
/// therefore tested on the trials that a latch with ideal parameters (the perfect latch) solves, at the lengths where
/// it solves most.
/// </summary>
internal static class LengthClaims
{
    /// <summary>Our claim is tested where the lower end of the ceiling's 95 % interval is above this.</summary>
    internal const double MinimumCeiling = ClaimTable.MinimumCeiling;

    /// <summary>Collects the claims of some curves.</summary>
    public static IEnumerable<ClaimSample> Collect(ReproductionSettings settings, IEnumerable<LengthCurve> curves)
        => from curve in curves
           let rows = curve.Weight == WeightUse.Frozen
               ? (AsWorded: ClaimTable.LongSequences, Solvable: ClaimTable.WherePerfectLatchSucceeds)
               : (AsWorded: ClaimTable.LongSequencesTrained, Solvable: ClaimTable.WherePerfectLatchSucceedsTrained)
           from claim in new[]
           {
               Collect(settings, rows.AsWorded, curve, [.. curve.Lengths.Index().Select(length => length.Index)],
                   curve.LearnedValuesAt),
               Collect(settings, rows.Solvable, curve, EvaluatedLengths(curve), curve.LearnedValuesOfSolvableAt),
           }
           where settings.Tests(claim.Row)
           select claim;

    public static string DescribeCurve(LengthCurve curve)
    {
        int[] evaluatedLengths = EvaluatedLengths(curve);
        IEnumerable<int> excluded = Enumerable.Range(0, curve.Lengths.Count).Except(evaluatedLengths);
        Proportion solvable = Sum(curve.LearnedOfSolvableAt), all = Sum(curve.LearnedAt);
        string ceiling = evaluatedLengths.Length == curve.Lengths.Count
            ? "the ceiling is above one half at every T"
            : evaluatedLengths.Length == 0 ? "the ceiling is not significantly above one half at any T"
            : $"the ceiling is above one half up to T = {curve.Lengths[evaluatedLengths[^1]]}; " +
                "at other T the noise erases the bit even in the perfect latch, which converges in " +
                $"at most {NumberFormat.Percent(excluded.Max(i => curve.CeilingAt(i).Frequency))} of the trials";
        return $"With w {Settings.FormatValue(curve.Weight)}, {ceiling}. The learner solved {solvable.Successes} of " +
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

    private static ClaimSample Collect(
        ReproductionSettings settings, ClaimRow row, LengthCurve curve, int[] lengths, Func<int, double[]> valuesAt)
    {
        Resolution resolution = settings.Resolution, reference = Resolution.Standard;
        if (resolution.LongestLength < reference.LongestLength || resolution.Trials < ComparisonSize.LeastTrials)
        {
            return new(row, [], $"A test needs T up to {reference.LongestLength} and {ComparisonSize.LeastTrials} " +
                $"runs at each (here {resolution.LongestLength} and {resolution.Trials}).");
        }

        if (lengths.Length < 2)
        {
            return new(row, [], $"The noise ceiling is above {NumberFormat.Short(MinimumCeiling)} at fewer than two " +
                "T, so there is no range of T in which to test the claim.");
        }

        int last = lengths[^1];
        return new(
            row,
            [
                new($"T = {curve.Lengths[lengths[0]]} to {curve.Lengths[last]}", row.Rules[0],
                    [.. lengths.Select(valuesAt)]),
                new($"T = {curve.Lengths[last]}", row.Rules[1], [valuesAt(last)]),
            ]);
    }

    private static int[] EvaluatedLengths(LengthCurve curve)
        => [.. Enumerable.Range(0, curve.Lengths.Count).Where(i => curve.CeilingAt(i).Lower > MinimumCeiling)];
}
