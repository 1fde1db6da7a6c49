using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n fully connected units that all receive the input, or have biases, or both: <c>a_t = W·x_{t−1} + v·u_t + b</c>,
/// <c>x_t = f(a_t)</c>, x_0 = 0. Where v is no parameter, it is 1 for one unit and 0 for the others. Without biases
/// besides, it is <see cref="FullyConnected{TUnits}"/>, the network of the paper, which has a kernel of its own because
/// training lives in it.
/// </summary>
/// <remarks>Parameters: [W | v | b], W row by row, v and b only where the network has them.</remarks>
/// <typeparam name="TUnits">The kind of the units.</typeparam>
/// <param name="units">n ≥ 1.</param>
/// <param name="inputUnit">The unit that receives the input, 0 … n − 1; null where v is a parameter.</param>
/// <param name="outputUnit">The unit that is read, 0 … n − 1.</param>
/// <param name="hasBiases">Whether b is a parameter; otherwise it is 0.</param>
/// <param name="kind">The units.</param>
public readonly struct RecurrentNetwork<TUnits>(
    int units, int? inputUnit, int outputUnit, bool hasBiases, TUnits kind) : INetwork
    where TUnits : struct, IUnits
{
    private const int None = -1;

    private readonly int fed = inputUnit ?? None;
    private readonly int inputWeights = inputUnit is null ? units * units : None;
    private readonly int biases = hasBiases ? (units * units) + (inputUnit is null ? units : 0) : None;

    /// <inheritdoc/>
    public static bool PropagatesByChance => TUnits.PropagateByChance;

    /// <inheritdoc/>
    public int Units => units;

    /// <inheritdoc/>
    public int Parameters => units * (units + (inputWeights == None ? 0 : 1) + (biases == None ? 0 : 1));

    /// <inheritdoc/>
    public int Output => outputUnit;

    /// <inheritdoc/>
    public int TrainableInputs => 0;

    /// <inheritdoc/>
    public double InitialState(int unit) => 0.0;

    /// <inheritdoc/>
    public int InputParameter(int i, int sequenceClass) => throw new ArgumentOutOfRangeException(nameof(i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(Row<TLane> parameters, TLane input, Row<TLane> before, Row<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < units; i++)
            after[i] = kind.Forward(i, Activation(parameters, input, before, i));
    }

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
        TLane u = input[0];
        Derivatives<TLane> atInput = default;
        for (int i = 0; i < units; i++)
        {
            TLane activation = default, uniform = default, curvature = default;
            if (TUnits.PropagateByChance)
            {
                activation = Activation(parameters, u, before, i);
                uniform = signal.Uniforms[i];
            }

            TLane gradient = kind.Back(i, signal.Gradient[i], after[i], activation, uniform);   // ∂C/∂a_i
            if (TContributions.Curvature != CurvatureForm.None)
            {
                curvature = Curvature.AtActivation<TLane, TUnits, TContributions>(
                    kind, i, after[i], signal.Gradient[i], signal.Curvature[i]);
            }

            for (int j = 0; j < units; j++)
            {
                TLane w = parameters[(i * units) + j], x = before[j];
                TContributions.Add(memory, (i * units) + j, new(gradient * x, curvature * (x * x)));
                earlier.Gradient[j] = i == 0 ? w * gradient : TLane.FusedMultiplyAdd(w, gradient, earlier.Gradient[j]);
                if (TContributions.Curvature != CurvatureForm.None)
                {
                    TLane share = w * w * curvature;        // H_x(t−1, j) = Σ_i w_ij²·H_a(t, i)
                    earlier.Curvature[j] = i == 0 ? share : earlier.Curvature[j] + share;
                }
            }

            if (biases != None)
                TContributions.Add(memory, biases + i, new(gradient, curvature));
            if (inputWeights != None)
            {
                TLane v = parameters[inputWeights + i];
                TContributions.Add(memory, inputWeights + i, new(gradient * u, curvature * (u * u)));
                atInput = new(
                    TLane.FusedMultiplyAdd(v, gradient, atInput.Gradient), atInput.Curvature + (v * v * curvature));
            }
            else if (i == fed)
            {
                atInput = new(gradient, curvature);
            }
        }

        return atInput;
    }

    /// <summary>In the order of <see cref="RecurrentMap{TUnits}"/>, so that both go the same way to the last bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane Activation<TLane>(Row<TLane> parameters, TLane input, Row<TLane> before, int i)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a = biases == None ? TLane.From(0.0) : parameters[biases + i];
        if (inputWeights != None)
            a = TLane.FusedMultiplyAdd(parameters[inputWeights + i], input, a);
        else if (i == fed)
            a += input;
        for (int j = 0; j < units; j++)
            a = TLane.FusedMultiplyAdd(parameters[(i * units) + j], before[j], a);
        return a;
    }
}
