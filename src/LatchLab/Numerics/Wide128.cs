using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatchLab.Numerics;

/// <summary>
/// Three <see cref="Vector128{T}"/> side by side: 6 trials. The lane for ARM64, where 128 bits are the whole register.
/// </summary>
public readonly struct Wide128 : IBitLane<Wide128>
{
    private readonly Vector128<double> v0;
    private readonly Vector128<double> v1;
    private readonly Vector128<double> v2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wide128(Vector128<double> v0, Vector128<double> v1, Vector128<double> v2)
    {
        this.v0 = v0;
        this.v1 = v1;
        this.v2 = v2;
    }

    /// <inheritdoc/>
    public static int Count => 3 * Vector128<double>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 From(double value) => Repeat(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 FromBits(ulong bits) => Repeat(Vector128.Create(bits).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator +(Wide128 a, Wide128 b)
        => new(a.v0 + b.v0, a.v1 + b.v1, a.v2 + b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator -(Wide128 a, Wide128 b)
        => new(a.v0 - b.v0, a.v1 - b.v1, a.v2 - b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator *(Wide128 a, Wide128 b)
        => new(a.v0 * b.v0, a.v1 * b.v1, a.v2 * b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator /(Wide128 a, Wide128 b)
        => new(a.v0 / b.v0, a.v1 / b.v1, a.v2 / b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator -(Wide128 a)
        => new(-a.v0, -a.v1, -a.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator &(Wide128 a, Wide128 b)
        => new(a.v0 & b.v0, a.v1 & b.v1, a.v2 & b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator |(Wide128 a, Wide128 b)
        => new(a.v0 | b.v0, a.v1 | b.v1, a.v2 | b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator ^(Wide128 a, Wide128 b)
        => new(a.v0 ^ b.v0, a.v1 ^ b.v1, a.v2 ^ b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 ExclusiveOr(Wide128 a, Wide128 b, Wide128 c)
        => new(
            ExclusiveOr(a.v0, b.v0, c.v0),
            ExclusiveOr(a.v1, b.v1, c.v1),
            ExclusiveOr(a.v2, b.v2, c.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator <<(Wide128 a, int count)
        => new(
            (a.v0.AsUInt64() << count).AsDouble(),
            (a.v1.AsUInt64() << count).AsDouble(),
            (a.v2.AsUInt64() << count).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator >>>(Wide128 a, int count)
        => new(
            (a.v0.AsUInt64() >>> count).AsDouble(),
            (a.v1.AsUInt64() >>> count).AsDouble(),
            (a.v2.AsUInt64() >>> count).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 FusedMultiplyAdd(Wide128 a, Wide128 b, Wide128 c)
        => new(
            Vector128.FusedMultiplyAdd(a.v0, b.v0, c.v0),
            Vector128.FusedMultiplyAdd(a.v1, b.v1, c.v1),
            Vector128.FusedMultiplyAdd(a.v2, b.v2, c.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Sqrt(Wide128 a)
        => new(Vector128.Sqrt(a.v0), Vector128.Sqrt(a.v1), Vector128.Sqrt(a.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 WhereLess(Wide128 a, Wide128 b, Wide128 then, Wide128 otherwise)
        => new(
            Vector128.ConditionalSelect(Vector128.LessThan(a.v0, b.v0), then.v0, otherwise.v0),
            Vector128.ConditionalSelect(Vector128.LessThan(a.v1, b.v1), then.v1, otherwise.v1),
            Vector128.ConditionalSelect(Vector128.LessThan(a.v2, b.v2), then.v2, otherwise.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 AddBits(Wide128 a, Wide128 b)
        => new(
            (a.v0.AsUInt64() + b.v0.AsUInt64()).AsDouble(),
            (a.v1.AsUInt64() + b.v1.AsUInt64()).AsDouble(),
            (a.v2.AsUInt64() + b.v2.AsUInt64()).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 MultiplyLow(Wide128 a, Wide128 b)
        => new(MultiplyLow(a.v0, b.v0), MultiplyLow(a.v1, b.v1), MultiplyLow(a.v2, b.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Min(Wide128 a, Wide128 b)
        => new(Min(a.v0, b.v0), Min(a.v1, b.v1), Min(a.v2, b.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Max(Wide128 a, Wide128 b)
        => new(Max(a.v0, b.v0), Max(a.v1, b.v1), Max(a.v2, b.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 CopySign(Wide128 magnitude, Wide128 sign)
        => new(
            Vector128.ConditionalSelect(Vector128.Create(-0.0), sign.v0, magnitude.v0),
            Vector128.ConditionalSelect(Vector128.Create(-0.0), sign.v1, magnitude.v1),
            Vector128.ConditionalSelect(Vector128.Create(-0.0), sign.v2, magnitude.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Tanh(Wide128 a) => Elementary.Tanh(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Exp(Wide128 a) => Elementary.Exp(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Log(Wide128 a) => Elementary.Log(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Wide128 Repeat(Vector128<double> v) => new(v, v, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ExclusiveOr(Vector128<double> a, Vector128<double> b, Vector128<double> c)
        => Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c; // 0x96: parity of three

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> MultiplyLow(Vector128<double> a, Vector128<double> b)
    {
        if (Sse2.IsSupported)
            return Sse2.Multiply(a.AsUInt32(), b.AsUInt32()).AsDouble();
        Vector128<ulong> low = Vector128.Create(0xFFFF_FFFFUL);
        return ((a.AsUInt64() & low) * (b.AsUInt64() & low)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Min(Vector128<double> a, Vector128<double> b)
        => Sse2.IsSupported ? Sse2.Min(a, b) : Vector128.ConditionalSelect(Vector128.LessThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Max(Vector128<double> a, Vector128<double> b)
        => Sse2.IsSupported ? Sse2.Max(a, b) : Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), a, b);
}
