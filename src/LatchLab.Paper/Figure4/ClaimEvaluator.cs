using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure4;

/// <summary>
/// The statistical tests of which the claims about Figure 4 consist. Trials are pooled over T and noise. Two algorithms
/// are compared in the same trials (paired). Runs that are not eligible (<see cref="AlgorithmRuns"/>) are excluded, and
/// with fewer than <see cref="MinimumTrials"/> trials the verdict is undecided.
/// </summary>
/// <remarks>
/// The same trial with and without noise has the same initial parameters, but the tests count it as two trials. The
/// significance level allows for this: if both always had the same result, p = 10⁻³ would correspond to at most 0.03.
/// </remarks>
internal sealed class ClaimEvaluator(RunTable table, ulong seed)
{
    /// <summary>A p-value below this is significant.</summary>
    public const double SignificanceLevel = 1e-3;

    /// <summary>The fewest trials for which a sign test can be significant: 2⁻¹⁰ is below 10⁻³.</summary>
    public const int MinimumTrials = 10;

    /// <summary>A problem counts as solved if the interval of the share of learned trials lies above this.</summary>
    public const double SolvedThreshold = 0.5;

    /// <summary>
    /// The performance counts as good, or as reasonable, if the interval of the mean error lies below this.
    /// </summary>
    public const double GoodErrorThreshold = 0.1, ReasonableErrorThreshold = 0.25;

    /// <summary>A difference of mean errors is negligible if its interval lies below this.</summary>
    public const double NegligibleErrorDifference = 0.02;

    /// <summary>A decrease of the share of learned trials is negligible if its interval lies below this.</summary>
    public const double NegligibleDecrease = 0.1;

    /// <summary>An algorithm is at chance level if the interval of its mean error lies above this.</summary>
    public const double ChanceErrorThreshold = 0.45;

    /// <summary>√10: on a logarithmic scale, a larger ratio is closer to 10 than to 1.</summary>
    public const double OrderOfMagnitude = 3.1622776601683795;

    /// <summary>Whether an algorithm was run on the problems of the paper.</summary>
    public bool HasRun(Algorithm algorithm) => table.Contains(Problem.Latch, algorithm);

    public ClaimTest EvaluateErrorBelow(Problem problem, Algorithm algorithm, double limit)
    {
        double[] errors = [.. table[problem, algorithm].AllOutcomes.Select(AlgorithmRuns.TestErrorOrChance)];
        if (errors.Length < MinimumTrials)
            return CreateInsufficientTrials(FormatName(problem, algorithm), errors.Length);
        BootstrapInterval mean = BootstrapInterval.EstimateMean(errors, seed);
        return new(
            ClaimTest.Decide(mean.Upper < limit, mean.Lower > limit),
            $"{FormatName(problem, algorithm)}: mean error {IntervalFormat.Format(mean)} over {errors.Length} " +
                $"trials.");
    }

    /// <summary>Tests whether a problem is solved in most trials.</summary>
    public ClaimTest EvaluateSolved(Problem problem, Algorithm algorithm)
    {
        Proportion learned = AlgorithmRuns.CountLearned(table[problem, algorithm].AllOutcomes);
        if (learned.Trials < MinimumTrials)
            return CreateInsufficientTrials(FormatName(problem, algorithm), learned.Trials);
        return new(
            ClaimTest.Decide(learned.Lower > SolvedThreshold, learned.Upper < SolvedThreshold),
            $"{FormatName(problem, algorithm)}: {IntervalFormat.Format(learned)} of {learned.Trials} trials " +
                $"learned.");
    }

    /// <summary>Tests whether one algorithm learns in fewer presentations than another.</summary>
    public ClaimTest EvaluateFaster(Problem problem, Algorithm faster, Algorithm slower)
        => EvaluateFaster(
            problem, faster, slower, factor: 1.0, $"learned in fewer presentations than {slower.Name}", "in more");

    /// <summary>
    /// Tests whether one algorithm learns in fewer presentations than another by an order of magnitude.
    /// </summary>
    public ClaimTest EvaluateMuchFaster(Problem problem, Algorithm faster, Algorithm slower)
        => EvaluateFaster(
            problem,
            faster,
            slower,
            OrderOfMagnitude,
            $"learned more than {NumberFormat.Short(OrderOfMagnitude)} times as fast as {slower.Name}",
            "less than that");

