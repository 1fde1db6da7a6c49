using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Whether a point lies in the reduced attracting set Γ(X) of an attractor (Definition 4), in any dimension: in its
/// basin, with all eigenvalues of (M^l)′(y) inside the unit circle for every l ≥ 1 (for an attractor of period p, every
/// multiple of p). An orbit that starts there latches robustly (Definition 5).
/// </summary>
/// <param name="Ball">The ball that the orbit enters; null where it converges to no known attractor.</param>
/// <param name="LargestRadius">The largest modulus of an eigenvalue of (M^l)′(y) over the tested l.</param>
/// <param name="TestedPowers">The largest l that was tested.</param>
/// <param name="IsProved">
/// Whether the result holds for every l. It does if, in the ball, (M^l)′ has a norm below 1, which decreases from then
/// on, or if an eigenvalue is not inside the unit circle. Otherwise the result holds up to l =
/// <paramref name="TestedPowers"/>.
/// </param>
public sealed record ReducedSetMembership(
    TrappingBall? Ball, double LargestRadius, int TestedPowers, bool IsProved)
{
    /// <summary>Whether the point lies in Γ.</summary>
    public bool IsMember => Ball is not null && LargestRadius < 1.0;

    /// <summary>Whether the orbit comes to rest at a fixed point that is no attractor.</summary>
    public bool IsAtRest { get; init; }

    /// <summary>Tests a point.</summary>
    /// <param name="system">The system.</param>
    /// <param name="sets">Its attractors.</param>
    /// <param name="point">y, in activations.</param>
    /// <param name="maxSteps">Number of steps after which the point counts as reaching no attractor.</param>
    public static ReducedSetMembership Evaluate(
        DynamicalSystem system, InvariantSets sets, ReadOnlySpan<double> point, int maxSteps = 10_000)
    {
        TrappingBall? ball = sets.FindDestination(point, maxSteps, out int entryStep, out bool isAtRest);
        return Evaluate(system, ball, entryStep, point, maxSteps) with { IsAtRest = isAtRest };
    }

    /// <summary>Tests a point whose orbit is known to enter a ball, or none, after a number of steps.</summary>
    /// <param name="system">The system.</param>
    /// <param name="ball">The ball; null if none.</param>
    /// <param name="entryStep">The number of steps until the orbit entered the ball, or a larger one.</param>
    /// <param name="point">y, in activations.</param>
    /// <param name="maxSteps">The largest l that is tested.</param>
    public static ReducedSetMembership Evaluate(
        DynamicalSystem system, TrappingBall? ball, int entryStep, ReadOnlySpan<double> point, int maxSteps)
    {
        int n = system.Dimension;
        if (ball is null)
            return new(null, double.NaN, entryStep, IsProved: false);
        double[] a = point.ToArray(), product = SquareMatrix.Identity(n);
        double largest = 0.0;
        for (int l = 1; l <= maxSteps; l++)
        {
            product = SquareMatrix.Multiply(system.Jacobian(a), product, n);
            a = system.Image(a);
            if (l % ball.Orbit.Period != 0)
                continue;
            // No eigenvalue exceeds the norm. If the norm does not exceed the largest radius so far, which soon happens
            // near an attractor, the eigenvalues are not computed.
            if (!(SquareMatrix.FrobeniusNorm(product) <= largest)
                && SquareMatrix.SpectralRadius(product, n) is var radius && !(radius <= largest))
                largest = radius;
            if (largest >= 1.0 || (l >= entryStep && ball.NormBound(product) < 1.0))
                return new(ball, largest, l, IsProved: true);
        }

        return new(ball, largest, maxSteps, IsProved: false);
    }
}
