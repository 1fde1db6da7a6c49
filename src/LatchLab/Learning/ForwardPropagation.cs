using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// Real-time recurrent learning, which the paper calls forward propagation ([14], [23]): the gradient of
/// back-propagation through time, computed during the forward pass. It is implemented by
/// <see cref="RealTimeRecurrentLearning{TLane, TNetwork}"/>.
/// </summary>
public sealed record ForwardPropagation : LearnerDefinition
{
    public override string Name => "forward-propagation";

    public override string Description => "real-time recurrent learning: the gradient computed during the forward pass";

    /// <summary>Learning rate η &gt; 0.</summary>
    [Setting("learning rate η of forward propagation", "decision", Minimum = 0, IsMinimumExclusive = true,
        Maximum = 1000, Probe = "0.1")]
    public double LearningRate { get; init; } = 0.03;

    /// <summary>The update rules.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>The bound of the steps.</summary>
    public StepBoundSettings Steps { get; init; } = new();

    public override object BatchKey => (GetType(), Optimizer.BatchKey);

    public override double Rate => LearningRate;

    public override string? UnsupportedReason(string units) => ReasonIfNotDifferentiable(units);

    public override IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(int sequences)
        => Optimizer.Validate();

    public override void WriteInitialState(Span<double> state) => Steps.WriteInitialState(state);

    public override UpdatePlan GetUpdatePlan(int sequences) => new(Optimizer.GetRules());

    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => new RealTimeRecurrentLearning<TLane, TNetwork>(network, bundles, GetUpdatePlan(sequences: 1));
}