    /// <summary>
    /// Tests whether one algorithm needs at least an order of magnitude more presentations where both learn.
    /// </summary>
    public ClaimTest EvaluateNeedsManyMore(Problem problem, Algorithm slower, Algorithm faster)
    {
        var comparison = new PairedComparison(table[problem, slower], table[problem, faster]);
        string names = $"{problem.Title}, {slower.Name} to {faster.Name}";
        double[] ratios = comparison.PresentationRatios;
        if (ratios.Length < MinimumTrials)
            return new(Verdict.Undecided,
                $"{names}: both learned in only {ratios.Length} of {comparison.TrialCount} trials.");
        BootstrapInterval ratio = BootstrapInterval.EstimateMedian(ratios, seed);
        return new(
            ClaimTest.Decide(ratio.Lower > OrderOfMagnitude, ratio.Upper < OrderOfMagnitude),
            $"{names}: {FormatRatio(comparison)}.");
    }

    /// <summary>
    /// Tests whether one algorithm has a lower error than another in the same trials; undecided if both are at chance
    /// level.
    /// </summary>
    public ClaimTest EvaluateLowerError(Problem problem, Algorithm better, Algorithm worse)
    {
        AlgorithmRuns betterRuns = table[problem, better], worseRuns = table[problem, worse];
        (double Reduction, int Noise)[] pairs =
            [.. betterRuns.Pair(worseRuns).Select(
                pair => (AlgorithmRuns.TestErrorOrChance(pair.Second) - AlgorithmRuns.TestErrorOrChance(pair.First),
                    pair.Noise))];
        string names = $"{problem.Title}, error of {worse.Name} minus that of {better.Name}";
        if (pairs.Length < MinimumTrials)
            return CreateInsufficientTrials(names, pairs.Length);
        if (IsAtChanceLevel(betterRuns) && IsAtChanceLevel(worseRuns))
            return new(Verdict.Undecided, $"{names}: both are at chance level.");
        SignedRankTest test = SignedRankTest.Compute(pairs.Select(pair => pair.Reduction));
        BootstrapInterval mean = BootstrapInterval.EstimateMean(pairs.Select(pair => pair.Reduction), seed);
        Verdict verdict = ClaimTest.Decide(
            test.PositivePValue < SignificanceLevel && mean.Lower > 0.0,
            (test.NegativePValue < SignificanceLevel && mean.Upper < 0.0) || mean.Upper < NegligibleErrorDifference);
        var byNoise = pairs.GroupBy(pair => betterRuns.Noises[pair.Noise])
            .Select(
                group =>
                    $"{NumberFormat.Short(group.Average(pair => pair.Reduction))} at noise " +
                        $"{NumberFormat.Short(group.Key)}");
        return new(verdict,
            $"{names}: {IntervalFormat.Format(mean)} over {pairs.Length} trials, {string.Join(", ", byNoise)} " +
            "(signed-rank test, " +
            $"{FormatOneSidedP("for above 0", test.PositivePValue, "for below 0", test.NegativePValue)}).");
    }

    /// <summary>
    /// Whether an algorithm learns significantly more than one trial in ten at the shortest T. Otherwise its
    /// performance cannot degrade with T.
    /// </summary>
    public bool CanDegrade(Problem problem, Algorithm algorithm)
        => AlgorithmRuns.CountLearned(table[problem, algorithm].GetOutcomesAt(0))
            is { Trials: > 0, Lower: > 0.1 };

    /// <summary>Tests whether fewer trials are learned as T grows.</summary>
    public ClaimTest EvaluateDegradation(Problem problem, Algorithm algorithm)
    {
        AlgorithmRuns runs = table[problem, algorithm];
        Proportion first = AlgorithmRuns.CountLearned(runs.GetOutcomesAt(0)),
            last = AlgorithmRuns.CountLearned(runs.GetOutcomesAt(runs.Lengths.Count - 1));
        int trials = first.Trials == 0 || last.Trials == 0 ? 0 : runs.AllOutcomes.Count();
        if (trials < MinimumTrials)
            return CreateInsufficientTrials(FormatName(problem, algorithm), trials);

        CochranArmitageTest trend = CochranArmitageTest.Compute(
            CreateStrata(runs, (length, outcomes) => (Elementary.Log(length), AlgorithmRuns.CountLearned(outcomes))));
        (double decrease, _, double maximumDecrease) = Proportion.ComputeDifference(first, last);
        Verdict verdict = ClaimTest.Decide(
            trend.DecreasingPValue < SignificanceLevel && decrease > 0.0,
            CanDegrade(problem, algorithm)
                && (trend.IncreasingPValue < SignificanceLevel || maximumDecrease < NegligibleDecrease));
        return new(verdict,
            $"{FormatName(problem, algorithm)}: {IntervalFormat.Format(first)} learned at T = {runs.Lengths[0]}, " +
            $"{IntervalFormat.Format(last)} at T = {runs.Lengths[^1]} (trend z = {NumberFormat.Short(trend.Z)}).");
    }

