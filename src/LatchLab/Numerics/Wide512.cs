using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatchLab.Numerics;

/// <summary>Eight trials in a 512-bit vector: AVX-512.</summary>
/// <param name="vector">The numbers, one per trial.</param>
public readonly struct Wide512(Vector512<double> vector) : IBitLane<Wide512>
{
    private readonly Vector512<double> _v = vector;

    public static int Count => Vector512<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 From(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 FromBits(ulong bits) => new(Vector512.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator +(Wide512 a, Wide512 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator -(Wide512 a, Wide512 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator *(Wide512 a, Wide512 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator /(Wide512 a, Wide512 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator -(Wide512 a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator &(Wide512 a, Wide512 b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator |(Wide512 a, Wide512 b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator ^(Wide512 a, Wide512 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 ExclusiveOr(Wide512 a, Wide512 b, Wide512 c)
        => new(Avx512F.IsSupported
            ? Avx512F.TernaryLogic(a._v, b._v, c._v, 0x96) // 0x96: parity of three
            : a._v ^ b._v ^ c._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator <<(Wide512 a, int count) => new((a._v.AsUInt64() << count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 operator >>>(Wide512 a, int count) => new((a._v.AsUInt64() >>> count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 FusedMultiplyAdd(Wide512 a, Wide512 b, Wide512 c)
        => new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 FusedNegatedMultiplyAdd(Wide512 a, Wide512 b, Wide512 c)
        => new(Avx512F.IsSupported
            ? Avx512F.FusedMultiplyAddNegated(a._v, b._v, c._v)
            : Vector512.FusedMultiplyAdd(-a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Sqrt(Wide512 a) => new(Vector512.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 WhereLess(Wide512 a, Wide512 b, Wide512 then, Wide512 otherwise)
        => new(Vector512.ConditionalSelect(Vector512.LessThan(a._v, b._v), then._v, otherwise._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Wide512 a, Wide512 b) => Vector512.LessThanAny(a._v, b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 AddUInt64(Wide512 a, Wide512 b) => new((a._v.AsUInt64() + b._v.AsUInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 MultiplyUInt32(Wide512 a, Wide512 b)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.Multiply(a._v.AsUInt32(), b._v.AsUInt32()).AsDouble());
        Vector512<ulong> low = Vector512.Create(0xFFFF_FFFFUL);
        return new(((a._v.AsUInt64() & low) * (b._v.AsUInt64() & low)).AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Min(Wide512 a, Wide512 b)
        => new(Avx512F.IsSupported
            ? Avx512F.Min(a._v, b._v)
            : Vector512.ConditionalSelect(Vector512.LessThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Max(Wide512 a, Wide512 b)
        => new(Avx512F.IsSupported
            ? Avx512F.Max(a._v, b._v)
            : Vector512.ConditionalSelect(Vector512.GreaterThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 CopySign(Wide512 magnitude, Wide512 sign)
        => new(Vector512.ConditionalSelect(Vector512.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Tanh(Wide512 a) => Elementary.Tanh(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Exp(Wide512 a) => Elementary.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Log(Wide512 a) => Elementary.Log(a);
}
