using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.Figure4;

/// <summary>
/// The single comparisons that the claims about Figure 4 are made of. Trials are pooled over T and noise; two
/// algorithms are compared in the same trials (paired). What is not judged (<see cref="Race"/>) is left out, and from
/// fewer than <see cref="FewestTrials"/> nothing is concluded.
/// </summary>
/// <remarks>
/// The same trial with and without noise has the same start. Tests count it as two, which the level of significance
/// allows for: if both always ended alike, p = 10⁻³ would in truth be 0.03 at most.
/// </remarks>
/// <param name="standings">All races.</param>
/// <param name="seed">The seed of the run, for resampling.</param>
internal sealed class Judgements(Standings standings, ulong seed)
{
    /// <summary>A smaller p-value counts.</summary>
    public const double Significance = 1e-3;

    /// <summary>The fewest trials of which a sign test can be significant: 2⁻¹⁰ is below 10⁻³.</summary>
    public const int FewestTrials = 10;

    /// <summary>A share of trials learned that counts as solving a problem, if it surely lies above.</summary>
    public const double Solves = 0.5;

    /// <summary>A mean error that counts as doing well, if it surely lies below.</summary>
    public const double DoesWell = 0.1;

    /// <summary>A mean error that counts as doing reasonably, if it surely lies below.</summary>
    public const double DoesReasonably = 0.25;

    /// <summary>A smaller difference of mean errors does not matter, if it surely lies below.</summary>
    public const double Negligible = 0.02;

    /// <summary>A smaller fall of the share of trials learned does not matter, if it surely lies below.</summary>
    public const double SlightFall = 0.1;

    /// <summary>A mean error above which an algorithm answers by chance, if it surely lies above.</summary>
    public const double Chance = 0.45;

    /// <summary>√10: a ratio that is nearer to an order of magnitude than to none.</summary>
    public const double OrderOfMagnitude = 3.1622776601683795;

    /// <summary>Whether a contender was run on the problems of the paper.</summary>
    public bool HasRun(Contender contender) => standings.Has(Problem.Latch, contender);

    /// <summary>Whether the mean error lies below a limit.</summary>
    public Judgement ErrorBelow(Problem problem, Contender contender, double limit)
    {
        double[] errors = [.. standings[problem, contender].AllJudged.Select(Race.Error)];
        if (errors.Length < FewestTrials)
            return TooFew(Name(problem, contender), errors.Length);
        Bootstrap mean = Bootstrap.OfMean(errors, seed);
        Verdict verdict = mean.Upper < limit ? Verdict.Reproduced
            : mean.Lower > limit ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(
            verdict, $"{Name(problem, contender)}: mean error {Words.Interval(mean)} over {errors.Length} trials.");
    }

    /// <summary>Whether a problem is solved in most trials.</summary>
    public Judgement Solved(Problem problem, Contender contender)
    {
        Proportion learned = Race.Learned(standings[problem, contender].AllJudged);
        if (learned.Trials < FewestTrials)
            return TooFew(Name(problem, contender), learned.Trials);
        Verdict verdict = learned.Lower > Solves ? Verdict.Reproduced
            : learned.Upper < Solves ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(
            verdict, $"{Name(problem, contender)}: {Words.Interval(learned)} of {learned.Trials} trials learned.");
    }

    /// <summary>Whether one learns in fewer presentations than another.</summary>
    public Judgement IsFaster(Problem problem, Contender faster, Contender slower)
        => IsFaster(
            problem, faster, slower, times: 1.0, $"learned in fewer presentations than {slower.Name}", "in more");

    /// <summary>Whether one learns in fewer presentations than another by an order of magnitude.</summary>
    public Judgement IsMuchFaster(Problem problem, Contender faster, Contender slower)
        => IsFaster(
            problem,
            faster,
            slower,
            OrderOfMagnitude,
            $"learned more than {Words.Short(OrderOfMagnitude)} times as fast as {slower.Name}",
            "less than that");

