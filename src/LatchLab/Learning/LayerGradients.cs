using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// How much each time of a sequence has to say in the gradient: the norm of <c>∂x_T/∂w_t</c>, all parameters taken as
/// variables of their own at time t. A recurrent network unfolded in time is a deep feed-forward network with shared
/// weights, and t is its layer; the gradient of any error criterion has the same shape, times ∂C/∂x_T.
/// </summary>
public static class LayerGradients
{
    /// <summary>The norms, [t − 1].</summary>
    /// <param name="network">The network with its parameters.</param>
    /// <param name="inputs">The inputs of the sequence; before them come those of class 1 that are parameters.</param>
    /// <exception cref="InputException">
    /// The sequence has no step at all, or too many to keep every state; or a unit has no gradient.
    /// </exception>
    public static IReadOnlyList<double> Of(NetworkDefinition network, IReadOnlyList<double> inputs)
        => KnownUnits.HasThreshold(network.Unit)
            ? throw new InputException("", "unit", "a threshold has no gradient: give a network of other units")
            : network.Accept(new Visitor(network.Parameters, inputs));

    private sealed class Visitor(IReadOnlyList<double> parameters, IReadOnlyList<double> inputs)
        : INetworkVisitor<double[]>
    {
        public double[] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var presented = new SingleSequence<TNetwork>(network, parameters, inputs, sequenceClass: 1);
            double[] gradients = presented.CarryBack<EveryTime>(error: 1.0);
            return [.. gradients.Chunk(network.Parameters).Skip(1)  // nothing is at t = 0
                .Select(atTime => Math.Sqrt(atTime.Sum(gradient => gradient * gradient)))];
        }
    }

    /// <summary>Keeps the gradient of every time apart.</summary>
    private readonly struct EveryTime : IContributions
    {
        public static CurvatureForm Curvature => CurvatureForm.None;

        public static int ValuesPerParameter => 1;

        public static bool KeepsTimes => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<TLane>(Row<TLane> memory, int parameter, Derivatives<TLane> derivatives)
            where TLane : unmanaged, ILane<TLane>
            => memory[parameter] += derivatives.Gradient;
    }
}
