using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The seven-parameter network of the Parity problem (Section V-E): a hidden unit h and an output unit y, both fed by
/// the input and the former output, <c>h_t = f(w1·u_t + w2·y_{t−1} + b1)</c>,
/// <c>y_t = f(w3·u_t + w4·y_{t−1} + w5·h_t + b2)</c>, y_0 = −1. The hidden value of the same step feeds the output.
/// </summary>
/// <remarks>Parameters: [w1, w2, b1, w3, w4, w5, b2]. State: x[0] = y, x[1] = h (which the next step does not read).</remarks>
/// <typeparam name="TUnit">The unit.</typeparam>
public readonly struct ParityNetwork<TUnit> : INetwork
    where TUnit : struct, IUnit
{
    private const int W1 = 0, W2 = 1, B1 = 2, W3 = 3, W4 = 4, W5 = 5, B2 = 6;
    private const int Y = 0, H = 1;

    /// <inheritdoc/>
    public int Units => 2;

    /// <inheritdoc/>
    public int Parameters => 7;

    /// <inheritdoc/>
    public int Output => Y;

    /// <inheritdoc/>
    public void Begin<TLane>(Span<TLane> state)
        where TLane : unmanaged, ILane<TLane>
    {
        state[Y] = TLane.From(-1.0);
        state[H] = TLane.From(0.0);
    }

    /// <inheritdoc/>
    public void Step<TLane>(
        ReadOnlySpan<TLane> parameters, in Sequence<TLane> sequence, int t, ReadOnlySpan<TLane> before, Span<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane u = sequence.Inputs[t - 1];
        TLane h = TLane.FusedMultiplyAdd(parameters[W1], u, parameters[B1]);
        h = TUnit.Forward(TLane.FusedMultiplyAdd(parameters[W2], before[Y], h));
        TLane y = TLane.FusedMultiplyAdd(parameters[W3], u, parameters[B2]);
        y = TLane.FusedMultiplyAdd(parameters[W4], before[Y], y);
        after[H] = h;
        after[Y] = TUnit.Forward(TLane.FusedMultiplyAdd(parameters[W5], h, y));
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
        TLane u = sequence.Inputs[t - 1];
        TLane w2 = parameters[W2], w4 = parameters[W4], w5 = parameters[W5];
        TLane slopeOfY = TUnit.Slope(after[Y]), slopeOfH = TUnit.Slope(after[H]);
        TLane y = slopeOfY * signal.Gradient[Y];    // ∂C/∂a of the output unit
        TLane h = slopeOfH * (w5 * y);              // ∂C/∂a of the hidden unit: its output is read in this step only
        earlier.Gradient[Y] = TLane.FusedMultiplyAdd(w2, h, w4 * y);
        earlier.Gradient[H] = TLane.From(0.0);

        TLane curvatureOfY = default, curvatureOfH = default;
        if (TContributions.WantsCurvature)
        {
            curvatureOfY = slopeOfY * slopeOfY * signal.Curvature[Y];
            curvatureOfH = slopeOfH * slopeOfH * (w5 * w5 * curvatureOfY);
            earlier.Curvature[Y] = TLane.FusedMultiplyAdd(w2 * w2, curvatureOfH, w4 * w4 * curvatureOfY);
            earlier.Curvature[H] = TLane.From(0.0);
        }

        contributions.Add(W1, h * u, curvatureOfH * (u * u));
        contributions.Add(W2, h * before[Y], curvatureOfH * (before[Y] * before[Y]));
        contributions.Add(B1, h, curvatureOfH);
        contributions.Add(W3, y * u, curvatureOfY * (u * u));
        contributions.Add(W4, y * before[Y], curvatureOfY * (before[Y] * before[Y]));
        contributions.Add(W5, y * after[H], curvatureOfY * (after[H] * after[H]));
        contributions.Add(B2, y, curvatureOfY);
    }
}
