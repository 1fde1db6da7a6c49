using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <content>
/// The activations. Eight or four of them are computed together: a value is loaded once for all, their sums stay in
/// registers, and while one sum waits for its last product, the processor adds to the others.
/// </content>
public readonly partial struct AffineMap
{
    /// <summary>Computes the activations.</summary>
    /// <param name="parameters">The parameters of the cell.</param>
    /// <param name="input">u.</param>
    /// <param name="values">x.</param>
    /// <param name="activations">Receives the activations.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> values,
        UncheckedSpan<TLane> activations)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        TLane zero = TLane.From(0.0);
        TParameters w = parameters.Slice(offset), v = parameters.Slice(InputWeights),
            b = parameters.Slice(Biases);
        nint n = columns, m = inputs, remaining = rows;
        bool biased = hasBiases;
        for (; TLane.VectorCount == 1 && remaining >= 8; remaining -= 8)
        {
            TLane a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
            if (biased)
            {
                (a0, a1, a2, a3) = (b[0], b[1], b[2], b[3]);
                (a4, a5, a6, a7) = (b[4], b[5], b[6], b[7]);
            }

            AddEight(v, m, input, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
            AddEight(w, n, values, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
            (activations[0], activations[1], activations[2], activations[3]) = (a0, a1, a2, a3);
            (activations[4], activations[5], activations[6], activations[7]) = (a4, a5, a6, a7);
            v = v.Slice(8 * m);
            w = w.Slice(8 * n);
            activations = activations.Slice(8);
            b = b.Slice(8);
        }

        for (; remaining >= 4; remaining -= 4)
        {
            TLane a0 = zero, a1 = zero, a2 = zero, a3 = zero;
            if (biased)
                (a0, a1, a2, a3) = (b[0], b[1], b[2], b[3]);
            AddFour(v, m, input, ref a0, ref a1, ref a2, ref a3);
            AddFour(w, n, values, ref a0, ref a1, ref a2, ref a3);
            (activations[0], activations[1], activations[2], activations[3]) = (a0, a1, a2, a3);
            v = v.Slice(4 * m);
            w = w.Slice(4 * n);
            activations = activations.Slice(4);
            b = b.Slice(4);
        }

        for (nint row = 0; row < remaining; row++)
        {
            TLane a = hasBiases ? b[row] : zero;
            for (nint k = 0; k < inputs; k++)
                a = v.MultiplyAdd(k, input[k], a);
            for (nint j = 0; j < columns; j++)
                a = w.MultiplyAdd(j, values[j], a);
            activations[row] = a;
            v = v.Slice(inputs);
            w = w.Slice(columns);
        }
    }

    /// <summary>
    /// Adds the products of eight rows with values. Two rows share an address, so that the registers suffice for all
    /// addresses.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEight<TLane, TParameters>(
        TParameters row0, nint width, UncheckedSpan<TLane> values, ref TLane a0, ref TLane a1, ref TLane a2,
        ref TLane a3, ref TLane a4, ref TLane a5, ref TLane a6, ref TLane a7)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        if (width == 1)
        {
            TLane x = values[0];
            a0 = row0.MultiplyAdd(0, x, a0);
            a1 = row0.MultiplyAdd(1, x, a1);
            a2 = row0.MultiplyAdd(2, x, a2);
            a3 = row0.MultiplyAdd(3, x, a3);
            a4 = row0.MultiplyAdd(4, x, a4);
            a5 = row0.MultiplyAdd(5, x, a5);
            a6 = row0.MultiplyAdd(6, x, a6);
            a7 = row0.MultiplyAdd(7, x, a7);
            return;
        }

        TParameters row2 = row0.Slice(2 * width), row4 = row2.Slice(2 * width), row6 = row4.Slice(2 * width);
        for (nint j = 0; j < width; j++)
        {
            TLane x = values[j];
            nint k = j + width;
            a0 = row0.MultiplyAdd(j, x, a0);
            a1 = row0.MultiplyAdd(k, x, a1);
            a2 = row2.MultiplyAdd(j, x, a2);
            a3 = row2.MultiplyAdd(k, x, a3);
            a4 = row4.MultiplyAdd(j, x, a4);
            a5 = row4.MultiplyAdd(k, x, a5);
            a6 = row6.MultiplyAdd(j, x, a6);
            a7 = row6.MultiplyAdd(k, x, a7);
        }
    }

    /// <summary>Adds the products of four rows with values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour<TLane, TParameters>(
        TParameters row0, nint width, UncheckedSpan<TLane> values, ref TLane a0, ref TLane a1, ref TLane a2,
        ref TLane a3)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        TParameters row1 = row0.Slice(width), row2 = row1.Slice(width), row3 = row2.Slice(width);
        for (nint j = 0; j < width; j++)
        {
            TLane x = values[j];
            a0 = row0.MultiplyAdd(j, x, a0);
            a1 = row1.MultiplyAdd(j, x, a1);
            a2 = row2.MultiplyAdd(j, x, a2);
            a3 = row3.MultiplyAdd(j, x, a3);
        }
    }
}
