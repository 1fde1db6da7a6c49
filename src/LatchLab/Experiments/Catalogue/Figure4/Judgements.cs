using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.Figure4;

/// <summary>A verdict with its reasons.</summary>
/// <param name="Verdict">The judgement.</param>
/// <param name="Evidence">A sentence.</param>
internal readonly record struct Judgement(Verdict Verdict, string Evidence)
{
    /// <summary>All of several: contradicted by one, reproduced by all, otherwise undecided.</summary>
    public static Judgement All(IEnumerable<Judgement> parts)
    {
        List<Judgement> all = [.. parts];
        Verdict verdict = all.Any(part => part.Verdict == Verdict.NotReproduced) ? Verdict.NotReproduced
            : all.Count > 0 && all.All(part => part.Verdict == Verdict.Reproduced) ? Verdict.Reproduced
            : Verdict.Undecided;
        return new(verdict, string.Join(" ", all.Select(part => part.Evidence)));
    }
}

/// <summary>
/// The single comparisons that the claims about Figure 4 are made of. Trials are pooled over T and noise; two
/// algorithms are compared in the same trials (paired).
/// </summary>
/// <param name="standings">All races.</param>
/// <param name="seed">The seed of the run, for resampling.</param>
internal sealed class Judgements(Standings standings, ulong seed)
{
    /// <summary>A smaller p-value counts.</summary>
    public const double Significance = 1e-3;

    /// <summary>A share of trials learned that counts as solving a problem, if it surely lies above.</summary>
    public const double Solves = 0.5;

    /// <summary>A mean error that counts as doing well, if it surely lies below.</summary>
    public const double DoesWell = 0.1;

    /// <summary>A mean error that counts as doing reasonably, if it surely lies below.</summary>
    public const double DoesReasonably = 0.25;

    /// <summary>A smaller difference of mean errors does not matter, if it surely lies below.</summary>
    public const double Negligible = 0.02;

    /// <summary>A mean error above which an algorithm answers by chance, if it surely lies above.</summary>
    public const double Chance = 0.45;

    /// <summary>√10: a ratio that is nearer to an order of magnitude than to none.</summary>
    public const double OrderOfMagnitude = 3.1622776601683795;

    /// <summary>Whether the mean error lies below a limit.</summary>
    public Judgement ErrorBelow(Problem problem, Contender contender, double limit)
    {
        Race race = standings[problem, contender];
        double[] errors = [.. race.AllRuns().Where(run => race.IsJudged(run)).Select(run => Race.Error(run))];
        if (errors.Length == 0)
            return new(Verdict.Undecided, $"{Name(problem, contender)}: no run could be judged.");
        Bootstrap mean = Bootstrap.OfMean(errors, seed);
        return new(
            mean.Upper < limit ? Verdict.Reproduced : mean.Lower > limit ? Verdict.NotReproduced : Verdict.Undecided,
            $"{Name(problem, contender)}: mean error {Words.Interval(mean)} over {errors.Length} trials.");
    }

    /// <summary>Whether a problem is solved in most trials, or (<paramref name="solves"/> false) is not.</summary>
    public Judgement IsSolved(Problem problem, Contender contender, bool solves)
    {
        Race race = standings[problem, contender];
        Proportion learned = race.Learned(race.AllRuns());
        if (learned.Trials == 0)
            return new(Verdict.Undecided, $"{Name(problem, contender)}: no run could be judged.");
        Verdict solved = learned.Lower > Solves ? Verdict.Reproduced
            : learned.Upper < Solves ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(solves ? solved : Opposite(solved),
            $"{Name(problem, contender)}: {Words.Interval(learned)} of {learned.Trials} trials learned.");
    }

