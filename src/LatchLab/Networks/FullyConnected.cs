using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// n fully connected units without bias (Section V-E): <c>a_t = W·x_{t−1} + e_input·u_t</c>, <c>x_t = f(a_t)</c>,
/// x_0 = 0. The input is added to the activation of one unit; one unit is read.
/// </summary>
/// <remarks>Parameters: W row by row, w_ij from unit j to unit i at [i·n + j].</remarks>
/// <typeparam name="TUnit">The unit.</typeparam>
/// <param name="units">n ≥ 1.</param>
/// <param name="inputUnit">The unit that receives the input, 0 … n − 1.</param>
/// <param name="outputUnit">The unit that is read, 0 … n − 1.</param>
public readonly struct FullyConnected<TUnit>(int units, int inputUnit, int outputUnit) : INetwork
    where TUnit : struct, IUnit
{
    /// <inheritdoc/>
    public int Units => units;

    /// <inheritdoc/>
    public int Parameters => units * units;

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
        {
            TLane a = i == inputUnit ? input : TLane.From(0.0);
            for (int j = 0; j < units; j++)
                a = TLane.FusedMultiplyAdd(parameters[(i * units) + j], before[j], a);
            after[i] = TUnit.Forward(a);
        }
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
        Derivatives<TLane> atInput = default;
        for (int i = 0; i < units; i++)
        {
            TLane slope = TUnit.Slope(after[i]);
            TLane gradient = slope * signal.Gradient[i];    // ∂C/∂a_i
            TLane curvature = TContributions.WantsCurvature ? slope * slope * signal.Curvature[i] : default;
            for (int j = 0; j < units; j++)
            {
                TLane w = parameters[(i * units) + j], x = before[j];
                TContributions.Add(memory, (i * units) + j, new(gradient * x, curvature * (x * x)));
                earlier.Gradient[j] = i == 0 ? w * gradient : TLane.FusedMultiplyAdd(w, gradient, earlier.Gradient[j]);
                if (TContributions.WantsCurvature)
                {
                    TLane share = w * w * curvature;        // H_x(t−1, j) = Σ_i w_ij²·H_a(t, i)
                    earlier.Curvature[j] = i == 0 ? share : earlier.Curvature[j] + share;
                }
            }

            if (i == inputUnit)
                atInput = new(gradient, curvature);
        }

        return atInput;
    }
}
