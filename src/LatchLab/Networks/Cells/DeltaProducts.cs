using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// Sums over several steps of the products of deltas and values, <c>Σ_t δ_i(t)·x_j(t)</c>, the latest step first: the
/// gradients of weights. Four rows and two or four columns are summed together in registers.
/// </summary>
/// <param name="deltas">[step][row], the latest step first.</param>
/// <param name="stride">Distance of the deltas of two steps.</param>
/// <param name="rows">Number of deltas.</param>
/// <param name="count">Number of steps.</param>
internal readonly ref struct DeltaProducts<TLane>(UncheckedSpan<TLane> deltas, nint stride, int rows, int count)
    where TLane : unmanaged, ILane<TLane>
{
    // 16 sums and what they are made of need more than the 16 registers that processors without AVX-512 have.
    private static bool HasManyRegisters => TLane.Count >= 8 * TLane.VectorCount;

    private readonly UncheckedSpan<TLane> _deltas = deltas;

    /// <summary>Adds the products with values to the sums.</summary>
    /// <param name="values">The values of the latest step.</param>
    /// <param name="valueStride">Distance from the values of a step to those of the step before it.</param>
    /// <param name="columns">Number of values.</param>
    /// <param name="sums">[row][column].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sum(UncheckedSpan<TLane> values, nint valueStride, nint columns, UncheckedSpan<TLane> sums)
    {
        UncheckedSpan<TLane> d = _deltas;
        nint row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            nint column = 0;
            UncheckedSpan<TLane> block = sums.Slice(row * columns);
            for (; HasManyRegisters && column + 4 <= columns; column += 4)
                SumWideBlock(d.Slice(row), values.Slice(column), valueStride, columns, block.Slice(column));
            for (; column + 2 <= columns; column += 2)
                SumBlock(d.Slice(row), values.Slice(column), valueStride, columns, block.Slice(column));
            if (column < columns)
                SumColumn(d.Slice(row), values.Slice(column), valueStride, columns, block.Slice(column));
        }

        for (; row < rows; row++)
        {
            for (nint column = 0; column < columns; column++)
                SumProduct(d.Slice(row), values.Slice(column), valueStride, ref sums[(row * columns) + column]);
        }
    }

    /// <summary>Adds the deltas to the sums: the gradients of biases.</summary>
    /// <param name="sums">[row].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sum(UncheckedSpan<TLane> sums)
    {
        UncheckedSpan<TLane> d = _deltas;
        for (nint row = 0; row < rows; row++)
        {
            TLane sum = sums[row];
            for (nint step = 0; step < count; step++)
                sum += d[(step * stride) + row];
            sums[row] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumWideBlock(
        UncheckedSpan<TLane> delta, UncheckedSpan<TLane> value, nint valueStride, nint width, UncheckedSpan<TLane> sums)
    {
        UncheckedSpan<TLane> second = sums.Slice(width), third = second.Slice(width), fourth = third.Slice(width);
        TLane a0 = sums[0], b0 = sums[1], c0 = sums[2], d0 = sums[3],
            a1 = second[0], b1 = second[1], c1 = second[2], d1 = second[3],
            a2 = third[0], b2 = third[1], c2 = third[2], d2 = third[3],
            a3 = fourth[0], b3 = fourth[1], c3 = fourth[2], d3 = fourth[3];
        for (int remaining = count; remaining > 0; remaining--)
        {
            TLane x = value[0], y = value[1], z = value[2], w = value[3], d = delta[0];
            a0 = TLane.FusedMultiplyAdd(d, x, a0);
            b0 = TLane.FusedMultiplyAdd(d, y, b0);
            c0 = TLane.FusedMultiplyAdd(d, z, c0);
            d0 = TLane.FusedMultiplyAdd(d, w, d0);
            d = delta[1];
            a1 = TLane.FusedMultiplyAdd(d, x, a1);
            b1 = TLane.FusedMultiplyAdd(d, y, b1);
            c1 = TLane.FusedMultiplyAdd(d, z, c1);
            d1 = TLane.FusedMultiplyAdd(d, w, d1);
            d = delta[2];
            a2 = TLane.FusedMultiplyAdd(d, x, a2);
            b2 = TLane.FusedMultiplyAdd(d, y, b2);
            c2 = TLane.FusedMultiplyAdd(d, z, c2);
            d2 = TLane.FusedMultiplyAdd(d, w, d2);
            d = delta[3];
            a3 = TLane.FusedMultiplyAdd(d, x, a3);
            b3 = TLane.FusedMultiplyAdd(d, y, b3);
            c3 = TLane.FusedMultiplyAdd(d, z, c3);
            d3 = TLane.FusedMultiplyAdd(d, w, d3);
            value = value.Slice(-valueStride);
            delta = delta.Slice(stride);
        }

        sums[0] = a0;
        sums[1] = b0;
        sums[2] = c0;
        sums[3] = d0;
        second[0] = a1;
        second[1] = b1;
        second[2] = c1;
        second[3] = d1;
        third[0] = a2;
        third[1] = b2;
        third[2] = c2;
        third[3] = d2;
        fourth[0] = a3;
        fourth[1] = b3;
        fourth[2] = c3;
        fourth[3] = d3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumBlock(
        UncheckedSpan<TLane> delta, UncheckedSpan<TLane> value, nint valueStride, nint width, UncheckedSpan<TLane> sums)
    {
        TLane a0 = sums[0], b0 = sums[1], a1 = sums[width], b1 = sums[width + 1], a2 = sums[2 * width],
            b2 = sums[(2 * width) + 1], a3 = sums[3 * width], b3 = sums[(3 * width) + 1];
        for (int remaining = count; remaining > 0; remaining--)
        {
            TLane x = value[0], y = value[1], d = delta[0];
            a0 = TLane.FusedMultiplyAdd(d, x, a0);
            b0 = TLane.FusedMultiplyAdd(d, y, b0);
            d = delta[1];
            a1 = TLane.FusedMultiplyAdd(d, x, a1);
            b1 = TLane.FusedMultiplyAdd(d, y, b1);
            d = delta[2];
            a2 = TLane.FusedMultiplyAdd(d, x, a2);
            b2 = TLane.FusedMultiplyAdd(d, y, b2);
            d = delta[3];
            a3 = TLane.FusedMultiplyAdd(d, x, a3);
            b3 = TLane.FusedMultiplyAdd(d, y, b3);
            value = value.Slice(-valueStride);
            delta = delta.Slice(stride);
        }

        sums[0] = a0;
        sums[1] = b0;
        sums[width] = a1;
        sums[width + 1] = b1;
        sums[2 * width] = a2;
        sums[(2 * width) + 1] = b2;
        sums[3 * width] = a3;
        sums[(3 * width) + 1] = b3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumColumn(
        UncheckedSpan<TLane> delta, UncheckedSpan<TLane> value, nint valueStride, nint width, UncheckedSpan<TLane> sums)
    {
        TLane a0 = sums[0], a1 = sums[width], a2 = sums[2 * width], a3 = sums[3 * width];
        for (int remaining = count; remaining > 0; remaining--)
        {
            TLane x = value[0];
            a0 = TLane.FusedMultiplyAdd(delta[0], x, a0);
            a1 = TLane.FusedMultiplyAdd(delta[1], x, a1);
            a2 = TLane.FusedMultiplyAdd(delta[2], x, a2);
            a3 = TLane.FusedMultiplyAdd(delta[3], x, a3);
            value = value.Slice(-valueStride);
            delta = delta.Slice(stride);
        }

        sums[0] = a0;
        sums[width] = a1;
        sums[2 * width] = a2;
        sums[3 * width] = a3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumProduct(
        UncheckedSpan<TLane> delta, UncheckedSpan<TLane> value, nint valueStride, ref TLane sum)
    {
        TLane a = sum;
        for (int remaining = count; remaining > 0; remaining--)
        {
            a = TLane.FusedMultiplyAdd(delta[0], value[0], a);
            value = value.Slice(-valueStride);
            delta = delta.Slice(stride);
        }

        sum = a;
    }
}
