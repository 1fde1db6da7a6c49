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
    public override string Meaning => "a step down the gradient after each presentation, back through time";

    /// <summary>η.</summary>
    [Setting("learning rate η of back-propagation", "decision", Minimum = 0, AboveMinimum = true, Maximum = 1000)]
    public double LearningRate { get; init; } = 0.03;

    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    public override bool TakesVectorsTogether => true;

    /// <inheritdoc/>
    public override string? Refuses(string units) => NeedsSlopes(units);

    /// <inheritdoc/>
    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int longest)
        => new GradientLearner<TLane, TNetwork, GradientDescent>(network, bundles, longest);
}
