using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// Back-propagation through time ([22] of the paper): one gradient-descent step after each presentation, or after each
/// pass through the training set. It runs <see cref="GradientDescent"/> or <see cref="BatchGradientDescent"/> on the
/// network unrolled in time.
/// </summary>
public sealed record Backpropagation : LearnerDefinition
{
    public override string Name => "back-propagation";

    public override string Description => "a gradient step after each presentation, by back-propagation through time";

    /// <summary>Learning rate η &gt; 0.</summary>
    [Setting("learning rate η of back-propagation", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 1000,
        Probe = "0.1")]
    public double LearningRate { get; init; } = 0.03;

    /// <summary>The bound of the steps.</summary>
    public StepBoundSettings Steps { get; init; } = new();

    /// <summary>When the parameters change.</summary>
    [Setting("when the parameters change: after each presentation (on-line), or after each pass through the training " +
        "set, along the gradient of the summed cost (batch)", "decision; paper, Section II: C is a sum over sequences",
        Probe = "batch")]
    public UpdateTime Updates { get; init; }

    public override object BatchKey => (GetType(), Updates);

    public override double Rate => LearningRate;

    public override bool BenefitsFromUnrolling => true;

    public override string? UnsupportedReason(string units) => ReasonIfNotDifferentiable(units);

    public override void WriteInitialState(Span<double> state) => Steps.WriteInitialState(state);

    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => Updates == UpdateTime.Batch
            ? new GradientLearner<TLane, TNetwork, BatchGradientDescent>(network, bundles, maxLength)
            : new GradientLearner<TLane, TNetwork, GradientDescent>(network, bundles, maxLength);
}

/// <summary>When the parameters change.</summary>
public enum UpdateTime
{
    /// <summary>After each presentation.</summary>
    OnLine,

    /// <summary>After each pass through the training set.</summary>
    Batch,
}
