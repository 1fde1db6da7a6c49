using System.Numerics;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>What the sum of the indices says about the completeness of the points that were found.</summary>
public enum IndexVerdict
{
    /// <summary>The map has no bounded range, so no rule gives the sum.</summary>
    NotApplicable,

    /// <summary>The sum is 1. Points whose indices add to 0 may still be missing.</summary>
    ConsistentWithComplete,

    /// <summary>The sum is not 1, so points are missing.</summary>
    Incomplete,

    /// <summary>A point is degenerate: its index is not known.</summary>
    Undecided,

    /// <summary>One variable and l = 1: interval arithmetic proves that there are no other points.</summary>
    ProvedComplete,
}

/// <summary>
/// The sum of the indices <c>sign det(1 − (M^l)′(a))</c> over the points a = M^l(a) that were found: those of all
/// orbits whose period divides l. A continuous map of a box into its interior has the sum 1 if every point is counted
/// and none is degenerate (Brouwer degree; Lefschetz number of a convex set).
/// </summary>
/// <param name="Period">l.</param>
/// <param name="Points">Number of points.</param>
/// <param name="Sum">The sum over the points that are not degenerate.</param>
/// <param name="Degenerate">Number of points with an eigenvalue of (M^l)′ closer to 1 than its error.</param>
/// <param name="Verdict">What the sum says.</param>
public sealed record IndexSum(int Period, int Points, int Sum, int Degenerate, IndexVerdict Verdict)
{
    /// <summary>
    /// The smallest number of points that are missing: each that is not degenerate changes the sum by 1 or −1. 0 unless
    /// the verdict is <see cref="IndexVerdict.Incomplete"/>.
    /// </summary>
    public int Missing => Verdict == IndexVerdict.Incomplete ? Math.Abs(1 - Sum) : 0;

    /// <summary>Computes the sum for a period.</summary>
    /// <param name="system">The system.</param>
    /// <param name="sets">Its fixed points and periodic orbits.</param>
    /// <param name="period">l ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">l is below 1.</exception>
    public static IndexSum Compute(DynamicalSystem system, InvariantSets sets, int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        return Compute(
            system, sets.FixedPoints,
            sets.Attractors.Where(attractor => attractor.Period > 1).Concat(sets.OtherPeriodicOrbits), period);
    }

    /// <summary>Computes the sum of the indices of fixed points, l = 1.</summary>
    /// <param name="system">The system.</param>
    /// <param name="points">Its fixed points.</param>
    public static IndexSum Compute(DynamicalSystem system, FixedPoints points) => Compute(system, points, [], 1);

    private static IndexSum Compute(
        DynamicalSystem system, FixedPoints fixedPoints, IEnumerable<PeriodicOrbit> longerOrbits, int period)
    {
        int points = 0, sum = 0, degenerate = 0;
        foreach (PeriodicOrbit orbit in fixedPoints.Orbits.Concat(longerOrbits))
        {
            if (period % orbit.Period != 0)
                continue;
            int index = Index(orbit, period / orbit.Period);
            points += orbit.Period;
            sum += orbit.Period * index;
            degenerate += index == 0 ? orbit.Period : 0;
        }

        bool isBounded = system.Range().All(side => double.IsFinite(side.Width));
        return new(
            period, points, sum, degenerate,
            period == 1 && fixedPoints.IsComplete ? IndexVerdict.ProvedComplete
                : !isBounded ? IndexVerdict.NotApplicable
                : degenerate > 0 ? IndexVerdict.Undecided
                : sum == 1 ? IndexVerdict.ConsistentWithComplete
                : IndexVerdict.Incomplete);
    }

    /// <summary>
    /// sign det(1 − Pᵏ) of P = (M^l)′, l the period: −1 for an odd number of real eigenvalues above 1, because pairs of
    /// complex eigenvalues contribute |1 − λᵏ|² &gt; 0. 0 where an eigenvalue is closer to 1 than its error.
    /// </summary>
    /// <param name="orbit">A fixed point or periodic orbit.</param>
    /// <param name="power">k ≥ 1.</param>
    public static int Index(PeriodicOrbit orbit, int power)
    {
        int sign = 1;
        foreach (Complex eigenvalue in orbit.Eigenvalues)
        {
            Complex value = Complex.One;
            double modulus = SquareMatrix.Modulus(eigenvalue), magnitude = 1.0, largest = 1.0;
            for (int i = 0; i < power; i++)
            {
                value *= eigenvalue;
                magnitude *= modulus;
                largest *= modulus + orbit.EigenvalueError;
            }

            if (!(SquareMatrix.Modulus(value - 1.0) > largest - magnitude))
                return 0;
            if (eigenvalue.Imaginary == 0.0 && value.Real > 1.0)
                sign = -sign;
        }

        return sign;
    }
}
