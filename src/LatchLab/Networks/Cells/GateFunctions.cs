using System.Runtime.CompilerServices;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// The functions of gates, of which a step computes several: calls on values of several vectors, otherwise inlined.
/// </summary>
internal static class GateFunctions
{
    /// <summary>σ(a) = ½ + ½·tanh(½·a), as in <see cref="Logistic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Sigmoid<TLane>(TLane activation)
        where TLane : unmanaged, ILane<TLane>
    {
        TLane half = TLane.From(0.5);
        return TLane.FusedMultiplyAdd(half, Tanh(half * activation), half);
    }

    /// <summary>
    /// Replaces n activations by σ(a). A loop of its own keeps more of them in flight than one over whole gates.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReplaceBySigmoid<TLane>(UncheckedSpan<TLane> activations, nint n)
        where TLane : unmanaged, ILane<TLane>
    {
        for (nint j = 0; j < n; j++)
            activations[j] = Sigmoid(activations[j]);
    }

    /// <summary>Replaces n activations by tanh a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReplaceByTanh<TLane>(UncheckedSpan<TLane> activations, nint n)
        where TLane : unmanaged, ILane<TLane>
    {
        for (nint j = 0; j < n; j++)
            activations[j] = Tanh(activations[j]);
    }

    /// <summary>tanh a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Tanh<TLane>(TLane activation)
        where TLane : unmanaged, ILane<TLane>
    {
        if (TLane.VectorCount == 1)
            return TLane.Tanh(activation);
        TLane value = activation;
        TLane.ReplaceByTanh(ref value);
        return value;
    }
}
