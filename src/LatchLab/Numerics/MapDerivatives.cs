using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// The derivatives of a map with respect to its state: J·v by dual numbers, which every map has, and the Jacobian J by
/// the formula of the map, or column by column. They are no members of <see cref="IMap"/>, because a default member
/// would copy the map to the heap at each call.
/// </summary>
public static class MapDerivatives
{
    private const int MaxOnStack = 2048;

    /// <summary>Computes J.</summary>
    /// <param name="map">The map.</param>
    /// <param name="point">(a, u), n + m values.</param>
    /// <param name="jacobian">∂M_i/∂a_j at [i·n + j], written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Jacobian<TMap, TLane>(
        in TMap map, UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TMap : IMap
        where TLane : unmanaged, ILane<TLane>
    {
        if (TMap.HasJacobian)
            map.Differentiate(point, jacobian);
        else
            ComputeColumns(map, point, jacobian);
    }

    /// <summary>Computes J·v, the derivative in a direction.</summary>
    /// <param name="map">The map.</param>
    /// <param name="point">(a, u), n + m values.</param>
    /// <param name="direction">v, n values.</param>
    /// <param name="derivative">J·v, n values, written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Push<TMap, TLane>(
        in TMap map, UncheckedSpan<TLane> point, UncheckedSpan<TLane> direction, UncheckedSpan<TLane> derivative)
        where TMap : IMap
        where TLane : unmanaged, ILane<TLane>
    {
        int n = map.Dimension, length = n + map.Inputs, count = length + n;
        Span<Dual<TLane>> memory = count <= MaxOnStack ? stackalloc Dual<TLane>[count] : new Dual<TLane>[count];
        UncheckedSpan<Dual<TLane>> values = new(ref memory[0]), image = values.Slice(length);
        for (int i = 0; i < length; i++)
            values[i] = new(point[i], i < n ? direction[i] : TLane.From(0.0));
        map.Apply(values, image);
        for (int i = 0; i < n; i++)
            derivative[i] = image[i].Derivative;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeColumns<TMap, TLane>(
        in TMap map, UncheckedSpan<TLane> point, UncheckedSpan<TLane> jacobian)
        where TMap : IMap
        where TLane : unmanaged, ILane<TLane>
    {
        int n = map.Dimension;
        Span<TLane> memory = 2 * n <= MaxOnStack ? stackalloc TLane[2 * n] : new TLane[2 * n];
        UncheckedSpan<TLane> direction = new(ref memory[0]), column = direction.Slice(n);
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < n; i++)
                direction[i] = TLane.From(i == j ? 1.0 : 0.0);
            Push(map, point, direction, column);
            for (int i = 0; i < n; i++)
                jacobian[(i * n) + j] = column[i];
        }
    }
}
