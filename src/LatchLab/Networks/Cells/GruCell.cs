using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// The gated recurrent unit (Cho et al. 2014) whose reset gate multiplies the recurrent part of the candidate, as in
/// PyTorch: <c>r, z = σ(W·h_{t−1} + V·u_t + b)</c>, <c>q = R·h_{t−1} + d</c>, <c>g = tanh(V_g·u_t + b_g + r∘q)</c>,
/// <c>h_t = (1 − z)∘g + z∘h_{t−1}</c>.
/// </summary>
/// <remarks>
/// Tape: [r | z | g | q]. Its maps are those of r and z, of the input's part of the candidate, and of q.
/// </remarks>
/// <param name="hidden">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1.</param>
public readonly struct GruCell(int hidden, int inputs) : ICell
{
    private readonly AffineMap _gates = new(
        2 * hidden, new(ValuePlace.StateBefore, 0), hidden, inputs, offset: 0, firstDelta: 0);

    private readonly AffineMap _candidate = new(
        hidden, default, columns: 0, inputs, offset: 2 * hidden * (hidden + inputs + 1), firstDelta: 2 * hidden);

    private readonly AffineMap _recurrent = new(
        hidden, new(ValuePlace.StateBefore, 0), hidden, inputs: 0,
        offset: (2 * hidden * (hidden + inputs + 1)) + (hidden * (inputs + 1)), firstDelta: 3 * hidden);

    public CellSize Size => new(inputs, hidden, State: hidden, Tape: 4 * hidden, Deltas: 4 * hidden);

    public IReadOnlyList<AffineMap> Maps => [_gates, _candidate, _recurrent];

    public IReadOnlyList<ParameterBlock> Blocks =>
    [
        .. _gates.NameBlocks(["r", "z"]), .. _candidate.NameBlocks(["g"]), .. _recurrent.NameBlocks(["g"], bias: "d"),
    ];

    public (string Hold, string Admit) TimeScaleBiases => ("bz", "");

    public IReadOnlyList<TapeFunction> TapeFunctions =>
        [new("r", 0), new("z", hidden), new("g", 2 * hidden, KnownUnits.TanhName)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after, UncheckedSpan<TLane> tape)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        nint n = hidden;
        _gates.Apply(parameters, input, before, tape);
        _candidate.Apply(parameters, input, before, tape.Slice(2 * n));
        _recurrent.Apply(parameters, input, before, tape.Slice(3 * n));
        UncheckedSpan<TLane> r = tape, z = r.Slice(n), g = z.Slice(n), q = g.Slice(n);
        TLane.ReplaceByLogistic(r, n);
        for (nint j = 0; j < n; j++)
            g[j] = TLane.FusedMultiplyAdd(r[j], q[j], g[j]);
        // Not before: z fills the time in which the candidate waits for r.
        TLane.ReplaceByLogistic(z, n);
        TLane.ReplaceByTanh(g, n);
        for (nint j = 0; j < n; j++)
            after[j] = TLane.FusedMultiplyAdd(z[j], before[j] - g[j], g[j]);
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
            TLane r = tape[j], z = tape[n + j], g = tape[(2 * n) + j], q = tape[(3 * n) + j], dh = adjoint[j];
            TLane dg = TLane.FusedNegatedMultiplyAdd(z, dh, dh) * TLane.FusedNegatedSquareAdd(g, one);
            deltas[j] = dg * q * TLane.MultiplyByComplement(r);
            deltas[n + j] = dh * (before[j] - g) * TLane.MultiplyByComplement(z);
            deltas[(2 * n) + j] = dg;
            deltas[(3 * n) + j] = dg * r;
            previous[j] = dh * z;
        }

        _gates.Transpose(parameters, deltas, previous, isSum: true);
        _recurrent.Transpose(parameters, deltas, previous, isSum: true);
    }
}
