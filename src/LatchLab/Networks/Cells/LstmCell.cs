using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// Long short-term memory with a forget gate (Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000):
/// <c>i, f, o = σ(W·h_{t−1} + V·u_t + b)</c>, <c>g = tanh(…)</c>, <c>c_t = f∘c_{t−1} + i∘g</c>, <c>h_t = o∘tanh
/// c_t</c>.
/// </summary>
/// <remarks>
/// State: [h | c]. Tape: [i | f | g | o | tanh c_t]. The rows of its map are those of i, f, g and o, the order of
/// PyTorch.
/// </remarks>
/// <param name="hidden">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1.</param>
public readonly struct LstmCell(int hidden, int inputs) : ICell
{
    private readonly AffineMap _map = new(
        4 * hidden, new(ValuePlace.StateBefore, 0), hidden, inputs, offset: 0, firstDelta: 0);

    public CellSize Size => new(inputs, hidden, State: 2 * hidden, Tape: 5 * hidden, Deltas: 4 * hidden);

    public IReadOnlyList<AffineMap> Maps => [_map];

    public IReadOnlyList<ParameterBlock> Blocks => [.. _map.NameBlocks(["i", "f", "g", "o"])];

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
        LstmGates.Forward(hidden, tape, before.Slice(hidden), after.Slice(hidden), after);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StepBackward<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after,
        UncheckedSpan<TLane> tape, UncheckedSpan<TLane> adjoint, UncheckedSpan<TLane> deltas,
        UncheckedSpan<TLane> previous)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        LstmGates.Backward(
            hidden, tape, before.Slice(hidden), adjoint, adjoint.Slice(hidden), deltas, previous.Slice(hidden));
        _map.Transpose(parameters, deltas, previous, isSum: false);
    }
}
