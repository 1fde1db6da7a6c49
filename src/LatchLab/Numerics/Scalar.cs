using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// One trial in a plain <c>double</c>: the lane type for debugging, and the reference for all others.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct Scalar(double Value) : IBitLane<Scalar>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static Scalar From(double value) => new(value);

    /// <inheritdoc/>
    public static Scalar FromBits(ulong bits) => new(BitConverter.UInt64BitsToDouble(bits));

    /// <inheritdoc/>
    public static Scalar operator +(Scalar a, Scalar b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static Scalar operator -(Scalar a, Scalar b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static Scalar operator *(Scalar a, Scalar b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static Scalar operator /(Scalar a, Scalar b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static Scalar operator -(Scalar a) => new(-a.Value);

    /// <inheritdoc/>
    public static Scalar operator &(Scalar a, Scalar b) => FromBits(Bits(a) & Bits(b));

    /// <inheritdoc/>
    public static Scalar operator |(Scalar a, Scalar b) => FromBits(Bits(a) | Bits(b));

    /// <inheritdoc/>
    public static Scalar operator ^(Scalar a, Scalar b) => FromBits(Bits(a) ^ Bits(b));

    /// <inheritdoc/>
    public static Scalar ExclusiveOr(Scalar a, Scalar b, Scalar c) => a ^ b ^ c;

    /// <inheritdoc/>
    public static Scalar operator <<(Scalar a, int count) => FromBits(Bits(a) << count);

    /// <inheritdoc/>
    public static Scalar operator >>>(Scalar a, int count) => FromBits(Bits(a) >>> count);

    /// <inheritdoc/>
    public static Scalar FusedMultiplyAdd(Scalar a, Scalar b, Scalar c)
        => new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Scalar Sqrt(Scalar a) => new(Math.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Scalar WhereLess(Scalar a, Scalar b, Scalar then, Scalar otherwise)
        => a.Value < b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static bool AnyLess(Scalar a, Scalar b) => a.Value < b.Value;

    /// <inheritdoc/>
    public static Scalar AddUInt64(Scalar a, Scalar b) => FromBits(Bits(a) + Bits(b));

    /// <inheritdoc/>
    public static Scalar MultiplyUInt32(Scalar a, Scalar b)
        => FromBits((Bits(a) & 0xFFFF_FFFF) * (Bits(b) & 0xFFFF_FFFF));

    /// <inheritdoc/>
    public static Scalar Min(Scalar a, Scalar b) => a.Value < b.Value ? a : b;

    /// <inheritdoc/>
    public static Scalar Max(Scalar a, Scalar b) => a.Value > b.Value ? a : b;

    /// <inheritdoc/>
    public static Scalar CopySign(Scalar magnitude, Scalar sign) => new(Math.CopySign(magnitude.Value, sign.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Tanh(Scalar a) => Elementary.Tanh(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Exp(Scalar a) => Elementary.Exp(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Log(Scalar a) => Elementary.Log(a);

    private static ulong Bits(Scalar a) => BitConverter.DoubleToUInt64Bits(a.Value);
}
