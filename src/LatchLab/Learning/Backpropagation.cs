using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// Back-propagation through time, on-line: one step down the gradient after each presentation ([22] of the paper). What
/// runs is <see cref="GradientDescent"/> on a network unfolded in time.
/// </summary>
public sealed record Backpropagation : LearnerDefinition
{
    /// <inheritdoc/>
    public override string Name => "back-propagation";

    /// <inheritdoc/>
    public override string Description => "a step down the gradient after each presentation, back through time";

    /// <summary>η.</summary>
    [Setting("learning rate η of back-propagation", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 1000)]
    public double LearningRate { get; init; } = 0.03;

    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    public override bool BenefitsFromUnrolling => true;

    /// <inheritdoc/>
    public override string? UnsupportedReason(string units) => ReasonIfNotDifferentiable(units);

    /// <inheritdoc/>
    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => new GradientLearner<TLane, TNetwork, GradientDescent>(network, bundles, maxLength);
}
