using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A ball around a point of an attractor that no orbit of M^l leaves and in which all converge to the point: M^l
/// contracts on it (Definition 6, Theorem 2), in a norm that is adapted to the point. It distinguishes an attractor
/// from a slow passage, and it determines when an orbit may stop.
/// </summary>
/// <remarks>
/// Each point a_t of the orbit has a norm <c>‖v‖_t² = vᵀG_t·v = ‖L_tᵀv‖₂²</c> with <c>G_t = 1 + J_tᵀG_{t+1}J_t/q²</c>,
/// J_t = M′(a_t) and q^l between the spectral radius of (M^l)′ and 1. From the norm of a point to that of the next, one
/// step then multiplies by at most q, even if J_t is far from normal (its Euclidean norm may exceed 1). The
/// common radius of the balls is the largest power of 2 found for which each step contracts; M′ is enclosed by interval
/// arithmetic over the boxes around the balls. At a kink, where no J_t describes all sides, the norm is Euclidean, and
/// if no single step contracts, several periods together may.
/// </remarks>
public sealed class TrappingBall
{
    private const int MaxDoublings = 60;
    private const int MaxHalvings = 60;

    private TrappingBall(PeriodicOrbit orbit, int phase, double[] factor, double[] inverse, double radius, double rate)
        => (Orbit, Phase, Factor, InverseFactor, Radius, ContractionRate, TransientGrowth)
            = (orbit, phase, factor, inverse, radius, rate, 1.0);

    /// <summary>The attractor.</summary>
    public PeriodicOrbit Orbit { get; }

    /// <summary>Index of the point of the orbit that is the centre.</summary>
    public int Phase { get; }

    /// <summary>The centre, in activations.</summary>
    public double[] Center => Orbit.Points[Phase];

    /// <summary>Lᵀ row by row: ‖v‖ is the Euclidean norm of Lᵀv.</summary>
    public double[] Factor { get; }

    /// <summary>(Lᵀ)⁻¹ row by row.</summary>
    public double[] InverseFactor { get; }

    /// <summary>Radius in that norm.</summary>
    public double Radius { get; }

    /// <summary>
    /// The maximum factor by which M^l multiplies distances in that norm, within the ball, below 1; that of several
    /// periods if <see cref="TransientGrowth"/> is above 1.
    /// </summary>
    public double ContractionRate { get; }

    /// <summary>
    /// The maximum factor by which any number of steps multiplies distances in that norm, from the ball: 1, or at a
    /// kink of which only several periods contract, that of the steps between.
    /// </summary>
    public double TransientGrowth { get; private init; }

    /// <summary>Finds the balls around the points of a stable orbit; empty if none is found.</summary>
    public static IReadOnlyList<TrappingBall> FindAround(DynamicalSystem system, PeriodicOrbit orbit)
    {
        if (orbit.Stability != Stability.Stable)
            return [];
        double q = AdaptedNorms.ChooseRate(orbit);
        IReadOnlyList<TrappingBall> balls = AdaptedNorms.Compute(orbit, q, system.Dimension) is { } norms
            ? FindRadius(system, orbit, q, norms) : [];
        if (balls.Count == 0 && orbit.HasKink)
            balls = FindEuclideanRadius(system, orbit);
        return balls.Count == 0 && orbit.HasKink ? FindRadiusOfPower(system, orbit) : balls;
    }

