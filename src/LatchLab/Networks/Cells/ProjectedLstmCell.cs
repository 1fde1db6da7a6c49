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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step<TLane>(
        UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after, UncheckedSpan<TLane> tape)
        where TLane : unmanaged, ILane<TLane>
    {
        _map.Apply(parameters, input, before, tape);
        nint n = cells, d = hidden;
        Logistic sigmoid = default;
        for (nint j = 0; j < n; j++)
        {
            TLane i = sigmoid.Forward(0, tape[j]), f = sigmoid.Forward(0, tape[n + j]),
                g = TLane.Tanh(tape[(2 * n) + j]), o = sigmoid.Forward(0, tape[(3 * n) + j]);
            TLane c = TLane.FusedMultiplyAdd(f, before[d + j], i * g), squashed = TLane.Tanh(c);
            tape[j] = i;
            tape[n + j] = f;
            tape[(2 * n) + j] = g;
            tape[(3 * n) + j] = o;
            tape[(4 * n) + j] = squashed;
            tape[(5 * n) + j] = o * squashed;
            after[d + j] = c;
        }

        _projection.Apply(parameters, input, tape.Slice(5 * n), after);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StepBackward<TLane>(
        UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after,
        UncheckedSpan<TLane> tape, UncheckedSpan<TLane> adjoint, UncheckedSpan<TLane> deltas,
        UncheckedSpan<TLane> previous)
        where TLane : unmanaged, ILane<TLane>
    {
        nint n = cells, d = hidden;
        TLane one = TLane.From(1.0);
        UncheckedSpan<TLane> projected = deltas.Slice((4 * n) + d);    // ∂C/∂(o∘tanh c)
        for (nint j = 0; j < d; j++)
        {
            deltas[(4 * n) + j] = adjoint[j];
            previous[j] = TLane.From(0.0);
        }

        for (nint j = 0; j < n; j++)
            projected[j] = TLane.From(0.0);
        _projection.Transpose(parameters, deltas, projected);
        for (nint j = 0; j < n; j++)
        {
            TLane i = tape[j], f = tape[n + j], g = tape[(2 * n) + j], o = tape[(3 * n) + j],
                squashed = tape[(4 * n) + j], dh = projected[j];
            TLane dc = TLane.FusedMultiplyAdd(
                dh * o, TLane.FusedNegatedSquareAdd(squashed, one), adjoint[d + j]);
            deltas[j] = dc * g * TLane.MultiplyByComplement(i);
            deltas[n + j] = dc * before[d + j] * TLane.MultiplyByComplement(f);
            deltas[(2 * n) + j] = dc * i * TLane.FusedNegatedSquareAdd(g, one);
            deltas[(3 * n) + j] = dh * squashed * TLane.MultiplyByComplement(o);
            previous[d + j] = dc * f;
        }

        _map.Transpose(parameters, deltas, previous);
    }
}
