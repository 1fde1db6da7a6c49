using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatchLab.Numerics;

/// <summary>
/// Six <see cref="Vector512{T}"/> side by side: 48 trials. One vector alone waits for the result of its last operation
/// most of the time; six in flight keep the arithmetic units busy (measured: docs/decisions.md).
/// </summary>
public readonly struct Wide512 : IBitLane<Wide512>
{
    private readonly Vector512<double> v0;
    private readonly Vector512<double> v1;
    private readonly Vector512<double> v2;
    private readonly Vector512<double> v3;
    private readonly Vector512<double> v4;
    private readonly Vector512<double> v5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wide512(
        Vector512<double> v0, Vector512<double> v1, Vector512<double> v2,
        Vector512<double> v3, Vector512<double> v4, Vector512<double> v5)
    {
        this.v0 = v0;
        this.v1 = v1;
        this.v2 = v2;
        this.v3 = v3;
        this.v4 = v4;
        this.v5 = v5;
    }

    /// <inheritdoc/>
    public static int Count => 6 * Vector512<double>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 From(double value) => Repeat(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 FromBits(ulong bits) => Repeat(Vector512.Create(bits).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator +(Wide512 a, Wide512 b)
        => new(a.v0 + b.v0, a.v1 + b.v1, a.v2 + b.v2, a.v3 + b.v3, a.v4 + b.v4, a.v5 + b.v5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator -(Wide512 a, Wide512 b)
        => new(a.v0 - b.v0, a.v1 - b.v1, a.v2 - b.v2, a.v3 - b.v3, a.v4 - b.v4, a.v5 - b.v5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator *(Wide512 a, Wide512 b)
        => new(a.v0 * b.v0, a.v1 * b.v1, a.v2 * b.v2, a.v3 * b.v3, a.v4 * b.v4, a.v5 * b.v5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator /(Wide512 a, Wide512 b)
        => new(a.v0 / b.v0, a.v1 / b.v1, a.v2 / b.v2, a.v3 / b.v3, a.v4 / b.v4, a.v5 / b.v5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator -(Wide512 a)
        => new(-a.v0, -a.v1, -a.v2, -a.v3, -a.v4, -a.v5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator &(Wide512 a, Wide512 b)
        => new(a.v0 & b.v0, a.v1 & b.v1, a.v2 & b.v2, a.v3 & b.v3, a.v4 & b.v4, a.v5 & b.v5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator |(Wide512 a, Wide512 b)
        => new(a.v0 | b.v0, a.v1 | b.v1, a.v2 | b.v2, a.v3 | b.v3, a.v4 | b.v4, a.v5 | b.v5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator ^(Wide512 a, Wide512 b)
        => new(a.v0 ^ b.v0, a.v1 ^ b.v1, a.v2 ^ b.v2, a.v3 ^ b.v3, a.v4 ^ b.v4, a.v5 ^ b.v5);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 ExclusiveOr(Wide512 a, Wide512 b, Wide512 c)
        => new(
            ExclusiveOr(a.v0, b.v0, c.v0),
            ExclusiveOr(a.v1, b.v1, c.v1),
            ExclusiveOr(a.v2, b.v2, c.v2),
            ExclusiveOr(a.v3, b.v3, c.v3),
            ExclusiveOr(a.v4, b.v4, c.v4),
            ExclusiveOr(a.v5, b.v5, c.v5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator <<(Wide512 a, int count)
        => new(
            (a.v0.AsUInt64() << count).AsDouble(),
            (a.v1.AsUInt64() << count).AsDouble(),
            (a.v2.AsUInt64() << count).AsDouble(),
            (a.v3.AsUInt64() << count).AsDouble(),
            (a.v4.AsUInt64() << count).AsDouble(),
            (a.v5.AsUInt64() << count).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator >>>(Wide512 a, int count)
        => new(
            (a.v0.AsUInt64() >>> count).AsDouble(),
            (a.v1.AsUInt64() >>> count).AsDouble(),
            (a.v2.AsUInt64() >>> count).AsDouble(),
            (a.v3.AsUInt64() >>> count).AsDouble(),
            (a.v4.AsUInt64() >>> count).AsDouble(),
            (a.v5.AsUInt64() >>> count).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 FusedMultiplyAdd(Wide512 a, Wide512 b, Wide512 c)
        => new(
            Vector512.FusedMultiplyAdd(a.v0, b.v0, c.v0),
            Vector512.FusedMultiplyAdd(a.v1, b.v1, c.v1),
            Vector512.FusedMultiplyAdd(a.v2, b.v2, c.v2),
            Vector512.FusedMultiplyAdd(a.v3, b.v3, c.v3),
            Vector512.FusedMultiplyAdd(a.v4, b.v4, c.v4),
            Vector512.FusedMultiplyAdd(a.v5, b.v5, c.v5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Sqrt(Wide512 a)
        => new(
            Vector512.Sqrt(a.v0),
            Vector512.Sqrt(a.v1),
            Vector512.Sqrt(a.v2),
            Vector512.Sqrt(a.v3),
            Vector512.Sqrt(a.v4),
            Vector512.Sqrt(a.v5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 WhereLess(Wide512 a, Wide512 b, Wide512 then, Wide512 otherwise)
        => new(
            Vector512.ConditionalSelect(Vector512.LessThan(a.v0, b.v0), then.v0, otherwise.v0),
            Vector512.ConditionalSelect(Vector512.LessThan(a.v1, b.v1), then.v1, otherwise.v1),
            Vector512.ConditionalSelect(Vector512.LessThan(a.v2, b.v2), then.v2, otherwise.v2),
            Vector512.ConditionalSelect(Vector512.LessThan(a.v3, b.v3), then.v3, otherwise.v3),
            Vector512.ConditionalSelect(Vector512.LessThan(a.v4, b.v4), then.v4, otherwise.v4),
            Vector512.ConditionalSelect(Vector512.LessThan(a.v5, b.v5), then.v5, otherwise.v5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 AddBits(Wide512 a, Wide512 b)
        => new(
            (a.v0.AsUInt64() + b.v0.AsUInt64()).AsDouble(),
            (a.v1.AsUInt64() + b.v1.AsUInt64()).AsDouble(),
            (a.v2.AsUInt64() + b.v2.AsUInt64()).AsDouble(),
            (a.v3.AsUInt64() + b.v3.AsUInt64()).AsDouble(),
            (a.v4.AsUInt64() + b.v4.AsUInt64()).AsDouble(),
            (a.v5.AsUInt64() + b.v5.AsUInt64()).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 MultiplyLow(Wide512 a, Wide512 b)
        => new(
            MultiplyLow(a.v0, b.v0),
            MultiplyLow(a.v1, b.v1),
            MultiplyLow(a.v2, b.v2),
            MultiplyLow(a.v3, b.v3),
            MultiplyLow(a.v4, b.v4),
            MultiplyLow(a.v5, b.v5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Min(Wide512 a, Wide512 b)
        => new(Min(a.v0, b.v0), Min(a.v1, b.v1), Min(a.v2, b.v2), Min(a.v3, b.v3), Min(a.v4, b.v4), Min(a.v5, b.v5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Max(Wide512 a, Wide512 b)
        => new(Max(a.v0, b.v0), Max(a.v1, b.v1), Max(a.v2, b.v2), Max(a.v3, b.v3), Max(a.v4, b.v4), Max(a.v5, b.v5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 CopySign(Wide512 magnitude, Wide512 sign)
        => new(
            Vector512.ConditionalSelect(Vector512.Create(-0.0), sign.v0, magnitude.v0),
            Vector512.ConditionalSelect(Vector512.Create(-0.0), sign.v1, magnitude.v1),
            Vector512.ConditionalSelect(Vector512.Create(-0.0), sign.v2, magnitude.v2),
            Vector512.ConditionalSelect(Vector512.Create(-0.0), sign.v3, magnitude.v3),
            Vector512.ConditionalSelect(Vector512.Create(-0.0), sign.v4, magnitude.v4),
            Vector512.ConditionalSelect(Vector512.Create(-0.0), sign.v5, magnitude.v5));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Tanh(Wide512 a) => Elementary.Tanh(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Exp(Wide512 a) => Elementary.Exp(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Log(Wide512 a) => Elementary.Log(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Wide512 Repeat(Vector512<double> v) => new(v, v, v, v, v, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExclusiveOr(Vector512<double> a, Vector512<double> b, Vector512<double> c)
        => Avx512F.IsSupported ? Avx512F.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c; // 0x96: parity of three

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> MultiplyLow(Vector512<double> a, Vector512<double> b)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Multiply(a.AsUInt32(), b.AsUInt32()).AsDouble();
        Vector512<ulong> low = Vector512.Create(0xFFFF_FFFFUL);
        return ((a.AsUInt64() & low) * (b.AsUInt64() & low)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Min(Vector512<double> a, Vector512<double> b)
        => Avx512F.IsSupported ? Avx512F.Min(a, b) : Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Max(Vector512<double> a, Vector512<double> b)
        => Avx512F.IsSupported ? Avx512F.Max(a, b) : Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);
}
