using System.Runtime.CompilerServices;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Cost ½(x_T − d)² of one sequence with its gradient and the positive diagonal approximation of its second
/// derivatives (Becker and LeCun 1988, without the f″ term): what every gradient method of this room starts from, given
/// so that it can be checked against another program.
/// </summary>
/// <param name="Cost">½(x_T − d)².</param>
/// <param name="Output">x_T.</param>
/// <param name="Gradient">∂C/∂w for each parameter, in the order of the network.</param>
/// <param name="Curvature">H_w ≥ 0 for each parameter: the instances of a shared weight summed over time.</param>
public sealed record SequenceGradient(
    double Cost, double Output, IReadOnlyList<double> Gradient, IReadOnlyList<double> Curvature)
{
    /// <summary>Computes it.</summary>
    /// <param name="network">The network with its parameters.</param>
    /// <param name="inputs">The inputs of the sequence; those that are parameters come before them.</param>
    /// <param name="target">d, the target of the output at the last step.</param>
    /// <exception cref="InputException">
    /// The sequence has no step at all, or too many to keep every state; or a unit has no gradient.
    /// </exception>
    public static SequenceGradient Of(NetworkDefinition network, IReadOnlyList<double> inputs, double target)
        => KnownUnits.HasThreshold(network.Unit)
            ? throw new InputException("", "unit", "a threshold has no gradient: give a network of other units")
            : network.Accept(new Visitor(network.Parameters, inputs, target));

    private sealed class Visitor(IReadOnlyList<double> parameters, IReadOnlyList<double> given, double target)
        : INetworkVisitor<SequenceGradient>
    {
        public SequenceGradient Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            int length = network.TrainableInputs + given.Count;
            if (length == 0)
                throw new InputException("", "sequence", "has no step; a cost at the last step needs at least one");

            const int mostStates = 100_000_000; // 0.8 GB
            if ((length + 1L) * network.Units > mostStates)
            {
                throw new InputException(
                    "",
                    "sequence",
                    $"of {length} steps needs {(length + 1L) * network.Units} states of a network " +
                        $"with {network.Units} units: give at most {mostStates / network.Units - 1} steps");
            }

            var unfolding = new Unfolding<Scalar, TNetwork>(network, bundles: 1, length);
            for (int i = 0; i < parameters.Count; i++)
                unfolding.Parameters.Values[i] = new Scalar(parameters[i]);
            var inputs = new LaneMemory<Scalar>(length);
            for (int i = 0; i < given.Count; i++)
                inputs.Values[network.TrainableInputs + i] = new Scalar(given[i]);
            var start = new LaneMemory<Scalar>(1);
            var sign = new LaneMemory<Scalar>(1);
            sign.Values[0] = new Scalar(target < 0.0 ? -1.0 : 1.0);
            var sequence = new Sequence<Scalar>
            {
                Inputs = inputs.Row(0, length),
                Start = start.Row(0, 1),
                Sign = sign.Row(0, 1),
                Length = length,
                EarliestStart = 0,
                LatestStart = 0,
            };

            unfolding.Forward(sequence);
            double output = unfolding.Output(length, bundle: 0).Value;
            var error = new LaneMemory<Scalar>(1);
            error.Values[0] = new Scalar(output - target);
            var sums = new LaneMemory<Scalar>(network.Parameters * Sum.ValuesPerParameter);
            unfolding.Backward<Sum>(sequence, error.Row(0, 1), sums.Row(0, sums.Length));

            double[] Every(int offset)
                => [.. Enumerable.Range(0, network.Parameters)
                    .Select(i => sums.Numbers[(i * Sum.ValuesPerParameter) + offset])];
            return new(0.5 * (output - target) * (output - target), output, Every(0), Every(1));
        }
    }

    /// <summary>Sums gradient and curvature over time.</summary>
    private readonly struct Sum : IContributions
    {
        public static CurvatureForm Curvature => CurvatureForm.Positive;

        public static int ValuesPerParameter => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<TLane>(Row<TLane> memory, int parameter, Derivatives<TLane> derivatives)
            where TLane : unmanaged, ILane<TLane>
        {
            memory[2 * parameter] += derivatives.Gradient;
            memory[(2 * parameter) + 1] += derivatives.Curvature;
        }
    }
}
