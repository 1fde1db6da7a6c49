using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// Long short-term memory with a projection (Sak, Senior and Beaufays 2014): n cell values, of which d hidden values
/// are formed, <c>h_t = P·(o∘tanh c_t)</c>; otherwise <see cref="LstmCell"/>.
/// </summary>
/// <remarks>
/// State: [h | c], d + n values. Tape: [i | f | g | o | tanh c_t | o∘tanh c_t]. Its maps are those of i, f, g and o,
/// and P, which has no biases.
/// </remarks>
/// <param name="hidden">d ≥ 1, the hidden values.</param>
/// <param name="cells">n ≥ 1, the cell values.</param>
/// <param name="inputs">m ≥ 1.</param>
public readonly struct ProjectedLstmCell(int hidden, int cells, int inputs) : ICell
{
    private readonly AffineMap _map = new(
        4 * cells, new(ValuePlace.StateBefore, 0), hidden, inputs, offset: 0, firstDelta: 0);

    private readonly AffineMap _projection = new(
        hidden, new(ValuePlace.Tape, 5 * cells), cells, inputs: 0, offset: 4 * cells * (hidden + inputs + 1),
        firstDelta: 4 * cells, hasBiases: false);

    /// <summary>The last n deltas are memory for the derivatives with respect to o∘tanh c_t.</summary>
    public CellSize Size => new(inputs, hidden, State: hidden + cells, Tape: 6 * cells, Deltas: (5 * cells) + hidden);

    public IReadOnlyList<AffineMap> Maps => [_map, _projection];

    public IReadOnlyList<ParameterBlock> Blocks =>
    [
        .. _map.NameBlocks(["i", "f", "g", "o"]),
        new("p", BlockRole.Projection, hidden, cells, _projection.Offset),
    ];

    public (string Hold, string Admit) TimeScaleBiases => ("bf", "bi");

    public IReadOnlyList<TapeFunction> TapeFunctions =>
        [new("i", 0), new("f", cells), new("g", 2 * cells, KnownUnits.TanhName), new("o", 3 * cells)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after, UncheckedSpan<TLane> tape)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        _map.Apply(parameters, input, before, tape);
        UncheckedSpan<TLane> outputs = tape.Slice(5 * cells);
        LstmGates.Forward(cells, tape, before.Slice(hidden), after.Slice(hidden), outputs);
        _projection.Apply(parameters, input, outputs, after);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StepBackward<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after,
        UncheckedSpan<TLane> tape, UncheckedSpan<TLane> adjoint, UncheckedSpan<TLane> deltas,
        UncheckedSpan<TLane> previous)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        UncheckedSpan<TLane> outputAdjoint = deltas.Slice((4 * cells) + hidden);    // ∂C/∂(o∘tanh c)
        for (int j = 0; j < hidden; j++)
            deltas[(4 * cells) + j] = adjoint[j];
        _projection.Transpose(parameters, deltas, outputAdjoint, isSum: false);
        LstmGates.Backward(
            cells, tape, before.Slice(hidden), outputAdjoint, adjoint.Slice(hidden), deltas, previous.Slice(hidden));
        _map.Transpose(parameters, deltas, previous, isSum: false);
    }
}
