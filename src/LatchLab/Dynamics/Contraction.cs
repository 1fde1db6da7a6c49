using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Theorem 3: if |M′| &lt; λ_t &lt; 1 on the ball D_t of radius d around the autonomous orbit and every input is below
/// <c>b_t = (1 − λ_t)·d</c>, then the state stays within d of that orbit. Norms are Euclidean, in activations; λ_t is
/// an enclosure of |M′| over the box around D_t, so never too small.
/// </summary>
/// <param name="Distance">d.</param>
/// <param name="Rate">The largest λ_t.</param>
/// <param name="Noise">The smallest b_t; at most 0 where M does not contract on a ball.</param>
public sealed record Contraction(double Distance, double Rate, double Noise)
{
    private const int Decades = 8, PointsPerDecade = 8, GoldenSteps = 60;
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>For balls of radius d around the points of an orbit.</summary>
    /// <param name="system">The autonomous system.</param>
    /// <param name="orbit">The autonomous orbit ã_t: one point where it rests at a fixed point.</param>
    /// <param name="distance">d &gt; 0.</param>
    /// <exception cref="InputException">d is not positive.</exception>
    public static Contraction Along(DynamicalSystem system, IReadOnlyList<double[]> orbit, double distance)
    {
        if (!(distance > 0.0 && double.IsFinite(distance)))
            throw new InputException("", "d", $"{distance} is no radius of a ball: give a positive number");
        double rate = 0.0;
        foreach (double[] point in orbit)
            rate = Math.Max(rate, RateOn(system, point, distance));
        return new(distance, rate, (1.0 - rate) * distance);
    }

    /// <summary>λ_t and b_t at each time of an orbit.</summary>
    public static IReadOnlyList<Contraction> Every(
        DynamicalSystem system, IReadOnlyList<double[]> orbit, double distance)
        => [.. orbit.Select(point => Along(system, [point], distance))];

    /// <summary>
    /// The d that allows the largest inputs; of noise 0 where M contracts on no ball around one of the points.
    /// </summary>
    public static Contraction Best(DynamicalSystem system, IReadOnlyList<double[]> orbit)
    {
        Contraction best = new(0.0, Along(system, orbit, 1e-9).Rate, 0.0);
        if (best.Rate >= 1.0)
            return best; // a larger ball holds the smallest one
        double factor = Elementary.Exp(new Scalar(Ln10 / PointsPerDecade)).Value, distance = 1e-6;
        for (int i = 0; i <= Decades * PointsPerDecade; i++, distance *= factor)
        {
            Contraction here = Along(system, orbit, distance);
            if (here.Noise > best.Noise)
                best = here;
        }

        return best.Noise > 0.0 ? Refined(system, orbit, best, best.Distance / factor, best.Distance * factor) : best;
    }

    private static double Ln10 { get; } = Elementary.Log(new Scalar(10.0)).Value;

    /// <summary>Golden section between two radii around the best so far.</summary>
    private static Contraction Refined(
        DynamicalSystem system, IReadOnlyList<double[]> orbit, Contraction best, double low, double high)
    {
        for (int step = 0; step < GoldenSteps; step++)
        {
            Contraction left = Along(system, orbit, high - (GoldenRatio * (high - low)));
            Contraction right = Along(system, orbit, low + (GoldenRatio * (high - low)));
            Contraction better = left.Noise > right.Noise ? left : right;
            best = better.Noise > best.Noise ? better : best;
            if (left.Noise > right.Noise)
                high = right.Distance;
            else
                low = left.Distance;
        }

        return best;
    }

    /// <summary>A bound on |M′| over a ball: over the box around it, centre and deviation apart.</summary>
    private static double RateOn(DynamicalSystem system, double[] centre, double distance)
    {
        int n = centre.Length;
        Interval[] derivative = BoxImage.Derivative(system, BoxImage.Around(centre, distance));
        double[] middle = [.. derivative.Select(entry => entry.Midpoint)];
        double[] half = [.. derivative.Select(entry => 0.5 * entry.Width)];
        return n == 1
            ? derivative[0].Magnitude
            : SquareMatrix.Norm(middle, n) + SquareMatrix.Norm(half, n);
    }
}
