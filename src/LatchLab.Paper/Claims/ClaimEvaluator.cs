using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Statistics;

namespace LatchLab.Paper.Claims;

/// <summary>Tests a claim of the table on the trials of a run and describes the result.</summary>
internal static class ClaimEvaluator
{
    private const int MaxNamedParts = 3;

    /// <summary>Tests a claim, or says what is missing to test it.</summary>
    /// <param name="sample">The claim with its trials.</param>
    /// <param name="interpretation">What differs from the reference interpretation; may be empty.</param>
    public static Claim Evaluate(ClaimSample sample, string interpretation = "")
        => sample.Missing is { } missing ? NotTested(sample.Row, missing, interpretation)
            : Evaluate(sample.Row, sample.Parts, interpretation);

    /// <summary>Tests a claim.</summary>
    /// <param name="row">The claim.</param>
    /// <param name="samples">Its parts.</param>
    /// <param name="interpretation">What differs from the reference interpretation; may be empty.</param>
    /// <param name="details">What is shown after the evidence and is not part of the test; may be empty.</param>
    public static Claim Evaluate(
        ClaimRow row, IReadOnlyList<PartSample> samples, string interpretation = "", string details = "")
    {
        if (samples.FirstOrDefault(sample => sample.Trials < row.LeastTrials) is { } small)
        {
            return NotTested(
                row,
                row.Formula == Formula.Universal ? DescribeCounterexamples(small)
                    : $"A test needs {row.LeastTrials} in each part (here {small.Trials}: {small.Label}).",
                interpretation);
        }

        Verdict verdict = ClaimVerdict.Decide(row.Formula, samples);
        ClaimPart[] parts = DescribeParts(row, samples);
        string qualifier = "";
        if (verdict == Verdict.Undecided)
        {
            (verdict, qualifier) = ClaimPower.Get(row.Key).Complete(
                samples.Min(sample => sample.Groups.Min(group => group.Length)));
        }

        string evidence = row.Formula == Formula.Universal
            ? string.Join(" ", samples.Select(DescribeCounterexamples)) : DescribeEvidence(row, parts);
        return Conclude(row, verdict, details.Length == 0 ? evidence : $"{evidence} {details}", interpretation) with
        {
            Qualifier = qualifier,
            Parts = parts,
        };
    }

    /// <summary>The claim of a run that is too small to test it.</summary>
    /// <param name="row">The claim.</param>
    /// <param name="reason">What a test needs, and what the run has.</param>
    /// <param name="interpretation">What differs from the reference interpretation; may be empty.</param>
    public static Claim NotTested(ClaimRow row, string reason, string interpretation = "")
        => Conclude(row, Verdict.NotTested, reason, interpretation);

    /// <summary>A claim with a verdict that follows from other evidence than parts.</summary>
    public static Claim Conclude(ClaimRow row, Verdict verdict, string evidence, string interpretation = "")
        => new(row.Number, row.Statement, row.Source, interpretation, verdict, evidence)
        {
            Key = row.Key,
            IsMain = row.IsMain,
        };

    /// <summary>
    /// A claim over the values of a number that the paper does not give: if it is reproduced with some and not
    /// reproduced with others, the verdict depends on the number.
    /// </summary>
    /// <param name="row">The claim, which names the number.</param>
    /// <param name="reference">The claim with the value of the reference, and the value in words.</param>
    /// <param name="others">The same with the other values.</param>
    public static Claim CompareValues(
        ClaimRow row, (Claim Claim, string Value) reference, IReadOnlyList<(Claim Claim, string Value)> others)
    {
        (Claim Claim, string Value)[] all = [.. others, reference];
        if (!Array.Exists(all, entry => entry.Claim.Verdict == Verdict.Reproduced)
            || !Array.Exists(all, entry => entry.Claim.Verdict == Verdict.NotReproduced))
            return reference.Claim;
        string verdicts = string.Join("; ", all.GroupBy(entry => entry.Claim.Verdict).OrderBy(group => group.Key)
            .Select(group => $"{group.Key.Format()} with {string.Join(", ", group.Select(entry => entry.Value))}"));
        return reference.Claim with
        {
            Verdict = Verdict.DependsOnSetting,
            Qualifier = row.DependsOn,
            Evidence = $"The paper does not give {row.DependsOn}: {verdicts}. With the {reference.Value}: " +
                reference.Claim.Evidence,
        };
    }

