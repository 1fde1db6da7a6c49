using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// The pseudo-Newton method, eq. (5) (Becker and LeCun 1988): back-propagation with each step divided by a diagonal
/// approximation of the second derivative. It is implemented by <see cref="PseudoNewtonRule{TForm}"/>.
/// </summary>
public sealed record PseudoNewton : LearnerDefinition
{
    /// <inheritdoc/>
    public override string Name => "pseudo-newton";

    /// <inheritdoc/>
    public override string Description => "back-propagation with each step divided by the curvature, eq. (5)";

    /// <summary>Learning rate η &gt; 0.</summary>
    [Setting("learning rate η of the pseudo-Newton methods", "decision", Minimum = 0, IsMinimumExclusive = true,
        Maximum = 1000)]
    public double LearningRate { get; init; } = 0.03;

    /// <summary>Form of the second derivative.</summary>
    [Setting("form of the curvature: without the term in f″, or the magnitude with it",
        "decision (paper: guaranteed to be positive)")]
    public CurvatureChoice Curvature { get; init; } = CurvatureChoice.Positive;

    /// <summary>μ and its adaptation; not adapted by default, as in eq. (5).</summary>
    public DampingSettings Damping { get; init; } = new() { Adaptation = DampingAdaptation.Fixed, Damping = 0.1 };

    /// <inheritdoc/>
    public override double Rate => LearningRate;

    /// <inheritdoc/>
    public override object BatchKey => (GetType(), Curvature);

    /// <inheritdoc/>
    public override ValidationError? ValidationError => Damping.ValidationError;

    /// <inheritdoc/>
    public override string? UnsupportedReason(string units) => ReasonIfNotDifferentiable(units);

    /// <inheritdoc/>
    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int maxLength)
        => Curvature == CurvatureChoice.Positive
            ? new GradientLearner<TLane, TNetwork, PseudoNewtonRule<PositiveForm>>(network, bundles, maxLength)
            : new GradientLearner<TLane, TNetwork, PseudoNewtonRule<FullForm>>(network, bundles, maxLength);

    /// <inheritdoc/>
    public override void WriteInitialState(Span<double> state) => Damping.WriteInitialState(state);
}

/// <summary>Forms of the curvature that a user can choose.</summary>
public enum CurvatureChoice
{
    /// <summary>Without the term in f″: never negative.</summary>
    Positive,

    /// <summary>With the term in f″; the magnitude is used.</summary>
    Full,
}
