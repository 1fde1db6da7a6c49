using LatchLab.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace LatchLab.Dynamics;

/// <summary>
/// Newton's method for M^l(a) = a: <c>a ← a + (1 − (M^l)′(a))⁻¹·(M^l(a) − a)</c>. A step is halved as long as it does
/// not reduce the residual.
/// </summary>
internal static class NewtonSolver
{
    private const int MaxSteps = 60;
    private const int MaxHalvings = 12;

    /// <summary>A point and its residual.</summary>
    /// <param name="Point">The last point.</param>
    /// <param name="Residual">‖M^l(a) − a‖ there.</param>
    /// <param name="HasConverged">Whether the residual is within rounding errors.</param>
    public readonly record struct Result(double[] Point, double Residual, bool HasConverged);

    /// <summary>Searches for a solution near a start.</summary>
    public static Result Solve(DynamicalSystem system, ReadOnlySpan<double> start, int period)
    {
        int n = system.Dimension;
        double[] a = start.ToArray(), image = system.Image(a, period);
        double residual = PeriodicOrbit.Distance(image, a);
        for (int step = 0; step < MaxSteps && residual > 0.0; step++)
        {
            if (NewtonStep(system, a, image, period) is not { } correction)
                break;
            double factor = 1.0;
            bool better = false;
            for (int halving = 0; halving < MaxHalvings && !better; halving++)
            {
                double[] next = new double[n];
                for (int i = 0; i < n; i++)
                    next[i] = a[i] + (factor * correction[i]);
                double[] nextImage = system.Image(next, period);
                double nextResidual = PeriodicOrbit.Distance(nextImage, next);
                better = nextResidual < residual;
                if (better)
                    (a, image, residual) = (next, nextImage, nextResidual);
                factor *= 0.5;
            }

            if (!better)
                break;
        }

        // The residual that rounding alone causes: one ulp for each of the n numbers that M sums per component. The
        // state and the Jacobian indicate their magnitude.
        double size = Math.Max(1.0, Math.Max(a.Max(Math.Abs), SquareMatrix.FrobeniusNorm(system.Jacobian(a))));
        return new(a, residual, residual <= 4.0 * n * period * 2.3e-16 * size);
    }

    /// <summary>(1 − (M^l)′)⁻¹·(M^l(a) − a); null where the matrix is singular or not finite.</summary>
    private static double[]? NewtonStep(DynamicalSystem system, double[] a, double[] image, int period)
    {
        int n = a.Length;
        double[] derivative = system.Jacobian(a, period);
        Matrix<double> matrix = Matrix<double>.Build.Dense(
            n, n, (i, j) => (i == j ? 1.0 : 0.0) - derivative[(i * n) + j]);
        Vector<double> difference = Vector<double>.Build.Dense(n, i => image[i] - a[i]);
        double[] correction = [.. matrix.Solve(difference)];
        return correction.All(double.IsFinite) ? correction : null;
    }
}
