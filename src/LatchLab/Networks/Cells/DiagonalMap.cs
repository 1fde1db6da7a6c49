using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// A weight for each activation of a cell that multiplies one value, <c>a_i += p_i·x_i</c>: a peephole. It sums
/// the gradient terms; the cell computes the product itself.
/// </summary>
/// <param name="rows">Number of weights.</param>
/// <param name="source">Where x is.</param>
/// <param name="offset">Index of the first parameter.</param>
/// <param name="firstDelta">Index of the first derivative among the deltas of a step.</param>
public readonly struct DiagonalMap(int rows, ValueSource source, int offset, int firstDelta)
{
    /// <summary>Number of weights.</summary>
    public int Rows => rows;

    /// <summary>Where x is.</summary>
    public ValueSource Source => source;

    /// <summary>Index of the first parameter.</summary>
    public int Offset => offset;

    /// <summary>Index of the first derivative among the deltas of a step.</summary>
    public int FirstDelta => firstDelta;

    /// <summary>The block of its parameters.</summary>
    public ParameterBlock NameBlock(string name) => new(name, BlockRole.Peephole, rows, 1, offset);

    /// <summary>Adds the gradient terms of several steps to their sums.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="deltas">[step][delta], the latest step first.</param>
    /// <param name="deltaStride">Distance of the deltas of two steps.</param>
    /// <param name="gradients">[parameter]: the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumTerms<TLane>(
        in StepSeries<TLane> steps, UncheckedSpan<TLane> deltas, nint deltaStride, UncheckedSpan<TLane> gradients)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> x = source.Find(steps.Latest), delta = deltas.Slice(firstDelta);
        for (nint i = 0; i < rows; i++)
        {
            TLane sum = gradients[offset + i];
            for (nint step = 0; step < steps.Count; step++)
                sum = TLane.FusedMultiplyAdd(delta[(step * deltaStride) + i], x[i - (step * steps.StepStride)], sum);
            gradients[offset + i] = sum;
        }
    }
}
