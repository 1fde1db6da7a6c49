using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// One setting of everything in an experiment on the minimal task. A trial is a pure function of a cell, the seed and
/// the number of the trial.
/// </summary>
public sealed record Cell
{
    /// <summary>The task.</summary>
    public MinimalTask Task { get; init; } = new();

    /// <summary>How the neuron starts.</summary>
    public LatchStart Start { get; init; } = new();

    /// <summary>How it learns.</summary>
    public OnlineTraining Training { get; init; } = new();

    /// <summary>When it has learned.</summary>
    public ConvergenceRule Rule { get; init; } = new();

    /// <summary>
    /// The cell's word in the counter of random numbers: a hash (FNV-1a) of the numbers L, T, P, s and w0. Readings of
    /// those numbers, learning and rule are left out on purpose: so the same trial of two readings sees the same normal
    /// numbers and the same start, and the readings differ by nothing else.
    /// </summary>
    public uint RandomWord
    {
        get
        {
            uint hash = 2166136261;
            foreach (double number in (ReadOnlySpan<double>)
                [Task.TrainableInputs, Task.Length, Task.Sequences, Task.Noise, Start.InitialWeight])
            {
                ulong bits = BitConverter.DoubleToUInt64Bits(number);
                for (int i = 0; i < 8; i++)
                    hash = unchecked((hash ^ (byte)(bits >> (8 * i))) * 16777619);
            }

            return hash;
        }
    }
}

/// <summary>Initial values of the latching neuron.</summary>
public sealed record LatchStart
{
    /// <summary>w0.</summary>
    [Setting("initial self-loop weight w0 (Figure 2(a) varies it)", "paper, Figure 2", Minimum = -100, Maximum = 100)]
    public double InitialWeight { get; init; } = 1.25;

    /// <summary>Whether w is a parameter.</summary>
    [Setting("whether w is held or trained in Figure 2(b); it is trained in the others", "paper, Section III: held")]
    public WeightUse Weight { get; init; } = WeightUse.Held;

    /// <summary>Half the width of the interval from which the trainable inputs start.</summary>
    [Setting(
        "trainable inputs start uniform between minus and plus this",
        "decision (paper: small)",
        Minimum = 0,
        Maximum = 100)]
    public double InitialInputs { get; init; } = 0.1;

    /// <summary>Parameters that are set instead of learned; null to learn them.</summary>
    public PerfectLatch? Perfect { get; init; }
}

/// <summary>
/// A latch that is set perfectly from the start and learns nothing: it shows what the noise alone destroys.
/// </summary>
/// <param name="Weight">w.</param>
/// <param name="Inputs">Magnitude of the trainable inputs, which have the sign of their class.</param>
public sealed record PerfectLatch(double Weight, double Inputs);

/// <summary>Whether the self-loop weight is a parameter.</summary>
public enum WeightUse
{
    /// <summary>It keeps its initial value.</summary>
    Held,

    /// <summary>It is learned.</summary>
    Trained,
}

/// <summary>Back-propagation, on-line: one update a presentation.</summary>
public sealed record OnlineTraining
{
    /// <summary>η.</summary>
    [Setting("learning rate η of back-propagation", "decision", Minimum = 0, AboveMinimum = true, Maximum = 1000)]
    public double LearningRate { get; init; } = 0.03;

    /// <summary>Presentations after which a run that has not converged ends.</summary>
    [Setting("presentations after which a run ends", "decision", Minimum = 1, Maximum = 100_000_000)]
    public int Presentations { get; init; } = 20_000;
}

/// <summary>When a run has converged. It is judged at the end of an epoch with the parameters held.</summary>
public sealed record ConvergenceRule
{
    /// <summary>Which rule.</summary>
    [Setting("what makes a run converged", "decision (paper: training convergence)")]
    public RuleKind Rule { get; init; } = RuleKind.Sign;

    /// <summary>θ.</summary>
    [Setting(
        "mean cost below which the rule sign-and-cost is met",
        "decision",
        Minimum = 0,
        AboveMinimum = true,
        Maximum = 2)]
    public double CostThreshold { get; init; } = 0.05;

    /// <summary>Number of fresh sequences.</summary>
    [Setting("fresh sequences of the rule fresh-sequences", "decision", Minimum = 1, Maximum = 1_000_000)]
    public int FreshSequences { get; init; } = 200;

    /// <summary>Share of them that must be right.</summary>
    [Setting(
        "share of the fresh sequences that must be right",
        "decision",
        Minimum = 0,
        AboveMinimum = true,
        Maximum = 1)]
    public double FreshShare { get; init; } = 0.95;
}

/// <summary>The rules of convergence.</summary>
public enum RuleKind
{
    /// <summary>Every training sequence has the right sign.</summary>
    Sign,

    /// <summary>So, and their mean cost is below a threshold.</summary>
    SignAndCost,

    /// <summary>
    /// Enough of a number of fresh sequences have the right sign; tested when the same share of an epoch's outputs was
    /// right, but not as long as tests have taken more presentations than learning.
    /// </summary>
    FreshSequences,
}
