using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>A cell of the experiments of Section V-E: a task, a network, a learner and its budget.</summary>
public sealed record TrainingConfiguration : Configuration
{
    /// <summary>Vectors in flight: a network of many units keeps the processor busy with fewer.</summary>
    /// <remarks>
    /// Measured on AVX-512 (benchmarks/README.md), time of a unit-step relative to these: a single unit takes 1.4 with
    /// 4 and 1.0 with 12; Parity 1.6 with 2 and 1.0 with 8; five units between 0.98 and 1.07 with 2 to 8, where keeping
    /// all times favours few, whose memory is nearer.
    /// </remarks>
    private const int SingleUnitVectors = 8, NetworkVectors = 4;

    /// <summary>The task.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>The network.</summary>
    public required NetworkDesign Network { get; init; }

    /// <summary>How it learns.</summary>
    public required LearnerDefinition Training { get; init; }

    /// <summary>When a run ends, and how it is scored.</summary>
    public TrainingLimits Limits { get; init; } = new();

    /// <inheritdoc/>
    public override int MaxLength => Task.MaximumLength;

    /// <inheritdoc/>
    public override int TrainingSequences => Task.TrainingSequences;

    /// <inheritdoc/>
    public override int Budget => Limits.Presentations;

    /// <inheritdoc/>
    public override LearnerDefinition Learner => Training;

    /// <summary>
    /// A run on-line is taken to use its budget; a search, which mostly ends early, a twentieth of it. Relative to the
    /// minimal task (20,000 presentations of a single unit), steps of n units cost n² and keeping all times five times
    /// as much (measured).
    /// </summary>
    public override double ExpectedWork
        => MaxLength * ((double)Budget / 20_000) * (Training.IsSearch ? 0.05 : 1.0)
            * Math.Max(1.0, 0.4 * Network.UnitCount * Network.UnitCount)
                * (Training is TimeWeightedPseudoNewton ? 5.0 : 1.0);

    /// <inheritdoc/>
    public override bool BenefitsFromUnrolling => base.BenefitsFromUnrolling && Accept(new UnrollingVisitor());

    /// <inheritdoc/>
    public override bool HasFinalTest => true;

    /// <inheritdoc/>
    public override int TestSequences => Task.TestSequences ?? base.TestSequences;

    /// <summary>How the network is connected to the task.</summary>
    public NetworkShape NetworkShape => new(Task.TrainableInputs, Task.InputsPerStep, Task.Outputs);

    /// <summary>
    /// Between which values the outputs lie; those of the first, where they differ, which is a mistake.
    /// </summary>
    public (double Minimum, double Maximum) OutputRange
        => KnownUnits.GetOutputRange(Network.Unit, Network.GetOutputUnits(Task.Outputs)[0]);

