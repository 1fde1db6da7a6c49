using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure4;
using LatchLab.Statistics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.BeyondThePaper;

/// <summary>
/// Claim 17: the result holds for other error criteria, for systems that jump between attractors as a finite automaton
/// does, and for deep feed-forward networks with shared weights (Section VI).
/// </summary>
internal sealed class Generality : IExperiment, ITrialClaims
{
    /// <summary>One learning rate for all criteria; the tuned rate applies to the squared error only.</summary>
    private const double LearningRate = 0.1;

    private const int SequenceCount = 100;  // sequences of the automaton; also the most trained networks
    private const int Steps = 40;           // of each of these sequences
    internal const double Gain = 5.0;       // G of the automaton; without noise it is exact above about 4
    private const int TrainedLength = 20;

    private static readonly (ErrorCriterion Criterion, Marker Mark, int Colour)[] Criteria =
    [
        (ErrorCriterion.Squared, Marker.Square, 0),
        (ErrorCriterion.Absolute, Marker.Circle, 1),
        (ErrorCriterion.CrossEntropy, Marker.TriangleUp, 2),
    ];

    private static readonly TableColumns<(string Series, double X, double Value)> Columns = new(
        ("series", row => row.Series), ("x", row => row.X), ("value", row => row.Value));

    private static Algorithm Algorithm { get; } =
        KnownAlgorithms.Backpropagation with { Id = "back-propagation-one-rate" };

    public string Id => "generality";

    public string Title => "Beyond the paper's systems";

