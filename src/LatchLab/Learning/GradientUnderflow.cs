using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Error signals that have faded on their way back. Where gradients are only summed, a signal below 1e-150 counts as
/// none, and the way back may end where no lane has any other. It changes no parameter that is not as small itself, nor
/// is what fades so far known to grow again by a hundred powers of ten. Numbers that fade further, below 1e-308, cost
/// some processors a hundred cycles each.
/// </summary>
internal static class GradientUnderflow
{
    /// <summary>
    /// Signals are looked at after so many steps, counted from the end of a sequence: often enough for slopes above
    /// 1e-10; below, only time is lost.
    /// </summary>
    public const int CheckInterval = 16;

    private const double Threshold = 1e-150;

    /// <summary>Whether signals are looked at at time t of the way back.</summary>
    /// <param name="t">The time.</param>
    /// <param name="length">T, where the way back begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsCheckDue(int t, int length) => t < length && (length - t) % CheckInterval == 0;

    /// <summary>The next time, going back from t, at which signals are looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NextCheck(int t, int length) => length - ((((length - t) / CheckInterval) + 1) * CheckInterval);

    /// <summary>The signal where it is not faint, and zero elsewhere.</summary>
    /// <param name="adjoint">The signal.</param>
    /// <param name="isSignificant">Whether some lane has one that is not faint; what is no number is not faint.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane FlushToZero<TLane>(TLane adjoint, out bool isSignificant)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), threshold = TLane.From(Threshold);
        TLane magnitude = TLane.WhereLess(adjoint, zero, -adjoint, adjoint);
        isSignificant = TLane.AnyLess(zero, TLane.WhereLess(magnitude, threshold, zero, one));
        return TLane.WhereLess(magnitude, threshold, zero, adjoint);
    }
}
