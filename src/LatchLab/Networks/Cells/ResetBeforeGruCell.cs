using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// The gated recurrent unit as it was published (Cho et al. 2014), whose reset gate multiplies the state before the
/// recurrent weights: <c>r, z = σ(W·h_{t−1} + V·u_t + b)</c>, <c>g = tanh(R·(r∘h_{t−1}) + V_g·u_t + b_g)</c>,
/// <c>h_t = (1 − z)∘g + z∘h_{t−1}</c>.
/// </summary>
/// <remarks>Tape: [r | z | g | r∘h_{t−1}]. Its maps are those of r and z, and of the candidate.</remarks>
/// <param name="hidden">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1.</param>
public readonly struct ResetBeforeGruCell(int hidden, int inputs) : ICell
{
    private readonly AffineMap _gates = new(
        2 * hidden, new(ValuePlace.StateBefore, 0), hidden, inputs, offset: 0, firstDelta: 0);

    private readonly AffineMap _candidate = new(
        hidden, new(ValuePlace.Tape, 3 * hidden), hidden, inputs, offset: 2 * hidden * (hidden + inputs + 1),
        firstDelta: 2 * hidden);

    /// <summary>The last n deltas are memory for the derivatives with respect to r∘h.</summary>
    public CellSize Size => new(inputs, hidden, State: hidden, Tape: 4 * hidden, Deltas: 4 * hidden);

    public IReadOnlyList<AffineMap> Maps => [_gates, _candidate];

    public IReadOnlyList<ParameterBlock> Blocks => [.. _gates.NameBlocks(["r", "z"]), .. _candidate.NameBlocks(["g"])];

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
        UncheckedSpan<TLane> r = tape, z = r.Slice(n), g = z.Slice(n), reset = g.Slice(n);
        TLane.ReplaceByLogistic(r, n);
        for (nint j = 0; j < n; j++)
            reset[j] = r[j] * before[j];
        _candidate.Apply(parameters, input, reset, g);
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
        UncheckedSpan<TLane> resetAdjoint = deltas.Slice(3 * n);    // ∂C/∂(r∘h)
        for (nint j = 0; j < n; j++)
        {
            TLane z = tape[n + j], g = tape[(2 * n) + j], dh = adjoint[j];
            deltas[n + j] = dh * (before[j] - g) * TLane.MultiplyByComplement(z);
            deltas[(2 * n) + j] = TLane.FusedNegatedMultiplyAdd(z, dh, dh) * TLane.FusedNegatedSquareAdd(g, one);
            previous[j] = dh * z;
        }

        _candidate.Transpose(parameters, deltas, resetAdjoint, isSum: false);
        for (nint j = 0; j < n; j++)
        {
            TLane r = tape[j];
            deltas[j] = resetAdjoint[j] * before[j] * TLane.MultiplyByComplement(r);
            previous[j] = TLane.FusedMultiplyAdd(resetAdjoint[j], r, previous[j]);
        }

        _gates.Transpose(parameters, deltas, previous, isSum: true);
    }
}
