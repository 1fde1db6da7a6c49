using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n fully connected units that all receive m inputs, or have biases, or several of which are read:
/// <c>a_t = W·x_{t−1} + V·u_t + b</c>, <c>x_t = f(a_t)</c>, x_0 = 0. Where V is no parameter there is one input, whose
/// weight is 1 to one unit and 0 to the others. With a single output and no biases besides, it is
/// <see cref="FullyConnected{TUnits}"/>, the network of the paper, which has a kernel of its own because training lives
/// in it.
/// </summary>
/// <remarks>Parameters: [W | V | b], each row by row, V and b only where the network has them.</remarks>
/// <typeparam name="TUnits">The kind of the units.</typeparam>
/// <param name="units">n ≥ 1.</param>
/// <param name="inputs">m ≥ 1; 1 where V is no parameter.</param>
/// <param name="inputUnit">The unit that receives the input, 0 … n − 1; null where V is a parameter.</param>
/// <param name="outputUnits">The units that are read, at least one, each 0 … n − 1 and no two alike.</param>
/// <param name="hasBiases">Whether b is a parameter; otherwise it is 0.</param>
/// <param name="kind">The units.</param>
public readonly struct RecurrentNetwork<TUnits>(
    int units, int inputs, int? inputUnit, int[] outputUnits, bool hasBiases, TUnits kind) : INetwork
    where TUnits : struct, IUnits
{
    private const int None = -1;

    private readonly int fed = inputUnit ?? None;
    private readonly int inputWeights = inputUnit is null ? units * units : None;
    private readonly int biases = hasBiases ? units * (units + (inputUnit is null ? inputs : 0)) : None;

    /// <inheritdoc/>
    public static bool PropagatesByChance => TUnits.PropagateByChance;

    /// <inheritdoc/>
    public int Units => units;

    /// <inheritdoc/>
    public int Parameters => units * (units + (inputWeights == None ? 0 : inputs) + (biases == None ? 0 : 1));

    /// <inheritdoc/>
    public int Inputs => inputs;

    /// <inheritdoc/>
    public int Outputs => outputUnits.Length;

    /// <inheritdoc/>
    public int TrainableInputs => 0;

    /// <inheritdoc/>
    public int OutputUnit(int output) => outputUnits[output];

    /// <inheritdoc/>
    public double InitialState(int unit) => 0.0;

    /// <inheritdoc/>
    public int InputParameter(int i, int sequenceClass) => throw new ArgumentOutOfRangeException(nameof(i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(Row<TLane> parameters, Row<TLane> input, Row<TLane> before, Row<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < units; i++)
            after[i] = kind.Forward(i, Activation(parameters, input, before, i));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Back<TLane>(int unit, TLane signal, TLane output)
        where TLane : unmanaged, ILane<TLane>
        => kind.Back(unit, signal, output, activation: default, uniform: default);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Derivatives<TLane> StepBack<TLane, TContributions>(
        Row<TLane> parameters,
        Row<TLane> input,
        Row<TLane> before,
        Row<TLane> after,
        Signal<TLane> signal,
        Signal<TLane> earlier,
        Row<TLane> memory)
        where TLane : unmanaged, ILane<TLane>
        where TContributions : struct, IContributions
    {
        Derivatives<TLane> atInput = default;
        for (int i = 0; i < units; i++)
        {
            TLane activation = default, uniform = default, curvature = default;
            if (TUnits.PropagateByChance)
            {
                activation = Activation(parameters, input, before, i);
                uniform = signal.Uniforms[i];
            }

            TLane gradient = kind.Back(i, signal.Gradient[i], after[i], activation, uniform);   // ∂C/∂a_i
            if (TContributions.Curvature != CurvatureForm.None)
            {
                curvature = Curvature.AtActivation<TLane, TUnits, TContributions>(
                    kind, i, after[i], signal.Gradient[i], signal.Curvature[i]);
            }

            var atActivation = new Derivatives<TLane>(gradient, curvature);
            for (int j = 0; j < units; j++)
            {
                TLane w = parameters[(i * units) + j], x = before[j];
                TContributions.Add(memory, (i * units) + j, atActivation.OfWeight<TContributions>(x));
                earlier.Gradient[j] = i == 0 ? w * gradient : TLane.FusedMultiplyAdd(w, gradient, earlier.Gradient[j]);
                if (TContributions.Curvature != CurvatureForm.None)
                {
                    TLane share = w * w * curvature;        // H_x(t−1, j) = Σ_i w_ij²·H_a(t, i)
                    earlier.Curvature[j] = i == 0 ? share : earlier.Curvature[j] + share;
                }
            }

            if (biases != None)
                TContributions.Add(memory, biases + i, atActivation);
            for (int k = 0; inputWeights != None && k < inputs; k++)
            {
                TLane u = input[k];
                TContributions.Add(
                    memory, inputWeights + (i * inputs) + k, atActivation.OfWeight<TContributions>(u));
            }

            if (inputWeights != None)
            {
                TLane v = parameters[inputWeights + (i * inputs)];
                atInput = new(
                    TLane.FusedMultiplyAdd(v, gradient, atInput.Gradient), atInput.Curvature + (v * v * curvature));
            }
            else if (i == fed)
            {
                atInput = atActivation;
            }
        }

        return atInput;
    }

    /// <summary>a_i, in the order of <see cref="RecurrentMap{TUnits}"/>: both go one way to the last bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Activation<TLane>(Row<TLane> parameters, Row<TLane> input, Row<TLane> before, int i)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a = biases == None ? TLane.From(0.0) : parameters[biases + i];
        for (int k = 0; inputWeights != None && k < inputs; k++)
            a = TLane.FusedMultiplyAdd(parameters[inputWeights + (i * inputs) + k], input[k], a);
        if (i == fed)
            a += input[0];
        for (int j = 0; j < units; j++)
            a = TLane.FusedMultiplyAdd(parameters[(i * units) + j], before[j], a);
        return a;
    }
}
