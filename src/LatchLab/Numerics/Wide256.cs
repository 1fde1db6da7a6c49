using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatchLab.Numerics;

/// <summary>Four trials in a 256-bit vector: AVX2 with fused multiply-add.</summary>
/// <param name="vector">The numbers, one per trial.</param>
public readonly struct Wide256(Vector256<double> vector) : IBitLane<Wide256>
{
    private readonly Vector256<double> _v = vector;

    public static int Count => Vector256<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 From(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Load(LaneConstant constant) => LaneConstants<Wide256>.Load(constant);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 FromBits(ulong bits) => new(Vector256.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator +(Wide256 a, Wide256 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator -(Wide256 a, Wide256 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator *(Wide256 a, Wide256 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator /(Wide256 a, Wide256 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator -(Wide256 a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator &(Wide256 a, Wide256 b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator |(Wide256 a, Wide256 b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator ^(Wide256 a, Wide256 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 ExclusiveOr(Wide256 a, Wide256 b, Wide256 c)
        => new(Avx512F.VL.IsSupported
            ? Avx512F.VL.TernaryLogic(a._v, b._v, c._v, 0x96) // 0x96: parity of three
            : a._v ^ b._v ^ c._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator <<(Wide256 a, int count) => new((a._v.AsUInt64() << count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 operator >>>(Wide256 a, int count) => new((a._v.AsUInt64() >>> count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 FusedMultiplyAdd(Wide256 a, Wide256 b, Wide256 c)
        => new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 FusedNegatedMultiplyAdd(Wide256 a, Wide256 b, Wide256 c)
        => new(
            Fma.IsSupported ? Fma.MultiplyAddNegated(a._v, b._v, c._v) : Vector256.FusedMultiplyAdd(-a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 FusedMultiplyAddFrom(ref readonly Wide256 a, Wide256 b, Wide256 c)
        => new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Abs(Wide256 a) => new(Vector256.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Sqrt(Wide256 a) => new(Vector256.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 WhereLess(Wide256 a, Wide256 b, Wide256 then, Wide256 otherwise)
        => new(Vector256.ConditionalSelect(Vector256.LessThan(a._v, b._v), then._v, otherwise._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Wide256 a, Wide256 b) => Vector256.LessThanAny(a._v, b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 AddUInt64(Wide256 a, Wide256 b) => new((a._v.AsUInt64() + b._v.AsUInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 MultiplyUInt32(Wide256 a, Wide256 b)
    {
        if (Avx2.IsSupported)
            return new(Avx2.Multiply(a._v.AsUInt32(), b._v.AsUInt32()).AsDouble());
        Vector256<ulong> low = Vector256.Create(0xFFFF_FFFFUL);
        return new(((a._v.AsUInt64() & low) * (b._v.AsUInt64() & low)).AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Min(Wide256 a, Wide256 b)
        => new(Avx.IsSupported
            ? Avx.Min(a._v, b._v)
            : Vector256.ConditionalSelect(Vector256.LessThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Max(Wide256 a, Wide256 b)
        => new(Avx.IsSupported
            ? Avx.Max(a._v, b._v)
            : Vector256.ConditionalSelect(Vector256.GreaterThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 CopySign(Wide256 magnitude, Wide256 sign)
        => new(Vector256.ConditionalSelect(Vector256.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Tanh(Wide256 a) => Elementary.Tanh(a);

    public static void ReplaceByTanh(UncheckedSpan<Wide256> values, nint count)
        => Unrolled4<Wide256>.ReplaceByTanh(values, count);

    public static void ReplaceByLogistic(UncheckedSpan<Wide256> values, nint count)
        => Unrolled4<Wide256>.ReplaceByLogistic(values, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Exp(Wide256 a) => Elementary.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide256 Log(Wide256 a) => Elementary.Log(a);
}