    /// <summary>Whether one needs at least an order of magnitude more presentations where both learn.</summary>
    public Judgement NeedsMuchMore(Problem problem, Contender slower, Contender faster)
    {
        var duel = new Duel(standings[problem, slower], standings[problem, faster]);
        string names = $"{problem.Title}, {slower.Name} to {faster.Name}";
        double[] ratios = duel.Ratios;
        if (ratios.Length < FewestTrials)
            return new(Verdict.Undecided, $"{names}: both learned in {ratios.Length} of {duel.Trials} trials only.");
        Bootstrap ratio = Bootstrap.OfMedian(ratios, seed);
        return new(
            ratio.Lower > OrderOfMagnitude ? Verdict.Reproduced
                : ratio.Upper < OrderOfMagnitude ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"{names}: {RatioInWords(duel)}.");
    }

    /// <summary>
    /// Whether one has less error than another in the same trials; where both surely answer no better than by chance,
    /// there is nothing to compare.
    /// </summary>
    public Judgement HasLessError(Problem problem, Contender better, Contender worse)
    {
        Race ours = standings[problem, better], theirs = standings[problem, worse];
        (double Less, int Noise)[] pairs =
            [.. ours.Pairs(theirs).Select(pair => (Race.Error(pair.Theirs) - Race.Error(pair.Ours), pair.Noise))];
        string names = $"{problem.Title}, error of {worse.Name} less that of {better.Name}";
        if (pairs.Length < FewestTrials)
            return TooFew(names, pairs.Length);
        if (AnswersByChance(ours) && AnswersByChance(theirs))
            return new(Verdict.Undecided, $"{names}: both answer by chance.");
        SignedRankTest test = SignedRankTest.Of(pairs.Select(pair => pair.Less));
        Bootstrap mean = Bootstrap.OfMean(pairs.Select(pair => pair.Less), seed);
        Verdict verdict = test.PositiveP < Significance && mean.Lower > 0.0 ? Verdict.Reproduced
            : (test.NegativeP < Significance && mean.Upper < 0.0) || mean.Upper < Negligible ? Verdict.NotReproduced
            : Verdict.Undecided;
        var byNoise = pairs.GroupBy(pair => ours.Noises[pair.Noise])
            .Select(group => $"{Words.Short(group.Average(pair => pair.Less))} at noise {Words.Short(group.Key)}");
        return new(verdict,
            $"{names}: {Words.Interval(mean)} over {pairs.Length} trials, {string.Join(", ", byNoise)} (signed-rank " +
            $"test, {OneSided("for above 0", test.PositiveP, "for below 0", test.NegativeP)}).");
    }

    /// <summary>
    /// Whether a contender learns anything at the shortest T, surely in more than one trial of ten: otherwise there is
    /// nothing that could get worse.
    /// </summary>
    public bool CanGetWorse(Problem problem, Contender contender)
        => Race.Learned(standings[problem, contender].JudgedAt(0)) is { Trials: > 0, Lower: > 0.1 };

    /// <summary>Whether fewer trials are learned the longer the sequences are.</summary>
    public Judgement GetsWorse(Problem problem, Contender contender)
    {
        Race race = standings[problem, contender];
        Proportion first = Race.Learned(race.JudgedAt(0)), last = Race.Learned(race.JudgedAt(race.Lengths.Count - 1));
        int trials = first.Trials == 0 || last.Trials == 0 ? 0 : race.AllJudged.Count();
        if (trials < FewestTrials)
            return TooFew(Name(problem, contender), trials);

        TrendTest trend = TrendTest.Of(Strata(race, (length, runs) => (LogOf(length), Race.Learned(runs))));
        (double fall, _, double most) = Proportion.Difference(first, last);
        Verdict verdict = trend.FallingP < Significance && fall > 0.0 ? Verdict.Reproduced
            : CanGetWorse(problem, contender) && (trend.GrowingP < Significance || most < SlightFall)
                ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(verdict,
            $"{Name(problem, contender)}: {Words.Interval(first)} learned at T = {race.Lengths[0]}, " +
            $"{Words.Interval(last)} at T = {race.Lengths[^1]} (trend z = {Words.Short(trend.Z)}).");
    }

