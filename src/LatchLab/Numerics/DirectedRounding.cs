namespace LatchLab.Numerics;

/// <summary>
/// Arithmetic whose result is never above the exact one, without changing the processor's way of rounding: the nearest
/// number, moved down by one place where the exact result lies below it. Up is down seen from the other side:
/// <c>−RoundedDown.Sum(−a, −b)</c>. What is exact stays so.
/// </summary>
/// <remarks>
/// On which side the exact result lies is the sign of the residue (exact − nearest), which a sum gives by the two
/// further operations of Dekker and the others by one fused multiply-add. That keeps signs and zero as long as it does
/// not underflow. The residue a·b − p of a product is a multiple of ulp(a)·ulp(b) &gt; 2^−106·|a·b|, because
/// ulp(x) &gt; 2^−53·|x| for every number; a − q·b of a quotient is one of ulp(q)·ulp(b) or of ulp(a), a − r² of a root
/// one of ulp(r)² or of ulp(a), where |q·b| and r² are at least ½·|a| (or q = 0). So where |a·b|, or |a|, is at least
/// 2^−960 (<see cref="ResidualUnderflowLimit"/>), it is 0 or at least 2^−1067, far above the smallest number, 2^−1074.
/// Below that it counts as unknown, NaN, and the result is moved. A result that overflowed has the residue ∓∞ or NaN,
/// and moves to the largest number if it is +∞.
/// </remarks>
internal static class DirectedRounding
{
    /// <summary>2^−960: residues of what is at least this large do not underflow.</summary>
    private const double ResidualUnderflowLimit = 1.0261342003245941e-289;

    /// <summary>a + b.</summary>
    public static double AddDown(double a, double b)
    {
        double sum = a + b;
        return RoundDown(sum, SumResidual(a, b, sum));
    }

    /// <summary>a·b, where 0·∞ = 0: an infinite end stands for numbers without bound, not for a number.</summary>
    public static double MultiplyDown(double a, double b)
    {
        if (a == 0.0 || b == 0.0)
            return double.IsNaN(a + b) ? double.NaN : 0.0;
        double product = a * b;
        return ClampToNonNegative(RoundDown(product, ProductResidual(a, b, product)), a < 0.0 == b < 0.0);
    }

    /// <summary>a/b for b &gt; 0, where ∞/∞ = 0, for the same reason.</summary>
    public static double DivideDown(double a, double b)
    {
        if (double.IsInfinity(a) && double.IsInfinity(b))
            return 0.0;
        double quotient = a / b;
        double residual = Math.Abs(a) >= ResidualUnderflowLimit || a == 0.0 ? Math.FusedMultiplyAdd(-quotient, b, a)
            : double.NaN;
        return ClampToNonNegative(RoundDown(quotient, residual), a >= 0.0);
    }

    /// <summary>a·b + c, where 0·∞ = 0.</summary>
    public static double FusedMultiplyAddDown(double a, double b, double c)
    {
        double product = a * b;
        if (product == 0.0 || double.IsNaN(product) || c == 0.0)
            return AddDown(MultiplyDown(a, b), c);

        // The error of a fused multiply-add as two numbers: S. Boldo, J.-M. Muller, "Exact and approximated error of
        // the FMA", IEEE Transactions on Computers 60 (2011), algorithm ErrFmaNearest. Only the product can underflow.
        double nearest = Math.FusedMultiplyAdd(a, b, c);
        double productError = ProductResidual(a, b, product);
        double small = c + productError, smallLow = SumResidual(c, productError, small);
        double large = product + small, largeLow = SumResidual(product, small, large);
        return RoundDown(nearest, large - nearest + largeLow + smallLow);
    }

    /// <summary>√a for a ≥ 0.</summary>
    public static double SqrtDown(double a)
    {
        double sqrt = Math.Sqrt(a);
        return RoundDown(sqrt, SqrtResidual(a, sqrt));
    }

    /// <summary>√a for a ≥ 0, rounded up.</summary>
    public static double SqrtUp(double a)
    {
        double sqrt = Math.Sqrt(a);
        return -RoundDown(-sqrt, -SqrtResidual(a, sqrt));
    }

    private static double RoundDown(double nearest, double residual)
        => residual >= 0.0 ? nearest : Math.BitDecrement(nearest);

    /// <summary>A result that cannot be negative does not become so by being moved.</summary>
    private static double ClampToNonNegative(double rounded, bool isPositive)
        => isPositive && rounded < 0.0 ? 0.0 : rounded;

    private static double SumResidual(double a, double b, double sum)
        => Math.Abs(a) >= Math.Abs(b) ? b - (sum - a) : a - (sum - b);

    private static double ProductResidual(double a, double b, double product)
        => Math.Abs(product) >= ResidualUnderflowLimit ? Math.FusedMultiplyAdd(a, b, -product) : double.NaN;

    private static double SqrtResidual(double a, double root)
        => a >= ResidualUnderflowLimit || a == 0.0 ? Math.FusedMultiplyAdd(-root, root, a) : double.NaN;
}
