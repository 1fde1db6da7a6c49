using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>A configuration of the experiments of Section V-E: a task, a network, a learner and its budget.</summary>
public sealed record TrainingConfiguration : Configuration, IConditionalSettings
{
    /// <summary>Vectors of lanes processed together; a network of several units needs fewer of them.</summary>
    /// <remarks>
    /// Times of a unit-step relative to these values, measured on AVX-512 (benchmarks/README.md): a single unit takes
    /// 1.4 with 4 vectors and 1.0 with 12; parity takes 1.6 with 2 and 1.0 with 8; five units take between 0.98 and
    /// 1.07 with 2 to 8. Learners that store all time steps favour few vectors, which fit in a nearer cache. So do
    /// cells, whose steps have enough independent operations: relative to 1 vector, LSTM and GRU of 8 and 16 cells take
    /// between 1.0 and 1.12 with 2, and between 1.08 and 1.44 with 4.
    /// </remarks>
    private const int SingleUnitVectors = 8, NetworkVectors = 4, CellVectors = 1;

    /// <summary>The rules of initial values, read once for all trials of a configuration.</summary>
    private static readonly ConditionalWeakTable<TrainingConfiguration, InitialValueRules> Rules = [];

    /// <summary>The task.</summary>
    [SettingSection("task")]
    public required TaskDefinition Task { get; init; }

    /// <summary>The network.</summary>
    [SettingSection("network")]
    public required NetworkDesign Network { get; init; }

    /// <summary>The learner.</summary>
    [SettingSection("learner")]
    public required LearnerDefinition Training { get; init; }

    /// <summary>The budget and the scoring of outputs.</summary>
    [SettingSection("rule")]
    public TrainingLimits Limits { get; init; } = new();

    public override int MaxLength => Task.MaximumLength;

    public override int TrainingSequences => Task.TrainingSequences;

    public override bool HasFreshSequences => Task.HasFreshSequences;

    public override int Budget => Limits.Presentations;

    public override LearnerDefinition Learner => Training;

    /// <summary>
    /// The estimate is relative to the minimal task: 20,000 presentations of a single unit. It assumes that an on-line
    /// learner uses its budget and that a search, which usually stops early, uses a twentieth of it. A step of n units
    /// costs about n².
    /// </summary>
    public override double ExpectedWork
        => MaxLength * ((double)Budget / 20_000) * (Training.IsSearch ? 0.05 : 1.0)
            * Math.Max(1.0, 0.4 * Network.UnitCount * Network.UnitCount)
                * Training.RelativeTime;

    public override bool BenefitsFromUnrolling => base.BenefitsFromUnrolling && Accept(new UnrollingVisitor());

    public override bool HasFinalTest => ConvergenceRule.FinalTest != FinalTest.No;

    public override int TestSequences
        => TestsOnValidation ? ValidationSequences : Task.TestSequences ?? base.TestSequences;

    public override int ValidationSequences => Task.ValidationSequences ?? base.TestSequences;

    /// <summary>Whether the order of the training sequences is drawn anew in each epoch.</summary>
    private bool IsShuffled => Task.Order != SequenceOrder.Sorted && !Training.IsSearch;

    /// <summary>Whether an epoch that is not shuffled presents the sequences in the order of their ranks.</summary>
    private bool MixesRanks => IsShuffled && Task.MixesRanks;

    /// <summary>How the network is connected to the task.</summary>
    public NetworkShape NetworkShape => new(Task.TrainableInputs, Task.InputsPerStep, Task.Outputs);

    /// <summary>
    /// The range to which the targets of the first output are scaled. Validation rejects outputs of different ranges.
    /// </summary>
    public (double Minimum, double Maximum) OutputRange
        => Network.Kind.GetOutputRanges(Network, Task.Outputs)[0];

    public override Scoring Scoring
    {
        get
        {
            (double minimum, double maximum) = OutputRange;
            double halfRange = 0.5 * (maximum - minimum);
            return new(minimum + halfRange, halfRange * Task.Target)
            {
                HalfRange = halfRange,
                Targets = Task.Targets,
                HasTargetsAtEveryStep = Task.HasTargetsAtEveryStep,
                Tolerance = Limits.Tolerance / Task.GetLabelUnitsPerOutput(halfRange),
                Criterion = Limits.Criterion,
                ClassWeights = Limits.ClassWeights == ClassWeighting.Balanced
                    && Task.TrainingClassSizes is { } sizes ? ClassWeights.Balance(sizes) : null,
                SkipsCorrectSequences = Training.SkipsCorrectSequences,
            };
        }
    }

    public override object BatchKey
        => (Network.Network, Network.Unit, Network.Units, (Network.Layers, Network.Projection, Network.Readout),
            Network.Biases, Network.Kind.HasInputWeights(Network, Task.InputsPerStep), Network.InitialOutput,
            NetworkShape, (TrainingSequences, IsShuffled, MixesRanks, Training.BatchKey, Scoring));