    /// <summary>Whether the presentations to learn grow with the length.</summary>
    public Judgement TakesLonger(Problem problem, Contender contender)
    {
        Race race = standings[problem, contender];
        double[] first = [.. race.JudgedAt(0).Select(Race.TimeToLearn)];
        double[] last = [.. race.JudgedAt(race.Lengths.Count - 1).Select(Race.TimeToLearn)];
        if (first.Length < FewestTrials || last.Length < FewestTrials)
        {
            return TooFew(
                $"{Name(problem, contender)}, at the shortest or the longest T", Math.Min(first.Length, last.Length));
        }

        RankTrend trend = RankTrend.Of(
            Strata(race, (_, runs) => (IReadOnlyList<double>)[.. runs.Select(Race.TimeToLearn)]));
        Bootstrap atFirst = Bootstrap.OfMedian(first, seed), atLast = Bootstrap.OfMedian(last, seed);
        double most = atLast.Upper / atFirst.Lower; // NaN, which is not below 2, where neither is known
        Verdict verdict = trend.GrowingP < Significance ? Verdict.Reproduced
            : trend.FallingP < Significance || most < 2.0 ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(verdict,
            $"{Name(problem, contender)}: median presentations {Words.Interval(atFirst)} at T = {race.Lengths[0]}, " +
            $"{Words.Interval(atLast)} at T = {race.Lengths[^1]}; Jonckheere–Terpstra trend " +
            $"z = {Words.Short(trend.Z)}.");
    }

    private Judgement IsFaster(
        Problem problem, Contender faster, Contender slower, double times, string how, string otherwise)
    {
        var duel = new Duel(standings[problem, faster], standings[problem, slower]);
        if (duel.Trials < FewestTrials)
            return TooFew($"{problem.Title}, {faster.Name} and {slower.Name}", duel.Trials);
        SignTest sign = duel.Sign(times);
        Verdict verdict = sign.WinsP < Significance ? Verdict.Reproduced
            : sign.LossesP < Significance ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(verdict,
            $"{problem.Title}: {faster.Name} {how} in {sign.Wins} of {duel.Trials} trials and {otherwise} in " +
            $"{sign.Losses} (sign test, {OneSided("for the former", sign.WinsP, "for the latter", sign.LossesP)}); " +
            $"{RatioInWords(duel)}.");
    }

    private bool AnswersByChance(Race race)
        => Bootstrap.OfMean(race.AllJudged.Select(Race.Error), seed).Lower > Chance;

    private string RatioInWords(Duel duel)
    {
        double[] ratios = duel.Ratios;
        return ratios.Length == 0
            ? "in no trial did both learn"
            : $"median ratio of presentations {Words.Interval(Bootstrap.OfMedian(ratios, seed))} in the " +
                $"{ratios.Length} trials that both learned";
    }

    /// <summary>A stratum a noise, a group a length.</summary>
    private static IEnumerable<IReadOnlyList<TGroup>> Strata<TGroup>(Race race, Func<int, Outcome[], TGroup> group)
        => Enumerable.Range(0, race.Noises.Count).Select(noise => (IReadOnlyList<TGroup>)
        [
            .. race.Lengths.Index().Select(length => group(length.Item, race.Judged(noise, length.Index))),
        ]);

    private static Judgement TooFew(string names, int trials)
        => new(Verdict.Undecided, $"{names}: {(trials == 0 ? "no" : $"only {trials}")} trials could be judged.");

    private static string OneSided(string positive, double positiveP, string negative, double negativeP)
        => positiveP <= negativeP
            ? $"one-sided {Words.P(positiveP)} {positive}"
            : $"one-sided {Words.P(negativeP)} {negative}";

    private static double LogOf(int length) => Elementary.Log(new Scalar(length)).Value;

    private static string Name(Problem problem, Contender contender) => $"{problem.Title}, {contender.Name}";
}
