using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// Long short-term memory whose input gate is the complement of its forget gate (Greff et al. 2017):
/// <c>f, o = σ(W·h_{t−1} + V·u_t + b)</c>, <c>g = tanh(…)</c>, <c>c_t = f∘c_{t−1} + (1 − f)∘g</c>,
/// <c>h_t = o∘tanh c_t</c>.
/// </summary>
/// <remarks>
/// State: [h | c]. Tape: [f | g | o | tanh c_t]. The rows of its map are those of f, g and o.
/// </remarks>
/// <param name="hidden">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1.</param>
public readonly struct CoupledLstmCell(int hidden, int inputs) : ICell
{
    private readonly AffineMap _map = new(
        3 * hidden, new(ValuePlace.StateBefore, 0), hidden, inputs, offset: 0, firstDelta: 0);

    public CellSize Size => new(inputs, hidden, State: 2 * hidden, Tape: 4 * hidden, Deltas: 3 * hidden);

    public IReadOnlyList<AffineMap> Maps => [_map];

    public IReadOnlyList<ParameterBlock> Blocks => [.. _map.NameBlocks(["f", "g", "o"])];

    public (string Hold, string Admit) TimeScaleBiases => ("bf", "");

    public IReadOnlyList<TapeFunction> TapeFunctions =>
        [new("f", 0), new("g", hidden, KnownUnits.TanhName), new("o", 2 * hidden)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after, UncheckedSpan<TLane> tape)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        _map.Apply(parameters, input, before, tape);
        nint n = hidden;
        UncheckedSpan<TLane> f = tape, g = f.Slice(n), o = g.Slice(n), c = o.Slice(n), cells = before.Slice(n),
            newCells = after.Slice(n);
        TLane.ReplaceByLogistic(f, n);
        TLane.ReplaceByTanh(g, n);
        for (nint j = 0; j < n; j++)
        {
            TLane cell = TLane.FusedMultiplyAdd(f[j], cells[j] - g[j], g[j]);
            c[j] = cell;
            newCells[j] = cell;
        }

        // Not before: the output gates fill the time in which tanh c waits for c.
        TLane.ReplaceByLogistic(o, n);
        TLane.ReplaceByTanh(c, n);
        for (nint j = 0; j < n; j++)
            after[j] = o[j] * c[j];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StepBackward<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after,
        UncheckedSpan<TLane> tape, UncheckedSpan<TLane> adjoint, UncheckedSpan<TLane> deltas,
        UncheckedSpan<TLane> previous)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        nint n = hidden;
        TLane one = TLane.From(1.0);
        for (nint j = 0; j < n; j++)
        {
            TLane f = tape[j], g = tape[n + j], o = tape[(2 * n) + j], squashed = tape[(3 * n) + j], dh = adjoint[j];
            TLane dc = TLane.FusedMultiplyAdd(
                dh * o, TLane.FusedNegatedSquareAdd(squashed, one), adjoint[n + j]);
            deltas[j] = dc * (before[n + j] - g) * TLane.MultiplyByComplement(f);
            deltas[n + j] = TLane.FusedNegatedMultiplyAdd(f, dc, dc) * TLane.FusedNegatedSquareAdd(g, one);
            deltas[(2 * n) + j] = dh * squashed * TLane.MultiplyByComplement(o);
            previous[n + j] = dc * f;
        }

        _map.Transpose(parameters, deltas, previous, isSum: false);
    }
}