    public IEnumerable<ReportedSetting> AdditionalSettings => FixedSettings.Create("Fixed",
        ("one-learning-rate", LearningRate, "claim 17: η of back-propagation under every error criterion"),
        ("automaton-sequences", SequenceCount, "claim 17: sequences of the automaton"),
        ("automaton-steps", Steps, "claim 17: steps of each of these sequences"),
        ("automaton-gain", Gain, "claim 17: gain of the units of the network that computes parity"),
        ("layers", TrainedLength, "claim 17: layers of the deep networks, which share their weights"));

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        var learner = new Backpropagation { LearningRate = LearningRate };
        TrainingConfiguration deepConfiguration = CreateDeepConfiguration(size.ComparedBudget);
        return
        [
            .. Criteria.Select(entry => new Sweep(
                $"{Id}, {Settings.FormatValue(entry.Criterion)}",
                [
                    .. size.Lengths.Select(length =>
                    {
                        TrainingConfiguration configuration = Problem.Latch.CreateConfiguration(
                            Algorithm, learner, length, Problem.PaperNoise, size.ComparedBudget);
                        return configuration with {
                            Limits = configuration.Limits with { Criterion = entry.Criterion } };
                    }),
                ],
                size.ComparedTrials)),
            new Sweep($"{Id}, deep network", [deepConfiguration], Math.Min(SequenceCount, 2 * size.ComparedTrials))
            {
                StoredParameters = deepConfiguration.ParameterNames.Count,
            },
        ];
    }

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["resolution.compared-length", "resolution.compared-trials", "resolution.compared-budget"];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        ComparisonSize size = settings.Resolution.Comparison;
        AlgorithmRuns[] runs = CreateRuns(size, outcomes);
        IReadOnlyList<double>[] automatonGradients = [.. Enumerable.Range(0, SequenceCount).Select(
            number => LogRelativeNorms(
                GradientDecomposition.ComputeForOutput(ParityAutomaton, AutomatonInputs(seed, number)).TermNorms))];
        IReadOnlyList<double>[] deepGradients = [.. ComputeTrainedGradients(seed, outcomes[^1])];
        var figure = new Figure(
            Id,
            Title,
            $"Left: share of the trials of the Latch problem that back-propagation (η = {LearningRate}) learns, for " +
                $"each error criterion; {size.ComparedTrials} trials per point. Right: the share of each layer in " +
                $"the gradient, |∂x_T/∂w_t|, relative to the last layer: the mean over {automatonGradients.Length} " +
                $"random sequences without noise for the network that computes parity (tanh, gain {Gain}), and over " +
                $"{deepGradients.Length} networks of five units that are trained to keep the sign of their first " +
                $"inputs, as deep networks with shared weights; seed {seed}.",
            [
                new Chart("error criteria", new Axis("sequence length T", IsLogarithmic: true),
                    new Axis("trials learned", 0.0, 1.0),
                    [.. runs.Select((runs, i) => CreateSeries(runs, Criteria[i]))]) { IsDodged = true },
                new Chart("layers", new Axis("steps before the last"), new Axis("log₁₀ of the share"),
                    [CreateSeries("automaton", automatonGradients, 3),
                        CreateSeries("deep network, shared weights", deepGradients, 4)]),
            ],
            2,
            Columns.CreateTable(CreateRows(runs, automatonGradients, deepGradients)));
        return new([figure], [.. EvaluateClaims(settings, runs, automatonGradients, deepGradients)]);
    }

    /// <summary>Log₁₀ of the norms relative to the last layer, indexed by the steps before it.</summary>
    private static double[] LogRelativeNorms(IReadOnlyList<double> norms)
        => [.. norms.Reverse().Select(norm => Elementary.Log10(norm / norms[^1]))];

    /// <summary>The network that computes parity: a finite automaton, whose two states are attractors.</summary>
    internal static ParityDefinition ParityAutomaton { get; } = CreateParityAutomaton(Gain);

    /// <summary>The same with another gain of its units.</summary>
    internal static ParityDefinition CreateParityAutomaton(double gain)
        => new("tanh", [gain, gain, -1.5 * gain, gain, gain, -2.0 * gain, -1.5 * gain]);

    /// <summary>The inputs of one sequence; a sequence with an even index contains an odd number of +1.</summary>
    internal static double[] AutomatonInputs(ulong seed, int number)
    {
        var inputs = new double[Steps];
        // The random word is the number of the claim; it belongs to no configuration.
        var random = new TrialRandom(seed, RandomWord: 17, Trial: 0);
        new ParityTask { Noise = 0.0 }.Write(random, Purpose.TestSequences, number, inputs);
        return inputs;
    }

    private static IEnumerable<IReadOnlyList<double>> ComputeTrainedGradients(ulong seed, SweepOutcomes outcomes)
    {
        var configuration = (TrainingConfiguration)outcomes.Sweep.Configurations[0];
        for (int trial = 0; trial < outcomes.Sweep.TrialsPerConfiguration; trial++)
        {
            if (!outcomes.GetOutcomes(0)[trial].IsConverged)
                continue;
            var inputs = new double[TrainedLength];
            configuration.Task.CreateSequences(configuration.CreateRandom(seed, trial)).Write(
                Purpose.TestSequences, number: 0, inputs, labels: new double[configuration.Task.Outputs]);
            yield return LogRelativeNorms(GradientDecomposition.ComputeForOutput(
                configuration.Network.CreateDefinition(configuration.NetworkShape,
                    outcomes.GetParameters(0, trial).ToArray()), inputs).TermNorms);
        }
    }

    private static TrainingConfiguration CreateDeepConfiguration(int budget) => new()
    {
        Task = new KeepTask { Length = TrainedLength, ShortestShare = 1.0, Noise = 0.0, Inputs = 1 },
        Network = new() { Network = "fully-connected" },
        Learner = new Backpropagation { LearningRate = LearningRate },
        ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost },
        Limits = new() { Presentations = budget },
    };

    private static IEnumerable<Claim> EvaluateClaims(
        ReproductionSettings settings, AlgorithmRuns[] runs, IReadOnlyList<double>[] automatonGradients,
        IReadOnlyList<double>[] deepGradients)
        => new[]
        {
            ClaimEvaluator.Evaluate(CollectCriteria(settings.Resolution.Comparison, runs)),
            EvaluateDecay(ClaimTable.JumpsBetweenAttractors, "the Parity fixture", automatonGradients),
            EvaluateDecay(ClaimTable.DeepNetworks, "trained", deepGradients),
        }.Where(claim => settings.Tests(claim.Number));

    public int GetTrials(Resolution resolution) => resolution.Comparison.ComparedTrials;

    public IEnumerable<ClaimSample> CollectClaims(
        ReproductionSettings settings, IReadOnlyList<SweepOutcomes> outcomes)
        => [CollectCriteria(
            settings.Resolution.Comparison, CreateRuns(settings.Resolution.Comparison, outcomes))];

    private static AlgorithmRuns[] CreateRuns(ComparisonSize size, IReadOnlyList<SweepOutcomes> outcomes)
        => [.. Criteria.Select((_, i) => new AlgorithmRuns(
            Problem.Latch, Algorithm, size.Lengths, [Problem.PaperNoise], outcomes[i]))];

    private static ClaimSample CollectCriteria(ComparisonSize size, AlgorithmRuns[] runs)
        => size.FindWhatIsMissing(hasSearches: false) is { } missing ? new(ClaimTable.AnyCriterion, [], missing)
            : new(
                ClaimTable.AnyCriterion,
                [
                    .. from entry in Criteria.Zip(runs).Skip(1)
                       from part in ComparisonClaims.Over(
                           ClaimTable.AnyCriterion, [Problem.Latch], [Algorithm], ComparisonClaims.TestError)
                           .CreateParts(new RunTable([entry.Second]), above: 0)
                       select part with { Label = $"{Settings.FormatValue(entry.First.Criterion)}: {part.Label}" },
                ]);

    /// <summary>
    /// Tests whether the share of a layer falls with its distance from the last layer, by the slope of a line fitted to
    /// each network or sequence.
    /// </summary>
    private static Claim EvaluateDecay(ClaimRow row, string label, IReadOnlyList<double>[] shares)
    {
        double[] slopes = [.. shares.Select(LeastSquares.ComputeSlope).Where(double.IsFinite)];
        return ClaimEvaluator.Evaluate(
            row,
            [new(label, row.Rules[0], [[.. slopes.Select(slope => slope < 0.0 ? 1.0 : 0.0)]])
            {
                Remark = slopes.Length == 0 ? ""
                    : $"mean slope {NumberFormat.Short(slopes.Average())} decades per step",
            }]);
    }

    private static Series CreateSeries(AlgorithmRuns runs, (ErrorCriterion Criterion, Marker Mark, int Colour) style)
        => runs.ToCurve(
            Settings.FormatValue(style.Criterion),
            length => runs.Summarize(runs.GetOutcomes(0, length), AlgorithmRuns.PresentationsToLearn).Success,
            style.Mark,
            style.Colour);

    private static Series CreateSeries(string name, IReadOnlyList<double>[] shares, int colour)
        => new(name, SeriesKind.Curve, [.. Means(shares).Select((mean, x) => new DataPoint(x, mean))], colour);

    private static IEnumerable<double> Means(IReadOnlyList<double>[] shares)
        => shares.Length == 0
            ? []
            : Enumerable.Range(0, shares[0].Count).Select(x => shares.Average(share => share[x]));

    private static IEnumerable<(string, double, double)> CreateRows(
        AlgorithmRuns[] runs, IReadOnlyList<double>[] automatonGradients, IReadOnlyList<double>[] deepGradients)
        =>
        [
            .. from entry in Criteria.Zip(runs)
               from length in Enumerable.Range(0, entry.Second.Lengths.Count)
               select (Settings.FormatValue(entry.First.Criterion), (double)entry.Second.Lengths[length],
                   AlgorithmRuns.CountLearned(entry.Second.GetOutcomes(0, length)).Frequency),
            .. Means(automatonGradients).Select((mean, x) => ("automaton", (double)x, mean)),
            .. Means(deepGradients).Select((mean, x) => ("deep", (double)x, mean)),
        ];
}
