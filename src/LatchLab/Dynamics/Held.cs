using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The autonomous map of a network whose inputs are held at constant values: <c>M(a) = N(a, u)</c>, 0 for the paper's
/// autonomous dynamics.
/// </summary>
/// <typeparam name="TMap">The network.</typeparam>
/// <param name="map">The network.</param>
/// <param name="inputs">u, as many as the network has inputs.</param>
public readonly struct Held<TMap>(TMap map, IReadOnlyList<double> inputs) : IMap
    where TMap : struct, IDrivenMap
{
    private const int MostOnStack = 2048; // the units may be 1000, but a file sets no limit to the inputs

    private readonly double[] held = [.. inputs];

    /// <inheritdoc/>
    public int Dimension => map.Dimension;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<TLane>(Row<TLane> point, Row<TLane> image)
        where TLane : unmanaged, ILane<TLane>
    {
        int count = map.Dimension + held.Length;
        Span<TLane> driven = count <= MostOnStack ? stackalloc TLane[count] : new TLane[count];
        map.Apply(Fill(point, driven), image);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Differentiate<TLane>(Row<TLane> point, Row<TLane> jacobian)
        where TLane : unmanaged, ILane<TLane>
    {
        int count = map.Dimension + held.Length;
        Span<TLane> driven = count <= MostOnStack ? stackalloc TLane[count] : new TLane[count];
        map.Differentiate(Fill(point, driven), jacobian);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Row<TLane> Fill<TLane>(Row<TLane> point, Span<TLane> driven)
        where TLane : unmanaged, ILane<TLane>
    {
        int n = map.Dimension;
        var all = new Row<TLane>(ref driven[0]);
        for (int i = 0; i < n; i++)
            all[i] = point[i];
        for (int k = 0; k < held.Length; k++)
            all[n + k] = TLane.From(held[k]);
        return all;
    }
}
