using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// The gates of long short-term memory with a forget gate, <c>c_t = f∘c_{t−1} + i∘g</c> and <c>o∘tanh c_t</c>, from
/// their activations: <see cref="LstmCell"/> and <see cref="ProjectedLstmCell"/>.
/// </summary>
/// <remarks>Tape: [i | f | g | o | tanh c_t]. Deltas: [i | f | g | o].</remarks>
internal static class LstmGates
{
    /// <summary>Computes the gates and the cell values.</summary>
    /// <param name="n">Number of cells.</param>
    /// <param name="tape">The activations of i, f, g and o; receives the tape.</param>
    /// <param name="cells">c_{t−1}.</param>
    /// <param name="newCells">c_t, written.</param>
    /// <param name="outputs">o∘tanh c_t, written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TLane>(
        nint n, UncheckedSpan<TLane> tape, UncheckedSpan<TLane> cells, UncheckedSpan<TLane> newCells,
        UncheckedSpan<TLane> outputs)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<TLane> i = tape, f = i.Slice(n), g = f.Slice(n), o = g.Slice(n), c = o.Slice(n);
        TLane.ReplaceByLogistic(i, 2 * n);
        TLane.ReplaceByTanh(g, n);
        for (nint j = 0; j < n; j++)
        {
            TLane cell = TLane.FusedMultiplyAdd(f[j], cells[j], i[j] * g[j]);
            c[j] = cell;
            newCells[j] = cell;
        }

        // Not before: the output gates fill the time in which tanh c waits for c.
        TLane.ReplaceByLogistic(o, n);
        TLane.ReplaceByTanh(c, n);
        for (nint j = 0; j < n; j++)
            outputs[j] = o[j] * c[j];
    }

    /// <summary>Computes the deltas and the adjoint of the cell values.</summary>
    /// <param name="n">Number of cells.</param>
    /// <param name="tape">The tape.</param>
    /// <param name="cells">c_{t−1}.</param>
    /// <param name="outputAdjoint">The adjoint of o∘tanh c_t.</param>
    /// <param name="cellAdjoint">The adjoint of c_t from later steps.</param>
    /// <param name="deltas">The deltas, written.</param>
    /// <param name="previous">The adjoint of c_{t−1}, written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TLane>(
        nint n, UncheckedSpan<TLane> tape, UncheckedSpan<TLane> cells, UncheckedSpan<TLane> outputAdjoint,
        UncheckedSpan<TLane> cellAdjoint, UncheckedSpan<TLane> deltas, UncheckedSpan<TLane> previous)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane one = TLane.From(1.0);
        for (nint j = 0; j < n; j++)
        {
            TLane i = tape[j], f = tape[n + j], g = tape[(2 * n) + j], o = tape[(3 * n) + j],
                squashed = tape[(4 * n) + j], dh = outputAdjoint[j];
            TLane dc = TLane.FusedMultiplyAdd(dh * o, TLane.FusedNegatedSquareAdd(squashed, one), cellAdjoint[j]);
            deltas[j] = dc * g * TLane.MultiplyByComplement(i);
            deltas[n + j] = dc * cells[j] * TLane.MultiplyByComplement(f);
            deltas[(2 * n) + j] = dc * i * TLane.FusedNegatedSquareAdd(g, one);
            deltas[(3 * n) + j] = dh * squashed * TLane.MultiplyByComplement(o);
            previous[j] = dc * f;
        }
    }
}
