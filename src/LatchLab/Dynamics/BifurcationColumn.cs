namespace LatchLab.Dynamics;

/// <summary>What an autonomous system does in the long run.</summary>
public enum BranchKind
{
    /// <summary>A stable fixed point or periodic orbit.</summary>
    Periodic,

    /// <summary>A quasi-periodic motion.</summary>
    QuasiPeriodic,

    /// <summary>A chaotic motion.</summary>
    Chaotic,

    /// <summary>An orbit that reached no attractor and whose motion is undecided, for example a slow one.</summary>
    Undecided,

    /// <summary>
    /// A fixed point whose stability is not decided: its eigenvalues are closer to the unit circle than their error,
    /// from rounding or from a kink of the map, or no ball on which the map contracts was found.
    /// </summary>
    MarginalFixedPoint,

    /// <summary>An unstable fixed point.</summary>
    UnstableFixedPoint,
}

/// <summary>An attractor, an undecided orbit or another fixed point at one value of the parameter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Period">Its period; 0 if it has none.</param>
/// <param name="Exponent">
/// The largest Lyapunov exponent per step, in natural logarithms: (1/l) ln ρ((M^l)′) for a periodic orbit, otherwise a
/// mean over the orbit; −∞ where a derivative is 0, NaN where the error of ρ is not below ρ. At a kink a bound, that of
/// the slowest side, if the point is stable, and otherwise NaN.
/// </param>
/// <param name="Outputs">
/// [unit][t]: the outputs of the chosen units at each point of a periodic orbit, or along the orbit.
/// </param>
public sealed record Branch(BranchKind Kind, int Period, double Exponent, IReadOnlyList<double[]> Outputs)
{
    /// <summary>Whether it is an attractor.</summary>
    public bool IsAttractor => Kind is BranchKind.Periodic or BranchKind.QuasiPeriodic or BranchKind.Chaotic;

    /// <summary>The error of the exponent of an orbit without a period: <see cref="LongTermMotion.Error"/>.</summary>
    public double ExponentError { get; init; }

    /// <summary>Whether it is a fixed point or orbit at a kink (<see cref="PeriodicOrbit.HasKink"/>).</summary>
    public bool IsAtKink { get; init; }

    /// <summary>Whether the exponent is a bound, because the attractor is at a kink.</summary>
    public bool ExponentIsBound => IsAtKink && IsAttractor;

    /// <summary>
    /// The number of a periodic attractor or marginal fixed point, from 0: the same at neighbouring values if Newton's
    /// method leads from one to the other; null for other branches, such as a marginal fixed point at which only an
    /// orbit came to rest.
    /// </summary>
    public int? Number { get; init; }
}

/// <summary>What was found at one value of the parameter.</summary>
/// <param name="Value">The value.</param>
/// <param name="Branches">Attractors first; empty if every orbit diverged.</param>
/// <param name="DivergentOrbits">Number of orbits that diverged.</param>
/// <param name="FixedPointIndices">What the indices of the fixed points say about their completeness.</param>
public sealed record BifurcationColumn(
    double Value, IReadOnlyList<Branch> Branches, int DivergentOrbits, IndexVerdict FixedPointIndices);
