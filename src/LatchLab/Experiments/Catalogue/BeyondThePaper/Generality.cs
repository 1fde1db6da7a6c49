using LatchLab.Experiments.Catalogue.Figure4;
using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments.Catalogue.BeyondThePaper;

/// <summary>
/// Claim 17: the result holds for other error criteria, for systems that jump between attractors as a finite automaton
/// does, and for deep feed-forward networks with shared weights (Section VI).
/// </summary>
public sealed class Generality : IExhibit
{
    /// <summary>One rate for all criteria, because the tuned one is tuned for the squared error.</summary>
    private const double LearningRate = 0.1;

    private const int Samples = 100;        // sequences of the automaton, at most as many trained networks
    private const int Steps = 40;           // of these sequences
    private const double Gain = 5.0;        // G of the Parity fixture: without noise it is exact from about 4 on
    private const int TrainedLength = 20;

    private static readonly (ErrorCriterion Criterion, Mark Mark, int Colour)[] Criteria =
    [
        (ErrorCriterion.Squared, Mark.Square, 0),
        (ErrorCriterion.Absolute, Mark.Circle, 1),
        (ErrorCriterion.CrossEntropy, Mark.TriangleUp, 2),
    ];

    private static Contender Learner { get; } = Contenders.Backpropagation with { Id = "back-propagation-one-rate" };

    /// <inheritdoc/>
    public string Id => "generality";

