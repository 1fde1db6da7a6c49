using LatchLab.Foundation;

namespace LatchLab.Dynamics;

/// <summary>Options of the computation of Lyapunov exponents.</summary>
public sealed record LyapunovOptions
{
    /// <summary>Means all exponents of a map.</summary>
    public const int All = int.MaxValue;

    /// <summary>Number of steps that are averaged over.</summary>
    [Setting("steps that Lyapunov exponents are averaged over", "decision", Minimum = LyapunovExponents.Batches,
        Probe = "5000")]
    public int Steps { get; init; } = 10_000;

    /// <summary>
    /// Number of steps before averaging, in which the orbit approaches its attractor and the vectors align.
    /// </summary>
    [Setting("steps before averaging, in which the orbit approaches its attractor", "decision", Minimum = 0,
        Probe = "500")]
    public int Transient { get; init; } = 1_000;

    /// <summary>Number of exponents, the largest first; a number above n means all.</summary>
    [Setting("number of exponents, the largest first", "decision", Minimum = 1, Probe = "2")]
    public int Exponents { get; init; } = 1;

    /// <summary>
    /// Maximum number of steps between two orthogonalisations. The actual number depends on how fast the tangent
    /// vectors align. 1: after every step.
    /// </summary>
    [Setting("maximum number of steps between two orthogonalisations of tangent vectors", "decision", Minimum = 1,
        Probe = "1")]
    public int LongestBlock { get; init; } = 64;
}

/// <summary>How the computation of Lyapunov exponents ended.</summary>
public enum LyapunovStatus
{
    /// <summary>All exponents are finite.</summary>
    Finite,

    /// <summary>
    /// Some are −∞: a Jacobian is singular (in floating point, the derivative of a saturated unit is 0 once its output
    /// rounds to ±1), or a direction shrank in one step to the size of rounding errors.
    /// </summary>
    Collapsed,

    /// <summary>The orbit diverged, or a Jacobian is not finite: there are no exponents.</summary>
    Divergent,
}

/// <summary>A Lyapunov exponent in natural logarithms per step, with its 95 % interval; all three may be −∞.</summary>
/// <param name="Value">The mean of the batches, whose lengths differ by at most one step.</param>
/// <param name="Lower">
/// Lower end of the interval, from the means of <see cref="LyapunovExponents.Batches"/> batches of steps. It is valid
/// if a batch is long compared with the correlation time of the orbit. If all batches are equal, its width is that of
/// rounding errors.
/// </param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct LyapunovExponent(double Value, double Lower, double Upper);

/// <summary>Lyapunov exponents of an orbit or of a product of matrices.</summary>
/// <param name="Status">How the computation ended.</param>
/// <param name="Exponents">The largest first; empty if divergent.</param>
/// <param name="Sum">
/// Sum of the computed exponents; if these are all, the mean of ln |det J|. −∞ if one of them is, NaN if divergent.
/// </param>
/// <param name="Steps">Number of steps taken, including the transient: fewer than requested if divergent.</param>
/// <param name="Orthogonalizations">Number of orthogonalisations of the tangent vectors.</param>
public sealed record LyapunovSpectrum(
    LyapunovStatus Status,
    IReadOnlyList<LyapunovExponent> Exponents,
    double Sum,
    long Steps,
    long Orthogonalizations);
