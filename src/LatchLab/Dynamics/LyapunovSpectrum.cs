using LatchLab.Foundation;

namespace LatchLab.Dynamics;

/// <summary>Over how many steps Lyapunov exponents are computed, and how many of them.</summary>
public sealed record LyapunovOptions
{
    /// <summary>Stands for all exponents of a map.</summary>
    public const int All = int.MaxValue;

    /// <summary>Steps that are averaged over.</summary>
    [Setting("steps that Lyapunov exponents are averaged over", "decision", Minimum = LyapunovExponents.Batches)]
    public int Steps { get; init; } = 10_000;

    /// <summary>Steps before that, in which the orbit comes to its attractor and the vectors turn to theirs.</summary>
    [Setting("steps before, in which the orbit comes to its attractor", "decision", Minimum = 0)]
    public int Transient { get; init; } = 1_000;

    /// <summary>How many exponents, the largest first; more than there are stands for all.</summary>
    [Setting("how many exponents, the largest first", "decision", Minimum = 1)]
    public int Exponents { get; init; } = 1;

    /// <summary>
    /// Most steps between two orthogonalisations; how many there are follows from how fast the tangent vectors lean
    /// together. 1: after every step.
    /// </summary>
    [Setting("most steps between two orthogonalisations of tangent vectors", "decision", Minimum = 1)]
    public int LongestBlock { get; init; } = 64;
}

/// <summary>How the computation of Lyapunov exponents ended.</summary>
public enum LyapunovStatus
{
    /// <summary>All exponents are finite.</summary>
    Finite,

    /// <summary>
    /// Some are −∞: a Jacobian is singular (as computed: the slope of a saturated unit is 0 once its output rounds to
    /// ±1), or a direction shrank in one step to what rounding errors are.
    /// </summary>
    Collapsed,

    /// <summary>The orbit left every bound, or a Jacobian is not finite: there are no exponents.</summary>
    Divergent,
}

/// <summary>A Lyapunov exponent in natural logarithms per step, with its 95 % interval; all three may be −∞.</summary>
/// <param name="Value">The mean of the batches, which differ by a step at most.</param>
/// <param name="Lower">
/// The interval, from the means of <see cref="LyapunovExponents.Batches"/> batches of steps: honest if a batch is long
/// against the time in which the orbit forgets. Where every batch is alike it has no width but that of rounding.
/// </param>
/// <param name="Upper">Its other end.</param>
public readonly record struct LyapunovExponent(double Value, double Lower, double Upper);

/// <summary>Lyapunov exponents of an orbit or of a product of matrices.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Exponents">The largest first; none if divergent.</param>
/// <param name="Sum">
/// Of those computed; if these are all, the mean of ln |det J|. −∞ if one of them is, NaN if divergent.
/// </param>
/// <param name="Steps">Steps made, those of the transient among them: fewer than asked for if divergent.</param>
/// <param name="Orthogonalizations">How often the tangent vectors were made orthonormal.</param>
public sealed record LyapunovSpectrum(
    LyapunovStatus Status,
    IReadOnlyList<LyapunovExponent> Exponents,
    double Sum,
    long Steps,
    long Orthogonalizations);
