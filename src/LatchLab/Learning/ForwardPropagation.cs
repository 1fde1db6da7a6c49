using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// Forward propagation, or real-time recurrent learning ([14], [23] of the paper): the gradient of back-propagation
/// through time, computed on the way forward. What runs is <see cref="RealTimeRecurrentLearning{TLane, TNetwork}"/>.
/// </summary>
public sealed record ForwardPropagation : LearnerDefinition
{
    /// <inheritdoc/>
    public override string Name => "forward-propagation";

    /// <inheritdoc/>
    public override string Description => "the gradient of back-propagation, computed on the way forward";

    /// <summary>η.</summary>
    [Setting("learning rate η of forward propagation", "decision", Minimum = 0, IsMinimumExclusive = true,
        Maximum = 1000)]
    public double LearningRate { get; init; } = 0.03;

    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    public override string? UnsupportedReason(string units) => ReasonIfNotDifferentiable(units);

    /// <inheritdoc/>
    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => new RealTimeRecurrentLearning<TLane, TNetwork>(network, bundles);
}
