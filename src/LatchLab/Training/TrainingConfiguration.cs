using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// A complete configuration of a trial: task, network, learner, convergence rule and budget. A trial is a pure function
/// of its configuration, the seed and the trial index.
/// </summary>
public sealed partial record TrainingConfiguration : IConditionalSettings
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
    public required LearnerDefinition Learner { get; init; }

    /// <summary>The budget and the scoring of outputs.</summary>
    [SettingSection("rule")]
    public TrainingLimits Limits { get; init; } = new();

    /// <summary>The convergence rule.</summary>
    [SettingSection("rule")]
    public ConvergenceRule ConvergenceRule { get; init; } = new();

    /// <summary>Length T of the longest sequence, in time steps.</summary>
    public int MaxLength => Task.MaximumLength;

    /// <summary>Number P of training sequences of a pass.</summary>
    public int TrainingSequences => Task.TrainingSequences;

    /// <summary>
    /// Whether every pass has new training sequences. A trial then has no training error: no sequence is left to
    /// evaluate that the network was trained on.
    /// </summary>
    public bool HasFreshSequences => Task.HasFreshSequences;

    /// <summary>
    /// Presentations after which a trial that has not converged stops. A presentation is one forward pass of one
    /// sequence.
    /// </summary>
    public int Budget => Limits.Presentations;

    /// <summary>
    /// Estimated duration of a trial, in arbitrary units. It weights the progress of a run and orders its batch keys;
    /// it does not affect results.
    /// </summary>
    /// <remarks>
    /// The estimate is relative to the minimal task: 20,000 presentations of a single unit. It assumes that an on-line
    /// learner uses its budget and that a search, which usually stops early, uses a twentieth of it. A step of n units
    /// costs about n².
    /// </remarks>
    public double ExpectedWork
        => MaxLength * ((double)Budget / 20_000) * (Learner.IsSearch ? 0.05 : 1.0)
            * Math.Max(1.0, 0.4 * Network.UnitCount * Network.UnitCount)
                * Learner.RelativeTime;

    /// <summary>Whether trials run faster when several vectors of lanes are processed together.</summary>
    public bool BenefitsFromUnrolling => Learner.BenefitsFromUnrolling && Accept(new UnrollingVisitor());

    /// <summary>Whether every trial ends with a test on test sequences, whatever its stop reason.</summary>
    public bool HasFinalTest => ConvergenceRule.FinalTest != FinalTest.No;

    /// <summary>
    /// Whether the validation sequences take the place of the test sequences, which a search of settings must not see.
    /// </summary>
    public bool TestsOnValidation => ConvergenceRule.FinalTest == FinalTest.Validation;

    /// <summary>Number of test sequences; 0 for no test.</summary>
    public int TestSequences
        => TestsOnValidation ? ValidationSequences : Task.TestSequences ?? ConvergenceRule.TestSequences;

    /// <summary>Number of validation sequences; 0 for none.</summary>
    public int ValidationSequences => Task.ValidationSequences ?? ConvergenceRule.TestSequences;

    /// <summary>Whether the order of the training sequences is drawn anew in each epoch.</summary>
    private bool IsShuffled => Task.Order != SequenceOrder.Sorted && !Learner.IsSearch;

    /// <summary>Whether an epoch that is not shuffled presents the sequences in the order of their ranks.</summary>
    private bool MixesRanks => IsShuffled && Task.MixesRanks;

    /// <summary>How the network is connected to the task.</summary>
    public NetworkShape NetworkShape => new(Task.TrainableInputs, Task.InputsPerStep, Task.Outputs);

    /// <summary>
    /// The range to which the targets of the first output are scaled. Validation rejects outputs of different ranges.
    /// </summary>
    public (double Minimum, double Maximum) OutputRange
        => Network.Kind.GetOutputRanges(Network, Task.Outputs)[0];

    /// <summary>How outputs are scored against targets.</summary>
    public Scoring Scoring
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
                SkipsCorrectSequences = Learner.SkipsCorrectSequences,
            };
        }
    }

    /// <summary>The key of a trial batch: trials with equal keys can run in parallel lanes.</summary>
    public object BatchKey
        => (Network.Network, Network.Unit, Network.Units, (Network.Layers, Network.Projection, Network.Readout),
            Network.Biases, Network.Kind.HasInputWeights(Network, Task.InputsPerStep), Network.InitialOutput,
            NetworkShape, (TrainingSequences, IsShuffled, MixesRanks, Learner.BatchKey, Scoring));

    /// <summary>
    /// The word of the random number counter that identifies the configuration: a hash of the task, T, P and the
    /// network. It excludes the learner, the noise and the convergence rule, so that
    /// all learners have the same initial parameters and the same training set, with and without noise.
    /// </summary>
    public uint RandomWord
        => Hash([.. Task.RandomWordName.Select(character => (double)character),
            .. Task.GetRandomWordParts(Network.Kind.GetRandomWordParts(Network))]);

    /// <summary>Whether the test metric is the root mean square error, not the share of incorrect sequences.</summary>
    public bool UsesRootMeanSquareError => Task.UsesRootMeanSquareError;

    /// <summary>
    /// The root mean square error of a test at a mean cost of 1, in units of the label; NaN if tests do not use this
    /// metric.
    /// </summary>
    /// <remarks>The cost of a sequence is ½Σ_k (x_k − d_k)², or the mean of that over its steps.</remarks>
    public double RootMeanSquareErrorScale
        => UsesRootMeanSquareError
            ? Math.Sqrt(2.0 / Task.Outputs) * Task.GetLabelUnitsPerOutput(Scoring.HalfRange) : double.NaN;

    /// <summary>The error of guessing on test sequences; NaN if tests count no errors.</summary>
    public double ChanceError => Task.GetChanceError(Limits.Tolerance);

    /// <summary>What determines its trials beside its settings and their seed, as names with values.</summary>
    internal IReadOnlyList<(string Name, string Value)> Identity
        =>
        [
            ("task", Task.Name), ("data", Task.Dataset?.Digest ?? "none"), ("learner", Learner.Name),
            ("inner learner", Learner.InnerLearner?.Name ?? "none"),
        ];

    /// <summary>The lengths T of the training sets that a trial learns, in order.</summary>
    public IReadOnlyList<int> StageLengths => Learner.StageLengths(MaxLength);

    /// <summary>Names of the parameters, in the order of the network.</summary>
    public IReadOnlyList<string> ParameterNames => Network.GetParameterNames(NetworkShape);

    /// <summary>Why the learner does not use initial values that rules give.</summary>
    internal string UnusedInitialValues
        => $"{Learner.Name} draws all parameters from its own range and uses no initial value: bound them with >= or " +
            "<=, or freeze them with :=";

    /// <summary>Creates the random numbers of a trial.</summary>
    public TrialRandom CreateRandom(ulong seed, int trialIndex) => new(seed, RandomWord, trialIndex);

    /// <summary>
    /// Returns every error of the configuration: values outside their range, settings in conflict, and settings that
    /// have no effect although their value is not the default.
    /// </summary>
    public IEnumerable<ValidationError> Validate() => FindInvalidSettings().Concat(FindIdleSettings());

    /// <summary>Returns the values outside their range and the settings in conflict.</summary>
    internal IEnumerable<ValidationError> FindInvalidSettings()
    {
        List<ValidationError> errors = [.. Settings.ValidateRanges(this)];
        return errors.Concat(FindConflicts([.. errors.Select(error => error.Field)]));
    }

    /// <summary>Returns the settings that have no effect although their value is not the default.</summary>
    internal IEnumerable<ValidationError> FindIdleSettings()
        => Settings.FindChangedIdle(this, TrainingConfigurationFactory.CreateDefault(Task, Learner));

    /// <summary>Returns the conflicts between settings.</summary>
    /// <param name="invalidSettings">Paths of the settings already found invalid; conflicts with them are
    /// omitted.</param>
    public IEnumerable<ValidationError> FindConflicts(IReadOnlyCollection<string> invalidSettings)
        => ConfigurationValidator.Validate(this, invalidSettings);

    /// <summary>Creates the initial state of a trial.</summary>
    public TrialStart CreateTrialStart(ulong seed, int trialIndex)
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

    /// <summary>Creates the network of a trial.</summary>
    /// <param name="parameters">Finite values of the parameters, in the order of the network.</param>
    public NetworkDefinition CreateNetwork(IReadOnlyList<double> parameters)
        => Network.CreateDefinition(NetworkShape, parameters);

    /// <summary>Passes the network type to a visitor.</summary>
    internal TResult Accept<TResult>(INetworkVisitor<TResult> visitor)
        => Network.Accept(NetworkShape, Learner.Propagation, visitor);

    /// <summary>Creates the sequences of a trial batch.</summary>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">T of the longest trial.</param>
    internal TaskSequences<TLane> CreateSequences<TLane>(int bundles, int maxLength)
        where TLane : unmanaged, IBitLane<TLane>
        => new(bundles, maxLength, TrainingSequences, NetworkShape, Scoring, IsShuffled, MixesRanks,
            Task.MaxStoredNumbers);

    /// <summary>Creates the learner of a trial batch, which holds its networks.</summary>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="maxBundles">Most bundles of lanes that are needed.</param>
    internal Learner<TLane> CreateLearner<TLane>(int maxLength, int maxBundles)
        where TLane : unmanaged, IBitLane<TLane>
        => Accept(new LearnerFactory<TLane>(this, maxLength, maxBundles));

    /// <summary>The FNV-1a hash of the bytes of the values.</summary>
    private static uint Hash(params ReadOnlySpan<double> values)
    {
        uint hash = 2166136261;
        foreach (double number in values)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(number);
            for (int i = 0; i < 8; i++)
                hash = unchecked((hash ^ (byte)(bits >> (8 * i))) * 16777619);
        }

        return hash;
    }

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
            => configuration.Learner.Create<TLane, TNetwork>(
                network,
                Math.Min(maxBundles, Math.Max(1, CountVectors(network) / TLane.VectorCount)),
                maxLength);

        private static int CountVectors<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => network.StateSize == 1 ? SingleUnitVectors : TNetwork.HasCurvature ? NetworkVectors : CellVectors;
    }
}
