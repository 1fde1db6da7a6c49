using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatchLab.Numerics;

/// <summary>Two trials in a 128-bit vector: the lane type for ARM64, where this is the full register width.</summary>
/// <param name="vector">The numbers, one per trial.</param>
public readonly struct Wide128(Vector128<double> vector) : IBitLane<Wide128>
{
    private readonly Vector128<double> _v = vector;

    public static int Count => Vector128<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 From(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Load(LaneConstant constant) => LaneConstants<Wide128>.Load(constant);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 FromBits(ulong bits) => new(Vector128.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator +(Wide128 a, Wide128 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator -(Wide128 a, Wide128 b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator *(Wide128 a, Wide128 b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator /(Wide128 a, Wide128 b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator -(Wide128 a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator &(Wide128 a, Wide128 b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator |(Wide128 a, Wide128 b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator ^(Wide128 a, Wide128 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 ExclusiveOr(Wide128 a, Wide128 b, Wide128 c)
        => new(Avx512F.VL.IsSupported
            ? Avx512F.VL.TernaryLogic(a._v, b._v, c._v, 0x96) // 0x96: parity of three
            : a._v ^ b._v ^ c._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator <<(Wide128 a, int count) => new((a._v.AsUInt64() << count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 operator >>>(Wide128 a, int count) => new((a._v.AsUInt64() >>> count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 FusedMultiplyAdd(Wide128 a, Wide128 b, Wide128 c)
        => new(Vector128.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 FusedMultiplyAddFrom(ref readonly Wide128 a, Wide128 b, Wide128 c)
        => new(Vector128.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Abs(Wide128 a) => new(Vector128.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Sqrt(Wide128 a) => new(Vector128.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 WhereLess(Wide128 a, Wide128 b, Wide128 then, Wide128 otherwise)
        => new(Vector128.ConditionalSelect(Vector128.LessThan(a._v, b._v), then._v, otherwise._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Wide128 a, Wide128 b) => Vector128.LessThanAny(a._v, b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 AddUInt64(Wide128 a, Wide128 b) => new((a._v.AsUInt64() + b._v.AsUInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 MultiplyUInt32(Wide128 a, Wide128 b)
    {
        if (Sse2.IsSupported)
            return new(Sse2.Multiply(a._v.AsUInt32(), b._v.AsUInt32()).AsDouble());
        Vector128<ulong> low = Vector128.Create(0xFFFF_FFFFUL);
        return new(((a._v.AsUInt64() & low) * (b._v.AsUInt64() & low)).AsDouble());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Min(Wide128 a, Wide128 b)
        => new(Sse2.IsSupported
            ? Sse2.Min(a._v, b._v)
            : Vector128.ConditionalSelect(Vector128.LessThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Max(Wide128 a, Wide128 b)
        => new(Sse2.IsSupported
            ? Sse2.Max(a._v, b._v)
            : Vector128.ConditionalSelect(Vector128.GreaterThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 CopySign(Wide128 magnitude, Wide128 sign)
        => new(Vector128.ConditionalSelect(Vector128.Create(-0.0), sign._v, magnitude._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Tanh(Wide128 a) => Elementary.Tanh(a);

    public static void ReplaceByTanh(UncheckedSpan<Wide128> values, nint count)
        => Unrolled4<Wide128>.ReplaceByTanh(values, count);

    public static void ReplaceByLogistic(UncheckedSpan<Wide128> values, nint count)
        => Unrolled4<Wide128>.ReplaceByLogistic(values, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Exp(Wide128 a) => Elementary.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide128 Log(Wide128 a) => Elementary.Log(a);
}
