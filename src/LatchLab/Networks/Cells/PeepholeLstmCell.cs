using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// Long short-term memory with peepholes (Gers and Schmidhuber 2000): the gates also see the cell values,
/// <c>i, f = σ(W·h_{t−1} + V·u_t + b + p∘c_{t−1})</c> and <c>o = σ(… + p∘c_t)</c>; otherwise <see cref="LstmCell"/>.
/// </summary>
/// <remarks>
/// State: [h | c]. Tape: [i | f | g | o | tanh c_t]. Parameters: those of the map, then p of i, f and o.
/// </remarks>
/// <param name="hidden">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1.</param>
public readonly struct PeepholeLstmCell(int hidden, int inputs) : ICell
{
    private readonly AffineMap _map = new(
        4 * hidden, new(ValuePlace.StateBefore, 0), hidden, inputs, offset: 0, firstDelta: 0);

    private readonly int _peepholes = 4 * hidden * (hidden + inputs + 1);

    public CellSize Size => new(inputs, hidden, State: 2 * hidden, Tape: 5 * hidden, Deltas: 4 * hidden);

    public IReadOnlyList<AffineMap> Maps => [_map];

    public IReadOnlyList<DiagonalMap> Diagonals =>
    [
        new(hidden, new(ValuePlace.StateBefore, hidden), _peepholes, firstDelta: 0),
        new(hidden, new(ValuePlace.StateBefore, hidden), _peepholes + hidden, firstDelta: hidden),
        new(hidden, new(ValuePlace.StateAfter, hidden), _peepholes + (2 * hidden), firstDelta: 3 * hidden),
    ];

    public IReadOnlyList<ParameterBlock> Blocks =>
    [
        .. _map.NameBlocks(["i", "f", "g", "o"]),
        .. Diagonals.Zip(["pi", "pf", "po"], (map, name) => map.NameBlock(name)),
    ];

    public (string Hold, string Admit) TimeScaleBiases => ("bf", "bi");

    public IReadOnlyList<TapeFunction> TapeFunctions =>
        [new("i", 0), new("f", hidden), new("g", 2 * hidden, KnownUnits.TanhName), new("o", 3 * hidden)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after, UncheckedSpan<TLane> tape)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        _map.Apply(parameters, input, before, tape);
        nint n = hidden;
        TParameters p = parameters.Slice(_peepholes);
        for (nint j = 0; j < n; j++)
        {
            TLane cell = before[n + j];
            tape[j] = p.MultiplyAdd(j, cell, tape[j]);
            tape[n + j] = p.MultiplyAdd(n + j, cell, tape[n + j]);
        }

        TLane.ReplaceByLogistic(tape, 2 * n);
        TLane.ReplaceByTanh(tape.Slice(2 * n), n);
        for (nint j = 0; j < n; j++)
        {
            TLane c = TLane.FusedMultiplyAdd(tape[n + j], before[n + j], tape[j] * tape[(2 * n) + j]);
            tape[(3 * n) + j] = p.MultiplyAdd((2 * n) + j, c, tape[(3 * n) + j]);
            tape[(4 * n) + j] = c;
            after[n + j] = c;
        }

        TLane.ReplaceByLogistic(tape.Slice(3 * n), n);
        TLane.ReplaceByTanh(tape.Slice(4 * n), n);
        for (nint j = 0; j < n; j++)
            after[j] = tape[(3 * n) + j] * tape[(4 * n) + j];
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
        TParameters p = parameters.Slice(_peepholes);
        TLane one = TLane.From(1.0);
        for (nint j = 0; j < n; j++)
        {
            TLane i = tape[j], f = tape[n + j], g = tape[(2 * n) + j], o = tape[(3 * n) + j],
                squashed = tape[(4 * n) + j], dh = adjoint[j];
            TLane outputDelta = dh * squashed * TLane.MultiplyByComplement(o);
            TLane dc = TLane.FusedMultiplyAdd(
                dh * o, TLane.FusedNegatedSquareAdd(squashed, one), adjoint[n + j]);
            dc = TLane.FusedMultiplyAdd(p[(2 * n) + j], outputDelta, dc);
            deltas[j] = dc * g * TLane.MultiplyByComplement(i);
            deltas[n + j] = dc * before[n + j] * TLane.MultiplyByComplement(f);
            deltas[(2 * n) + j] = dc * i * TLane.FusedNegatedSquareAdd(g, one);
            deltas[(3 * n) + j] = outputDelta;
            previous[n + j] = TLane.FusedMultiplyAdd(
                p[j], deltas[j], TLane.FusedMultiplyAdd(p[n + j], deltas[n + j], dc * f));
        }

        _map.Transpose(parameters, deltas, previous, isSum: false);
    }
}
