using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// The Parity network in activations. A later step reads the output unit only, so its state is one number, the
/// activation a of that unit: <c>N(a, u) = w3·u + w4·f(a) + w5·f(w1·u + w2·f(a) + b1) + b2</c>. The input is not
/// additive.
/// </summary>
/// <typeparam name="TUnits">The kind of the units; y is unit 0, h is unit 1.</typeparam>
/// <param name="units">The units; each must be differentiable.</param>
/// <param name="parameters">[w1, w2, b1, w3, w4, w5, b2].</param>
/// <param name="initialActivation">The activation a with f(a) = y_0; infinite at the ends of the range of f.</param>
public readonly struct ParityMap<TUnits>(
    TUnits units, IReadOnlyList<double> parameters, double initialActivation) : IDrivenMap
    where TUnits : struct, IUnits
{
    private const int Y = 0, H = 1;

    private readonly double _w1 = parameters[0], _w2 = parameters[1], _b1 = parameters[2];
    private readonly double _w3 = parameters[3], _w4 = parameters[4], _w5 = parameters[5], _b2 = parameters[6];

    public int Dimension => 1;

    public int Inputs => 1;

    public static bool HasJacobian => true;

    public double InitialActivation(int unit) => initialActivation;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane y = units.Forward(Y, point[0]), u = point[1];
        TLane a = TLane.FusedMultiplyAdd(TLane.From(_w3), u, TLane.From(_b2));
        a = TLane.FusedMultiplyAdd(TLane.From(_w4), y, a);
        image[0] = TLane.FusedMultiplyAdd(TLane.From(_w5), HiddenOutput(y, u), a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane y = units.Forward(Y, point[0]);
        TLane hiddenDerivative = TLane.From(_w5) * units.Derivative(H, HiddenOutput(y, point[1]));
        jacobian[0] = TLane.FusedMultiplyAdd(hiddenDerivative, TLane.From(_w2), TLane.From(_w4))
            * units.Derivative(Y, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane Output<TLane>(int unit, TLane activation)
        where TLane : unmanaged, ILane<TLane>
        => units.Forward(Y, activation);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLane HiddenOutput<TLane>(TLane y, TLane u)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane a = TLane.FusedMultiplyAdd(TLane.From(_w1), u, TLane.From(_b1));
        return units.Forward(H, TLane.FusedMultiplyAdd(TLane.From(_w2), y, a));
    }
}
