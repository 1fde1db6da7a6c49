using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// The time-weighted pseudo-Newton method of the paper, eq. (6). The instances of a weight at different times are
/// independent variables, each with its own second derivative, and μ is adapted on-line. It is implemented by
/// <see cref="TimeWeightedPseudoNewtonRule{TForm}"/>.
/// </summary>
public sealed record TimeWeightedPseudoNewton : PseudoNewtonDefinition
{
    /// <summary>Creates the method with an adaptive μ and bounded steps, as in Section V-C.</summary>
    public TimeWeightedPseudoNewton() => Steps = new() { StepBound = 0.3 };

    public override string Name => "time-weighted-pseudo-newton";

    public override string Description
        => "back-propagation with the step of each time divided by its own curvature, eq. (6)";

    /// <summary>It stores the gradient terms of all time steps (measured).</summary>
    public override double RelativeTime => 5.0;

    /// <summary>Learning rate η &gt; 0.</summary>
    [Setting("learning rate η of the pseudo-Newton methods", "paper, Section V-C", Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1000, Probe = "0.1")]
    public double LearningRate { get; init; } = 0.01;

    public override double Rate => LearningRate;

    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => Curvature == CurvatureChoice.Positive
            ? new GradientLearner<TLane, TNetwork, TimeWeightedPseudoNewtonRule<PositiveForm>>(network, bundles,
                maxLength)
            : new GradientLearner<TLane, TNetwork, TimeWeightedPseudoNewtonRule<FullForm>>(network, bundles, maxLength);
}
