using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.Figure4;

/// <summary>Panels in two columns, a row a problem: error on the left, presentations on the right.</summary>
internal static class ComparisonFigure
{
    private static readonly Dictionary<Contender, (Mark Mark, int Colour)> Looks = new()
    {
        [Contenders.Backpropagation] = (Mark.Square, 0),
        [Contenders.PseudoNewton] = (Mark.TriangleDown, 5),
        [Contenders.TimeWeighted] = (Mark.TriangleUp, 2),
        [Contenders.DiscretePropagation] = (Mark.Circle, 1),
        [Contenders.Multigrid] = (Mark.Disc, 3),
        [Contenders.Annealing] = (Mark.FilledSquare, 4),
        [Contenders.Guessing] = (Mark.Cross, Series.Grey),
        [Contenders.AdaptivePseudoNewton] = (Mark.FilledTriangle, 0),
        [Contenders.TunedTimeWeighted] = (Mark.FilledTriangle, 3),
        [Contenders.SmallMultigrid] = (Mark.Cross, 3),
        [Contenders.DiscreteAsPrinted] = (Mark.Disc, 4),
        [Contenders.DiscreteSymmetric] = (Mark.FilledDiamond, Series.Grey),
    };

    private static readonly string[] Columns =
    [
        "problem", "noise", "length", "algorithm", "trials", "learned", "lower_95", "upper_95", "error",
        "error_lower_95", "error_upper_95", "median_presentations", "median_lower_95", "median_upper_95",
        "mean_presentations_of_learned", "ended_by_budget", "stuck", "diverged", "not_judged", "saved_presentations",
        "judging_presentations",
    ];

    public static Figure Of(
        string id,
        string title,
        string caption,
        Standings standings,
        IReadOnlyList<Problem> problems,
        IReadOnlyList<Contender> contenders,
        int noise)
    {
        Race any = standings[problems[0], contenders[0]];
        var lengths = new Axis("sequence length T", any.Lengths[0], any.Lengths[^1], Logarithmic: true);
        int most = contenders.Max(contender => standings[problems[0], contender].Budget);
        var errors = new Axis("classification error", 0.0, 0.6);
        var presentations = new Axis("presentations", 20, most, Logarithmic: true);
        Panel[] panels =
        [
            .. problems.SelectMany(problem => new Panel[]
            {
                new Chart(problem.Title, lengths, errors, [.. contenders.Select(contender =>
                    Draw(contender, Points(standings[problem, contender], noise, Error)))]) { Dodged = true },
                new Chart(problem.Title, lengths, presentations,
                [
                    .. contenders.Select(contender =>
                        Draw(contender, Points(standings[problem, contender], noise, Presentations))),
                    .. Budgets(standings, problem, contenders),
                ])
                { Dodged = true },
            }),
        ];
        var rows = from problem in problems
                   from contender in contenders
                   let race = standings[problem, contender]
                   from length in Enumerable.Range(0, race.Lengths.Count)
                   select Row(race, noise, length);
        return new(id, title, caption, panels, 2, new Table(Columns, [.. rows]));
    }

    private static Series Draw(Contender contender, IReadOnlyList<DataPoint> points)
        => new(contender.Name, SeriesKind.Curve, points, Looks[contender].Colour, Looks[contender].Mark);

    /// <summary>A line for each budget.</summary>
    private static IEnumerable<Series> Budgets(
        Standings standings, Problem problem, IReadOnlyList<Contender> contenders)
    {
        var budgets = contenders.GroupBy(contender => standings[problem, contender].Budget).OrderBy(group => group.Key);
        foreach ((int i, var budget) in budgets.Index())
        {
            yield return i == 0
                ? Series.Level("budget", budget.Key)
                : Series.Level("budget of annealing and guessing", budget.Key, colour: 6);
        }
    }

    private static DataPoint[] Points(Race race, int noise, Func<Race, int, int, DataPoint> point)
        => [.. Enumerable.Range(0, race.Lengths.Count).Select(length => point(race, noise, length))];

    private static DataPoint Error(Race race, int noise, int length)
    {
        Bootstrap mean = MeanError(race, noise, length);
        return new(race.Lengths[length], mean.Estimate, mean.Lower, mean.Upper);
    }

    private static DataPoint Presentations(Race race, int noise, int length)
    {
        Bootstrap median = Median(race, noise, length);
        bool isCensored = double.IsPositiveInfinity(median.Estimate);
        return new(
            race.Lengths[length],
            isCensored ? race.Budget : median.Estimate,
            Math.Min(race.Budget, median.Lower),
            median.Upper)
        {
            Censored = isCensored,
        };
    }

    private static Bootstrap MeanError(Race race, int noise, int length)
        => Bootstrap.OfMean(race.Runs(noise, length).ToArray().Select(run => Race.Error(run)), SeedOf(race, length));

    private static Bootstrap Median(Race race, int noise, int length)
        => Bootstrap.OfMedian(
            race.Runs(noise, length).ToArray().Select(run => Race.TimeToStop(run)), SeedOf(race, length));

    /// <summary>Resampling draws numbers of its own at every point.</summary>
    private static ulong SeedOf(Race race, int length)
        => race.Cell(0, length).RandomWord + (ulong)race.Contender.Id.Length;

    private static string[] Row(Race race, int noise, int length)
    {
        Outcome[] runs = race.Runs(noise, length).ToArray();
        Proportion learned = new(runs.Count(run => run.Converged), runs.Length);
        Bootstrap error = MeanError(race, noise, length), median = Median(race, noise, length);
        double[] times = [.. runs.Where(run => run.Converged).Select(run => (double)run.Presentations)];
        return
        [
            race.Problem.Id,
            Table.Number(race.Noises[noise]),
            Table.Count(race.Lengths[length]),
            race.Contender.Id,
            Table.Count(runs.Length),
            Table.Count(learned.Successes),
            Table.Number(learned.Lower),
            Table.Number(learned.Upper),
            Table.Number(error.Estimate),
            Table.Number(error.Lower),
            Table.Number(error.Upper),
            Table.Number(median.Estimate),
            Table.Number(median.Lower),
            Table.Number(median.Upper),
            Table.Number(times.Length == 0 ? double.NaN : times.Average()),
            Table.Count(runs.Count(run => run.Ending == Ending.OutOfPresentations)),
            Table.Count(runs.Count(run => run.Ending == Ending.Stuck)),
            Table.Count(runs.Count(run => run.Ending == Ending.Diverged)),
            Table.Count(runs.Count(run => !race.IsJudged(run))),
            Table.Count(runs.Sum(run => run.Saved)),
            Table.Count(runs.Sum(run => (long)run.JudgingPresentations)),
        ];
    }
}
