using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// Four values of a lane type processed together, for four times as many trials. A kernel computes an address once for
/// four vectors, and while one of them waits for its previous result, the processor works on the others.
/// </summary>
/// <remarks>
/// Four, because the compiler keeps structs of up to four fields in registers. The four tangents take each operation in
/// turn and share the constants that they load (<see cref="LaneConstants{TLane}"/>).
/// </remarks>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct Unrolled4<TLane>(TLane first, TLane second, TLane third, TLane fourth)
    : IBitLane<Unrolled4<TLane>>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly TLane _p = first, _q = second, _r = third, _s = fourth;

    public static int Count => 4 * TLane.Count;

    public static int VectorCount => 4 * TLane.VectorCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> From(double value)
        => new(TLane.From(value), TLane.From(value), TLane.From(value), TLane.From(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> Load(LaneConstant constant)
    {
        TLane value = TLane.Load(constant);
        return new(value, value, value, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> FromBits(ulong bits)
        => new(TLane.FromBits(bits), TLane.FromBits(bits), TLane.FromBits(bits), TLane.FromBits(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator +(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(a._p + b._p, a._q + b._q, a._r + b._r, a._s + b._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator -(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(a._p - b._p, a._q - b._q, a._r - b._r, a._s - b._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator *(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(a._p * b._p, a._q * b._q, a._r * b._r, a._s * b._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator /(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(a._p / b._p, a._q / b._q, a._r / b._r, a._s / b._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator -(Unrolled4<TLane> a) => new(-a._p, -a._q, -a._r, -a._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator &(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(a._p & b._p, a._q & b._q, a._r & b._r, a._s & b._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator |(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(a._p | b._p, a._q | b._q, a._r | b._r, a._s | b._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator ^(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(a._p ^ b._p, a._q ^ b._q, a._r ^ b._r, a._s ^ b._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> ExclusiveOr(Unrolled4<TLane> a, Unrolled4<TLane> b, Unrolled4<TLane> c)
        => new(
            TLane.ExclusiveOr(a._p, b._p, c._p),
            TLane.ExclusiveOr(a._q, b._q, c._q),
            TLane.ExclusiveOr(a._r, b._r, c._r),
            TLane.ExclusiveOr(a._s, b._s, c._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator <<(Unrolled4<TLane> a, int count)
        => new(a._p << count, a._q << count, a._r << count, a._s << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> operator >>>(Unrolled4<TLane> a, int count)
        => new(a._p >>> count, a._q >>> count, a._r >>> count, a._s >>> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> FusedMultiplyAdd(Unrolled4<TLane> a, Unrolled4<TLane> b, Unrolled4<TLane> c)
        => new(
            TLane.FusedMultiplyAdd(a._p, b._p, c._p),
            TLane.FusedMultiplyAdd(a._q, b._q, c._q),
            TLane.FusedMultiplyAdd(a._r, b._r, c._r),
            TLane.FusedMultiplyAdd(a._s, b._s, c._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> FusedMultiplyAddFrom(
        ref readonly Unrolled4<TLane> a, Unrolled4<TLane> b, Unrolled4<TLane> c)
        => new(
            TLane.FusedMultiplyAddFrom(in a._p, b._p, c._p),
            TLane.FusedMultiplyAddFrom(in a._q, b._q, c._q),
            TLane.FusedMultiplyAddFrom(in a._r, b._r, c._r),
            TLane.FusedMultiplyAddFrom(in a._s, b._s, c._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> FusedNegatedMultiplyAdd(Unrolled4<TLane> a, Unrolled4<TLane> b, Unrolled4<TLane> c)
        => new(
            TLane.FusedNegatedMultiplyAdd(a._p, b._p, c._p),
            TLane.FusedNegatedMultiplyAdd(a._q, b._q, c._q),
            TLane.FusedNegatedMultiplyAdd(a._r, b._r, c._r),
            TLane.FusedNegatedMultiplyAdd(a._s, b._s, c._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> Abs(Unrolled4<TLane> a)
        => new(TLane.Abs(a._p), TLane.Abs(a._q), TLane.Abs(a._r), TLane.Abs(a._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> Sqrt(Unrolled4<TLane> a)
        => new(TLane.Sqrt(a._p), TLane.Sqrt(a._q), TLane.Sqrt(a._r), TLane.Sqrt(a._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> WhereLess(
        Unrolled4<TLane> a, Unrolled4<TLane> b, Unrolled4<TLane> then, Unrolled4<TLane> otherwise)
        => new(
            TLane.WhereLess(a._p, b._p, then._p, otherwise._p),
            TLane.WhereLess(a._q, b._q, then._q, otherwise._q),
            TLane.WhereLess(a._r, b._r, then._r, otherwise._r),
            TLane.WhereLess(a._s, b._s, then._s, otherwise._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => TLane.AnyLess(a._p, b._p) || TLane.AnyLess(a._q, b._q) || TLane.AnyLess(a._r, b._r)
            || TLane.AnyLess(a._s, b._s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> AddUInt64(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(TLane.AddUInt64(a._p, b._p), TLane.AddUInt64(a._q, b._q), TLane.AddUInt64(a._r, b._r),
            TLane.AddUInt64(a._s, b._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> MultiplyUInt32(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(
            TLane.MultiplyUInt32(a._p, b._p),
            TLane.MultiplyUInt32(a._q, b._q),
            TLane.MultiplyUInt32(a._r, b._r),
            TLane.MultiplyUInt32(a._s, b._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> Min(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(TLane.Min(a._p, b._p), TLane.Min(a._q, b._q), TLane.Min(a._r, b._r), TLane.Min(a._s, b._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> Max(Unrolled4<TLane> a, Unrolled4<TLane> b)
        => new(TLane.Max(a._p, b._p), TLane.Max(a._q, b._q), TLane.Max(a._r, b._r), TLane.Max(a._s, b._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> CopySign(Unrolled4<TLane> magnitude, Unrolled4<TLane> sign)
        => new(
            TLane.CopySign(magnitude._p, sign._p),
            TLane.CopySign(magnitude._q, sign._q),
            TLane.CopySign(magnitude._r, sign._r),
            TLane.CopySign(magnitude._s, sign._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> Tanh(Unrolled4<TLane> a)
        => Elementary.Tanh(a);

    public static void ReplaceByTanh(UncheckedSpan<Unrolled4<TLane>> values, nint count)
        => ReplaceByTanh(PartsOf(values), 4 * count);

    /// <summary>Replaces single values by their hyperbolic tangents, four together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReplaceByTanh(UncheckedSpan<TLane> values, nint count)
    {
        nint i = 0;
        for (; i + 4 <= count; i += 4)
        {
            ref Unrolled4<TLane> four = ref Unsafe.As<TLane, Unrolled4<TLane>>(ref values[i]);
            four = Elementary.Tanh(four);
        }

        for (; i < count; i++)
            values[i] = Elementary.Tanh(values[i]);
    }

    public static void ReplaceByLogistic(UncheckedSpan<Unrolled4<TLane>> values, nint count)
        => ReplaceByLogistic(PartsOf(values), 4 * count);

    /// <summary>Replaces single values by their logistic functions, four together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReplaceByLogistic(UncheckedSpan<TLane> values, nint count)
    {
        nint i = 0;
        for (; i + 4 <= count; i += 4)
        {
            ref Unrolled4<TLane> four = ref Unsafe.As<TLane, Unrolled4<TLane>>(ref values[i]);
            four = Elementary.Logistic(four);
        }

        for (; i < count; i++)
            values[i] = Elementary.Logistic(values[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> Exp(Unrolled4<TLane> a)
        => new(TLane.Exp(a._p), TLane.Exp(a._q), TLane.Exp(a._r), TLane.Exp(a._s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unrolled4<TLane> Log(Unrolled4<TLane> a)
        => new(TLane.Log(a._p), TLane.Log(a._q), TLane.Log(a._r), TLane.Log(a._s));

    public static void Interleave(
        ReadOnlySpan<double> source, ReadOnlySpan<int> offsets, int count,
        UncheckedSpan<Unrolled4<TLane>> destination, int stride)
    {
        UncheckedSpan<TLane> parts = PartsOf(destination);
        for (int part = 0; part < 4; part++)
        {
            TLane.Interleave(
                source, offsets.Slice(part * TLane.Count, TLane.Count), count, parts.Slice(part), 4 * stride);
        }
    }

    public static void FillGaussians(ulong seed, UncheckedSpan<Unrolled4<TLane>> words, int count)
        => TLane.FillGaussians(seed, PartsOf(words), 4 * count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UncheckedSpan<TLane> PartsOf(UncheckedSpan<Unrolled4<TLane>> values)
        => new(ref Unsafe.As<Unrolled4<TLane>, TLane>(ref values[0]));
}
