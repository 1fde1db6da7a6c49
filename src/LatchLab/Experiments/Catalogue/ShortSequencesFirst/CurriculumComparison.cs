using LatchLab.Experiments.Catalogue.Figure4;
using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;
using LatchLab.Learning;

namespace LatchLab.Experiments.Catalogue.ShortSequencesFirst;

/// <summary>
/// Claim 15: learners on the full length, and the same learners led by a curriculum from short sequences to long ones,
/// in the same trials.
/// </summary>
public sealed class CurriculumComparison : IExhibit
{
    private static readonly Problem[] Problems = [Problem.Latch, Problem.Parity];

    private static readonly (Contender Plain, Contender Led, Mark Open, Mark Filled, int Colour)[] Learners =
    [
        Pair(Contenders.Backpropagation, Mark.Square, Mark.FilledSquare, 0),
        Pair(Contenders.TimeWeighted, Mark.TriangleUp, Mark.FilledTriangle, 2),
        Pair(Contenders.DiscretePropagation, Mark.Circle, Mark.Disc, 1),
    ];

    /// <inheritdoc/>
    public string Id => "curriculum";

    /// <inheritdoc/>
    public string Title => "Short sequences first";

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study)
    {
        ComparisonSize size = study.Fineness.Comparison;
        return
        [
            .. from entry in Entries()
               let tuned = TunedSettings.Learner(entry.Problem, entry.Plain)
               select new Sweep(
                   $"{Id}, {entry.Problem.Title}, {entry.Contender.Name}",
                   [
                       .. size.Lengths.Select(length => entry.Problem.Cell(
                           entry.Contender,
                           entry.Contender == entry.Plain ? tuned : new Curriculum { Learner = tuned },
                           length,
                           Problem.PaperNoise,
                           size.ComparedBudget)),
                   ],
                   size.ComparedTrials),
        ];
    }

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = study.Fineness.Comparison;
        var standings = new Standings([.. Entries().Select((entry, i) => new Race(
            entry.Problem, entry.Contender, size.Lengths, [Problem.PaperNoise], outcomes[i]))]);
        var lengths = new Axis("sequence length T", size.Lengths[0], size.Lengths[^1], Logarithmic: true);
        var share = new Axis("trials learned", 0.0, 1.0);
        var presentations = new Axis("presentations", 20, size.ComparedBudget, Logarithmic: true);
        Panel[] panels =
        [
            .. Problems.SelectMany(problem => new Panel[]
            {
                new Chart(problem.Title, lengths, share, [.. Draw(standings, problem, Share)]) { Dodged = true },
                new Chart(problem.Title, lengths, presentations,
                [
                    .. Draw(standings, problem, (race, length) => Presentations(race, length, seed)),
                    Series.Level("budget", size.ComparedBudget),
                ])
                { Dodged = true },
            }),
        ];
        var rows = from entry in Entries()
                   let race = standings[entry.Problem, entry.Contender]
                   from length in Enumerable.Range(0, race.Lengths.Count)
                   let learned = Race.Learned(race.Runs(0, length))
                   let median = Presentations(race, length, seed)
                   select (IReadOnlyList<string>)
                   [
                       entry.Problem.Id, entry.Contender.Id, Table.Count(race.Lengths[length]),
                       Table.Count(learned.Successes), Table.Count(learned.Trials), Table.Number(learned.Lower),
                       Table.Number(learned.Upper), Table.Number(median.Censored ? double.PositiveInfinity : median.Y),
                   ];
        var figure = new Figure(
            Id,
            "Short sequences first",
            $"Input noise U[−{Problem.PaperNoise}, {Problem.PaperNoise}]; {size.ComparedTrials} trials a point; seed " +
                $"{seed}. A curriculum begins with T = {new Curriculum().FirstLength} and doubles it whenever a " +
                "training set is learned; the presentations of all lengths count. Presentations: median.",
            panels,
            2,
            new Table(
                ["problem", "algorithm", "length", "learned", "trials", "lower_95", "upper_95", "median_presentations"],
                [.. rows]));
        var judge = new Judgements(standings, seed);
        return new([figure], [.. from problem in Problems
                                 from learner in Learners
                                 select Judge(judge, problem, learner.Plain, learner.Led)]);
    }

    private static Claim Judge(Judgements judge, Problem problem, Contender plain, Contender led)
    {
        Judgement faster = judge.IsFaster(problem, led, plain);
        return new(
            15,
            "Starting with short sequences, the system rapidly settles in the right region.",
            "Section VI",
            $"{problem.Title}, {plain.Name}",
            faster.Verdict,
            $"{faster.Evidence} {judge.Solved(problem, plain).Evidence} " +
                judge.Solved(problem, led).Evidence);
    }

    private static (Contender, Contender, Mark, Mark, int) Pair(Contender plain, Mark open, Mark filled, int colour)
        => (
            plain,
            plain with { Id = $"curriculum-{plain.Id}", Name = $"{plain.Name}, curriculum" },
            open,
            filled,
            colour);

    private static IEnumerable<(Problem Problem, Contender Plain, Contender Contender)> Entries()
        => from problem in Problems
           from learner in Learners
           from contender in new[] { learner.Plain, learner.Led }
           select (problem, learner.Plain, contender);

    private static IEnumerable<Series> Draw(Standings standings, Problem problem, Func<Race, int, DataPoint> point)
    {
        foreach ((Contender plain, Contender led, Mark open, Mark filled, int colour) in Learners)
        {
            foreach ((Contender contender, Mark mark) in new[] { (plain, open), (led, filled) })
            {
                Race race = standings[problem, contender];
                yield return RacePoints.Curve(race, contender.Name, length => point(race, length), mark, colour);
            }
        }
    }

    private static DataPoint Share(Race race, int length) => RacePoints.Learned(race, length, race.Runs(0, length));

    private static DataPoint Presentations(Race race, int length, ulong seed)
        => RacePoints.Presentations(
            race, length, RacePoints.MedianTime(race.Runs(0, length), Race.TimeToLearn, seed));
}