    /// <summary>
    /// A hash of the task, T, P and the network. It excludes the learner, the noise and the convergence rule, so that
    /// all learners have the same initial parameters and the same training set, with and without noise.
    /// </summary>
    public override uint RandomWord
        => Hash([.. Task.RandomWordName.Select(character => (double)character),
            .. Task.GetRandomWordParts(Network.Kind.GetRandomWordParts(Network))]);

    /// <summary>Whether the test metric is the root mean square error, not the share of incorrect sequences.</summary>
    public bool UsesRootMeanSquareError => Task.UsesRootMeanSquareError;

    /// <remarks>The cost of a sequence is ½Σ_k (x_k − d_k)², or the mean of that over its steps.</remarks>
    public override double RootMeanSquareErrorScale
        => UsesRootMeanSquareError
            ? Math.Sqrt(2.0 / Task.Outputs) * Task.GetLabelUnitsPerOutput(Scoring.HalfRange) : double.NaN;

    public override double ChanceError => Task.GetChanceError(Limits.Tolerance);

    internal override IReadOnlyList<(string Name, string Value)> Identity
        => [("task", Task.Name), ("data", Task.Dataset?.Digest ?? "none"), .. base.Identity];

    /// <summary>Names of the parameters, in the order of the network.</summary>
    public IReadOnlyList<string> ParameterNames => Network.GetParameterNames(NetworkShape);

    /// <summary>Why the learner does not use initial values that rules give.</summary>
    internal string UnusedInitialValues
        => $"{Learner.Name} draws all parameters from its own range and uses no initial value: bound them with >= or " +
            "<=, or freeze them with :=";

    /// <summary>Creates the random numbers of a trial.</summary>
    public TrialRandom CreateRandom(ulong seed, int trialIndex) => new(seed, RandomWord, trialIndex);

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        foreach (var idle in Network.Kind.FindIdleSettings(NetworkShape))
            yield return idle;
        if (Learner.IsSearch)
        {
            yield return ("rule.criterion",
                $"{Learner.Name} minimizes the squared error; only gradient methods have a choice");
            yield return ("rule.class-weights",
                $"{Learner.Name} minimizes the error of all sequences; only gradient methods have weights");
            yield return ("task.order", $"{Learner.Name} evaluates a candidate on all sequences, in any order");
        }

        else if (Task.HasSequences && Task.TrainingClassSizes is null)
        {
            yield return ("rule.class-weights", Task.Targets == TargetKind.Values
                ? "the labels are numbers: classes alone have weights"
                : $"the classes of the task {Task.Name} have equal sizes");
        }

