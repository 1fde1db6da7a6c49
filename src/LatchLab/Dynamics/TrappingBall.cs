using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A ball around a point of an attractor that no orbit of M^l leaves and in which all converge to the point: M^l
/// contracts on it (Definition 6, Theorem 2), in a norm made for the point. It is what tells an attractor from a slow
/// passage, and when an orbit may stop.
/// </summary>
/// <remarks>
/// With ρ the spectral radius of P = (M^l)′ and ρ &lt; q &lt; 1, the norm <c>‖v‖² = vᵀ(Σ_k (Pᵏ)ᵀPᵏ/q²ᵏ)v = ‖Lᵀv‖₂²</c>
/// has ‖P‖ ≤ q, however far P is from normal (the Euclidean norm of P may well exceed 1). The ball is as large as
/// (M^l)′, enclosed by interval arithmetic over the box around it, has a norm below 1.
/// </remarks>
public sealed class TrappingBall
{
    private const int MostDoublings = 60;
    private const int MostHalvings = 60;

    private TrappingBall(PeriodicOrbit orbit, int phase, double[] factor, double[] inverse, double radius, double rate)
        => (Orbit, Phase, Factor, Inverse, Radius, Rate) = (orbit, phase, factor, inverse, radius, rate);

    /// <summary>The attractor.</summary>
    public PeriodicOrbit Orbit { get; }

    /// <summary>Which of its points is the centre.</summary>
    public int Phase { get; }

    /// <summary>The centre, in activations.</summary>
    public double[] Centre => Orbit.Points[Phase];

    /// <summary>Lᵀ row by row: ‖v‖ is the Euclidean norm of Lᵀv.</summary>
    public double[] Factor { get; }

    /// <summary>(Lᵀ)⁻¹ row by row.</summary>
    public double[] Inverse { get; }

    /// <summary>Its radius in that norm.</summary>
    public double Radius { get; }

    /// <summary>What M^l multiplies distances by at most, in that norm, within the ball; below 1.</summary>
    public double Rate { get; }

    /// <summary>The balls around the points of a stable orbit; none where none could be found.</summary>
    public static IReadOnlyList<TrappingBall> Around(DynamicalSystem system, PeriodicOrbit orbit)
    {
        if (orbit.Stability != Stability.Stable)
            return [];
        TrappingBall?[] balls = [.. Enumerable.Range(0, orbit.Period).Select(phase => At(system, orbit, phase))];
        return balls.Contains(null) ? [] : [.. balls.Select(ball => ball!)];
    }

    /// <summary>‖a − centre‖ in the norm of the ball.</summary>
    public double Distance(ReadOnlySpan<double> point)
    {
        int n = point.Length;
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            double component = 0.0;
            for (int j = 0; j < n; j++)
                component += Factor[(i * n) + j] * (point[j] - Centre[j]);
            sum += component * component;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Whether a point lies in it.</summary>
    public bool Holds(ReadOnlySpan<double> point) => Distance(point) < Radius;

    /// <summary>A bound on the norm of a matrix, in the norm of the ball.</summary>
    internal double NormOf(double[] matrix)
    {
        int n = Centre.Length;
        return SquareMatrix.FrobeniusNorm(SquareMatrix.Multiply(
            SquareMatrix.Multiply(Factor, matrix, n), Inverse, n));
    }

    private static TrappingBall? At(DynamicalSystem system, PeriodicOrbit orbit, int phase)
    {
        int n = system.Dimension;
        double[] derivative = system.Jacobian(orbit.Points[phase], orbit.Period);
        double q = 0.5 * (1.0 + orbit.SpectralRadius);
        if (Gramian(derivative, q, n) is not { } gramian)
            return null;
        double[] factor = SquareMatrix.Transpose(SquareMatrix.Cholesky(gramian, n), n);
        double[] inverse = SquareMatrix.Inverse(factor, n);
        if (!inverse.All(double.IsFinite))
            return null;

        TrappingBall Ball(double radius, double rate) => new(orbit, phase, factor, inverse, radius, rate);
        double most = 0.5 * (1.0 + q), atCentre = Math.Min(q, Ball(0.0, q).NormOf(derivative));
        double Rate(double radius) => atCentre + Deviation(system, Ball(radius, q), derivative, orbit.Period);
        double good = 1.0;
        for (int halving = 0; !(Rate(good) <= most); halving++)
        {
            if (halving == MostHalvings)
                return null;
            good *= 0.5;
        }

        for (int doubling = 0; doubling < MostDoublings && Rate(2.0 * good) <= most; doubling++)
            good *= 2.0;
        return good > orbit.Error ? Ball(good, Rate(good)) : null;
    }

    /// <summary>Σ_k (Pᵏ)ᵀPᵏ/q²ᵏ, by doubling the number of its terms; null where it does not converge.</summary>
    private static double[]? Gramian(double[] derivative, double q, int n)
    {
        double[] power = [.. derivative.Select(entry => entry / q)], sum = SquareMatrix.Identity(n);
        for (int doubling = 0; doubling < MostDoublings; doubling++)
        {
            double[] more = SquareMatrix.Multiply(
                SquareMatrix.Transpose(power, n), SquareMatrix.Multiply(sum, power, n), n);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += more[i];
            if (SquareMatrix.FrobeniusNorm(more) <= 1e-15 * SquareMatrix.FrobeniusNorm(sum))
                return sum.All(double.IsFinite) ? sum : null;
            power = SquareMatrix.Multiply(power, power, n);
        }

        return null;
    }

    /// <summary>
    /// How much the derivative of M^l over the box around a ball differs at most from that at its centre, in its norm.
    /// </summary>
    private static double Deviation(DynamicalSystem system, TrappingBall ball, double[] derivative, int period)
    {
        int n = system.Dimension;
        var box = new Interval[n];
        for (int i = 0; i < n; i++)
        {
            // max |v_i| where ‖Lᵀv‖ ≤ r is r·‖row i of (Lᵀ)⁻¹‖.
            double half = ball.Radius * SquareMatrix.FrobeniusNorm(ball.Inverse.AsSpan(i * n, n));
            box[i] = new(ball.Centre[i] - half, ball.Centre[i] + half);
        }

        Interval[] enclosure = BoxImage.Derivative(system, box, period);
        var largest = new double[n * n];
        for (int i = 0; i < largest.Length; i++)
        {
            largest[i] = Math.Max(
                Math.Abs(enclosure[i].Lower - derivative[i]), Math.Abs(enclosure[i].Upper - derivative[i]));
        }

        // ‖Lᵀ·Δ·L⁻ᵀ‖ ≤ ‖|Lᵀ|·|Δ|·|L⁻ᵀ|‖.
        double[] Absolute(double[] matrix) => [.. matrix.Select(Math.Abs)];
        double deviation = SquareMatrix.FrobeniusNorm(SquareMatrix.Multiply(
            SquareMatrix.Multiply(Absolute(ball.Factor), largest, n), Absolute(ball.Inverse), n));
        return double.IsNaN(deviation) ? double.PositiveInfinity : deviation;
    }
}
