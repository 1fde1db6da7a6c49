using System.Runtime.CompilerServices;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// How the outputs of a network depend on its state at a step with a target: they are the outputs of some units, as in
/// the paper, or <c>y = f(R·h + c)</c> of n hidden values h in the state, with trainable R and c.
/// </summary>
/// <remarks>Its parameters: [R | c], R row by row, from <see cref="Offset"/> on.</remarks>
public readonly struct Readout
{
    private readonly int[] _stateValues;

    private Readout(ReadoutKind kind, int[] stateValues, int outputs, int offset)
        => (Kind, _stateValues, Outputs, Offset) = (kind, stateValues, outputs, offset);

    /// <summary>The kind.</summary>
    public ReadoutKind Kind { get; }

    /// <summary>k ≥ 1, the number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Index of its first parameter.</summary>
    public int Offset { get; }

    /// <summary>Number of its parameters.</summary>
    public int Parameters => Kind == ReadoutKind.Units ? 0 : CountParameters(_stateValues.Length, Outputs);

    /// <summary>
    /// The values of the state that are read: those of the output units, in order, or the n hidden values.
    /// </summary>
    public ReadOnlySpan<int> StateValues => _stateValues;

    /// <summary>R·h + c of trainable outputs.</summary>
    private AffineMap Map
        => new(Outputs, new(ValuePlace.StateAfter, _stateValues[0]), _stateValues.Length, inputs: 0, Offset, 0);

    /// <summary>The outputs of units.</summary>
    /// <param name="units">The output units: at least one, all distinct.</param>
    public static Readout OfUnits(params int[] units) => new(ReadoutKind.Units, units, units.Length, offset: 0);

    /// <summary>Trainable outputs.</summary>
    /// <param name="kind"><see cref="ReadoutKind.Linear"/> or <see cref="ReadoutKind.Tanh"/>.</param>
    /// <param name="firstHidden">Index of the first hidden value in the state.</param>
    /// <param name="hidden">n ≥ 1.</param>
    /// <param name="outputs">k ≥ 1.</param>
    /// <param name="offset">Index of the first parameter.</param>
    public static Readout OfHiddenValues(ReadoutKind kind, int firstHidden, int hidden, int outputs, int offset)
        => new(kind, [.. Enumerable.Range(firstHidden, hidden)], outputs, offset);

    /// <summary>Number of parameters of trainable outputs: k·(n + 1).</summary>
    public static int CountParameters(int hidden, int outputs) => outputs * (hidden + 1);

    /// <summary>Computes an output.</summary>
    /// <param name="parameters">The parameters of the network.</param>
    /// <param name="state">Its state.</param>
    /// <param name="output">Index of the output, 0 … k − 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Compute<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> state, int output)
        where TLane : unmanaged, ILane<TLane>
        => Kind == ReadoutKind.Units ? state[_stateValues[output]] : ComputeOfHiddenValues(parameters, state, output);

    private TLane ComputeOfHiddenValues<TLane>(UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> state, int output)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = _stateValues.Length;
        TLane activation = parameters[Offset + (Outputs * n) + output];
        for (int j = 0; j < n; j++)
        {
            activation = TLane.FusedMultiplyAdd(
                parameters[Offset + (output * n) + j], state[_stateValues[j]], activation);
        }

        return Kind == ReadoutKind.Tanh ? TLane.Tanh(activation) : activation;
    }

    /// <summary>Computes all trainable outputs.</summary>
    /// <param name="parameters">The parameters of the network.</param>
    /// <param name="state">Its state.</param>
    /// <param name="outputs">Receives the outputs.</param>
    internal void Compute<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> state, UncheckedSpan<TLane> outputs)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        Map.Apply(parameters, input: default, state.Slice(_stateValues[0]), outputs);
        for (int i = 0; Kind == ReadoutKind.Tanh && i < Outputs; i++)
            outputs[i] = TLane.Tanh(outputs[i]);
    }

    /// <summary>Adds the product of ∂C/∂y of all trainable outputs with ∂y/∂s to the adjoint of the state.</summary>
    /// <param name="parameters">The parameters of the network.</param>
    /// <param name="outputs">y.</param>
    /// <param name="gradients">∂C/∂y; replaced by the derivatives with respect to the activations.</param>
    /// <param name="adjoint">The adjoint of the state.</param>
    internal void PullBack<TLane, TParameters>(
        TParameters parameters, UncheckedSpan<TLane> outputs, UncheckedSpan<TLane> gradients,
        UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
        where TParameters : struct, ILaneValues<TLane, TParameters>, allows ref struct
    {
        for (int i = 0; Kind == ReadoutKind.Tanh && i < Outputs; i++)
            gradients[i] = default(Tanh).Derivative(i, outputs[i]) * gradients[i];
        Map.Transpose(parameters, gradients, adjoint.Slice(_stateValues[0]), isSum: true);
    }

    /// <summary>Adds the derivatives with respect to an output to the adjoint of the state.</summary>
    /// <param name="parameters">The parameters of the network.</param>
    /// <param name="state">Its state.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="gradient">∂C/∂y of the output; its curvature is 1, that of ½(y − d)².</param>
    /// <param name="adjoint">The adjoint of the state.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddToAdjoint<TLane>(
        UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> state, int output, TLane gradient, Adjoint<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
    {
        if (Kind == ReadoutKind.Units)
        {
            int unit = _stateValues[output];
            adjoint.Gradient[unit] += gradient;
            adjoint.Curvature[unit] += TLane.From(1.0);
            return;
        }

        AddToHiddenValues(parameters, state, output, gradient, adjoint.Gradient);
    }

    /// <summary>The same for outputs of hidden values. Networks that have such outputs have no curvature.</summary>
    /// <param name="parameters">The parameters of the network.</param>
    /// <param name="state">Its state.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="gradient">∂C/∂y of the output.</param>
    /// <param name="adjoint">∂C/∂x of the state.</param>
    public void AddToHiddenValues<TLane>(
        UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> state, int output, TLane gradient,
        UncheckedSpan<TLane> adjoint)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = _stateValues.Length;
        TLane delta = BackwardThroughOutput(parameters, state, output, gradient);
        UncheckedSpan<TLane> weights = parameters.Slice(Offset + (output * n)), hidden = adjoint.Slice(_stateValues[0]);
        for (nint j = 0; j < n; j++)
            hidden[j] = TLane.FusedMultiplyAdd(weights[j], delta, hidden[j]);
    }

    /// <summary>Emits the gradient terms of the parameters of an output.</summary>
    /// <param name="parameters">The parameters of the network.</param>
    /// <param name="state">Its state.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="gradient">∂C/∂y of the output.</param>
    /// <param name="terms">[parameter][value]: receives the terms.</param>
    public void AddTerms<TLane, TTerms>(
        UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> state, int output, TLane gradient,
        UncheckedSpan<TLane> terms)
        where TLane : unmanaged, ILane<TLane>
        where TTerms : struct, IGradientTerms
    {
        int n = _stateValues.Length;
        var derivatives = new GradientAndCurvature<TLane>(
            BackwardThroughOutput(parameters, state, output, gradient), Curvature: default);
        for (int j = 0; j < n; j++)
            TTerms.AddWeight(terms, Offset + (output * n) + j, derivatives, state[_stateValues[j]]);
        TTerms.Add(terms, Offset + (Outputs * n) + output, derivatives);
    }

    /// <summary>The derivative with respect to the activation of an output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane BackwardThroughOutput<TLane>(
        UncheckedSpan<TLane> parameters, UncheckedSpan<TLane> state, int output, TLane gradient)
        where TLane : unmanaged, ILane<TLane>
        => Kind == ReadoutKind.Tanh
            ? default(Tanh).Derivative(output, ComputeOfHiddenValues(parameters, state, output)) * gradient : gradient;
}

/// <summary>The kinds of readouts.</summary>
public enum ReadoutKind
{
    /// <summary>Outputs of units.</summary>
    Units,

    /// <summary>y = R·h + c.</summary>
    Linear,

    /// <summary>y = tanh(R·h + c).</summary>
    Tanh,
}