    /// <summary>‖a − centre‖ in the norm of the ball.</summary>
    public double Distance(ReadOnlySpan<double> point)
    {
        double[] centre = Center, factor = Factor;
        int n = centre.Length;
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            double component = 0.0;
            for (int j = 0; j < n; j++)
                component += factor[(i * n) + j] * (point[j] - centre[j]);
            sum += component * component;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Whether a point lies in the ball.</summary>
    public bool Contains(ReadOnlySpan<double> point) => !IsFar(point) && Distance(point) < Radius;

    /// <summary>
    /// Whether the Euclidean distance alone shows that a point is outside. It is at most the distance in the norm of
    /// the ball, as G ≥ 1. Most points are far outside, and this test takes at most n operations instead of n². The
    /// factor 2 allows for rounding.
    /// </summary>
    private bool IsFar(ReadOnlySpan<double> point)
    {
        double[] centre = Center;
        double far = 2.0 * Radius * Radius, sum = 0.0;
        for (int i = 0; i < centre.Length && sum <= far; i++)
            sum += (point[i] - centre[i]) * (point[i] - centre[i]);
        return sum > far;
    }

    /// <summary>
    /// A bound on the norm of a matrix, in the norm of the ball, and on that of its products with all later steps.
    /// </summary>
    internal double NormBound(double[] matrix)
        => TransientGrowth * SquareMatrix.FrobeniusNorm(ChangeBasis(Factor, matrix, InverseFactor));

    private static IReadOnlyList<TrappingBall> FindRadius(
        DynamicalSystem system, PeriodicOrbit orbit, double q, double[][] norms)
    {
        int n = system.Dimension;
        double[][] inverses = [.. norms.Select(norm => SquareMatrix.Inverse(norm, n))];
        if (!inverses.All(inverse => inverse.All(double.IsFinite)))
            return [];
        int Next(int t) => (t + 1) % orbit.Period;
        double[] ratesAtCenter = [.. norms.Select((_, t)
            => SquareMatrix.SpectralNorm(ChangeBasis(norms[Next(t)], orbit.Jacobians[t], inverses[t]), n))];
        double[] Rates(double radius)
            => [.. ratesAtCenter.Select((rate, t)
                => rate + JacobianDeviation(system, orbit, t, norms[Next(t)], inverses[t], radius))];
        return FindRadius(system, orbit, norms, inverses, Rates, maxRate: 0.5 * (1.0 + q));
    }

    private static IReadOnlyList<TrappingBall> FindEuclideanRadius(DynamicalSystem system, PeriodicOrbit orbit)
    {
        double[][] norms = [.. orbit.Points.Select(_ => SquareMatrix.Identity(system.Dimension))];
        double[] Rates(double radius)
            => [.. orbit.Points.Select(point => PeriodicOrbit.BoundNorm(system, point, radius))];
        double rateAtCenter = Rates(double.Epsilon).Max();
        return rateAtCenter < 1.0
            ? FindRadius(system, orbit, norms, norms, Rates, maxRate: 0.5 * (1.0 + rateAtCenter)) : [];
    }

    /// <summary>
    /// Finds balls in which several periods contract although a single step does not, by the sides of the kink that can
    /// follow each other: M^l need not map them into themselves, but its power does, and all orbits in them converge.
    /// </summary>
    private static IReadOnlyList<TrappingBall> FindRadiusOfPower(DynamicalSystem system, PeriodicOrbit orbit)
    {
        int n = system.Dimension, steps = orbit.KinkBounds.Count;
        double[] identity = SquareMatrix.Identity(n);
        double[] ComputeGrowth(double[] point, double radius) // [t]: of the first t steps
        {
            double[] product = identity;
            return
            [
                1.0, .. BoxEnclosure.BoundJacobians(system, BoxEnclosure.Around(point, radius), steps).Select(bound =>
                    SquareMatrix.SpectralNorm(product = SquareMatrix.Multiply(bound, product, n), n)),
            ];
        }

        double ComputeRate(double radius) => orbit.Points.Max(point => ComputeGrowth(point, radius)[^1]);
        double maxRate = 0.5 * (1.0 + ComputeRate(double.Epsilon));
        if (!(maxRate < 1.0) || FindLargestRadius(radius => ComputeRate(radius) <= maxRate) is not { } radius)
            return [];
        double defect = orbit.Points.Max(point =>
        {
            Interval[] image = [.. point.Select(Interval.From)];
            for (int t = 0; t < steps; t++)
                image = system.Image(image);
            return SquareMatrix.FrobeniusNorm(
                [.. image.Zip(point, (side, value) => (side - Interval.From(value)).Magnitude)]);
        });
        double growth = orbit.Points.Max(point => ComputeGrowth(point, radius).Max());
        return defect < (1.0 - maxRate) * radius
            ? [.. orbit.Points.Select((_, t) => new TrappingBall(orbit, t, identity, identity, radius, maxRate)
                { TransientGrowth = growth })]
            : [];
    }

    /// <summary>The largest power of 2 found that is a valid radius; null if none is.</summary>
    private static double? FindLargestRadius(Func<double, bool> contracts)
    {
        double radius = 1.0;
        for (int halving = 0; !contracts(radius); halving++)
        {
            if (halving == MaxHalvings)
                return null;
            radius *= 0.5;
        }

        for (int doubling = 0; doubling < MaxDoublings && contracts(2.0 * radius); doubling++)
            radius *= 2.0;
        return radius;
    }

    /// <summary>Finds the radius and creates the balls.</summary>
    /// <param name="system">The system.</param>
    /// <param name="orbit">The orbit.</param>
    /// <param name="norms">L_tᵀ for each point.</param>
    /// <param name="inverses">(L_tᵀ)⁻¹ for each point.</param>
    /// <param name="rates">The factors of the steps from the balls of a radius.</param>
    /// <param name="maxRate">The largest factor that counts as contracting, below 1.</param>
    private static IReadOnlyList<TrappingBall> FindRadius(
        DynamicalSystem system, PeriodicOrbit orbit, double[][] norms, double[][] inverses,
        Func<double, double[]> rates, double maxRate)
    {
        if (FindLargestRadius(radius => rates(radius).All(rate => rate <= maxRate)) is not { } acceptedRadius)
            return [];

        // The image of a centre misses the next one by this error: the ball must still map into the next ball, and an
        // orbit of M^l then exists in it, by the contraction principle.
        double defect = orbit.Points.Select((_, t) => StepDefect(system, orbit, t, norms)).Max();
        double periodRate = rates(acceptedRadius).Aggregate(1.0, (product, rate) => product * rate);
        return defect < (1.0 - maxRate) * acceptedRadius
            ? [.. norms.Select((norm, t) => new TrappingBall(orbit, t, norm, inverses[t], acceptedRadius, periodRate))]
            : [];
    }

    /// <summary>
    /// A bound on the distance of the exact image of a point from the next point, in the norm of that:
    /// ‖Lᵀ·v‖ ≤ ‖|Lᵀ|·|v|‖.
    /// </summary>
    private static double StepDefect(DynamicalSystem system, PeriodicOrbit orbit, int phase, double[][] norms)
    {
        int next = (phase + 1) % orbit.Period, n = orbit.Points[next].Length;
        Interval[] image = system.Image([.. orbit.Points[phase].Select(Interval.From)]);
        double[] defect = [.. image.Zip(orbit.Points[next], (side, value) => (side - Interval.From(value)).Magnitude)];
        double ComponentBound(int i) => defect.Select((d, j) => Math.Abs(norms[next][(i * n) + j]) * d).Sum();
        return SquareMatrix.FrobeniusNorm([.. Enumerable.Range(0, n).Select(ComponentBound)]);
    }

    /// <summary>
    /// The maximum deviation of the Jacobian of a step, over the box around a ball, from that at its centre, from the
    /// norm of its point to that of the next: ‖Lᵀ·Δ·L⁻ᵀ‖ ≤ ‖|Lᵀ|·|Δ|·|L⁻ᵀ|‖.
    /// </summary>
    private static double JacobianDeviation(
        DynamicalSystem system, PeriodicOrbit orbit, int phase, double[] next, double[] inverse, double radius)
    {
        double[] centre = orbit.Points[phase];
        var box = new Interval[centre.Length];
        for (int i = 0; i < box.Length; i++)
        {
            // max |v_i| where ‖Lᵀv‖ ≤ r is r·‖row i of (Lᵀ)⁻¹‖.
            double half = radius * SquareMatrix.FrobeniusNorm(inverse.AsSpan(i * box.Length, box.Length));
            box[i] = Interval.From(centre[i]) + new Interval(-half, half);
        }

        double[] Absolute(double[] matrix) => [.. matrix.Select(Math.Abs)];
        double deviation = SquareMatrix.FrobeniusNorm(ChangeBasis(
            Absolute(next), BoxEnclosure.JacobianDeviation(system, box, orbit.Jacobians[phase]), Absolute(inverse)));
        return double.IsNaN(deviation) ? double.PositiveInfinity : deviation;
    }

    /// <summary>Transforms a matrix between the coordinates in which two norms are Euclidean.</summary>
    private static double[] ChangeBasis(double[] basis, double[] matrix, double[] inverse)
    {
        int n = (int)Math.Sqrt(matrix.Length);
        return SquareMatrix.Multiply(SquareMatrix.Multiply(basis, matrix, n), inverse, n);
    }
}