    /// <summary>Whether one is faster than another: presentations until a trial is learned, or never.</summary>
    public Judgement IsFaster(Problem problem, Contender faster, Contender slower)
    {
        (double Ours, double Theirs)[] pairs =
            [.. standings[problem, faster].Pairs(standings[problem, slower], run => Race.TimeToLearn(run))];
        var sign = new SignTest(pairs.Count(p => p.Ours < p.Theirs), pairs.Count(p => p.Ours > p.Theirs));
        Verdict verdict = sign.WinsP < Significance ? Verdict.Reproduced
            : sign.LossesP < Significance ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(verdict,
            $"{problem.Title}: {faster.Name} learned in fewer presentations than {slower.Name} in {sign.Wins} " +
            $"trials, in more in {sign.Losses} (sign test, one-sided {Words.P(Math.Min(sign.WinsP, sign.LossesP))}); " +
            $"{RatioInWords(pairs)}");
    }

    /// <summary>Whether one needs at least an order of magnitude more presentations where both learn.</summary>
    public Judgement NeedsMuchMore(Problem problem, Contender slower, Contender faster)
    {
        (double Ours, double Theirs)[] pairs =
            [.. standings[problem, slower].Pairs(standings[problem, faster], run => Race.TimeToLearn(run))];
        double[] ratios = Ratios(pairs);
        if (ratios.Length < 2)
        {
            return new(Verdict.Undecided,
                $"{problem.Title}: {slower.Name} and {faster.Name} learned together in {ratios.Length} trials only.");
        }

        Bootstrap ratio = Bootstrap.OfMedian(ratios, seed);
        Verdict verdict = ratio.Lower > OrderOfMagnitude ? Verdict.Reproduced
            : ratio.Upper < OrderOfMagnitude ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(verdict, $"{problem.Title}, to {faster.Name}: {RatioInWords(pairs)}");
    }

    /// <summary>
    /// Whether one has less error than another in the same trials; where both surely answer no better than by chance,
    /// there is nothing to compare.
    /// </summary>
    public Judgement HasLessError(Problem problem, Contender better, Contender worse)
    {
        double[] differences =
        [
            .. standings[problem, better].Pairs(standings[problem, worse], run => Race.Error(run))
                .Select(pair => pair.Theirs - pair.Ours),
        ];
        if (AnswersByChance(problem, better) && AnswersByChance(problem, worse))
            return new(Verdict.Undecided, $"{problem.Title}: {better.Name} and {worse.Name} both answer by chance.");
        SignedRankTest test = SignedRankTest.Of(differences);
        Bootstrap mean = Bootstrap.OfMean(differences, seed);
        Verdict verdict = test.PositiveP < Significance && mean.Lower > 0.0 ? Verdict.Reproduced
            : (test.NegativeP < Significance && mean.Upper < 0.0) || mean.Upper < Negligible ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(verdict,
            $"{problem.Title}: mean error {Words.Interval(mean)} less than {worse.Name} over {differences.Length} " +
            $"trials{ByNoise(problem, better, worse)} (signed-rank test, one-sided " +
            Words.P(Math.Min(test.PositiveP, test.NegativeP)) +
            $"{(test.NegativeP < test.PositiveP ? ", for more" : "")}).");
    }

    /// <summary>
    /// Whether a contender learns anything at the shortest T, surely in more than one trial of ten: otherwise there is
    /// nothing that could get worse.
    /// </summary>
    public bool CanGetWorse(Problem problem, Contender contender)
    {
        Race race = standings[problem, contender];
        return race.Learned(race.AtLength(0)).Lower > 0.1;
    }

    /// <summary>Whether fewer trials are learned the longer the sequences are.</summary>
    public Judgement GetsWorse(Problem problem, Contender contender)
    {
        Race race = standings[problem, contender];
        var groups = Enumerable.Range(0, race.Noises.Count).Select(noise => (IReadOnlyList<(double, Proportion)>)
        [
            .. Enumerable.Range(0, race.Lengths.Count).Select(length =>
                (Numerics.Elementary.Log(new Numerics.Scalar(race.Lengths[length])).Value,
                    race.Learned(race.Runs(noise, length).ToArray()))),
        ]);
        TrendTest trend = TrendTest.Of(groups);
        Proportion first = race.Learned(race.AtLength(0)), last = race.Learned(race.AtLength(race.Lengths.Count - 1));
        Verdict verdict = trend.FallingP < Significance && first.Frequency > last.Frequency ? Verdict.Reproduced
            : trend.GrowingP < Significance || last.Lower > first.Frequency ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(verdict,
            $"{Name(problem, contender)}: {Words.Interval(first)} learned at T = {race.Lengths[0]}, " +
            $"{Words.Interval(last)} at T = {race.Lengths[^1]} (trend z = {Words.Short(trend.Z)}).");
    }

