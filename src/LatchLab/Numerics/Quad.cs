using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// Four values of a lane type taken together, for four times as many trials: so a kernel computes an address once for
/// four vectors, and where one of them waits for its last result, the processor works on the others.
/// </summary>
/// <remarks>
/// Four, because the compiler keeps structs of up to four fields in registers. The elementary functions take one part
/// after the other: their long chains overlap of themselves, and interleaved they fill the processor's scheduler with
/// instructions that wait (measured: docs/performance.md).
/// </remarks>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <param name="first">The first trials.</param>
/// <param name="second">The trials after these.</param>
/// <param name="third">The trials after these.</param>
/// <param name="fourth">The last trials.</param>
public readonly struct Quad<TLane>(TLane first, TLane second, TLane third, TLane fourth) : IBitLane<Quad<TLane>>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly TLane p = first, q = second, r = third, s = fourth;

    /// <inheritdoc/>
    public static int Count => 4 * TLane.Count;

    /// <inheritdoc/>
    public static int Vectors => 4 * TLane.Vectors;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> From(double value)
        => new(TLane.From(value), TLane.From(value), TLane.From(value), TLane.From(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> FromBits(ulong bits)
        => new(TLane.FromBits(bits), TLane.FromBits(bits), TLane.FromBits(bits), TLane.FromBits(bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator +(Quad<TLane> a, Quad<TLane> b)
        => new(a.p + b.p, a.q + b.q, a.r + b.r, a.s + b.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator -(Quad<TLane> a, Quad<TLane> b)
        => new(a.p - b.p, a.q - b.q, a.r - b.r, a.s - b.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator *(Quad<TLane> a, Quad<TLane> b)
        => new(a.p * b.p, a.q * b.q, a.r * b.r, a.s * b.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator /(Quad<TLane> a, Quad<TLane> b)
        => new(a.p / b.p, a.q / b.q, a.r / b.r, a.s / b.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator -(Quad<TLane> a) => new(-a.p, -a.q, -a.r, -a.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator &(Quad<TLane> a, Quad<TLane> b)
        => new(a.p & b.p, a.q & b.q, a.r & b.r, a.s & b.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator |(Quad<TLane> a, Quad<TLane> b)
        => new(a.p | b.p, a.q | b.q, a.r | b.r, a.s | b.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator ^(Quad<TLane> a, Quad<TLane> b)
        => new(a.p ^ b.p, a.q ^ b.q, a.r ^ b.r, a.s ^ b.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> ExclusiveOr(Quad<TLane> a, Quad<TLane> b, Quad<TLane> c)
        => new(
            TLane.ExclusiveOr(a.p, b.p, c.p),
            TLane.ExclusiveOr(a.q, b.q, c.q),
            TLane.ExclusiveOr(a.r, b.r, c.r),
            TLane.ExclusiveOr(a.s, b.s, c.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator <<(Quad<TLane> a, int count)
        => new(a.p << count, a.q << count, a.r << count, a.s << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> operator >>>(Quad<TLane> a, int count)
        => new(a.p >>> count, a.q >>> count, a.r >>> count, a.s >>> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> FusedMultiplyAdd(Quad<TLane> a, Quad<TLane> b, Quad<TLane> c)
        => new(
            TLane.FusedMultiplyAdd(a.p, b.p, c.p),
            TLane.FusedMultiplyAdd(a.q, b.q, c.q),
            TLane.FusedMultiplyAdd(a.r, b.r, c.r),
            TLane.FusedMultiplyAdd(a.s, b.s, c.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> FusedNegatedMultiplyAdd(Quad<TLane> a, Quad<TLane> b, Quad<TLane> c)
        => new(
            TLane.FusedNegatedMultiplyAdd(a.p, b.p, c.p),
            TLane.FusedNegatedMultiplyAdd(a.q, b.q, c.q),
            TLane.FusedNegatedMultiplyAdd(a.r, b.r, c.r),
            TLane.FusedNegatedMultiplyAdd(a.s, b.s, c.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> Sqrt(Quad<TLane> a)
        => new(TLane.Sqrt(a.p), TLane.Sqrt(a.q), TLane.Sqrt(a.r), TLane.Sqrt(a.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> WhereLess(
        Quad<TLane> a, Quad<TLane> b, Quad<TLane> then, Quad<TLane> otherwise)
        => new(
            TLane.WhereLess(a.p, b.p, then.p, otherwise.p),
            TLane.WhereLess(a.q, b.q, then.q, otherwise.q),
            TLane.WhereLess(a.r, b.r, then.r, otherwise.r),
            TLane.WhereLess(a.s, b.s, then.s, otherwise.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Quad<TLane> a, Quad<TLane> b)
        => TLane.AnyLess(a.p, b.p) || TLane.AnyLess(a.q, b.q) || TLane.AnyLess(a.r, b.r) || TLane.AnyLess(a.s, b.s);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> AddBits(Quad<TLane> a, Quad<TLane> b)
        => new(TLane.AddBits(a.p, b.p), TLane.AddBits(a.q, b.q), TLane.AddBits(a.r, b.r), TLane.AddBits(a.s, b.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> MultiplyLow(Quad<TLane> a, Quad<TLane> b)
        => new(
            TLane.MultiplyLow(a.p, b.p),
            TLane.MultiplyLow(a.q, b.q),
            TLane.MultiplyLow(a.r, b.r),
            TLane.MultiplyLow(a.s, b.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> Min(Quad<TLane> a, Quad<TLane> b)
        => new(TLane.Min(a.p, b.p), TLane.Min(a.q, b.q), TLane.Min(a.r, b.r), TLane.Min(a.s, b.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> Max(Quad<TLane> a, Quad<TLane> b)
        => new(TLane.Max(a.p, b.p), TLane.Max(a.q, b.q), TLane.Max(a.r, b.r), TLane.Max(a.s, b.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> CopySign(Quad<TLane> magnitude, Quad<TLane> sign)
        => new(
            TLane.CopySign(magnitude.p, sign.p),
            TLane.CopySign(magnitude.q, sign.q),
            TLane.CopySign(magnitude.r, sign.r),
            TLane.CopySign(magnitude.s, sign.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> Tanh(Quad<TLane> a)
        => new(TLane.Tanh(a.p), TLane.Tanh(a.q), TLane.Tanh(a.r), TLane.Tanh(a.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> Exp(Quad<TLane> a)
        => new(TLane.Exp(a.p), TLane.Exp(a.q), TLane.Exp(a.r), TLane.Exp(a.s));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TLane> Log(Quad<TLane> a)
        => new(TLane.Log(a.p), TLane.Log(a.q), TLane.Log(a.r), TLane.Log(a.s));

    /// <inheritdoc/>
    public static void Gaussians(ulong seed, Row<Quad<TLane>> words, int count)
        => TLane.Gaussians(seed, new Row<TLane>(ref Unsafe.As<Quad<TLane>, TLane>(ref words[0])), 4 * count);
}
