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
/// <param name="input">The unit that receives the input, 0 … n − 1.</param>
/// <param name="output">The unit that is read, 0 … n − 1.</param>
public readonly struct FullyConnected<TUnit>(int units, int input, int output) : INetwork
    where TUnit : struct, IUnit
{
    /// <inheritdoc/>
    public int Units => units;

    /// <inheritdoc/>
    public int Parameters => units * units;

    /// <inheritdoc/>
    public int Output => output;

    /// <inheritdoc/>
    public void Begin<TLane>(Span<TLane> state)
        where TLane : unmanaged, ILane<TLane>
        => state.Fill(TLane.From(0.0));

    /// <inheritdoc/>
    public void Step<TLane>(
        ReadOnlySpan<TLane> parameters, in Sequence<TLane> sequence, int t, ReadOnlySpan<TLane> before, Span<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        for (int i = 0; i < units; i++)
        {
            ReadOnlySpan<TLane> row = parameters.Slice(i * units, units);
            TLane a = i == input ? sequence.Inputs[t - 1] : TLane.From(0.0);
            for (int j = 0; j < row.Length; j++)
                a = TLane.FusedMultiplyAdd(row[j], before[j], a);
            after[i] = TUnit.Forward(a);
        }
    }

    /// <inheritdoc/>
    public void StepBack<TLane, TContributions>(
        ReadOnlySpan<TLane> parameters,
        in Sequence<TLane> sequence,
        int t,
        ReadOnlySpan<TLane> before,
        ReadOnlySpan<TLane> after,
        Signal<TLane> signal,
        Signal<TLane> earlier,
        ref TContributions contributions)
        where TLane : unmanaged, ILane<TLane>
        where TContributions : struct, IContributions<TLane>, allows ref struct
    {
        earlier.Gradient.Fill(TLane.From(0.0));
        if (TContributions.WantsCurvature)
            earlier.Curvature.Fill(TLane.From(0.0));

        for (int i = 0; i < units; i++)
        {
            TLane slope = TUnit.Slope(after[i]);
            TLane gradient = slope * signal.Gradient[i];    // ∂C/∂a_i
            TLane curvature = TContributions.WantsCurvature ? slope * slope * signal.Curvature[i] : default;
            ReadOnlySpan<TLane> row = parameters.Slice(i * units, units);
            for (int j = 0; j < row.Length; j++)
            {
                contributions.Add(i * units + j, gradient * before[j], curvature * (before[j] * before[j]));
                earlier.Gradient[j] = TLane.FusedMultiplyAdd(row[j], gradient, earlier.Gradient[j]);
                if (TContributions.WantsCurvature)
                {
                    earlier.Curvature[j] =
                        TLane.FusedMultiplyAdd(row[j] * row[j], curvature, earlier.Curvature[j]); // H_x = Σ_i w_ij²·H_a
                }
            }
        }
    }
}
