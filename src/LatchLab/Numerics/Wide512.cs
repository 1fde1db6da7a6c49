using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    public static Wide512 Load(LaneConstant constant) => LaneConstants<Wide512>.Load(constant);

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
    public static Wide512 FusedMultiplyAddFrom(ref readonly Wide512 a, Wide512 b, Wide512 c)
        => new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Abs(Wide512 a) => new(Vector512.Abs(a._v));

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(
        ReadOnlySpan<double> source, ReadOnlySpan<int> offsets, int count, UncheckedSpan<Wide512> destination,
        int stride)
    {
        // One check for all rows; below, the registers suffice for eight addresses.
        for (int lane = 0; lane < Count; lane++)
            _ = source.Slice(offsets[lane], count);
        ref double first = ref MemoryMarshal.GetReference(source);
        ref double row0 = ref Unsafe.Add(ref first, offsets[0]), row1 = ref Unsafe.Add(ref first, offsets[1]),
            row2 = ref Unsafe.Add(ref first, offsets[2]), row3 = ref Unsafe.Add(ref first, offsets[3]),
            row4 = ref Unsafe.Add(ref first, offsets[4]), row5 = ref Unsafe.Add(ref first, offsets[5]),
            row6 = ref Unsafe.Add(ref first, offsets[6]), row7 = ref Unsafe.Add(ref first, offsets[7]);
        for (nuint i = 0; i < (nuint)count; i += (nuint)Count)
        {
            // Eight rows of eight: pairs of neighbours are joined, then pairs of pairs, then all.
            Vector512<double> a = Vector512.LoadUnsafe(ref row0, i), b = Vector512.LoadUnsafe(ref row1, i),
                c = Vector512.LoadUnsafe(ref row2, i), d = Vector512.LoadUnsafe(ref row3, i),
                e = Vector512.LoadUnsafe(ref row4, i), f = Vector512.LoadUnsafe(ref row5, i),
                g = Vector512.LoadUnsafe(ref row6, i), h = Vector512.LoadUnsafe(ref row7, i);
            UncheckedSpan<Wide512> columns = destination.Slice((nint)i * stride);
            Store(columns, 2 * stride, JoinLow(a, b), JoinLow(c, d), JoinLow(e, f), JoinLow(g, h));
            Store(columns.Slice(stride), 2 * stride, JoinHigh(a, b), JoinHigh(c, d), JoinHigh(e, f), JoinHigh(g, h));
        }
    }

    /// <summary>The numbers with even indices of two rows, alternating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> JoinLow(Vector512<double> a, Vector512<double> b)
        => Avx512F.IsSupported ? Avx512F.UnpackLow(a, b)
            : Vector512.Create(a[0], b[0], a[2], b[2], a[4], b[4], a[6], b[6]);

    /// <summary>The numbers with odd indices of two rows, alternating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> JoinHigh(Vector512<double> a, Vector512<double> b)
        => Avx512F.IsSupported ? Avx512F.UnpackHigh(a, b)
            : Vector512.Create(a[1], b[1], a[3], b[3], a[5], b[5], a[7], b[7]);

    /// <summary>Stores four columns: each argument has two rows, and pair k of it belongs to the k-th column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        UncheckedSpan<Wide512> destination, int stride, Vector512<double> ab, Vector512<double> cd,
        Vector512<double> ef, Vector512<double> gh)
    {
        Vector512<double> even = EvenPairs(ab, cd), odd = OddPairs(ab, cd), evenBelow = EvenPairs(ef, gh),
            oddBelow = OddPairs(ef, gh);
        destination[0] = new(EvenPairs(even, evenBelow));
        destination[stride] = new(EvenPairs(odd, oddBelow));
        destination[2 * stride] = new(OddPairs(even, evenBelow));
        destination[3 * stride] = new(OddPairs(odd, oddBelow));
    }

    /// <summary>The pairs 0 and 2 of two vectors of four pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> EvenPairs(Vector512<double> a, Vector512<double> b)
        => Avx512F.IsSupported ? Avx512F.Shuffle4x128(a, b, 0x88)
            : Vector512.Create(a[0], a[1], a[4], a[5], b[0], b[1], b[4], b[5]);

    /// <summary>The pairs 1 and 3 of two vectors of four pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> OddPairs(Vector512<double> a, Vector512<double> b)
        => Avx512F.IsSupported ? Avx512F.Shuffle4x128(a, b, 0xDD)
            : Vector512.Create(a[2], a[3], a[6], a[7], b[2], b[3], b[6], b[7]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Tanh(Wide512 a) => Elementary.Tanh(a);

    public static void ReplaceByTanh(UncheckedSpan<Wide512> values, nint count)
        => Unrolled4<Wide512>.ReplaceByTanh(values, count);

    public static void ReplaceByLogistic(UncheckedSpan<Wide512> values, nint count)
        => Unrolled4<Wide512>.ReplaceByLogistic(values, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Exp(Wide512 a) => Elementary.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide512 Log(Wide512 a) => Elementary.Log(a);
}
