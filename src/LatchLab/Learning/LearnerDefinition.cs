using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A way of learning as a user names it: its settings with their defaults, and the one step from them to what runs.
/// To add one: derive from this in a file of its own, and list it in <see cref="KnownLearners"/>; the command line, its
/// help and the contract tests follow from the list.
/// </summary>
public abstract record LearnerDefinition
{
    /// <summary>Name on the command line, in the words of the field.</summary>
    public abstract string Name { get; }

    /// <summary>One line: how it learns.</summary>
    public abstract string Description { get; }

    /// <summary>Learning rate η; 0 where there is none.</summary>
    public virtual double Rate => 0.0;

    /// <summary>The units that it trains unless told otherwise.</summary>
    public virtual string DefaultUnit => KnownUnits.TanhName;

    /// <summary>
    /// Whether it needs far more presentations than others ([P], Figure 4: an order of magnitude), and so has a budget
    /// of its own.
    /// </summary>
    public virtual bool NeedsLargeBudget => false;

    /// <summary>The presentations that a run may take unless told otherwise.</summary>
    public int DefaultPresentations => NeedsLargeBudget ? 5_000_000 : 100_000;

    /// <summary>Whether it proposes whole networks and is told their cost, instead of learning on-line.</summary>
    public virtual bool IsSearch => false;

    /// <summary>Whether a sequence that was right sends no error back.</summary>
    public virtual bool SkipsCorrectSequences => false;

    /// <summary>
    /// How threshold units answer an error signal; null where the learner does not send one through them.
    /// </summary>
    public virtual DiscretePropagation? Propagation => null;

    /// <summary>
    /// Whether it is faster with several vectors of trials taken together (<see cref="Unrolled4{TLane}"/>): not where
    /// it leaves work out that no trial of a vector needs.
    /// </summary>
    public virtual bool BenefitsFromUnrolling => false;

    /// <summary>
    /// What must be equal for two trials to run side by side: choices of type. All other settings differ from lane to
    /// lane.
    /// </summary>
    public virtual object BatchKey => GetType();

    /// <summary>The lengths T of the sequences that are learned one after another; the last is the task's.</summary>
    public virtual IReadOnlyList<int> StageLengths(int length) => [length];

    /// <summary>Why it cannot train a network of these units; null if it can.</summary>
    public virtual string? UnsupportedReason(string units) => null;

    /// <summary>What else is wrong with the settings, one with another; null if nothing is.</summary>
    public virtual ValidationError? ValidationError => null;

    /// <summary>Makes what runs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="maxLength">Steps of the longest sequence.</param>
    public abstract Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork;

    /// <summary>On-line: writes what a learning rule keeps of a trial, as it is at the beginning.</summary>
    public virtual void WriteInitialState(Span<double> state)
    {
    }

    /// <summary>The search of a trial.</summary>
    /// <exception cref="NotSupportedException">It learns on-line.</exception>
    public virtual ISearch CreateSearch(TrialStart start) => throw new NotSupportedException($"{Name} is no search");

    /// <summary>Gradients need slopes.</summary>
    private protected static string? ReasonIfNotDifferentiable(string units)
        => KnownUnits.HasThreshold(units)
            ? $"needs differentiable units, and a threshold is none: give {KnownUnits.DifferentiableNames}"
            : null;
}
