using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>Bounds of the Jacobian of a step over a box of states, from the backward passes of the cells.</summary>
/// <remarks>
/// As for the Jacobian of a state, a backward pass ends at the activations of independent units; a row of J is the sum
/// of a row of weights for each gate, and of a layer above the first also of the derivatives of its activations with
/// respect to the states below. A single layer whose weights multiply values of the step takes a backward pass for each
/// row.
/// </remarks>
public readonly partial struct CellNetwork<TCell>
{
    /// <summary>
    /// Whether <see cref="EncloseJacobian"/> serves the network: not peepholes, nor several layers of units that depend
    /// on each other.
    /// </summary>
    internal bool HasEnclosure
        => Array.TrueForAll(_layers, layer => layer.Diagonals.Length == 0)
            && (_layers.Length == 1 || HasIndependentUnits);

    /// <summary>Numbers that <see cref="EncloseJacobian"/> needs beside its arguments.</summary>
    internal int EnclosureWorkspace => (2 * AdjointSize) + (_layers.Length > 1 ? AdjointSize * StateSize : 0);

    /// <summary>Computes bounds of J.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="before">The box of s_{t−1}.</param>
    /// <param name="after">s_t and the tape of step t, from the step of that box.</param>
    /// <param name="workspace">Memory.</param>
    /// <param name="jacobian">∂s_i(t)/∂s_j(t−1) at [i·N + j], 0 before the call; written.</param>
    internal void EncloseJacobian(
        UncheckedSpan<Interval> parameters, UncheckedSpan<Interval> before, UncheckedSpan<Interval> after,
        UncheckedSpan<Interval> workspace, UncheckedSpan<Interval> jacobian)
    {
        if (!HasIndependentUnits)
        {
            EncloseRows(parameters, before, after, workspace, jacobian);
            return;
        }

        for (int l = 0; l < _layers.Length; l++)
            EncloseLayer(l, parameters, before, after, workspace, jacobian);
    }

    private void EncloseLayer(
        int index, UncheckedSpan<Interval> parameters, UncheckedSpan<Interval> before, UncheckedSpan<Interval> after,
        UncheckedSpan<Interval> workspace, UncheckedSpan<Interval> jacobian)
    {
        ref readonly Layer layer = ref _layers[index];
        UncheckedSpan<Interval> adjoint = workspace, deltas = workspace.Slice(StateSize),
            previous = workspace.Slice(AdjointSize), below = workspace.Slice(2 * AdjointSize),
            weights = parameters.Slice(layer.FirstParameter);
        if (index > 0)
        {
            DifferentiateInputs(
                layer, weights, jacobian.Slice((nint)_layers[index - 1].FirstState * StateSize), below);
        }

        int n = layer.Size.Hidden;
        for (int part = 0; part < layer.Size.State; part += n)
        {
            for (int i = 0; i < layer.Size.State; i++)
                adjoint[i] = Interval.From(i >= part && i < part + n ? 1.0 : 0.0);
            layer.Cell.StepBackward(
                new ZeroWeights<Interval>(weights, layer.Maps[^1].End), before.Slice(layer.FirstState),
                after.Slice(layer.FirstState), after.Slice(StateSize + layer.FirstTape), adjoint, deltas, previous);
            for (int unit = 0; unit < n; unit++)
            {
                UncheckedSpan<Interval> row = jacobian.Slice((nint)(layer.FirstState + part + unit) * StateSize);
                SumRow(layer, weights, unit, deltas, previous, row.Slice(layer.FirstState));
                foreach (ref readonly AffineMap map in layer.Maps.AsSpan())
                {
                    for (int a = map.FirstDelta + unit;
                        index > 0 && map.Inputs > 0 && a < map.FirstDelta + map.Rows; a += n)
                    {
                        AffineMap.AddMultiple(below.Slice((nint)a * StateSize), layer.FirstState, deltas[a], row);
                    }
                }
            }
        }
    }

    /// <summary>
    /// The derivatives of the activations of a layer with respect to the states of the layers below it, through its
    /// inputs: a row at the index of each delta.
    /// </summary>
    private void DifferentiateInputs(
        in Layer layer, UncheckedSpan<Interval> parameters, UncheckedSpan<Interval> inputs,
        UncheckedSpan<Interval> rows)
    {
        foreach (ref readonly AffineMap map in layer.Maps.AsSpan())
        {
            for (int activation = 0; map.Inputs > 0 && activation < map.Rows; activation++)
            {
                UncheckedSpan<Interval> row = rows.Slice((nint)(map.FirstDelta + activation) * StateSize);
                for (int j = 0; j < layer.FirstState; j++)
                    row[j] = default;
                for (int k = 0; k < map.Inputs; k++)
                {
                    Interval weight = parameters[map.InputWeights + (activation * map.Inputs) + k];
                    AffineMap.AddMultiple(inputs.Slice((nint)k * StateSize), layer.FirstState, weight, row);
                }
            }
        }
    }

    private void EncloseRows(
        UncheckedSpan<Interval> parameters, UncheckedSpan<Interval> before, UncheckedSpan<Interval> after,
        UncheckedSpan<Interval> workspace, UncheckedSpan<Interval> jacobian)
    {
        for (int row = 0; row < StateSize; row++)
        {
            for (int i = 0; i < StateSize; i++)
                workspace[i] = Interval.From(i == row ? 1.0 : 0.0);
            ComputeDeltas(
                parameters, before, after, workspace, workspace.Slice(StateSize),
                jacobian.Slice((nint)row * StateSize));
        }
    }
}
