using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>
/// A configuration of the experiments of Section III: the minimal task, the latching neuron, back-propagation.
/// </summary>
public sealed record MinimalTaskConfiguration : Configuration, IConditionalSettings
{
    // Vectors of lanes processed together. With fewer, the latency of each step limits throughput; with more, the
    // states of a presentation exceed the L1 cache (measured: docs/explanation/decisions.md).
    private const int VectorsInFlight = 8;

    /// <summary>The task.</summary>
    [SettingSection("task")]
    public MinimalTask Task { get; init; } = new();

    /// <summary>Initial values of the neuron.</summary>
    [SettingSection("network")]
    public LatchStart Start { get; init; } = new();

    /// <summary>The settings of on-line back-propagation: one update per presentation.</summary>
    [SettingSection("learner")]
    public Backpropagation Training { get; init; } = new();

    /// <summary>The budget.</summary>
    [SettingSection("rule")]
    public MinimalTaskLimits Limits { get; init; } = new();

    public override int MaxLength => Task.Length;

    public override int TrainingSequences => Task.Sequences;

    public override int Budget => Limits.Presentations;

    public override bool HasTraining => Start.Perfect is null;

    public override LearnerDefinition Learner => Training;

    public override Scoring Scoring => Scoring.Symmetric;

    public override object BatchKey
        => (Task.TrainableInputs, Task.Sequences, Task.NoiseDrawn, Task.ClassOrder, Training.BatchKey);

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (ConvergenceRule.Rule != ConvergenceRuleKind.TestSequences)
            yield return ("rule.test-sequences",
                "a trial of this task is tested by the rule test-sequences only: give it, too");
        if (Start.Perfect is null)
            yield break;
        const string reason = "a perfect latch is not trained";
        yield return ("network.weight", reason);
        yield return ("network.initial-inputs", reason);
        foreach (Setting setting in Settings.GetAll(Training, "learner"))
            yield return (setting.Path, reason);
        yield return ("task.class-order", reason);
    }

    /// <summary>
    /// A hash of the numbers L, T, P, s and w0. It excludes the interpretations of those numbers, the training settings
    /// and the convergence rule. The same trial of two interpretations therefore has the same Gaussian numbers and the
    /// same initial values, and the comparison is paired.
    /// </summary>
    public override uint RandomWord
        => Hash(Task.TrainableInputs, Task.Length, Task.Sequences, Task.Noise, Start.InitialWeight);

    public override IEnumerable<ValidationError> FindConflicts(IReadOnlyCollection<string> invalidSettings)
        => MinimalTaskValidator.Validate(this)
            .Where(conflict => !conflict.RelatedSettings.Intersect(invalidSettings).Any())
            .Select(conflict => conflict.Error);

    public override TrialStart CreateTrialStart(ulong seed, int trialIndex)
    {
        var random = new TrialRandom(seed, RandomWord, trialIndex);
        UniformStream uniforms = random.CreateUniformStream(Purpose.InitialParameters);
        int inputs = Task.TrainableInputs, count = 1 + (2 * inputs);
        var values = new double[count];
        values[0] = Start.Perfect?.PerfectWeight ?? Start.InitialWeight;
        for (int i = 1; i < count; i++)
        {
            double drawn = Start.InitialInputs * ((2.0 * uniforms.Next()) - 1.0);
            double? fixedValue = i <= inputs ? Start.Perfect?.PerfectInputs : -Start.Perfect?.PerfectInputs;
            values[i] = fixedValue ?? drawn;
        }

        bool[] isTrainable = [Start.Weight == WeightUse.Trained, .. Enumerable.Repeat(true, 2 * inputs)];
        return new(random, values, SearchSpace.Unbounded(isTrainable)) { Sequences = Task.Sequences };
    }

    public override NetworkDefinition CreateNetwork(IReadOnlyList<double> parameters) => new LatchDefinition(
        KnownUnits.TanhName,
        parameters[0],
        [.. parameters.Skip(1).Take(Task.TrainableInputs)],
        [.. parameters.Skip(1 + Task.TrainableInputs)]);

    internal override TResult Accept<TResult>(INetworkVisitor<TResult> visitor)
        => visitor.Visit(new LatchNeuron<Tanh>(Task.TrainableInputs, classes: 2, default));

    /// <summary>One: the noise of all lanes is drawn by one generator.</summary>
    internal override bool NeedsOneSeed => true;

    internal override ISequenceBatches<TLane> CreateSequences<TLane>(ulong seed, int bundles, int maxLength)
        => new MinimalTaskSequences<TLane>(seed, bundles, maxLength, Task);

    internal override Learner<TLane> CreateLearner<TLane>(int maxLength, int maxBundles)
        => Training.Create<TLane, LatchNeuron<Tanh>>(
            new(Task.TrainableInputs, classes: 2, default),
            Math.Min(VectorsInFlight / TLane.VectorCount, maxBundles),
            maxLength);
}

/// <summary>Initial values of the latching neuron.</summary>
public sealed record LatchStart
{
    /// <summary>w0, the initial self-loop weight.</summary>
    [Setting("initial self-loop weight w0 (Figure 2(a) varies it)", "paper, Figure 2", Minimum = -100, Maximum = 100,
        Probe = "1.5")]
    public double InitialWeight { get; init; } = 1.25;

    /// <summary>Whether the self-loop weight w is trained.</summary>
    [Setting("whether w is frozen or trained in Figure 2(b); trained elsewhere", "paper, Section III: frozen",
        Probe = "trained")]
    public WeightUse Weight { get; init; } = WeightUse.Frozen;

    /// <summary>Half the width of the interval of the initial trainable inputs, which is centred at 0.</summary>
    [Setting(
        "trainable inputs start uniformly distributed between minus and plus this value",
        "decision; paper: small",
        Minimum = 0,
        Maximum = 100, Probe = "0.5")]
    public double InitialInputs { get; init; } = 0.1;

    /// <summary>Fixed parameters of a perfect latch; null to train the parameters.</summary>
    public PerfectLatch? Perfect { get; init; }
}

/// <summary>
/// A latch with fixed, ideal parameters and no training: it isolates the effect of the noise.
/// </summary>
public sealed record PerfectLatch
{
    /// <summary>w, the self-loop weight.</summary>
    [Setting("weight of a latch that is set instead of trained", "decision", Minimum = -1000, Maximum = 1000,
        Probe = "1.5",
        ProbeBeside = "network.perfect-weight=2; network.perfect-inputs=2")]
    public double PerfectWeight { get; init; }

    /// <summary>The trainable inputs of class 1; those of class 0 have the opposite sign.</summary>
    [Setting("trainable inputs of a latch that is set instead of trained: this in class 1, its negative in class 0",
        "decision", Minimum = -1e6, Maximum = 1e6,
        Probe = "1",
        ProbeBeside = "network.perfect-weight=2; network.perfect-inputs=2")]
    public double PerfectInputs { get; init; }
}

/// <summary>Whether the self-loop weight is trained.</summary>
public enum WeightUse
{
    /// <summary>The weight is frozen at its initial value.</summary>
    Frozen,

    /// <summary>The weight is trained.</summary>
    Trained,
}

/// <summary>The budget of a trial of the minimal task.</summary>
public sealed record MinimalTaskLimits
{
    /// <summary>Presentations after which a trial that has not converged stops.</summary>
    [Setting("presentations after which a run ends", "decision", Minimum = 1, Maximum = 100_000_000, Probe = "120")]
    public int Presentations { get; init; } = 20_000;
}
