using System.Runtime.CompilerServices;
using LatchLab.Networks;
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
    /// <param name="network">The network with its parameters; its units must be differentiable.</param>
    /// <param name="inputs">The inputs of the sequence; those that are parameters come before them.</param>
    public static IReadOnlyList<double> Of(NetworkDefinition network, IReadOnlyList<double> inputs)
        => network.Accept(new Visitor(network.Parameters, inputs));

    private sealed class Visitor(IReadOnlyList<double> parameters, IReadOnlyList<double> given)
        : INetworkVisitor<double[]>
    {
        public double[] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            int length = network.TrainableInputs + given.Count, count = network.Parameters;
            var unfolding = new Unfolding<Scalar, TNetwork>(network, bundles: 1, length);
            for (int i = 0; i < count; i++)
                unfolding.Parameters.Values[i] = new Scalar(parameters[i]);
            LaneMemory<Scalar> inputs = new(length), start = new(1), sign = new(1), one = new(1);
            for (int i = 0; i < given.Count; i++)
                inputs.Values[network.TrainableInputs + i] = new Scalar(given[i]);
            sign.Values[0] = one.Values[0] = new Scalar(1.0);
            var sequence = new Sequence<Scalar>
            {
                Inputs = inputs.Row(0, length),
                Start = start.Row(0, 1),
                Sign = sign.Row(0, 1),
                Length = length,
                EarliestStart = 0,
                LatestStart = 0,
            };
            var memory = new LaneMemory<Scalar>((length + 1) * count);
            unfolding.Forward(sequence);
            unfolding.Backward<EveryTime>(sequence, one.Row(0, 1), memory.Row(0, memory.Length));
            var norms = new double[length];
            for (int t = 1; t <= length; t++)
            {
                double sum = 0.0;
                foreach (double gradient in memory.Numbers.Slice(t * count, count))
                    sum += gradient * gradient;
                norms[t - 1] = Math.Sqrt(sum);
            }

            return norms;
        }
    }

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
