using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>A cell of the experiments of Section V-E: a task, a network, a learner and its budget.</summary>
public sealed record ProblemCell : Cell
{
    /// <summary>Vectors in flight: a network of many units keeps the processor busy with fewer.</summary>
    /// <remarks>
    /// Measured on AVX-512 (benchmarks/README.md), time of a unit-step relative to these: a single unit takes 1.4 with
    /// 4 and 1.0 with 12; Parity 1.6 with 2 and 1.0 with 8; five units between 0.98 and 1.07 with 2 to 8, where keeping
    /// all times favours few, whose memory is nearer.
    /// </remarks>
    private const int VectorsOfSingleUnit = 8, VectorsOfNetwork = 4;

    /// <summary>The task.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>The network.</summary>
    public required NetworkDesign Network { get; init; }

    /// <summary>How it learns.</summary>
    public required LearnerDefinition Training { get; init; }

    /// <summary>When a run ends, and how it is scored.</summary>
    public TrainingLimits Limits { get; init; } = new();

    /// <inheritdoc/>
    public override int Length => Task.LongestLength;

    /// <inheritdoc/>
    public override int Sequences => Task.TrainingSequences;

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
        => Length * ((double)Budget / 20_000) * (Training.IsSearch ? 0.05 : 1.0)
            * Math.Max(1.0, 0.4 * Network.Size * Network.Size) * (Training is TimeWeightedPseudoNewton ? 5.0 : 1.0);

    /// <inheritdoc/>
    public override bool TakesVectorsTogether => base.TakesVectorsTogether && Accept(new Steps());

    /// <inheritdoc/>
    public override bool TestsAtEnd => true;

    /// <inheritdoc/>
    public override int TestSequences => Task.TestSequences ?? base.TestSequences;

    /// <summary>How the network is connected to the task.</summary>
    public Wiring Wiring => new(Task.TrainableInputs, Task.InputsPerStep, Task.Outputs);

    /// <summary>
    /// Between which values the outputs lie; those of the first, where they differ, which is a mistake.
    /// </summary>
    public (double Lowest, double Highest) OutputRange
        => KnownUnits.Range(Network.Unit, Network.OutputUnits(Task.Outputs)[0]);

    /// <inheritdoc/>
    public override Scoring Scoring
    {
        get
        {
            (double lowest, double highest) = OutputRange;
            double half = 0.5 * (highest - lowest);
            return new(lowest + half, half * Task.Target)
            {
                HalfRange = half,
                Targets = Task.Targets,
                Tolerance = Limits.Tolerance / Task.UnitsPerOutput(half),
                Criterion = Limits.Criterion,
                OnlyWrong = Training.LearnsOnlyFromWrong,
            };
        }
    }

    /// <inheritdoc/>
    public override object Shape
        => (Network.Network, Network.Unit, Network.Units, Network.Biases, Network.HasInputWeights(Task.InputsPerStep),
            Wiring, (Sequences, Training.Shape, Scoring));

    /// <summary>
    /// A hash of what makes a trial: task, T, P, network. Learner, noise and rule are left out on purpose: so every
    /// learner meets the same initial parameters and the same training set, with noise and without.
    /// </summary>
    public override uint RandomWord
        => Hash([.. Task.Name.Select(letter => (double)letter), .. Task.RandomWords,
            (int)Network.Network, Network.Size]);

    /// <summary>Whether a test is measured by the errors of the outputs, not by the share of wrong sequences.</summary>
    public bool IsMeasuredByCost => Task is SequencesTask { Metric: TestMetric.RootMeanSquareError };

    /// <summary>The root mean square of the errors of the outputs, in the units of a label.</summary>
    /// <param name="cost">The mean cost ½Σ_k (x_k − d_k)² of a sequence.</param>
    public double RootMeanSquareError(double cost)
        => Math.Sqrt(2.0 * cost / Task.Outputs) * Task.UnitsPerOutput(Scoring.HalfRange);

    /// <summary>Names of the parameters, in the order of the network.</summary>
    public IReadOnlyList<string> ParameterNames => Network.ParameterNames(Wiring);

    /// <summary>The random numbers of a trial.</summary>
    public TrialRandom RandomOf(ulong seed, int trial) => new(seed, RandomWord, trial);

    /// <summary>Every mistake between the settings.</summary>
    /// <param name="wrong">Options already found wrong, whose values say nothing.</param>
    public IEnumerable<InputError> Mistakes(IReadOnlyCollection<string>? wrong = null)
        => ProblemMistakes.Of(this, wrong ?? []);

    /// <inheritdoc/>
    public override TrialStart StartOf(ulong seed, int trial)
    {
        TrialRandom random = RandomOf(seed, trial);
        UniformDraws uniforms = random.Uniforms(Purpose.InitialParameters);
        IReadOnlyList<string> names = ParameterNames;
        var prior = new PriorKnowledge(Network.Prior, names, new List<InputError>());
        var values = new double[names.Count];
        for (int i = 0; i < values.Length; i++)
        {
            double drawn = Network.InitialRange * ((2.0 * uniforms.Next()) - 1.0);
            values[i] = prior.Start[i] ?? (prior.IsFree[i] ? Math.Clamp(drawn, prior.Lower[i], prior.Upper[i]) : drawn);
        }

        return new(random, values, new SearchSpace(prior.IsFree, prior.Lower, prior.Upper));
    }

    /// <inheritdoc/>
    public override NetworkDefinition NetworkWith(IReadOnlyList<double> parameters)
        => Network.With(Wiring, parameters);

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(INetworkVisitor<TResult> visitor)
        => Network.Accept(Wiring, Training.Propagation, visitor);

    /// <inheritdoc/>
    internal override ISequenceLanes<TLane> CreateSequences<TLane>(ulong seed, int bundles, int length) => Task switch
    {
        GeneratedTask => new TaskSequences<TLane>(seed, bundles, length, Sequences),
        SequencesTask => new OwnSequences<TLane>(seed, bundles, length, Sequences, Wiring),
        _ => throw new NotSupportedException($"the sequences of {Task.Name} have no lanes: add them here"),
    };

    /// <inheritdoc/>
    internal override Learner<TLane> CreateLearner<TLane>(int length, int mostBundles)
        => Accept(new Maker<TLane>(this, length, mostBundles));

    private sealed class Steps : INetworkVisitor<bool>
    {
        public bool Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => TNetwork.HasShortSteps;
    }

    private sealed class Maker<TLane>(ProblemCell cell, int length, int mostBundles)
        : INetworkVisitor<Learner<TLane>>
        where TLane : unmanaged, IBitLane<TLane>
    {
        public Learner<TLane> Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => cell.Training.Create<TLane, TNetwork>(
                network,
                Math.Min(mostBundles, (network.Units == 1 ? VectorsOfSingleUnit : VectorsOfNetwork) / TLane.Vectors),
                length);
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
