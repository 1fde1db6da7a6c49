using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The autonomous map of a network with constant inputs: <c>M(a) = N(a, u)</c>, with u = 0 for the paper's autonomous
/// dynamics.
/// </summary>
/// <param name="map">The network.</param>
/// <param name="inputs">u, as many as the network has inputs.</param>
public readonly struct FixedInputMap<TMap>(TMap map, IReadOnlyList<double> inputs) : IMap
    where TMap : struct, IMap
{
    private const int MaxOnStack = 2048; // there are at most 1000 units, but a file may have any number of inputs

    private readonly double[] _fixedInputs = [.. inputs];

    public int Dimension => map.Dimension;

    public int Inputs => 0;

    public static bool HasJacobian => TMap.HasJacobian;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        int count = map.Dimension + _fixedInputs.Length;
        Span<TLane> extended = count <= MaxOnStack ? stackalloc TLane[count] : new TLane[count];
        map.Apply(AppendInputs(point, extended), image);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Differentiate<TLane>(UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int count = map.Dimension + _fixedInputs.Length;
        Span<TLane> extended = count <= MaxOnStack ? stackalloc TLane[count] : new TLane[count];
        map.Differentiate(AppendInputs(point, extended), jacobian);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private UncheckedSpan<TLane> AppendInputs<TLane>(UncheckedSpan<TLane> point, Span<TLane> extended)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = map.Dimension;
        var extendedPoint = new UncheckedSpan<TLane>(ref extended[0]);
        for (int i = 0; i < n; i++)
            extendedPoint[i] = point[i];
        for (int k = 0; k < _fixedInputs.Length; k++)
            extendedPoint[n + k] = TLane.From(_fixedInputs[k]);
        return extendedPoint;
    }
}