    /// <summary>Tests whether the presentations to learn grow with T.</summary>
    public ClaimTest EvaluateSlowdown(Problem problem, Algorithm algorithm)
    {
        AlgorithmRuns runs = table[problem, algorithm];
        double[] first = [.. runs.GetOutcomesAt(0).Select(AlgorithmRuns.PresentationsToLearn)];
        double[] last = [
            .. runs.GetOutcomesAt(runs.Lengths.Count - 1).Select(AlgorithmRuns.PresentationsToLearn)];
        if (first.Length < MinimumTrials || last.Length < MinimumTrials)
        {
            return CreateInsufficientTrials(
                $"{FormatName(problem, algorithm)}, at the shortest or the longest T",
                Math.Min(first.Length, last.Length));
        }

        JonckheereTerpstraTest trend = JonckheereTerpstraTest.Compute(
            CreateStrata(runs,
                (_, outcomes) => (IReadOnlyList<double>)[.. outcomes.Select(AlgorithmRuns.PresentationsToLearn)]));
        BootstrapInterval atFirst = BootstrapInterval.EstimateMedian(first, seed),
            atLast = BootstrapInterval.EstimateMedian(last, seed);
        double maximumRatio = atLast.Upper / atFirst.Lower; // NaN, which is not below 2, if both are infinite
        Verdict verdict = ClaimTest.Decide(
            trend.IncreasingPValue < SignificanceLevel,
            trend.DecreasingPValue < SignificanceLevel || maximumRatio < 2.0);
        return new(verdict,
            $"{FormatName(problem, algorithm)}: median presentations {IntervalFormat.Format(atFirst)} at T = " +
                $"{runs.Lengths[0]}, {IntervalFormat.Format(atLast)} at T = {runs.Lengths[^1]}; Jonckheere–Terpstra " +
                $"trend z = {NumberFormat.Short(trend.Z)}.");
    }

    private ClaimTest EvaluateFaster(
        Problem problem, Algorithm faster, Algorithm slower, double factor, string positivePhrase,
        string negativePhrase)
    {
        var comparison = new PairedComparison(table[problem, faster], table[problem, slower]);
        if (comparison.TrialCount < MinimumTrials)
            return CreateInsufficientTrials($"{problem.Title}, {faster.Name} and {slower.Name}", comparison.TrialCount);
        SignTest sign = comparison.ComputeSignTest(factor);
        return new(
            ClaimTest.Decide(sign.WinsPValue < SignificanceLevel, sign.LossesPValue < SignificanceLevel),
            $"{problem.Title}: {faster.Name} {positivePhrase} in {sign.Wins} of {comparison.TrialCount} trials and " +
                $"{negativePhrase} in {sign.Losses} (sign test, " +
                $"{FormatOneSidedP("for the former", sign.WinsPValue, "for the latter", sign.LossesPValue)}); " +
                $"{FormatRatio(comparison)}.");
    }

    private bool IsAtChanceLevel(AlgorithmRuns runs)
        => BootstrapInterval.EstimateMean(runs.AllOutcomes.Select(AlgorithmRuns.TestErrorOrChance), seed).Lower
            > ChanceErrorThreshold;

    private string FormatRatio(PairedComparison comparison)
    {
        double[] ratios = comparison.PresentationRatios;
        return ratios.Length == 0
            ? "no trial was learned by both"
            : "median ratio of presentations " +
                $"{IntervalFormat.Format(BootstrapInterval.EstimateMedian(ratios, seed))} in the {ratios.Length} " +
                "trials that both learned";
    }

    /// <summary>One stratum per noise, one group per length.</summary>
    private static IEnumerable<IReadOnlyList<TGroup>> CreateStrata<TGroup>(AlgorithmRuns runs,
        Func<int, Outcome[], TGroup> createGroup)
        => Enumerable.Range(0, runs.Noises.Count).Select(noise => (IReadOnlyList<TGroup>)
        [
            .. runs.Lengths.Index().Select(
                length => createGroup(length.Item, runs.GetOutcomes(noise, length.Index))),
        ]);

    private static ClaimTest CreateInsufficientTrials(string names, int trials)
        => new(Verdict.Undecided, $"{names}: {(trials == 0 ? "no" : $"only {trials}")} trials.");

    private static string FormatOneSidedP(string positive, double positiveP, string negative, double negativeP)
        => positiveP <= negativeP
            ? $"one-sided {NumberFormat.PValue(positiveP)} {positive}"
            : $"one-sided {NumberFormat.PValue(negativeP)} {negative}";

    private static string FormatName(Problem problem, Algorithm algorithm) => $"{problem.Title}, {algorithm.Name}";
}
