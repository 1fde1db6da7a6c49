using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.Figure4;

/// <summary>
/// Panels in two columns, a row a problem: error on the left, presentations on the right. What is not judged
/// (<see cref="Race"/>) is not drawn, but stands in the table.
/// </summary>
/// <param name="standings">All races.</param>
/// <param name="seed">The seed of the run, for resampling.</param>
internal sealed class ComparisonFigure(Standings standings, ulong seed)
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

    /// <summary>The figure of some problems and contenders.</summary>
    /// <param name="id">Its name in files.</param>
    /// <param name="title">Its title.</param>
    /// <param name="caption">Its caption.</param>
    /// <param name="problems">A row each.</param>
    /// <param name="contenders">A curve each.</param>
    /// <param name="noise">Index of the noise.</param>
    public Figure Of(
        string id,
        string title,
        string caption,
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
                new Chart(problem.Title, lengths, errors,
                    [.. contenders.Select(contender => Curve(problem, contender, noise, Error))]) { Dodged = true },
                new Chart(problem.Title, lengths, presentations,
                [
                    .. contenders.Select(contender => Curve(problem, contender, noise, Presentations)),
                    .. Budgets(problem, contenders),
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

    private Series Curve(Problem problem, Contender contender, int noise, Func<Race, int, int, DataPoint> point)
    {
        Race race = standings[problem, contender];
        (Mark mark, int colour) = Looks[contender];
        return RacePoints.Curve(race, contender.Name, length => point(race, noise, length), mark, colour);
    }

    /// <summary>A line for each budget.</summary>
    private IEnumerable<Series> Budgets(Problem problem, IReadOnlyList<Contender> contenders)
    {
        var budgets = contenders.GroupBy(contender => standings[problem, contender].Budget).OrderBy(group => group.Key);
        foreach ((int i, var budget) in budgets.Index())
        {
            yield return i == 0
                ? Series.Level("budget", budget.Key)
                : Series.Level("budget of annealing and guessing", budget.Key, colour: 6);
        }
    }

    private DataPoint Error(Race race, int noise, int length)
    {
        Bootstrap mean = RacePoints.MeanError(race.Judged(noise, length), seed);
        return new(race.Lengths[length], mean.Estimate, mean.Lower, mean.Upper);
    }

    private DataPoint Presentations(Race race, int noise, int length)
        => RacePoints.Presentations(
            race, length, RacePoints.MedianTime(race.Judged(noise, length), Race.TimeToStop, seed));

    private string[] Row(Race race, int noise, int length)
    {
        Outcome[] runs = race.Runs(noise, length);
        Proportion learned = Race.Learned(runs);
        Bootstrap error = RacePoints.MeanError(runs, seed);
        Bootstrap median = RacePoints.MedianTime(runs, Race.TimeToStop, seed);
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
            Table.Count(runs.Length - race.Judged(noise, length).Length),
            Table.Count(runs.Sum(run => run.Saved)),
            Table.Count(runs.Sum(run => (long)run.JudgingPresentations)),
        ];
    }
}
