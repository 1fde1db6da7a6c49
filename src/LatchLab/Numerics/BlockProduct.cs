using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// <c>C ← C − A·B</c> for blocks of matrices whose rows have the same distance. Lanes are neighbouring columns of B and
/// C. Four rows of A and three lanes of B are processed at a time, so that twelve sums stay in registers; the rows of B
/// in use stay in the first cache.
/// </summary>
internal static class BlockProduct
{
    private const int RowsPerPass = 4, LanesPerPass = 3;

    // Rows of B whose parts in three vectors of eight numbers take 24 KB.
    private const int Depth = 128;

    /// <summary>Subtracts the product.</summary>
    /// <param name="c">C, <paramref name="rows"/> × <paramref name="width"/>.</param>
    /// <param name="a">A, <paramref name="rows"/> × <paramref name="depth"/>.</param>
    /// <param name="b">B, <paramref name="depth"/> × <paramref name="width"/>.</param>
    /// <param name="stride">Distance of two rows, in numbers.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="width">Columns of B and C; those beyond whole lanes take longer.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Subtract<TLane>(
        UncheckedSpan<Scalar> c, UncheckedSpan<Scalar> a, UncheckedSpan<Scalar> b, int stride, int rows, int depth,
        int width)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int k = 0; k < depth; k += Depth)
        {
            int part = Math.Min(Depth, depth - k);
            UncheckedSpan<Scalar> left = a.Slice(k), right = b.Slice((nint)k * stride);
            int column = 0;
            for (; column + (LanesPerPass * TLane.Count) <= width; column += LanesPerPass * TLane.Count)
            {
                int row = 0;
                for (; row + RowsPerPass <= rows; row += RowsPerPass)
                {
                    nint first = (nint)row * stride;
                    FourByThree<TLane>(
                        c.Slice(first + column), left.Slice(first), right.Slice(column), stride, part);
                }

                for (int lane = 0; lane < LanesPerPass; lane++)
                {
                    nint at = column + (lane * TLane.Count), first = (nint)row * stride;
                    SubtractColumns<TLane>(
                        c.Slice(first + at), left.Slice(first), right.Slice(at), stride, rows - row, part);
                }
            }

            for (; column + TLane.Count <= width; column += TLane.Count)
                SubtractColumns<TLane>(c.Slice(column), left, right.Slice(column), stride, rows, part);
            for (; column < width; column++)
                SubtractColumns<Scalar>(c.Slice(column), left, right.Slice(column), stride, rows, part);
        }
    }

    /// <summary>The columns of one lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractColumns<TLane>(
        UncheckedSpan<Scalar> c, UncheckedSpan<Scalar> a, UncheckedSpan<Scalar> b, nint stride, int rows, int depth)
        where TLane : unmanaged, ILane<TLane>
    {
        int row = 0;
        for (; row + RowsPerPass <= rows; row += RowsPerPass)
            FourByOne<TLane>(c.Slice(row * stride), a.Slice(row * stride), b, stride, depth);
        for (; row < rows; row++)
            OneByOne<TLane>(c.Slice(row * stride), a.Slice(row * stride), b, stride, depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByThree<TLane>(
        UncheckedSpan<Scalar> c, UncheckedSpan<Scalar> a, UncheckedSpan<Scalar> b, nint stride, int depth)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> r0 = AsLanes<TLane>(c), r1 = AsLanes<TLane>(c.Slice(stride)),
            r2 = AsLanes<TLane>(c.Slice(2 * stride)), r3 = AsLanes<TLane>(c.Slice(3 * stride));
        TLane a0 = r0[0], a1 = r0[1], a2 = r0[2], b0 = r1[0], b1 = r1[1], b2 = r1[2];
        TLane c0 = r2[0], c1 = r2[1], c2 = r2[2], d0 = r3[0], d1 = r3[1], d2 = r3[2];
        for (int k = 0; k < depth; k++)
        {
            UncheckedSpan<TLane> row = AsLanes<TLane>(b);
            TLane x = row[0], y = row[1], z = row[2];
            TLane first = TLane.From(a[0].Value), second = TLane.From(a[stride].Value);
            a0 = TLane.FusedNegatedMultiplyAdd(first, x, a0);
            a1 = TLane.FusedNegatedMultiplyAdd(first, y, a1);
            a2 = TLane.FusedNegatedMultiplyAdd(first, z, a2);
            b0 = TLane.FusedNegatedMultiplyAdd(second, x, b0);
            b1 = TLane.FusedNegatedMultiplyAdd(second, y, b1);
            b2 = TLane.FusedNegatedMultiplyAdd(second, z, b2);
            TLane third = TLane.From(a[2 * stride].Value), fourth = TLane.From(a[3 * stride].Value);
            c0 = TLane.FusedNegatedMultiplyAdd(third, x, c0);
            c1 = TLane.FusedNegatedMultiplyAdd(third, y, c1);
            c2 = TLane.FusedNegatedMultiplyAdd(third, z, c2);
            d0 = TLane.FusedNegatedMultiplyAdd(fourth, x, d0);
            d1 = TLane.FusedNegatedMultiplyAdd(fourth, y, d1);
            d2 = TLane.FusedNegatedMultiplyAdd(fourth, z, d2);
            a = a.Slice(1);
            b = b.Slice(stride);
        }

        (r0[0], r0[1], r0[2]) = (a0, a1, a2);
        (r1[0], r1[1], r1[2]) = (b0, b1, b2);
        (r2[0], r2[1], r2[2]) = (c0, c1, c2);
        (r3[0], r3[1], r3[2]) = (d0, d1, d2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByOne<TLane>(
        UncheckedSpan<Scalar> c, UncheckedSpan<Scalar> a, UncheckedSpan<Scalar> b, nint stride, int depth)
        where TLane : unmanaged, ILane<TLane>
    {
        ref TLane r0 = ref AsLanes<TLane>(c)[0], r1 = ref AsLanes<TLane>(c.Slice(stride))[0],
            r2 = ref AsLanes<TLane>(c.Slice(2 * stride))[0], r3 = ref AsLanes<TLane>(c.Slice(3 * stride))[0];
        TLane first = r0, second = r1, third = r2, fourth = r3;
        for (int k = 0; k < depth; k++)
        {
            TLane x = AsLanes<TLane>(b)[0];
            first = TLane.FusedNegatedMultiplyAdd(TLane.From(a[0].Value), x, first);
            second = TLane.FusedNegatedMultiplyAdd(TLane.From(a[stride].Value), x, second);
            third = TLane.FusedNegatedMultiplyAdd(TLane.From(a[2 * stride].Value), x, third);
            fourth = TLane.FusedNegatedMultiplyAdd(TLane.From(a[3 * stride].Value), x, fourth);
            a = a.Slice(1);
            b = b.Slice(stride);
        }

        (r0, r1, r2, r3) = (first, second, third, fourth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneByOne<TLane>(
        UncheckedSpan<Scalar> c, UncheckedSpan<Scalar> a, UncheckedSpan<Scalar> b, nint stride, int depth)
        where TLane : unmanaged, ILane<TLane>
    {
        ref TLane sum = ref AsLanes<TLane>(c)[0];
        TLane difference = sum;
        for (int k = 0; k < depth; k++)
        {
            difference = TLane.FusedNegatedMultiplyAdd(TLane.From(a[k].Value), AsLanes<TLane>(b)[0], difference);
            b = b.Slice(stride);
        }

        sum = difference;
    }

    /// <summary>The same memory as lanes; the first number is at the beginning of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UncheckedSpan<TLane> AsLanes<TLane>(UncheckedSpan<Scalar> numbers)
        where TLane : unmanaged, ILane<TLane>
        => new(ref Unsafe.As<Scalar, TLane>(ref numbers[0]));
}
