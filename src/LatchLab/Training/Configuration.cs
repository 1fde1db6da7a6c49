using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// One setting of everything in an experiment: task, network, way of learning, rule of convergence. A trial is a pure
/// function of a cell, the seed and the number of the trial.
/// </summary>
public abstract record Configuration
{
    /// <summary>T, the length of the longest sequence.</summary>
    public abstract int MaxLength { get; }

    /// <summary>P, the training sequences.</summary>
    public abstract int TrainingSequences { get; }

    /// <summary>Presentations after which a run that has not converged ends.</summary>
    public abstract int Budget { get; }

    /// <summary>
    /// How long a trial probably takes, in arbitrary units: for the progress of a run and the order of its shapes,
    /// which change no result.
    /// </summary>
    public virtual double ExpectedWork => MaxLength;

    /// <summary>When it has learned.</summary>
    public ConvergenceRule ConvergenceRule { get; init; } = new();

    /// <summary>The cell's word in the counter of random numbers.</summary>
    public abstract uint RandomWord { get; }

    /// <summary>What must be equal for trials to run side by side.</summary>
    public abstract object BatchKey { get; }

    /// <summary>Whether anything is learned at all.</summary>
    public virtual bool HasTraining => true;

    /// <summary>Whether every trial is tested on fresh sequences at its end, however it ended.</summary>
    public virtual bool HasFinalTest => false;

    /// <summary>Sequences of the test; 0 for none.</summary>
    public virtual int TestSequences => ConvergenceRule.FreshSequences;

    /// <summary>How it learns.</summary>
    public abstract LearnerDefinition Learner { get; }

    /// <summary>Whether its trials run faster with several vectors of them taken together.</summary>
    public virtual bool BenefitsFromUnrolling => Learner.BenefitsFromUnrolling;

    /// <summary>The lengths T of the training sets that a trial learns one after another.</summary>
    public IReadOnlyList<int> StageLengths => Learner.StageLengths(MaxLength);

    /// <summary>How a trial begins.</summary>
    public abstract TrialStart CreateTrialStart(ulong seed, int trialIndex);

    /// <summary>How its outputs are scored.</summary>
    public abstract Scoring Scoring { get; }

    /// <summary>The network of a trial.</summary>
    /// <param name="parameters">Finite values of its parameters.</param>
    public abstract NetworkDefinition CreateNetwork(IReadOnlyList<double> parameters);

    /// <summary>Leads to the network that runs.</summary>
    internal abstract TResult Accept<TResult>(INetworkVisitor<TResult> visitor);

    /// <summary>The sequences of an ensemble of such trials.</summary>
    internal abstract ISequenceBatches<TLane> CreateSequences<TLane>(ulong seed, int bundles, int maxLength)
        where TLane : unmanaged, IBitLane<TLane>;

    /// <summary>The networks of an ensemble of such trials, and how they learn.</summary>
    /// <param name="maxLength">T of the longest trial.</param>
    /// <param name="maxBundles">Bundles of lanes that there is work for.</param>
    internal abstract Learner<TLane> CreateLearner<TLane>(int maxLength, int maxBundles)
        where TLane : unmanaged, IBitLane<TLane>;

    /// <summary>FNV-1a of numbers.</summary>
    private protected static uint Hash(params ReadOnlySpan<double> values)
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
}

/// <summary>When a run has converged. It is judged at the end of an epoch with the parameters held.</summary>
public sealed record ConvergenceRule
{
    /// <summary>Which rule.</summary>
    [Setting("what makes a run converged", "decision (paper: training convergence)")]
    public ConvergenceRuleKind Rule { get; init; } = ConvergenceRuleKind.Sign;

    /// <summary>θ.</summary>
    [Setting(
        "mean cost below which the rule sign-and-cost is met",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 2)]
    public double CostThreshold { get; init; } = 0.05;

    /// <summary>Share of the training sequences that must be right.</summary>
    [Setting(
        "share of the training sequences that must be right by the rules sign and sign-and-cost",
        "decision: all; real data are seldom learned to the last sequence",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1)]
    public double TrainingShare { get; init; } = 1.0;

    /// <summary>Number of fresh sequences.</summary>
    [Setting("fresh sequences that test what was learned", "decision", Minimum = 1, Maximum = 1_000_000)]
    public int FreshSequences { get; init; } = 200;

    /// <summary>Share of them that must be right.</summary>
    [Setting(
        "share of the fresh sequences that must be right by the rule fresh-sequences",
        "decision",
        Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1)]
    public double FreshShare { get; init; } = 0.95;

    /// <summary>
    /// How many of the training sequences may be wrong: the most that leave the share that must be right.
    /// </summary>
    /// <param name="sequenceCount">P.</param>
    public int MaxIncorrect(int sequenceCount)
    {
        // (1 − share)·P may round to either side of a whole number; (P − wrong)/P rounds as the share itself did.
        int incorrect = (int)((1.0 - TrainingShare) * sequenceCount) + 1;
        while ((double)(sequenceCount - incorrect) / sequenceCount < TrainingShare)
            incorrect--;
        return incorrect;
    }
}

/// <summary>The rules of convergence.</summary>
public enum ConvergenceRuleKind
{
    /// <summary>Every training sequence is right (its output has the right sign), or a share of them.</summary>
    Sign,

    /// <summary>So, and their mean cost is below a threshold.</summary>
    SignAndCost,

    /// <summary>
    /// Enough of a number of fresh sequences have the right sign; tested when the same share of an epoch's outputs was
    /// right, but not as long as tests have taken more presentations than learning.
    /// </summary>
    FreshSequences,
}
