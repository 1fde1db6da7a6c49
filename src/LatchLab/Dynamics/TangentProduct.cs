using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The product J·Q of a matrix and vectors that are stored side by side, one vector per lane. Each sum runs over the
/// components in order. Four rows of J and three lanes of Q are processed at a time, so that twelve sums stay in
/// registers and each loaded value is used three or four times.
/// </summary>
internal static class TangentProduct
{
    /// <summary>Rows of J in one pass.</summary>
    public const int RowsPerPass = 4;

    /// <summary>Writes J·Q.</summary>
    /// <param name="jacobian">J, <paramref name="rows"/> × <paramref name="components"/>, row by row.</param>
    /// <param name="vectors">Q, [component][lane].</param>
    /// <param name="image">J·Q, <paramref name="rows"/> × <paramref name="width"/>, written.</param>
    /// <param name="rows">A multiple of <see cref="RowsPerPass"/>.</param>
    /// <param name="components">Columns of J.</param>
    /// <param name="width">Lanes of a row of Q.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLane>(
        UncheckedSpan<Scalar> jacobian, UncheckedSpan<TLane> vectors, UncheckedSpan<TLane> image, int rows,
        int components, int width)
        where TLane : unmanaged, ILane<TLane>
    {
        int b = 0;
        for (; b + 3 <= width; b += 3)
        {
            UncheckedSpan<TLane> q = vectors.Slice(b), product = image.Slice(b);
            for (int i = 0; i < rows; i += RowsPerPass)
                FourByThree(jacobian.Slice(i * components), q, product.Slice(i * width), components, width);
        }

        for (; b < width; b++)
        {
            UncheckedSpan<TLane> q = vectors.Slice(b), product = image.Slice(b);
            for (int i = 0; i < rows; i += RowsPerPass)
                FourByOne(jacobian.Slice(i * components), q, product.Slice(i * width), components, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByThree<TLane>(UncheckedSpan<Scalar> j, UncheckedSpan<TLane> q, UncheckedSpan<TLane> image,
        int n, int width)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a0 = default, a1 = default, a2 = default, b0 = default, b1 = default, b2 = default;
        TLane c0 = default, c1 = default, c2 = default, d0 = default, d1 = default, d2 = default;
        for (int k = 0; k < n; k++)
        {
            TLane x = q[0], y = q[1], z = q[2];
            TLane a = TLane.From(j[0].Value), b = TLane.From(j[n].Value);
            a0 = TLane.FusedMultiplyAdd(a, x, a0);
            a1 = TLane.FusedMultiplyAdd(a, y, a1);
            a2 = TLane.FusedMultiplyAdd(a, z, a2);
            b0 = TLane.FusedMultiplyAdd(b, x, b0);
            b1 = TLane.FusedMultiplyAdd(b, y, b1);
            b2 = TLane.FusedMultiplyAdd(b, z, b2);
            TLane c = TLane.From(j[2 * n].Value), d = TLane.From(j[3 * n].Value);
            c0 = TLane.FusedMultiplyAdd(c, x, c0);
            c1 = TLane.FusedMultiplyAdd(c, y, c1);
            c2 = TLane.FusedMultiplyAdd(c, z, c2);
            d0 = TLane.FusedMultiplyAdd(d, x, d0);
            d1 = TLane.FusedMultiplyAdd(d, y, d1);
            d2 = TLane.FusedMultiplyAdd(d, z, d2);
            j = j.Slice(1);
            q = q.Slice(width);
        }

        (image[0], image[1], image[2]) = (a0, a1, a2);
        (image[width], image[width + 1], image[width + 2]) = (b0, b1, b2);
        (image[2 * width], image[(2 * width) + 1], image[(2 * width) + 2]) = (c0, c1, c2);
        (image[3 * width], image[(3 * width) + 1], image[(3 * width) + 2]) = (d0, d1, d2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByOne<TLane>(UncheckedSpan<Scalar> j, UncheckedSpan<TLane> q, UncheckedSpan<TLane> image,
        int n, int width)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a = default, b = default, c = default, d = default;
        for (int k = 0; k < n; k++)
        {
            TLane x = q[0];
            a = TLane.FusedMultiplyAdd(TLane.From(j[0].Value), x, a);
            b = TLane.FusedMultiplyAdd(TLane.From(j[n].Value), x, b);
            c = TLane.FusedMultiplyAdd(TLane.From(j[2 * n].Value), x, c);
            d = TLane.FusedMultiplyAdd(TLane.From(j[3 * n].Value), x, d);
            j = j.Slice(1);
            q = q.Slice(width);
        }

        (image[0], image[width], image[2 * width], image[3 * width]) = (a, b, c, d);
    }
}
