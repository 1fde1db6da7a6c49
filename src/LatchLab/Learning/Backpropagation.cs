using System.Globalization;
using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// Back-propagation through time ([22] of the paper): a gradient-descent step, or one of other update rules, after each
/// presentation, after some of them, or after each pass through the training set. It runs <see cref="GradientDescent"/>
/// or an <see cref="UpdateRuleChain{TLane}"/> on the network unrolled in time.
/// </summary>
public sealed record Backpropagation : LearnerDefinition, IConditionalSettings
{
    public override string Name => "back-propagation";

    public override string Description => "a gradient step after each presentation, by back-propagation through time";

    /// <summary>Learning rate η &gt; 0.</summary>
    [Setting("learning rate η of back-propagation", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 1000,
        Probe = "0.1")]
    public double LearningRate { get; init; } = 0.03;

    /// <summary>The update rules.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>The bound of the steps.</summary>
    public StepBoundSettings Steps { get; init; } = new();

    /// <summary>When the parameters change.</summary>
    [Setting("when the parameters change: after each presentation (on-line), after each pass through the training " +
        "set, along the gradient of the summed cost (batch), or after several presentations, along their mean " +
        "gradient (mini-batch)", "decision; paper, Section II: C is a sum over sequences", Probe = "batch")]
    public UpdateTime Updates { get; init; }

    /// <summary>Presentations of a mini-batch.</summary>
    [Setting("number of presentations of a mini-batch", "decision", Minimum = 1, Maximum = 1_000_000, Probe = "3",
        ProbeBeside = "learner.updates=mini-batch")]
    public int BatchSize { get; init; } = 5;

    /// <summary>Steps before a target that have gradient terms (Williams and Peng 1990); 0 for all.</summary>
    [Setting("number of steps before a target from which the gradient is computed, truncated back-propagation; 0: all",
        "paper: all; Williams and Peng 1990", Minimum = 0, Maximum = 1_000_000, Probe = "2")]
    public int Truncation { get; init; }

    public override object BatchKey => (GetType(), Updates, Truncation, Optimizer.BatchKey);

    public override double Rate => LearningRate;

    public override bool BenefitsFromUnrolling => true;

    public override bool SupportsTargetsAtEveryStep => Truncation == 0;

    public override (string Setting, string Reason)? ObstacleToTargetsAtEveryStep
        => Truncation == 0 ? null : ("truncation", "truncation counts the steps before a single target: give 0");

    public override string? UnsupportedReason(string units) => ReasonIfNotDifferentiable(units);

    public override IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(int sequences)
    {
        foreach (var violation in Optimizer.Validate())
            yield return violation;
        if (Updates == UpdateTime.MiniBatch && BatchSize > sequences)
        {
            yield return (["task.sequences"], new("", "learner.batch-size", string.Create(CultureInfo.InvariantCulture,
                $"{BatchSize} is above the number of training sequences, {sequences}: give at most that, or more " +
                $"sequences")));
        }
    }

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (Updates != UpdateTime.MiniBatch)
            yield return (nameof(BatchSize), "there are no mini-batches: give updates mini-batch, too");
    }

    public override void WriteInitialState(Span<double> state) => Steps.WriteInitialState(state);

    public override UpdatePlan GetUpdatePlan(int sequences) => Updates switch
    {
        UpdateTime.Batch => new(Optimizer.GetRules(), sequences),
        UpdateTime.MiniBatch => new(Optimizer.GetRules(), BatchSize, IsMean: true),
        _ => new(Optimizer.GetRules()),
    };

    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => new GradientLearner<TLane, TNetwork, GradientDescent>(
            network, bundles, maxLength, GetUpdatePlan(sequences: 1), Truncation == 0 ? null : Truncation);
}

/// <summary>When the parameters change.</summary>
public enum UpdateTime
{
    /// <summary>After each presentation.</summary>
    OnLine,

    /// <summary>After each pass through the training set.</summary>
    Batch,

    /// <summary>After a number of presentations.</summary>
    MiniBatch,
}
