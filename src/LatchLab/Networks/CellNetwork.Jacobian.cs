using System.Runtime.CompilerServices;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The Jacobian <c>J = ∂s_t/∂s_{t−1}</c> of a step, from the backward passes of the cells: no cell has a formula of its
/// own for it.
/// </summary>
/// <remarks>
/// In most cells an activation is affine in s_{t−1} itself, and a value of s_t is a function of the activations and the
/// previous values of one unit. A backward pass whose weights are 0 ends at the activations. With the adjoint 1 for one
/// value of every unit it computes the derivatives of these values with respect to their own activations, so that a row
/// of J is the sum of a row of weights for each gate: O(n²) operations for J. Of several layers J is block lower
/// triangular; a block below the diagonal is the product of the derivatives of a layer with respect to its input and of
/// the rows of J of the layer below. In cells whose weights also multiply values of the step itself, each row of J
/// takes a backward pass, a lane for each row.
/// </remarks>
public readonly partial struct CellNetwork<TCell>
{
    /// <summary>Whether the units of every layer are independent, given its activations.</summary>
    internal bool HasIndependentUnits
        => Array.TrueForAll(_layers, layer => Array.TrueForAll(
            layer.Maps, map => map.Columns == 0 || map.Source.Place == ValuePlace.StateBefore));

    /// <summary>Numbers that <see cref="DifferentiateUnits"/> needs beside its arguments.</summary>
    internal int JacobianWorkspace
        => (2 * AdjointSize) + (_layers.Length > 1 ? _layers.Max(layer => layer.Size.State) * StateSize : 0);

    /// <summary>Computes J as sums of rows of weights.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="before">s_{t−1}.</param>
    /// <param name="after">s_t and the tape of step t.</param>
    /// <param name="workspace">Memory.</param>
    /// <param name="jacobian">∂s_i(t)/∂s_j(t−1) at [i·N + j], 0 before the call; written.</param>
    internal void DifferentiateUnits<TLane>(
        UncheckedSpan<Scalar> parameters, UncheckedSpan<Scalar> before, UncheckedSpan<Scalar> after,
        UncheckedSpan<Scalar> workspace, UncheckedSpan<Scalar> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        UncheckedSpan<Scalar> adjoint = workspace, deltas = workspace.Slice(StateSize),
            previous = workspace.Slice(AdjointSize), byInput = workspace.Slice(2 * AdjointSize);
        for (int l = 0; l < _layers.Length; l++)
        {
            ref readonly Layer layer = ref _layers[l];
            UncheckedSpan<Scalar> weights = parameters.Slice(layer.FirstParameter),
                rows = jacobian.Slice((nint)layer.FirstState * StateSize);
            int n = layer.Size.Hidden;
            for (int part = 0; part < layer.Size.State; part += n)
            {
                for (int i = 0; i < layer.Size.State; i++)
                    adjoint[i] = new(i >= part && i < part + n ? 1.0 : 0.0);
                layer.Cell.StepBackward(
                    new ZeroWeights<Scalar>(weights, layer.Maps[^1].End), before.Slice(layer.FirstState),
                    after.Slice(layer.FirstState), after.Slice(StateSize + layer.FirstTape), adjoint, deltas, previous);
                for (int unit = 0; unit < n; unit++)
                {
                    nint row = (nint)(part + unit) * StateSize;
                    SumRow(layer, weights, unit, deltas, previous, rows.Slice(row + layer.FirstState));
                    if (l > 0)
                        SumInputRow(layer, weights, unit, deltas, byInput.Slice(row));
                }
            }

            if (l > 0)
            {
                UncheckedSpan<Scalar> below = jacobian.Slice((nint)_layers[l - 1].FirstState * StateSize);
                BlockProduct.Subtract<TLane>(
                    rows, byInput, below, StateSize, layer.Size.State, layer.Size.Inputs, layer.FirstState);
            }
        }
    }

    /// <summary>Computes J by a backward pass for each row.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="point">s_{t−1}, then u_t.</param>
    /// <param name="jacobian">∂s_i(t)/∂s_j(t−1) at [i·N + j], written.</param>
    internal void DifferentiateRows<TLane>(double[] parameters, ReadOnlySpan<double> point, Span<double> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = StateSize;
        LaneMemory<TLane> values = new(point.Length), step = new(StepSize), adjoint = new(AdjointSize),
            previous = new(n);
        for (int i = 0; i < point.Length; i++)
            values.Values[i] = TLane.From(point[i]);
        var weights = new BroadcastSpan<TLane>(ref parameters[0]);
        UncheckedSpan<TLane> before = values.Slice(0, n), after = step.Slice(0, StepSize),
            outgoing = adjoint.Slice(0, AdjointSize), incoming = previous.Slice(0, n);
        Step(weights, values.Slice(n, Inputs), before, after);
        for (int first = 0; first < n; first += TLane.Count)
        {
            adjoint.Values.Clear();
            int rows = Math.Min(TLane.Count, n - first);
            for (int lane = 0; lane < rows; lane++)
                adjoint.Doubles[((first + lane) * TLane.Count) + lane] = 1.0;
            ComputeDeltas(weights, before, after, outgoing, outgoing.Slice(n), incoming);
            for (int lane = 0; lane < rows; lane++)
            {
                Span<double> row = jacobian.Slice((first + lane) * n, n);
                for (int j = 0; j < n; j++)
                    row[j] = previous.Doubles[(j * TLane.Count) + lane];
            }
        }
    }

    /// <summary>The derivatives of a value of a unit with respect to the previous state of its layer.</summary>
    private static void SumRow<TLane>(
        in Layer layer, UncheckedSpan<TLane> parameters, int unit, UncheckedSpan<TLane> deltas,
        UncheckedSpan<TLane> previous, UncheckedSpan<TLane> row)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = layer.Size.Hidden;
        for (int j = unit; j < layer.Size.State; j += n)
            row[j] = previous[j];
        foreach (ref readonly AffineMap map in layer.Maps.AsSpan())
        {
            for (int activation = unit; map.Columns > 0 && activation < map.Rows; activation += n)
            {
                map.AddRow(
                    parameters, activation, deltas[map.FirstDelta + activation], row.Slice(map.Source.Index));
            }
        }
    }

    /// <summary>The same with respect to the input of the layer, negated.</summary>
    private static void SumInputRow(
        in Layer layer, UncheckedSpan<Scalar> parameters, int unit, UncheckedSpan<Scalar> deltas,
        UncheckedSpan<Scalar> row)
    {
        for (int j = 0; j < layer.Size.Inputs; j++)
            row[j] = default;
        foreach (ref readonly AffineMap map in layer.Maps.AsSpan())
        {
            for (int activation = unit; map.Inputs > 0 && activation < map.Rows; activation += layer.Size.Hidden)
                map.AddInputRow(parameters, activation, -deltas[map.FirstDelta + activation], row);
        }
    }

    /// <summary>The parameters of a cell, with 0 for those of its affine maps.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="end">Index of the first parameter after those of the maps.</param>
    private readonly ref struct ZeroWeights<TLane>(UncheckedSpan<TLane> parameters, nint end)
        : ILaneValues<TLane, ZeroWeights<TLane>>
        where TLane : unmanaged, ILane<TLane>
    {
        private readonly UncheckedSpan<TLane> _parameters = parameters;

        public TLane this[nint index]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => index < end ? TLane.From(0.0) : _parameters[index];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLane MultiplyAdd(nint index, TLane factor, TLane sum)
            => TLane.FusedMultiplyAdd(this[index], factor, sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ZeroWeights<TLane> Slice(nint index) => new(_parameters.Slice(index), end - index);
    }
}
