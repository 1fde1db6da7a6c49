using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The norms <c>‖v‖_t² = vᵀG_t·v = ‖L_tᵀv‖₂²</c> of the points of a stable periodic orbit in which every step contracts
/// at the points: <c>G_t = 1 + J_tᵀG_{t+1}J_t/q²</c>, J_t = M′(a_t). See <see cref="TrappingBall"/>.
/// </summary>
internal static class AdaptedNorms
{
    private const int MaxDoublings = 60;

    /// <summary>q: between the spectral radius per step and 1.</summary>
    public static double ChooseRate(PeriodicOrbit orbit) => 0.5 * (1.0 + NthRoot(orbit.SpectralRadius, orbit.Period));

    /// <summary>L_tᵀ for each point of the orbit; null if, with rounding, a G_t is not positive definite.</summary>
    public static double[][]? Compute(PeriodicOrbit orbit, double q, int n)
    {
        // G_0 sums the terms of one period over all powers of P = (M^l)′/q^l; the others follow backwards.
        double[] power = SquareMatrix.Identity(n), period = new double[n * n];
        foreach (double[] derivative in orbit.Jacobians)
        {
            AddInPlace(period, SquareMatrix.Multiply(SquareMatrix.Transpose(power, n), power, n));
            power = [.. SquareMatrix.Multiply(derivative, power, n).Select(entry => entry / q)];
        }

        if (Gramian(power, period, n) is not { } gramian)
            return null;
        var norms = new double[orbit.Period][];
        for (int t = orbit.Period; t > 0; t--)
        {
            if (t < orbit.Period)
            {
                double[] step = [.. orbit.Jacobians[t].Select(entry => entry / q)];
                gramian = SquareMatrix.Multiply(
                    SquareMatrix.Transpose(step, n), SquareMatrix.Multiply(gramian, step, n), n);
                AddInPlace(gramian, SquareMatrix.Identity(n));
            }

            if (SquareMatrix.Cholesky(gramian, n) is not { } factor)
                return null;
            norms[t % orbit.Period] = SquareMatrix.Transpose(factor, n);
        }

        return norms;
    }

    /// <summary>Σ_k (Pᵏ)ᵀS·Pᵏ, by doubling the number of its terms; null where it does not converge.</summary>
    private static double[]? Gramian(double[] power, double[] sum, int n)
    {
        for (int doubling = 0; doubling < MaxDoublings; doubling++)
        {
            double[] addend = SquareMatrix.Multiply(
                SquareMatrix.Transpose(power, n), SquareMatrix.Multiply(sum, power, n), n);
            AddInPlace(sum, addend);
            if (SquareMatrix.FrobeniusNorm(addend) <= 1e-15 * SquareMatrix.FrobeniusNorm(sum))
                return sum.All(double.IsFinite) ? sum : null;
            power = SquareMatrix.Multiply(power, power, n);
        }

        return null;
    }

    private static void AddInPlace(double[] sum, double[] addend)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += addend[i];
    }

    private static double NthRoot(double number, int degree)
        => degree == 1 ? number : Elementary.Exp(Elementary.Log(number) / degree);
}
