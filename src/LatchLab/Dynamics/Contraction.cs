using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Theorem 3: if |M′| &lt; λ_t &lt; 1 on the ball D_t of radius d around the autonomous orbit and every input is below
/// <c>b_t = (1 − λ_t)·d</c>, then the state stays within d of that orbit. Norms are Euclidean, in activations. λ_t is
/// an upper bound: it encloses |M′| over the box around D_t.
/// </summary>
/// <param name="Radius">d.</param>
/// <param name="Rate">The largest λ_t.</param>
/// <param name="NoiseBound">The smallest b_t; at most 0 where M does not contract on a ball.</param>
public sealed record Contraction(double Radius, double Rate, double NoiseBound)
{
    private const int Decades = 8, PointsPerDecade = 8, GoldenSteps = 60;
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>Computes the contraction on balls of radius d around the points of an orbit.</summary>
    /// <param name="system">The autonomous system.</param>
    /// <param name="orbit">The autonomous orbit ã_t; one point if it is a fixed point.</param>
    /// <param name="radius">d &gt; 0.</param>
    /// <exception cref="ValidationException">d is not positive.</exception>
    public static Contraction ForOrbit(DynamicalSystem system, IReadOnlyList<double[]> orbit, double radius)
    {
        if (!(radius > 0.0 && double.IsFinite(radius)))
            throw new ValidationException("", "d", $"{radius} is not a valid radius of a ball: give a positive number");
        double rate = 0.0;
        foreach (double[] point in orbit)
            rate = Math.Max(rate, RateBound(system, BoxEnclosure.Around(point, radius)));
        return new(radius, rate, (1.0 - rate) * radius);
    }

    /// <summary>λ_t and b_t at each time of an orbit.</summary>
    public static IReadOnlyList<Contraction> ForEachPoint(
        DynamicalSystem system, IReadOnlyList<double[]> orbit, double radius)
        => [.. orbit.Select(point => ForOrbit(system, [point], radius))];

    /// <summary>
    /// The contraction on balls of every radius, if |M′| is provably below 1 everywhere: (1 − λ)·d then has no largest
    /// value, and the state stays within b/(1 − λ) of the orbit for inputs below any b. Null otherwise.
    /// </summary>
    public static Contraction? FindEverywhere(DynamicalSystem system)
    {
        double rate = RateBound(system, [.. Enumerable.Repeat(Interval.Entire, system.Dimension)]);
        return rate < 1.0 ? new(double.PositiveInfinity, rate, double.PositiveInfinity) : null;
    }

    /// <summary>
    /// Finds the d that allows the largest inputs. The noise bound is 0 if there is a point around which M contracts on
    /// no ball. Where |M′| is below 1 everywhere, it is the one for the largest d that is tested.
    /// </summary>
    public static Contraction FindLargestNoise(DynamicalSystem system, IReadOnlyList<double[]> orbit)
    {
        Contraction best = new(0.0, ForOrbit(system, orbit, 1e-9).Rate, 0.0);
        if (best.Rate >= 1.0)
            return best; // a larger ball contains the smallest one
        double factor = Elementary.Exp(Elementary.Ln10 / PointsPerDecade), radius = 1e-6;
        bool hasBound = FindEverywhere(system) is null, grows = true;
        for (int i = 0; i <= Decades * PointsPerDecade || (hasBound && grows && double.IsFinite(radius));
            i++, radius *= factor)
        {
            Contraction here = ForOrbit(system, orbit, radius);
            grows = here.NoiseBound > best.NoiseBound;
            if (grows)
                best = here;
        }

        return best.NoiseBound > 0.0
            ? RefineByGoldenSection(system, orbit, best, best.Radius / factor, best.Radius * factor) : best;
    }

    /// <summary>Golden-section search between two radii around the best so far.</summary>
    private static Contraction RefineByGoldenSection(
        DynamicalSystem system, IReadOnlyList<double[]> orbit, Contraction best, double low, double high)
    {
        for (int step = 0; step < GoldenSteps; step++)
        {
            Contraction left = ForOrbit(system, orbit, high - (GoldenRatio * (high - low)));
            Contraction right = ForOrbit(system, orbit, low + (GoldenRatio * (high - low)));
            Contraction better = left.NoiseBound > right.NoiseBound ? left : right;
            best = better.NoiseBound > best.NoiseBound ? better : best;
            if (left.NoiseBound > right.NoiseBound)
                high = right.Radius;
            else
                low = left.Radius;
        }

        return best;
    }

    /// <summary>
    /// A bound on |M′| over a box, for example the one around a ball: the norm at the centre plus that of the
    /// deviation.
    /// </summary>
    private static double RateBound(DynamicalSystem system, Interval[] box)
    {
        int n = box.Length;
        Interval[] derivative = system.Jacobian(box);
        double[] middle = [.. derivative.Select(entry => entry.Midpoint)];
        double[] half = [.. derivative.Select(entry => 0.5 * entry.Width)];
        return n == 1
            ? derivative[0].Magnitude
            : SquareMatrix.SpectralNorm(middle, n) + SquareMatrix.SpectralNorm(half, n);
    }
}