    private static ClaimPart[] DescribeParts(ClaimRow row, IReadOnlyList<PartSample> samples)
    {
        double[] pValues = [.. samples.Select(sample => PValueAgainst(sample, row.Formula))];
        bool[] rejected = HolmProcedure.Reject(pValues, 0.5 * ClaimVerdict.Level);
        return
        [
            .. samples.Select((sample, i) =>
            {
                Estimate interval = sample.Estimate(1.0 - ClaimVerdict.Level);
                return new ClaimPart(
                    sample.Label, $"{sample.Rule.Quantity} ({sample.Rule.Statistic.Name})", sample.Trials,
                    interval.Value, interval.Lower, interval.Upper, sample.Rule.Side == Side.Above ? "above" : "below",
                    sample.Rule.Threshold,
                    row.Formula == Formula.Universal && ClaimVerdict.HasCounterexample(sample)
                        ? PartResult.Fails : sample.Rule.Decide(interval))
                {
                    FailsAfterCorrection = row.Formula == Formula.All && rejected[i],
                    Remark = sample.Remark,
                };
            }),
        ];
    }

    /// <summary>
    /// The one-sided p-value of the side that decides the claim by one part: that it fails if all parts must hold, that
    /// it holds if one must. It is computed only where the interval of one part excludes the threshold.
    /// </summary>
    private static double PValueAgainst(PartSample sample, Formula formula)
    {
        if (formula == Formula.Universal)
            return 1.0;
        PartRule rule = sample.Rule;
        PartResult decisive = formula == Formula.All ? PartResult.Fails : PartResult.Holds;
        if (rule.Decide(sample.Estimate(1.0 - ClaimVerdict.Level)) != decisive)
            return 1.0;
        return (rule.Side == Side.Above) == (decisive == PartResult.Holds)
            ? IntervalTest.PValueAbove(sample.Estimate, rule.Threshold)
            : IntervalTest.PValueBelow(sample.Estimate, rule.Threshold);
    }

    private static string DescribeCounterexamples(PartSample sample)
    {
        double counterexamples = sample.Groups.Sum(group => group.Sum());
        if (counterexamples > 0.0)
        {
            return $"{NumberFormat.Short(counterexamples)} of {sample.Trials} {sample.Label} are counterexamples" +
                $"{(sample.Remark.Length > 0 ? $", for example {sample.Remark}" : "")}.";
        }

        int needed = ClaimVerdict.CountUnitsNeeded(sample.Rule);
        return sample.Trials >= needed
            ? $"None of {sample.Trials} {sample.Label} is a counterexample; with 99 % confidence their share is at " +
                $"most {NumberFormat.Short(sample.Estimate(1.0 - ClaimVerdict.Level).Upper)}."
            : $"None of {sample.Trials} {sample.Label} is a counterexample, but a test needs {needed}.";
    }

    private static string DescribeEvidence(ClaimRow row, ClaimPart[] parts)
    {
        int holding = parts.Count(part => part.Result == PartResult.Holds),
            failing = parts.Count(part => part.Result == PartResult.Fails),
            corrected = parts.Count(part => part.FailsAfterCorrection);
        string counts = parts.Length == 1
            ? $"One part: {Describe(parts[0])}."
            : $"{(row.Formula == Formula.All ? "All" : "One of")} {parts.Length} parts ({row.Parts}) must hold; with " +
                $"99 % intervals {holding} hold{(holding == 1 ? "s" : "")}, {failing} fail{(failing == 1 ? "s" : "")}" +
                $"{(failing > 0 && row.Formula == Formula.All ? $" ({corrected} after Holm's correction)" : "")}, " +
                $"{parts.Length - holding - failing} {(parts.Length - holding - failing == 1 ? "is" : "are")} open.";
        if (parts.Length == 1)
            return counts;
        ClaimPart[] failed = [.. parts.Where(part => part.FailsAfterCorrection).OrderByDescending(Distance)];
        (string kind, ClaimPart[] named) = failed.Length > 0 ? ("Failing", failed)
            : holding == parts.Length ? ("The closest", [parts.MinBy(Distance)!])
            : ("Not holding",
                parts.Where(part => part.Result != PartResult.Holds).OrderBy(part => part.Result).ToArray());
        string more = named.Length > MaxNamedParts ? $"; and {named.Length - MaxNamedParts} more" : "";
        return $"{counts} {kind}: {string.Join("; ", named.Take(MaxNamedParts).Select(Describe))}{more}.";

        static double Distance(ClaimPart part) => Math.Abs(part.Estimate - part.Threshold);
    }

    private static string Describe(ClaimPart part)
        => $"{part.Label}: {part.Quantity[..part.Quantity.IndexOf(" (", StringComparison.Ordinal)]} " +
            $"{NumberFormat.Short(part.Estimate)} [{NumberFormat.Short(part.Lower)}, " +
            $"{NumberFormat.Short(part.Upper)}], claimed {part.Claimed} {NumberFormat.Short(part.Threshold)}" +
            (part.Remark.Length > 0 ? $" ({part.Remark})" : "");
}
