using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// A bound on the growth of a displacement from a periodic orbit at a kink, for the sides that can follow each other:
/// from a &gt; 0, −2·max(0, a) is negative, and the next derivative is 0, although that of the first step is −2.
/// </summary>
internal static class KinkGrowth
{
    private const int MaxPowers = 4;

    // of the growth, for more periods: more than the rounding of the products
    private const double LeastImprovement = 1e-9;

    /// <summary>Bounds the growth over as many periods as give the smallest per period.</summary>
    /// <param name="system">The system.</param>
    /// <param name="point">A point of the orbit.</param>
    /// <param name="period">l.</param>
    /// <returns>
    /// Bounds on the entries of M′ in each step of these periods, and the growth per period, the root of the norm of
    /// their product.
    /// </returns>
    public static (IReadOnlyList<double[]> Bounds, double PerPeriod) Bound(
        DynamicalSystem system, double[] point, int period)
    {
        IReadOnlyList<double[]> all = BoxEnclosure.BoundJacobians(
            system, BoxEnclosure.Around(point, double.Epsilon), MaxPowers * period);
        (IReadOnlyList<double[]> Bounds, double PerPeriod) best = ([], double.NaN);
        for (int power = 1; power <= MaxPowers; power++)
        {
            IReadOnlyList<double[]> bounds = [.. all.Take(power * period)];
            double norm = SquareMatrix.SpectralNorm(
                PeriodicOrbit.MultiplyAlongOrbit(bounds, system.Dimension), system.Dimension);
            double growth = power == 1 ? norm : Elementary.Exp(Elementary.Log(norm) / power);
            if (power == 1 || growth < best.PerPeriod * (1.0 - LeastImprovement))
                best = (bounds, growth);
        }

        return best;
    }
}
