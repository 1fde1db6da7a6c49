using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// The common part of the pseudo-Newton methods, eqs. (5) and (6) (Becker and LeCun 1988): back-propagation with steps
/// divided by a diagonal approximation of the second derivative plus a damping μ (<see cref="DampedSteps"/>).
/// </summary>
public abstract record PseudoNewtonDefinition : LearnerDefinition
{
    /// <summary>Form of the second derivative.</summary>
    [Setting("form of the curvature; positive omits the term in f″, full includes it and takes the magnitude",
        "decision; paper: guaranteed to be positive", Probe = "full")]
    public CurvatureChoice Curvature { get; init; } = CurvatureChoice.Positive;

    /// <summary>μ and its adaptation.</summary>
    public DampingSettings Damping { get; init; } = new();

    /// <summary>The bound of the steps.</summary>
    public StepBoundSettings Steps { get; init; } = new();

    public sealed override object BatchKey => (GetType(), Curvature);

    public sealed override bool NeedsCurvature => true;

    public sealed override bool SupportsTargetsAtEveryStep => true;

    /// <summary>The diagnostic with the final damping μ.</summary>
    public const string FinalDamping = "damping";

    public sealed override IReadOnlyList<string> DiagnosticNames => [FinalDamping];

    public sealed override IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(int sequences)
        => Damping.Validate();

    public sealed override string? UnsupportedReason(string units) => ReasonIfNotDifferentiable(units);

    public sealed override void WriteInitialState(Span<double> state)
    {
        Steps.WriteInitialState(state);
        Damping.WriteInitialState(state);
    }
}

/// <summary>Forms of the curvature that a user can choose.</summary>
public enum CurvatureChoice
{
    /// <summary>Without the term in f″: never negative.</summary>
    Positive,

    /// <summary>With the term in f″; the magnitude is used.</summary>
    Full,
}
