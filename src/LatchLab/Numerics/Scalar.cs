using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// One trial in a plain <c>double</c>: the lane type for debugging, and the reference for all others.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct Scalar(double Value) : IBitLane<Scalar>
{
    public static int Count => 1;

    public static Scalar From(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Load(LaneConstant constant) => LaneConstants<Scalar>.Load(constant);

    public static Scalar FromBits(ulong bits) => new(BitConverter.UInt64BitsToDouble(bits));

    public static Scalar operator +(Scalar a, Scalar b) => new(a.Value + b.Value);

    public static Scalar operator -(Scalar a, Scalar b) => new(a.Value - b.Value);

    public static Scalar operator *(Scalar a, Scalar b) => new(a.Value * b.Value);

    public static Scalar operator /(Scalar a, Scalar b) => new(a.Value / b.Value);

    public static Scalar operator -(Scalar a) => new(-a.Value);

    public static Scalar operator &(Scalar a, Scalar b) => FromBits(Bits(a) & Bits(b));

    public static Scalar operator |(Scalar a, Scalar b) => FromBits(Bits(a) | Bits(b));

    public static Scalar operator ^(Scalar a, Scalar b) => FromBits(Bits(a) ^ Bits(b));

    public static Scalar ExclusiveOr(Scalar a, Scalar b, Scalar c) => a ^ b ^ c;

    public static Scalar operator <<(Scalar a, int count) => FromBits(Bits(a) << count);

    public static Scalar operator >>>(Scalar a, int count) => FromBits(Bits(a) >>> count);

    public static Scalar FusedMultiplyAdd(Scalar a, Scalar b, Scalar c)
        => new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    public static Scalar Abs(Scalar a) => new(Math.Abs(a.Value));

    public static Scalar Sqrt(Scalar a) => new(Math.Sqrt(a.Value));

    public static Scalar WhereLess(Scalar a, Scalar b, Scalar then, Scalar otherwise)
        => a.Value < b.Value ? then : otherwise;

    public static bool AnyLess(Scalar a, Scalar b) => a.Value < b.Value;

    public static Scalar AddUInt64(Scalar a, Scalar b) => FromBits(Bits(a) + Bits(b));

    public static Scalar MultiplyUInt32(Scalar a, Scalar b)
        => FromBits((Bits(a) & 0xFFFF_FFFF) * (Bits(b) & 0xFFFF_FFFF));

    public static Scalar Min(Scalar a, Scalar b) => a.Value < b.Value ? a : b;

    public static Scalar Max(Scalar a, Scalar b) => a.Value > b.Value ? a : b;

    public static Scalar CopySign(Scalar magnitude, Scalar sign) => new(Math.CopySign(magnitude.Value, sign.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Tanh(Scalar a) => Elementary.Tanh(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Exp(Scalar a) => Elementary.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Log(Scalar a) => Elementary.Log(a);

    private static ulong Bits(Scalar a) => BitConverter.DoubleToUInt64Bits(a.Value);
}
