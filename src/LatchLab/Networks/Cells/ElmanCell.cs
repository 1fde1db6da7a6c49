using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// The simple recurrent network (Elman 1990), <c>h_t = f(W·h_{t−1} + V·u_t + b)</c>: the equation of the paper's
/// networks, with an input that reaches all units.
/// </summary>
/// <typeparam name="TUnits">The kind of the units; not stochastic.</typeparam>
/// <param name="hidden">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1.</param>
/// <param name="units">The units.</param>
public readonly struct ElmanCell<TUnits>(int hidden, int inputs, TUnits units) : ICell
    where TUnits : struct, IUnits
{
    private readonly AffineMap _map = new(
        hidden, new(ValuePlace.StateBefore, 0), hidden, inputs, offset: 0, firstDelta: 0);

    public CellSize Size => new(inputs, hidden, State: hidden, Tape: 0, Deltas: hidden);

    public IReadOnlyList<AffineMap> Maps => [_map];

    public IReadOnlyList<ParameterBlock> Blocks => [.. _map.NameBlocks([""])];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> input, UncheckedSpan<TLane> before,
        UncheckedSpan<TLane> after, UncheckedSpan<TLane> tape)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        _map.Apply(parameters, input, before, after);
        for (int i = 0; i < hidden; i++)
            after[i] = units.Forward(i, after[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StepBackward<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> before, UncheckedSpan<TLane> after,
        UncheckedSpan<TLane> tape, UncheckedSpan<TLane> adjoint, UncheckedSpan<TLane> deltas,
        UncheckedSpan<TLane> previous)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        for (int i = 0; i < hidden; i++)
            deltas[i] = units.Backward(i, adjoint[i], after[i], activation: default, uniform: default);
        _map.Transpose(parameters, deltas, previous, isSum: false);
    }
}