    /// <inheritdoc/>
    public string Title => "Beyond the paper's systems";

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study)
    {
        ComparisonSize size = study.Fineness.Comparison;
        var learner = new Backpropagation { LearningRate = LearningRate };
        ProblemCell deep = Deep(size.ComparedBudget);
        return
        [
            .. Criteria.Select(entry => new Sweep(
                $"{Id}, {Settings.InWords(entry.Criterion)}",
                [
                    .. size.Lengths.Select(length =>
                    {
                        ProblemCell cell = Problem.Latch.Cell(
                            Learner, learner, length, Problem.PaperNoise, size.ComparedBudget);
                        return cell with { Limits = cell.Limits with { Criterion = entry.Criterion } };
                    }),
                ],
                size.ComparedTrials)),
            new Sweep($"{Id}, deep network", [deep], Math.Min(Samples, 2 * size.ComparedTrials))
            {
                KeptParameters = deep.ParameterNames.Count,
            },
        ];
    }

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = study.Fineness.Comparison;
        Race[] races =
        [
            .. Criteria.Select((_, i) => new Race(
                Problem.Latch, Learner, size.Lengths, [Problem.PaperNoise], outcomes[i])),
        ];
        IReadOnlyList<double>[] automaton = [.. Enumerable.Range(0, Samples).Select(
            number => Relative(GradientTerms.OfOutput(Automaton, AutomatonInputs(seed, number)).Norms))];
        IReadOnlyList<double>[] deep = [.. OfTrained(seed, outcomes[^1])];
        var figure = new Figure(
            Id,
            "Beyond the paper's systems",
            $"Left: trials of the Latch problem that back-propagation (η = {LearningRate}) learns, by error " +
                $"criterion; {size.ComparedTrials} trials a point. Right: the share of each layer in the gradient, " +
                $"|∂x_T/∂w_t|, relative to the last: mean over {automaton.Length} random sequences, without noise, " +
                $"of the network that computes parity (tanh, gain {Gain}), and over {deep.Length} networks of five " +
                "units, trained to keep the sign of their first inputs, as deep networks with shared weights; seed " +
                $"{seed}.",
            [
                new Chart("error criteria", new Axis("sequence length T", Logarithmic: true),
                    new Axis("trials learned", 0.0, 1.0),
                    [.. races.Select((race, i) => Draw(race, Criteria[i]))]) { Dodged = true },
                new Chart("layers", new Axis("steps before the last"), new Axis("log₁₀ of the share"),
                    [Draw("automaton", automaton, 3), Draw("deep network, shared weights", deep, 4)]),
            ],
            2,
            new Table(["series", "x", "value"], [.. Rows(races, automaton, deep)]));
        return new([figure], [.. Judge(races, automaton, deep, seed)]);
    }

    /// <summary>Log₁₀ of the norms, relative to the last layer, [steps before it].</summary>
    private static double[] Relative(IReadOnlyList<double> norms)
        => [.. norms.Reverse().Select(norm => Elementary.Log(new Scalar(norm / norms[^1])).Value / Ln10)];

    private static double Ln10 { get; } = Elementary.Log(new Scalar(10.0)).Value;

    /// <summary>The network that computes parity: a finite automaton, whose two states are attractors.</summary>
    internal static ParityDefinition Automaton { get; }
        = new("tanh", [Gain, Gain, -1.5 * Gain, Gain, Gain, -2.0 * Gain, -1.5 * Gain]);

    /// <summary>The inputs of one of its sequences; those of even numbers have an odd number of +1.</summary>
    internal static double[] AutomatonInputs(ulong seed, int number)
    {
        var inputs = new double[Steps];
        var random = new TrialRandom(seed, Cell: 17, Trial: 0); // no cell of an experiment: the number of the claim
        new ParityTask { Noise = 0.0 }.Write(random, Purpose.TestSequences, number, inputs);
        return inputs;
    }

    private static IEnumerable<IReadOnlyList<double>> OfTrained(ulong seed, SweepOutcomes outcomes)
    {
        var cell = (ProblemCell)outcomes.Sweep.Cells[0];
        for (int trial = 0; trial < outcomes.Sweep.Trials; trial++)
        {
            if (!outcomes.OfCell(0)[trial].Converged)
                continue;
            var inputs = new double[TrainedLength];
            ((GeneratedTask)cell.Task).Write(cell.RandomOf(seed, trial), Purpose.TestSequences, number: 0, inputs);
            yield return Relative(GradientTerms.OfOutput(
                cell.Network.With(cell.Wiring, outcomes.Parameters(0, trial).ToArray()), inputs).Norms);
        }
    }

    private static ProblemCell Deep(int budget) => new()
    {
        Task = new FirstInputsTask { Length = TrainedLength, ShortestShare = 1.0, Noise = 0.0, Inputs = 1 },
        Network = new() { Network = NetworkKind.FullyConnected },
        Training = new Backpropagation { LearningRate = LearningRate },
        Rule = new() { Rule = RuleKind.SignAndCost },
        Limits = new() { Presentations = budget },
    };

    private static IEnumerable<Claim> Judge(
        Race[] races, IReadOnlyList<double>[] automaton, IReadOnlyList<double>[] deep, ulong seed)
    {
        for (int i = 1; i < Criteria.Length; i++)
        {
            var judge = new Judgements(new Standings([races[i]]), seed);
            Judgement worse = judge.GetsWorse(Problem.Latch, Learner);
            yield return Claim("any error criterion", Settings.InWords(Criteria[i].Criterion), worse);
        }

        yield return Claim("systems that jump between attractors", "the Parity fixture", Decays(automaton, seed));
        yield return Claim("deep feed-forward networks with shared weights", "trained", Decays(deep, seed));
    }

    private static Claim Claim(string where, string reading, Judgement judgement)
        => new(17, $"The result holds for {where}.", "Section VI", reading, judgement.Verdict, judgement.Evidence);

    /// <summary>
    /// Whether the share of a layer falls with its distance from the last: the slope of a line through it.
    /// </summary>
    private static Judgement Decays(IReadOnlyList<double>[] shares, ulong seed)
    {
        double[] slopes = [.. shares.Select(LeastSquares.Slope).Where(double.IsFinite)];
        if (slopes.Length < Judgements.FewestTrials)
            return new(Verdict.Undecided, $"Only {slopes.Length} gradients to judge from.");
        Bootstrap slope = Bootstrap.OfMean(slopes, seed);
        return new(
            slope.Upper < 0.0 ? Verdict.Reproduced : slope.Lower > 0.0 ? Verdict.NotReproduced : Verdict.Undecided,
            $"The share of a layer in the gradient changes by a factor of 10 to the power {Words.Interval(slope)} a " +
            $"step away from the last, mean of {slopes.Length}.");
    }

    private static Series Draw(Race race, (ErrorCriterion Criterion, Mark Mark, int Colour) look)
        => RacePoints.Curve(
            race,
            Settings.InWords(look.Criterion),
            length => RacePoints.Learned(race, length, race.Runs(0, length)),
            look.Mark,
            look.Colour);

    private static Series Draw(string name, IReadOnlyList<double>[] shares, int colour)
        => new(name, SeriesKind.Curve, [.. Means(shares).Select((mean, x) => new DataPoint(x, mean))], colour);

    private static IEnumerable<double> Means(IReadOnlyList<double>[] shares)
        => shares.Length == 0
            ? []
            : Enumerable.Range(0, shares[0].Count).Select(x => shares.Average(share => share[x]));

    private static IEnumerable<IReadOnlyList<string>> Rows(
        Race[] races, IReadOnlyList<double>[] automaton, IReadOnlyList<double>[] deep)
    {
        foreach ((int i, Race race) in races.Index())
        {
            for (int length = 0; length < race.Lengths.Count; length++)
            {
                double share = Race.Learned(race.Runs(0, length)).Frequency;
                yield return
                    [Settings.InWords(Criteria[i].Criterion), Table.Count(race.Lengths[length]), Table.Number(share)];
            }
        }

        foreach ((string name, IReadOnlyList<double>[] shares) in new[] { ("automaton", automaton), ("deep", deep) })
        {
            foreach ((int x, double mean) in Means(shares).Index())
                yield return [name, Table.Count(x), Table.Number(mean)];
        }
    }
}
