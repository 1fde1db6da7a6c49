using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatchLab.Numerics;

/// <summary>
/// Three <see cref="Vector256{T}"/> side by side: 12 trials. With sixteen registers a fourth would spill
/// (measured: docs/decisions.md).
/// </summary>
public readonly struct Wide256 : IBitLane<Wide256>
{
    private readonly Vector256<double> v0;
    private readonly Vector256<double> v1;
    private readonly Vector256<double> v2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wide256(Vector256<double> v0, Vector256<double> v1, Vector256<double> v2)
    {
        this.v0 = v0;
        this.v1 = v1;
        this.v2 = v2;
    }

    /// <inheritdoc/>
    public static int Count => 3 * Vector256<double>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 From(double value) => Repeat(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 FromBits(ulong bits) => Repeat(Vector256.Create(bits).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator +(Wide256 a, Wide256 b)
        => new(a.v0 + b.v0, a.v1 + b.v1, a.v2 + b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator -(Wide256 a, Wide256 b)
        => new(a.v0 - b.v0, a.v1 - b.v1, a.v2 - b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator *(Wide256 a, Wide256 b)
        => new(a.v0 * b.v0, a.v1 * b.v1, a.v2 * b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator /(Wide256 a, Wide256 b)
        => new(a.v0 / b.v0, a.v1 / b.v1, a.v2 / b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator -(Wide256 a)
        => new(-a.v0, -a.v1, -a.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator &(Wide256 a, Wide256 b)
        => new(a.v0 & b.v0, a.v1 & b.v1, a.v2 & b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator |(Wide256 a, Wide256 b)
        => new(a.v0 | b.v0, a.v1 | b.v1, a.v2 | b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator ^(Wide256 a, Wide256 b)
        => new(a.v0 ^ b.v0, a.v1 ^ b.v1, a.v2 ^ b.v2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 ExclusiveOr(Wide256 a, Wide256 b, Wide256 c)
        => new(
            ExclusiveOr(a.v0, b.v0, c.v0),
            ExclusiveOr(a.v1, b.v1, c.v1),
            ExclusiveOr(a.v2, b.v2, c.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator <<(Wide256 a, int count)
        => new(
            (a.v0.AsUInt64() << count).AsDouble(),
            (a.v1.AsUInt64() << count).AsDouble(),
            (a.v2.AsUInt64() << count).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator >>>(Wide256 a, int count)
        => new(
            (a.v0.AsUInt64() >>> count).AsDouble(),
            (a.v1.AsUInt64() >>> count).AsDouble(),
            (a.v2.AsUInt64() >>> count).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 FusedMultiplyAdd(Wide256 a, Wide256 b, Wide256 c)
        => new(
            Vector256.FusedMultiplyAdd(a.v0, b.v0, c.v0),
            Vector256.FusedMultiplyAdd(a.v1, b.v1, c.v1),
            Vector256.FusedMultiplyAdd(a.v2, b.v2, c.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Sqrt(Wide256 a)
        => new(Vector256.Sqrt(a.v0), Vector256.Sqrt(a.v1), Vector256.Sqrt(a.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 WhereLess(Wide256 a, Wide256 b, Wide256 then, Wide256 otherwise)
        => new(
            Vector256.ConditionalSelect(Vector256.LessThan(a.v0, b.v0), then.v0, otherwise.v0),
            Vector256.ConditionalSelect(Vector256.LessThan(a.v1, b.v1), then.v1, otherwise.v1),
            Vector256.ConditionalSelect(Vector256.LessThan(a.v2, b.v2), then.v2, otherwise.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 AddBits(Wide256 a, Wide256 b)
        => new(
            (a.v0.AsUInt64() + b.v0.AsUInt64()).AsDouble(),
            (a.v1.AsUInt64() + b.v1.AsUInt64()).AsDouble(),
            (a.v2.AsUInt64() + b.v2.AsUInt64()).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 MultiplyLow(Wide256 a, Wide256 b)
        => new(MultiplyLow(a.v0, b.v0), MultiplyLow(a.v1, b.v1), MultiplyLow(a.v2, b.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Min(Wide256 a, Wide256 b)
        => new(Min(a.v0, b.v0), Min(a.v1, b.v1), Min(a.v2, b.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Max(Wide256 a, Wide256 b)
        => new(Max(a.v0, b.v0), Max(a.v1, b.v1), Max(a.v2, b.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 CopySign(Wide256 magnitude, Wide256 sign)
        => new(
            Vector256.ConditionalSelect(Vector256.Create(-0.0), sign.v0, magnitude.v0),
            Vector256.ConditionalSelect(Vector256.Create(-0.0), sign.v1, magnitude.v1),
            Vector256.ConditionalSelect(Vector256.Create(-0.0), sign.v2, magnitude.v2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Tanh(Wide256 a) => Elementary.Tanh(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Exp(Wide256 a) => Elementary.Exp(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Log(Wide256 a) => Elementary.Log(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Wide256 Repeat(Vector256<double> v) => new(v, v, v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ExclusiveOr(Vector256<double> a, Vector256<double> b, Vector256<double> c)
        => Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c; // 0x96: parity of three

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> MultiplyLow(Vector256<double> a, Vector256<double> b)
    {
        if (Avx2.IsSupported)
            return Avx2.Multiply(a.AsUInt32(), b.AsUInt32()).AsDouble();
        Vector256<ulong> low = Vector256.Create(0xFFFF_FFFFUL);
        return ((a.AsUInt64() & low) * (b.AsUInt64() & low)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Min(Vector256<double> a, Vector256<double> b)
        => Avx.IsSupported ? Avx.Min(a, b) : Vector256.ConditionalSelect(Vector256.LessThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Max(Vector256<double> a, Vector256<double> b)
        => Avx.IsSupported ? Avx.Max(a, b) : Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), a, b);
}