    /// <summary>Whether the presentations to learn grow with the length.</summary>
    public Judgement TakesLonger(Problem problem, Contender contender)
    {
        Race race = standings[problem, contender];
        var strata = Enumerable.Range(0, race.Noises.Count).Select(noise => (IReadOnlyList<IReadOnlyList<double>>)
        [
            .. Enumerable.Range(0, race.Lengths.Count).Select(length => (IReadOnlyList<double>)
                [.. race.Runs(noise, length).ToArray().Select(run => Race.TimeToLearn(run))]),
        ]);
        RankTrend trend = RankTrend.Of(strata);
        Bootstrap first = MedianTime(race, 0), last = MedianTime(race, race.Lengths.Count - 1);
        double least = last.Lower / first.Upper, most = last.Upper / first.Lower;
        Verdict verdict = trend.GrowingP < Significance ? Verdict.Reproduced
            : trend.FallingP < Significance || most < 2.0 ? Verdict.NotReproduced
            : Verdict.Undecided;
        return new(verdict,
            $"{Name(problem, contender)}: median presentations {Words.Interval(first)} at T = {race.Lengths[0]}, " +
            $"{Words.Interval(last)} at T = {race.Lengths[^1]}, a ratio of {Words.Short(least)} to " +
            $"{Words.Short(most)}; Jonckheere–Terpstra trend z = {Words.Short(trend.Z)}.");
    }

    /// <summary>Whether the mean error surely lies above what we call chance.</summary>
    private bool AnswersByChance(Problem problem, Contender contender)
        => Bootstrap.OfMean(standings[problem, contender].AllRuns().Select(run => Race.Error(run)), seed).Lower
            > Chance;

    /// <summary>The mean difference of the errors at each noise.</summary>
    private string ByNoise(Problem problem, Contender better, Contender worse)
    {
        Race ours = standings[problem, better], theirs = standings[problem, worse];
        if (ours.Noises.Count < 2)
            return "";
        var means = ours.Noises.Select((noise, i) =>
        {
            double Mean(Race race) => Enumerable.Range(0, race.Lengths.Count)
                .Average(length => race.Runs(i, length).ToArray().Average(run => Race.Error(run)));
            return $"{Words.Short(Mean(theirs) - Mean(ours))} {(noise > 0.0 ? "with" : "without")} noise";
        });
        return $", {string.Join(", ", means)}";
    }

    private static string Name(Problem problem, Contender contender) => $"{problem.Title}, {contender.Name}";

    private static Verdict Opposite(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => Verdict.NotReproduced,
        Verdict.NotReproduced => Verdict.Reproduced,
        _ => Verdict.Undecided,
    };

    private static double[] Ratios((double Ours, double Theirs)[] pairs)
        => [.. pairs.Where(p => double.IsFinite(p.Ours) && double.IsFinite(p.Theirs)).Select(p => p.Ours / p.Theirs)];

    private Bootstrap MedianTime(Race race, int length)
        => Bootstrap.OfMedian(race.AtLength(length).Select(run => Race.TimeToLearn(run)), seed);

    private string RatioInWords((double Ours, double Theirs)[] pairs)
    {
        double[] ratios = Ratios(pairs);
        return ratios.Length == 0
            ? "in no trial did both learn."
            : $"median ratio {Words.Interval(Bootstrap.OfMedian(ratios, seed))} in the {ratios.Length} trials that " +
                "both learned.";
    }
}
