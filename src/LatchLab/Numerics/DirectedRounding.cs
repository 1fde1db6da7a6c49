namespace LatchLab.Numerics;

/// <summary>
/// Arithmetic whose result is never above the exact result, without a change of the processor's rounding mode: the
/// nearest number, moved down by one place if the exact result lies below it. Rounding up is rounding down with
/// opposite signs: <c>−AddDown(−a, −b)</c>. Exact results are not moved.
/// </summary>
/// <remarks>
/// The sign of the residual (exact − nearest) tells on which side the exact result lies. A sum gives the residual by
/// the two further operations of Dekker, the other operations by one fused multiply-add. This preserves signs and zero
/// if the residual does not underflow. The residual a·b − p of a product is a multiple of ulp(a)·ulp(b) &gt;
/// 2^−106·|a·b|, because ulp(x) &gt; 2^−53·|x| for every number. The residual a − q·b of a quotient is a multiple of
/// ulp(q)·ulp(b) or of ulp(a), and the residual a − r² of a root is a multiple of ulp(r)² or of ulp(a), where |q·b| and
/// r² are at least ½·|a| (or q = 0). If |a·b|, or |a|, is at least 2^−960 (<see cref="ResidualUnderflowLimit"/>), the
/// residual is therefore 0 or at least 2^−1067, far above the smallest number, 2^−1074. Below that limit it counts as
/// unknown, NaN, and the result is moved. A result that overflowed has the residual ∓∞ or NaN, and moves to the largest
/// number if it is +∞.
/// </remarks>
internal static class DirectedRounding
{
    /// <summary>
    /// 2^−960: residuals of a product, or of a dividend or radicand, of at least this size do not underflow.
    /// </summary>
    private const double ResidualUnderflowLimit = 1.0261342003245941e-289;

    /// <summary>a + b.</summary>
    public static double AddDown(double a, double b)
    {
        double sum = a + b;
        return RoundDown(sum, SumResidual(a, b, sum));
    }

    /// <summary>a·b, where 0·∞ = 0: an infinite endpoint means "unbounded" and is not a number.</summary>
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

    /// <summary>Keeps a result that cannot be negative from becoming so when it is moved.</summary>
    private static double ClampToNonNegative(double rounded, bool isPositive)
        => isPositive && rounded < 0.0 ? 0.0 : rounded;

    private static double SumResidual(double a, double b, double sum)
        => Math.Abs(a) >= Math.Abs(b) ? b - (sum - a) : a - (sum - b);

    private static double ProductResidual(double a, double b, double product)
        => Math.Abs(product) >= ResidualUnderflowLimit ? Math.FusedMultiplyAdd(a, b, -product) : double.NaN;

    private static double SqrtResidual(double a, double root)
        => a >= ResidualUnderflowLimit || a == 0.0 ? Math.FusedMultiplyAdd(-root, root, a) : double.NaN;
}
