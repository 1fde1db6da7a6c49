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
/// <typeparam name="TUnits">The kind of the units; y is unit 0, h is unit 1.</typeparam>
/// <param name="kind">The units.</param>
/// <param name="initialOutput">y_0: the output that stands for an even number, the lowest of the unit.</param>
public readonly struct ParityNetwork<TUnits>(TUnits kind, double initialOutput) : INetwork
    where TUnits : struct, IUnits
{
    private const int W1 = 0, W2 = 1, B1 = 2, W3 = 3, W4 = 4, W5 = 5, B2 = 6;
    private const int Y = 0, H = 1;

    /// <inheritdoc/>
    public static bool PropagatesByChance => TUnits.PropagateByChance;

    /// <inheritdoc/>
    public int Units => 2;

    /// <inheritdoc/>
    public int Parameters => 7;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public int Outputs => 1;

    /// <inheritdoc/>
    public int TrainableInputs => 0;

    /// <inheritdoc/>
    public int OutputUnit(int output) => Y;

    /// <inheritdoc/>
    public double InitialState(int unit) => unit == Y ? initialOutput : 0.0;

    /// <inheritdoc/>
    public int InputParameter(int i, int sequenceClass) => throw new ArgumentOutOfRangeException(nameof(i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLane>(Row<TLane> parameters, Row<TLane> input, Row<TLane> before, Row<TLane> after)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane u = input[0], h = kind.Forward(H, HiddenActivation(parameters, u, before));
        after[H] = h;
        after[Y] = kind.Forward(Y, OutputActivation(parameters, u, before, h));
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
        TLane w1 = parameters[W1], w2 = parameters[W2], w3 = parameters[W3], w4 = parameters[W4], w5 = parameters[W5];
        TLane u = input[0], y0 = before[Y], h1 = after[H];
        TLane activationOfY = default, activationOfH = default, uniformOfY = default, uniformOfH = default;
        if (TUnits.PropagateByChance)
        {
            activationOfY = OutputActivation(parameters, u, before, h1);
            activationOfH = HiddenActivation(parameters, u, before);
            uniformOfY = signal.Uniforms[Y];
            uniformOfH = signal.Uniforms[H];
        }

        TLane y = kind.Back(Y, signal.Gradient[Y], after[Y], activationOfY, uniformOfY);    // ∂C/∂a of the output unit
        TLane gradientOfH = w5 * y;                 // its output is read in this step only
        TLane h = kind.Back(H, gradientOfH, h1, activationOfH, uniformOfH);                 // … of the hidden unit
        earlier.Gradient[Y] = TLane.FusedMultiplyAdd(w2, h, w4 * y);
        earlier.Gradient[H] = TLane.From(0.0);

        TLane ofY = default, ofH = default;         // H_a of the two units
        if (TContributions.Curvature != CurvatureForm.None)
        {
            ofY = Curvature.AtActivation<TLane, TUnits, TContributions>(
                kind, Y, after[Y], signal.Gradient[Y], signal.Curvature[Y]);
            ofH = Curvature.AtActivation<TLane, TUnits, TContributions>(kind, H, h1, gradientOfH, w5 * w5 * ofY);
            earlier.Curvature[Y] = TLane.FusedMultiplyAdd(w2 * w2, ofH, w4 * w4 * ofY);
            earlier.Curvature[H] = TLane.From(0.0);
        }

        Derivatives<TLane> atH = new(h, ofH), atY = new(y, ofY);
        TContributions.Add(memory, W1, atH.OfWeight<TContributions>(u));
        TContributions.Add(memory, W2, atH.OfWeight<TContributions>(y0));
        TContributions.Add(memory, B1, atH);
        TContributions.Add(memory, W3, atY.OfWeight<TContributions>(u));
        TContributions.Add(memory, W4, atY.OfWeight<TContributions>(y0));
        TContributions.Add(memory, W5, atY.OfWeight<TContributions>(h1));
        TContributions.Add(memory, B2, atY);
        TLane atInput = TLane.FusedMultiplyAdd(w1, h, w3 * y);
        return TContributions.Curvature == CurvatureForm.None
            ? new(atInput, default)
            : new(atInput, TLane.FusedMultiplyAdd(w1 * w1, ofH, w3 * w3 * ofY));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane HiddenActivation<TLane>(Row<TLane> parameters, TLane input, Row<TLane> before)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane h = TLane.FusedMultiplyAdd(parameters[W1], input, parameters[B1]);
        return TLane.FusedMultiplyAdd(parameters[W2], before[Y], h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane OutputActivation<TLane>(Row<TLane> parameters, TLane input, Row<TLane> before, TLane h)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane y = TLane.FusedMultiplyAdd(parameters[W3], input, parameters[B2]);
        y = TLane.FusedMultiplyAdd(parameters[W4], before[Y], y);
        return TLane.FusedMultiplyAdd(parameters[W5], h, y);
    }
}
