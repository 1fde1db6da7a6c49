using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// The pseudo-Newton method, eq. (5) (Becker and LeCun 1988): back-propagation with each step divided by a diagonal
/// approximation of the second derivative. It is implemented by <see cref="PseudoNewtonRule{TForm}"/>.
/// </summary>
public sealed record PseudoNewton : PseudoNewtonDefinition
{
    /// <summary>Creates the method with a fixed damping μ, as in eq. (5).</summary>
    public PseudoNewton() => Damping = new() { Adaptation = DampingAdaptation.Fixed, Damping = 0.1 };

    public override string Name => "pseudo-newton";

    public override string Description => "back-propagation with each step divided by the curvature, eq. (5)";

    /// <summary>Learning rate η &gt; 0.</summary>
    [Setting("learning rate η of the pseudo-Newton methods", "decision", Minimum = 0, IsMinimumExclusive = true,
        Maximum = 1000, Probe = "0.1")]
    public double LearningRate { get; init; } = 0.03;

    public override double Rate => LearningRate;

    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => Curvature == CurvatureChoice.Positive
            ? new GradientLearner<TLane, TNetwork, PseudoNewtonRule<PositiveForm>>(network, bundles, maxLength)
            : new GradientLearner<TLane, TNetwork, PseudoNewtonRule<FullForm>>(network, bundles, maxLength);
}
