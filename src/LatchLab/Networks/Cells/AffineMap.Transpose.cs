using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <content>The derivatives with respect to values: products of the transposed weights and deltas.</content>
public readonly partial struct AffineMap
{
    // Columns whose sums stay in the first cache while all rows of a large network are read.
    private const int BlockColumns = 64;

    /// <summary>Computes ∂C/∂x = Wᵀ·δ.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="deltas">The deltas of the step.</param>
    /// <param name="adjoint">Receives the derivatives.</param>
    /// <param name="isSum">Whether they are added to what it contains.</param>
    public void Transpose<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> adjoint, bool isSum)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
        => Transpose(parameters.Slice(offset), columns, deltas.Slice(firstDelta), adjoint, isSum);

    /// <summary>Computes ∂C/∂u = Vᵀ·δ.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="deltas">The deltas of the step.</param>
    /// <param name="adjoint">Receives the derivatives; they are added to what it contains.</param>
    public void TransposeToInput<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
        => Transpose(parameters.Slice(InputWeights), inputs, deltas.Slice(firstDelta), adjoint, isSum: true);

    private void Transpose<TLane, TParameters>(
        TParameters matrix, nint width, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> adjoint, bool isSum)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        if (TLane.VectorCount == 1)
        {
            TransposeColumns(matrix, width, deltas, adjoint, isSum);
            return;
        }

        for (nint j = 0; !isSum && j < width; j++)
            adjoint[j] = TLane.From(0.0);
        for (nint column = 0; column < width; column += BlockColumns)
        {
            TransposeRows(
                matrix.Slice(column), width, nint.Min(BlockColumns, width - column), deltas, adjoint.Slice(column));
        }
    }

    /// <summary>Up to eight columns together, whose sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransposeColumns<TLane, TParameters>(
        TParameters matrix, nint width, UncheckedSpan<TLane> delta, UncheckedSpan<TLane> adjoint, bool isSum)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        nint remaining = width;
        for (; remaining >= 8; remaining -= 8)
        {
            TransposeEight(matrix, width, delta, adjoint, isSum);
            matrix = matrix.Slice(8);
            adjoint = adjoint.Slice(8);
        }

        if (remaining >= 4)
        {
            TransposeFourToSeven(matrix, width, remaining, delta, adjoint, isSum);
            return;
        }

        for (nint column = 0; column < remaining; column++)
        {
            TLane a = isSum ? adjoint[column] : TLane.From(0.0);
            TParameters row = matrix.Slice(column);
            for (nint r = 0; r < rows; r++)
            {
                a = row.MultiplyAdd(0, delta[r], a);
                row = row.Slice(width);
            }

            adjoint[column] = a;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TransposeEight<TLane, TParameters>(
        TParameters row, nint width, UncheckedSpan<TLane> delta, UncheckedSpan<TLane> adjoint, bool isSum)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        TLane zero = TLane.From(0.0);
        TLane a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        if (isSum)
        {
            (a0, a1, a2, a3) = (adjoint[0], adjoint[1], adjoint[2], adjoint[3]);
            (a4, a5, a6, a7) = (adjoint[4], adjoint[5], adjoint[6], adjoint[7]);
        }

        for (nint r = 0; r < rows; r++)
        {
            TLane d = delta[r];
            a0 = row.MultiplyAdd(0, d, a0);
            a1 = row.MultiplyAdd(1, d, a1);
            a2 = row.MultiplyAdd(2, d, a2);
            a3 = row.MultiplyAdd(3, d, a3);
            a4 = row.MultiplyAdd(4, d, a4);
            a5 = row.MultiplyAdd(5, d, a5);
            a6 = row.MultiplyAdd(6, d, a6);
            a7 = row.MultiplyAdd(7, d, a7);
            row = row.Slice(width);
        }

        (adjoint[0], adjoint[1], adjoint[2], adjoint[3]) = (a0, a1, a2, a3);
        (adjoint[4], adjoint[5], adjoint[6], adjoint[7]) = (a4, a5, a6, a7);
    }

    /// <summary>In one loop: the sum of a single column would wait for its products, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TransposeFourToSeven<TLane, TParameters>(
        TParameters row, nint width, nint count, UncheckedSpan<TLane> delta, UncheckedSpan<TLane> adjoint, bool isSum)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        TLane zero = TLane.From(0.0);
        TLane a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero;
        bool hasFifth = count > 4, hasSixth = count > 5, hasSeventh = count > 6;
        if (isSum)
        {
            (a0, a1, a2, a3) = (adjoint[0], adjoint[1], adjoint[2], adjoint[3]);
            a4 = hasFifth ? adjoint[4] : zero;
            a5 = hasSixth ? adjoint[5] : zero;
            a6 = hasSeventh ? adjoint[6] : zero;
        }

        for (nint r = 0; r < rows; r++)
        {
            TLane d = delta[r];
            a0 = row.MultiplyAdd(0, d, a0);
            a1 = row.MultiplyAdd(1, d, a1);
            a2 = row.MultiplyAdd(2, d, a2);
            a3 = row.MultiplyAdd(3, d, a3);
            if (hasFifth)
                a4 = row.MultiplyAdd(4, d, a4);
            if (hasSixth)
                a5 = row.MultiplyAdd(5, d, a5);
            if (hasSeventh)
                a6 = row.MultiplyAdd(6, d, a6);
            row = row.Slice(width);
        }

        (adjoint[0], adjoint[1], adjoint[2], adjoint[3]) = (a0, a1, a2, a3);
        if (hasFifth)
            adjoint[4] = a4;
        if (hasSixth)
            adjoint[5] = a5;
        if (hasSeventh)
            adjoint[6] = a6;
    }

    /// <summary>Four rows together, whose deltas stay in registers; each row is read once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransposeRows<TLane, TParameters>(
        TParameters matrix, nint stride, nint width, UncheckedSpan<TLane> delta, UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        nint row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            TLane d0 = delta[row], d1 = delta[row + 1], d2 = delta[row + 2], d3 = delta[row + 3];
            for (nint j = 0; j < width; j++)
            {
                TLane a = matrix.MultiplyAdd(j, d0, adjoint[j]);
                a = matrix.MultiplyAdd(stride + j, d1, a);
                a = matrix.MultiplyAdd((2 * stride) + j, d2, a);
                adjoint[j] = matrix.MultiplyAdd((3 * stride) + j, d3, a);
            }

            matrix = matrix.Slice(4 * stride);
        }

        for (; row < rows; row++)
        {
            for (nint j = 0; j < width; j++)
                adjoint[j] = matrix.MultiplyAdd(j, delta[row], adjoint[j]);
            matrix = matrix.Slice(stride);
        }
    }
}
