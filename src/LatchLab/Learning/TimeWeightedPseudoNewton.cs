namespace LatchLab.Learning;

/// <summary>
/// The time-weighted pseudo-Newton method of the paper, eq. (6): the instances of a weight at different times are
/// variables of their own, each with its own second derivative, and μ is adapted on-line. What runs is
/// <see cref="TimeWeightedRule{TForm}"/>.
/// </summary>
public sealed record TimeWeightedPseudoNewton : LearnerDefinition
{
    /// <inheritdoc/>
    public override string Name => "time-weighted-pseudo-newton";

    /// <inheritdoc/>
    public override string Meaning
        => "the steps of a weight at different times divided by curvatures of their own, eq. (6)";

    /// <summary>η.</summary>
    [Setting("learning rate η of the pseudo-Newton methods", "paper, Section V-C", Minimum = 0, AboveMinimum = true,
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
    public override object Shape => (GetType(), Curvature);

    /// <inheritdoc/>
    public override InputError? Mistake => Damping.Mistake;

    /// <inheritdoc/>
    public override string? Refuses(string units) => NeedsSlopes(units);

    /// <inheritdoc/>
    public override Learner<TLane> Create<TLane, TNetwork>(TNetwork network, int bundles, int longest)
        => Curvature == CurvatureChoice.Positive
            ? new GradientLearner<TLane, TNetwork, TimeWeightedRule<PositiveForm>>(network, bundles, longest)
            : new GradientLearner<TLane, TNetwork, TimeWeightedRule<FormWithBend>>(network, bundles, longest);

    /// <inheritdoc/>
    public override void WriteState(Span<double> state) => Damping.WriteState(state);
}
