using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <content>The gradients: sums of products of deltas and values.</content>
public readonly partial struct AffineMap
{
    /// <summary>Adds the gradient terms of several steps to their sums.</summary>
    /// <param name="steps">The steps: what the latest reads and wrote, and the distances to those before it.</param>
    /// <param name="deltas">[step][delta], the latest step first.</param>
    /// <param name="deltaStride">Distance of the deltas of two steps.</param>
    /// <param name="gradients">[parameter]: the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumTerms<TLane>(
        in StepSeries<TLane> steps, UncheckedSpan<TLane> deltas, nint deltaStride, UncheckedSpan<TLane> gradients)
        where TLane : unmanaged, ILane<TLane>
    {
        var products = new DeltaProducts<TLane>(
            deltas.Slice(firstDelta), deltaStride, steps.Count, gradients.Slice(Biases));
        int count = columns + inputs, row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            int column = 0;
            for (; DeltaProducts<TLane>.HasManyRegisters && column + 4 <= columns && column + 4 < count; column += 4)
                products.SumFour(row, ColumnAt(column, steps, gradients));
            for (; column + 2 <= count; column += 2)
            {
                products.SumTwo(
                    row, ColumnAt(column, steps, gradients), ColumnAt(column + 1, steps, gradients),
                    hasBiases && column + 2 == count);
            }

            if (column < count)
                products.SumOne(row, ColumnAt(column, steps, gradients), hasBiases);
        }

        for (; row < rows; row++)
        {
            for (int column = 0; column < count; column++)
                products.SumSingle(row, ColumnAt(column, steps, gradients));
            if (hasBiases)
                products.SumBias(row);
        }
    }

    /// <summary>What the deltas are multiplied with: a value of x or u.</summary>
    private ValueColumn<TLane> ColumnAt<TLane>(
        int index, in StepSeries<TLane> steps, UncheckedSpan<TLane> gradients)
        where TLane : unmanaged, ILane<TLane>
    {
        if (index < columns)
        {
            return new(
                source.Find(steps.Latest).Slice(index), -steps.StepStride, gradients.Slice(offset + index), columns);
        }

        int input = index - columns;
        return new(
            steps.Latest.Input.Slice(input), -steps.InputStride, gradients.Slice(InputWeights + input), inputs);
    }
}