        foreach (var idle in FindIdleInitialValues().Concat(FindIdleTraining()))
            yield return idle;
        if (Task.TestSequences is not null)
            yield return ("rule.test-sequences", $"the task {Task.Name} has its own test sequences: give test-share");
        foreach (var idle in Learner.FindIdleSettings(MaxLength))
            yield return idle;
    }

    private IEnumerable<(string Setting, string Reason)> FindIdleInitialValues()
    {
        // Most of the many configurations of a sweep have no rules.
        PriorKnowledge? prior = Network.Prior.Length == 0 && Network.Kind.GetGivenRule(Network).Length == 0 ? null
            : ReadPrior([]);
        if (!Learner.UsesInitialParameters)
        {
            yield return ("network.initial-range",
                $"{Learner.Name} draws all parameters from its own range: give guess-range");
            if (prior is { InitialValueRules.Count: > 0, HasOtherRules: false })
                yield return ("network.prior", UnusedInitialValues);
            yield return ("network.initialization", $"{Learner.Name} draws all parameters from its own range");
            if (Network.Weight == WeightUse.Trained)
                yield return ("network.weight", $"{Learner.Name} draws all parameters from its own range: give frozen");
        }
        else if (prior is not null && !prior.InitialValues.Contains(null))
        {
            const string reason = "the rules of prior give every initial value: omit one of them";
            yield return ("network.initial-range", reason);
            yield return ("network.initialization", reason);
        }
        else if (Network.Initialization.Length > 0 && ReadInitialization([]) is var initialization)
        {
            int[] drawn = [.. Enumerable.Range(0, ParameterNames.Count).Where(i => prior?.InitialValues[i] is null)];
            if (drawn.All(initialization.Replaces))
                yield return ("network.initial-range", "the rules of initialization draw every parameter otherwise");
            if (!drawn.Any(initialization.Replaces))
                yield return ("network.initialization", "prior or weight gives every value that its rules draw");
        }
    }

    /// <summary>The settings that matter only if any parameter is trainable.</summary>
    private IEnumerable<(string Setting, string Reason)> FindIdleTraining()
    {
        if (Network.Prior.Length == 0 || ReadPrior([]).IsTrainable.Contains(true))
            yield break;
        const string reason = "every parameter is frozen, and nothing is trained";
        foreach (Setting setting in Settings.GetAll(Training, "learner"))
            yield return (setting.Path, reason);
        yield return ("task.order", reason);
    }

    public override IEnumerable<ValidationError> FindConflicts(IReadOnlyCollection<string> invalidSettings)
        => ConfigurationValidator.Validate(this, invalidSettings);

    private protected override TrainingConfiguration Defaults
        => TrainingConfigurationFactory.CreateDefault(Task, Training);

    public override TrialStart CreateTrialStart(ulong seed, int trialIndex)
    {
        TrialRandom random = CreateRandom(seed, trialIndex);
        (PriorKnowledge prior, Initialization initialization) = Rules.GetValue(
            this, static configuration => new(configuration.ReadPrior([]), configuration.ReadInitialization([])));
        double[] values = initialization.Draw(
            random, Network.InitialRange, prior.InitialValues.Length,
            first: Network.Kind.GetGivenRule(Network).Length > 0 ? 1 : 0);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = prior.InitialValues[i]
                ?? (prior.IsTrainable[i] ? Math.Clamp(values[i], prior.Lower[i], prior.Upper[i]) : values[i]);
        }

        return new(random, values, new SearchSpace(prior.IsTrainable, prior.Lower, prior.Upper))
        {
            Sequences = TrainingSequences,
        };
    }

    /// <summary>Parses the rules of initial values.</summary>
    internal Initialization ReadInitialization(List<ValidationError> errors)
        => new(Network.Initialization, Network.Kind, Network.Kind.GetBlocks(Network, NetworkShape), errors);

    /// <summary>Parses the rules of prior knowledge; the weight of a latching neuron is one, too.</summary>
    internal PriorKnowledge ReadPrior(List<ValidationError> errors)
        => new(Network.Kind.GetGivenRule(Network) + Network.Prior, ParameterNames, errors);

    public override NetworkDefinition CreateNetwork(IReadOnlyList<double> parameters)
        => Network.CreateDefinition(NetworkShape, parameters);

    internal override TResult Accept<TResult>(INetworkVisitor<TResult> visitor)
        => Network.Accept(NetworkShape, Training.Propagation, visitor);

    internal override TaskSequences<TLane> CreateSequences<TLane>(int bundles, int maxLength)
        => new(bundles, maxLength, TrainingSequences, NetworkShape, Scoring, IsShuffled, MixesRanks,
            Task.MaxStoredNumbers);

    internal override Learner<TLane> CreateLearner<TLane>(int maxLength, int maxBundles)
        => Accept(new LearnerFactory<TLane>(this, maxLength, maxBundles));

    private sealed record InitialValueRules(PriorKnowledge Prior, Initialization Initialization);

    private sealed class UnrollingVisitor : INetworkVisitor<bool>
    {
        public bool Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => TNetwork.BenefitsFromUnrolling;
    }

    private sealed class LearnerFactory<TLane>(TrainingConfiguration configuration, int maxLength, int maxBundles)
        : INetworkVisitor<Learner<TLane>>
        where TLane : unmanaged, IBitLane<TLane>
    {
        public Learner<TLane> Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => configuration.Training.Create<TLane, TNetwork>(
                network,
                Math.Min(maxBundles, Math.Max(1, CountVectors(network) / TLane.VectorCount)),
                maxLength);

        private static int CountVectors<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => network.StateSize == 1 ? SingleUnitVectors : TNetwork.HasCurvature ? NetworkVectors : CellVectors;
    }
}

/// <summary>The budget of a trial and the scoring of its outputs.</summary>
public sealed record TrainingLimits
{
    /// <summary>Presentations after which a trial that has not converged stops.</summary>
    [Setting("presentations after which a run ends", "decision", Minimum = 1, Maximum = 1_000_000_000, Probe = "12")]
    public int Presentations { get; init; } = 100_000;

    /// <summary>Largest distance between a correct output and its target; 0 to compare signs or classes.</summary>
    [Setting("largest distance of a correct output from its target (for label values, in their units); 0: the sign " +
        "of the output decides or, with one output per class, the largest output", "decision; paper: sign",
        Minimum = 0, Maximum = 1e9, Probe = "0.1")]
    public double Tolerance { get; init; }

    /// <summary>The error criterion.</summary>
    [Setting("error criterion of the gradient methods", "paper: squared", Probe = "absolute")]
    public ErrorCriterion Criterion { get; init; } = ErrorCriterion.Squared;

    /// <summary>The weights of the classes.</summary>
    [Setting("weights of the classes in the criterion of the gradient methods: none, or balanced (inverse to the " +
        "frequency of the class among the training sequences, with mean 1 over these)", "decision", Probe = "balanced",
        ProbeBeside = "task.label=other; task.split=part")]
    public ClassWeighting ClassWeights { get; init; }
}
