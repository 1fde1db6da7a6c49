using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The seven-parameter network of the Parity problem (Section V-E): a hidden unit h and an output unit y, both fed by
/// the input and the former output, <c>h_t = f(w1·u_t + w2·y_{t−1} + b1)</c>,
/// <c>y_t = f(w3·u_t + w4·y_{t−1} + w5·h_t + b2)</c>, y_0 = −1. The hidden value of the same step feeds the output.
/// </summary>
/// <remarks>
/// Parameters: [w1, w2, b1, w3, w4, w5, b2]. State: x[0] = y, x[1] = h (which the next step does not read).
/// </remarks>
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
    public int TrainableInputs => 0;

    /// <inheritdoc/>
    public double InitialState(int unit) => unit == Y ? -1.0 : 0.0;

    /// <inheritdoc/>
    public int InputParameter(int i, int sequenceClass) => throw new ArgumentOutOfRangeException(nameof(i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(Row<TLane> parameters, TLane input, Row<TLane> before, Row<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane h = TLane.FusedMultiplyAdd(parameters[W1], input, parameters[B1]);
        h = TUnit.Forward(TLane.FusedMultiplyAdd(parameters[W2], before[Y], h));
        TLane y = TLane.FusedMultiplyAdd(parameters[W3], input, parameters[B2]);
        y = TLane.FusedMultiplyAdd(parameters[W4], before[Y], y);
        after[H] = h;
        after[Y] = TUnit.Forward(TLane.FusedMultiplyAdd(parameters[W5], h, y));
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
        TLane w1 = parameters[W1], w2 = parameters[W2], w3 = parameters[W3], w4 = parameters[W4], w5 = parameters[W5];
        TLane u = input[0], y0 = before[Y], h1 = after[H];
        TLane slopeOfY = TUnit.Slope(after[Y]), slopeOfH = TUnit.Slope(h1);
        TLane y = slopeOfY * signal.Gradient[Y];    // ∂C/∂a of the output unit
        TLane h = slopeOfH * (w5 * y);              // ∂C/∂a of the hidden unit: its output is read in this step only
        earlier.Gradient[Y] = TLane.FusedMultiplyAdd(w2, h, w4 * y);
        earlier.Gradient[H] = TLane.From(0.0);

        TLane ofY = default, ofH = default;         // H_a of the two units
        if (TContributions.WantsCurvature)
        {
            ofY = slopeOfY * slopeOfY * signal.Curvature[Y];
            ofH = slopeOfH * slopeOfH * (w5 * w5 * ofY);
            earlier.Curvature[Y] = TLane.FusedMultiplyAdd(w2 * w2, ofH, w4 * w4 * ofY);
            earlier.Curvature[H] = TLane.From(0.0);
        }

        TContributions.Add(memory, W1, new(h * u, ofH * (u * u)));
        TContributions.Add(memory, W2, new(h * y0, ofH * (y0 * y0)));
        TContributions.Add(memory, B1, new(h, ofH));
        TContributions.Add(memory, W3, new(y * u, ofY * (u * u)));
        TContributions.Add(memory, W4, new(y * y0, ofY * (y0 * y0)));
        TContributions.Add(memory, W5, new(y * h1, ofY * (h1 * h1)));
        TContributions.Add(memory, B2, new(y, ofY));
        return new(TLane.FusedMultiplyAdd(w1, h, w3 * y), TLane.FusedMultiplyAdd(w1 * w1, ofH, w3 * w3 * ofY));
    }
}
