using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// A learner as a user selects it: its settings with their defaults, and the factory of its implementation. To add one:
/// derive from this record in a separate file, and list it in <see cref="KnownLearners"/>; the command line, its help
/// and the contract tests follow from the list.
/// </summary>
public abstract record LearnerDefinition
{
    /// <summary>Name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One line of help text: how it learns.</summary>
    public abstract string Description { get; }

    /// <summary>Learning rate η; 0 if the learner has none.</summary>
    public virtual double Rate => 0.0;

    /// <summary>The default unit of the networks it trains.</summary>
    public virtual string DefaultUnit => KnownUnits.TanhName;

    /// <summary>
    /// Whether it needs far more presentations than other learners ([P], Figure 4: an order of magnitude), and so has a
    /// larger default budget.
    /// </summary>
    public virtual bool NeedsLargeBudget => false;

    /// <summary>
    /// Whether it is a search, which proposes complete networks and receives their cost, instead of learning on-line.
    /// </summary>
    public virtual bool IsSearch => false;

    /// <summary>Whether it starts from the initial parameters of a trial.</summary>
    public virtual bool UsesInitialParameters => true;

    /// <summary>
    /// The learner that it trains on other sequences than those of the task, as a curriculum does; null if it has none.
    /// </summary>
    public virtual LearnerDefinition? InnerLearner => null;

    /// <summary>The same with another inner learner, which has none itself.</summary>
    public virtual LearnerDefinition WithInnerLearner(LearnerDefinition learner)
        => throw new NotSupportedException($"{Name} has no inner learner.");

    /// <summary>The settings without effect on sequences of a length, by path, each with the reason.</summary>
    public virtual IEnumerable<(string Setting, string Reason)> FindIdleSettings(int length) => [];

    /// <summary>Estimated time of a presentation, relative to back-propagation.</summary>
    public virtual double RelativeTime => 1.0;

    /// <summary>Whether it supports targets at every step of a sequence.</summary>
    public virtual bool SupportsTargetsAtEveryStep => false;

    /// <summary>The setting that prevents it from supporting them, and why; null if no setting does.</summary>
    public virtual (string Setting, string Reason)? ObstacleToTargetsAtEveryStep => null;

    /// <summary>Whether a correct sequence has no backward pass.</summary>
    public virtual bool SkipsCorrectSequences => false;

    /// <summary>
    /// How threshold units propagate an adjoint; null if the learner does not propagate one through them.
    /// </summary>
    public virtual DiscretePropagation? Propagation => null;

    /// <summary>
    /// Whether processing several vectors of trials together (<see cref="Unrolled4{TLane}"/>) is faster. It is not if
    /// the learner skips work that no trial of a vector needs.
    /// </summary>
    public virtual bool BenefitsFromUnrolling => false;

    /// <summary>
    /// The key that two trials must share to run in the same batch: choices of types. All other settings may differ
    /// between lanes.
    /// </summary>
    public virtual object BatchKey => GetType();

    /// <summary>
    /// The names of what the learner reports of itself at the end of a trial, such as <c>damping</c>: words of lower
    /// case, joined by hyphens. Ledgers and exports contain them by name.
    /// </summary>
    public virtual IReadOnlyList<string> DiagnosticNames => [];

    /// <summary>The sequence lengths T of the successive training sets; the last is that of the task.</summary>
    public virtual IReadOnlyList<int> StageLengths(int length) => [length];

    /// <summary>Why the learner cannot train a network of these units; null if it can.</summary>
    public virtual string? UnsupportedReason(string units) => null;

    /// <summary>Whether it uses the diagonal curvature of the network.</summary>
    public virtual bool NeedsCurvature => false;

    /// <summary>
    /// Returns the errors of the combined settings, each with the paths of the settings on which it also depends.
    /// </summary>
    /// <param name="sequences">Number of training sequences.</param>
    public virtual IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(int sequences) => [];

    /// <summary>Creates the learner.</summary>
    public abstract Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork;

    /// <summary>Writes the initial state of the update rule for a trial (on-line learners only).</summary>
    public virtual void WriteInitialState(Span<double> state)
    {
    }

    /// <summary>How a trial turns gradients into steps (learners whose update rules can be chosen only).</summary>
    /// <param name="sequences">Number of training sequences.</param>
    public virtual UpdatePlan GetUpdatePlan(int sequences) => new([]);

    /// <summary>The diagnostics at the end of a trial, in the order of <see cref="DiagnosticNames"/>.</summary>
    /// <param name="values">What the implementation reports: <see cref="Learner{TLane}.GetDiagnostics"/>.</param>
    /// <param name="stage">Index of the last training set, from 0.</param>
    public virtual IReadOnlyList<double> CompleteDiagnostics(IReadOnlyList<double> values, int stage) => values;

    /// <summary>Creates the search of a trial.</summary>
    /// <exception cref="NotSupportedException">The learner is on-line.</exception>
    public virtual Search CreateSearch(TrialStart start) => throw new NotSupportedException($"{Name} is not a search");

    /// <summary>The reason for units without a derivative; null if all units are differentiable.</summary>
    private protected static string? ReasonIfNotDifferentiable(string units)
        => KnownUnits.HasThreshold(units)
            ? $"needs differentiable units, not threshold units: give {KnownUnits.DifferentiableNames}"
            : null;
}
