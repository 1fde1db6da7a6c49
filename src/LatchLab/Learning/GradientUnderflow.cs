using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Underflow of adjoints in the backward pass. Where gradients are only summed, an adjoint below 1e-150 counts as zero,
/// and the backward pass may end once no lane has a larger one. This changes no parameter that is not of a similar
/// magnitude, and an adjoint this small is not known to grow again by a hundred powers of ten. Without this rule,
/// subnormal numbers (below 1e-308) would cost about a hundred cycles each on some processors.
/// </summary>
internal static class GradientUnderflow
{
    /// <summary>
    /// Number of steps between two checks, counted from the end of a sequence. It is small enough for derivatives above
    /// 1e-10; smaller ones may produce subnormal numbers between two checks, which only costs time.
    /// </summary>
    public const int CheckInterval = BackwardSteps<Scalar>.MaximumCount;

    private const double Threshold = 1e-150;

    /// <summary>Whether a check is due at time t of the backward pass.</summary>
    /// <param name="t">The time.</param>
    /// <param name="length">T, where the backward pass begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsCheckDue(int t, int length) => t < length && (length - t) % CheckInterval == 0;

    /// <summary>The next time before t at which a check is due.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NextCheck(int t, int length) => length - ((((length - t) / CheckInterval) + 1) * CheckInterval);

    /// <summary>Returns the adjoint where it is significant, and zero elsewhere.</summary>
    /// <param name="adjoint">The adjoint.</param>
    /// <param name="isSignificant">Whether the adjoint of any lane is significant; NaN is significant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane FlushToZero<TLane>(TLane adjoint, out bool isSignificant)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), threshold = TLane.From(Threshold);
        TLane magnitude = TLane.Abs(adjoint);
        if (!TLane.AnyLess(magnitude, threshold))
        {
            isSignificant = true;
            return adjoint;
        }

        isSignificant = TLane.AnyLess(zero, TLane.WhereLess(magnitude, threshold, zero, one));
        return TLane.WhereLess(magnitude, threshold, zero, adjoint);
    }
}
