using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// The time-weighted pseudo-Newton method of the paper, eq. (6): the instances of a weight at different times are
/// variables of their own, each with its own second derivative, and μ is adapted on-line. What runs is
/// <see cref="TimeWeightedPseudoNewtonRule{TForm}"/>.
/// </summary>
public sealed record TimeWeightedPseudoNewton : LearnerDefinition
{
    /// <inheritdoc/>
    public override string Name => "time-weighted-pseudo-newton";

    /// <inheritdoc/>
    public override string Description
        => "the steps of a weight at different times divided by curvatures of their own, eq. (6)";

    /// <summary>η.</summary>
    [Setting("learning rate η of the pseudo-Newton methods", "paper, Section V-C", Minimum = 0,
        IsMinimumExclusive = true,
        Maximum = 1000)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Form of the second derivative.</summary>
    [Setting("form of the curvature: without or with the term in f″, whose magnitude is then used",
        "decision (paper: guaranteed to be positive)")]
    public CurvatureChoice Curvature { get; init; } = CurvatureChoice.Positive;

    /// <summary>μ and its adaptation.</summary>
    public DampingSettings Damping { get; init; } = new();

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
            ? new GradientLearner<TLane, TNetwork, TimeWeightedPseudoNewtonRule<PositiveForm>>(network, bundles,
                maxLength)
            : new GradientLearner<TLane, TNetwork, TimeWeightedPseudoNewtonRule<FullForm>>(network, bundles, maxLength);

    /// <inheritdoc/>
    public override void WriteInitialState(Span<double> state) => Damping.WriteInitialState(state);
}