    /// <inheritdoc/>
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
                Tolerance = Limits.Tolerance / Task.GetLabelUnitsPerOutput(halfRange),
                Criterion = Limits.Criterion,
                SkipsCorrectSequences = Training.SkipsCorrectSequences,
            };
        }
    }

    /// <inheritdoc/>
    public override object BatchKey
        => (Network.Network, Network.Unit, Network.Units, Network.Biases, Network.HasInputWeights(Task.InputsPerStep),
            NetworkShape, (TrainingSequences, Training.BatchKey, Scoring));

    /// <summary>
    /// A hash of what makes a trial: task, T, P, network. Learner, noise and rule are left out on purpose: so every
    /// learner meets the same initial parameters and the same training set, with noise and without.
    /// </summary>
    public override uint RandomWord
        => Hash([.. Task.Name.Select(character => (double)character), .. Task.RandomWordParts,
            (int)Network.Network, Network.UnitCount]);

    /// <summary>Whether a test is measured by the errors of the outputs, not by the share of wrong sequences.</summary>
    public bool UsesRootMeanSquareError => Task is DatasetTask { Metric: TestMetric.RootMeanSquareError };

    /// <summary>The root mean square of the errors of the outputs, in the units of a label.</summary>
    /// <param name="cost">The mean cost ½Σ_k (x_k − d_k)² of a sequence.</param>
    public double ComputeRootMeanSquareError(double cost)
        => Math.Sqrt(2.0 * cost / Task.Outputs) * Task.GetLabelUnitsPerOutput(Scoring.HalfRange);

    /// <summary>Names of the parameters, in the order of the network.</summary>
    public IReadOnlyList<string> ParameterNames => Network.GetParameterNames(NetworkShape);

    /// <summary>The random numbers of a trial.</summary>
    public TrialRandom CreateRandom(ulong seed, int trialIndex) => new(seed, RandomWord, trialIndex);

    /// <summary>Every mistake between the settings.</summary>
    /// <param name="invalidOptions">Options already found wrong, whose values say nothing.</param>
    public IEnumerable<ValidationError> Validate(IReadOnlyCollection<string>? invalidOptions = null)
        => ConfigurationValidator.Validate(this, invalidOptions ?? []);

    /// <inheritdoc/>
    public override TrialStart CreateTrialStart(ulong seed, int trialIndex)
    {
        TrialRandom random = CreateRandom(seed, trialIndex);
        UniformStream uniforms = random.CreateUniformStream(Purpose.InitialParameters);
        IReadOnlyList<string> names = ParameterNames;
        var prior = new PriorKnowledge(Network.Prior, names, new List<ValidationError>());
        var values = new double[names.Count];
        for (int i = 0; i < values.Length; i++)
        {
            double drawnValue = Network.InitialRange * ((2.0 * uniforms.Next()) - 1.0);
            values[i] = prior.InitialValues[i]
                ?? (prior.IsTrainable[i] ? Math.Clamp(drawnValue, prior.Lower[i], prior.Upper[i]) : drawnValue);
        }

        return new(random, values, new SearchSpace(prior.IsTrainable, prior.Lower, prior.Upper));
    }

    /// <inheritdoc/>
    public override NetworkDefinition CreateNetwork(IReadOnlyList<double> parameters)
        => Network.CreateDefinition(NetworkShape, parameters);

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(INetworkVisitor<TResult> visitor)
        => Network.Accept(NetworkShape, Training.Propagation, visitor);

    /// <inheritdoc/>
    internal override ISequenceBatches<TLane> CreateSequences<TLane>(ulong seed, int bundles, int maxLength)
        => Task switch
        {
            GeneratedTask => new GeneratedSequences<TLane>(seed, bundles, maxLength, TrainingSequences),
            DatasetTask => new DatasetSequences<TLane>(seed, bundles, maxLength, TrainingSequences, NetworkShape),
            _ => throw new NotSupportedException($"the sequences of {Task.Name} have no lanes: add them here"),
        };

    /// <inheritdoc/>
    internal override Learner<TLane> CreateLearner<TLane>(int maxLength, int maxBundles)
        => Accept(new LearnerFactory<TLane>(this, maxLength, maxBundles));

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
                Math.Min(maxBundles, (network.Units == 1 ? SingleUnitVectors : NetworkVectors) / TLane.VectorCount),
                maxLength);
    }
}

/// <summary>When a run ends, and how its outputs are scored.</summary>
public sealed record TrainingLimits
{
    /// <summary>Presentations after which a run that has not learned ends.</summary>
    [Setting("presentations after which a run ends", "decision", Minimum = 1, Maximum = 1_000_000_000)]
    public int Presentations { get; init; } = 100_000;

    /// <summary>How near to its target an output must be.</summary>
    [Setting("how near to its target an output must be to be right (of values from a file: in their units); 0: on " +
        "the right side, or the largest", "decision (paper: sign)", Minimum = 0, Maximum = 1e9)]
    public double Tolerance { get; init; }

    /// <summary>The error criterion.</summary>
    [Setting("error criterion of the gradient methods", "paper: squared")]
    public ErrorCriterion Criterion { get; init; } = ErrorCriterion.Squared;
}
