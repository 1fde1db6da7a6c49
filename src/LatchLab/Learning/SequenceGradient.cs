using System.Runtime.CompilerServices;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Cost ½Σ(x_T − d)² of one sequence over the outputs, with its gradient and the positive diagonal approximation of its
/// second derivatives (Becker and LeCun 1988, without the f″ term): what every gradient method of this room starts
/// from, given so that it can be checked against another program.
/// </summary>
/// <param name="Cost">½Σ(x_T − d)².</param>
/// <param name="Outputs">x_T of each output.</param>
/// <param name="Gradient">∂C/∂w for each parameter, in the order of the network.</param>
/// <param name="Curvature">H_w ≥ 0 for each parameter: the instances of a shared weight summed over time.</param>
public sealed record SequenceGradient(
    double Cost, IReadOnlyList<double> Outputs, IReadOnlyList<double> Gradient, IReadOnlyList<double> Curvature)
{
    /// <summary>x_T of a network that has one output.</summary>
    public double Output => Outputs[0];

    /// <summary>Computes it.</summary>
    /// <param name="network">The network with its parameters.</param>
    /// <param name="inputs">
    /// [t − 1][input]: the inputs of the sequence; those that are parameters come before them.
    /// </param>
    /// <param name="targets">d, the target of each output at the last step.</param>
    /// <exception cref="ValidationException">
    /// The sequence has no step at all, or too many to keep every state; its steps have not as many inputs as those of
    /// the network, or there are not as many targets as outputs; or a unit has no gradient.
    /// </exception>
    public static SequenceGradient Compute(
        NetworkDefinition network, IReadOnlyList<double> inputs, params IReadOnlyList<double> targets)
    {
        ThrowIfNotDifferentiable(network);
        return network.Accept(new Visitor(network.Parameters, inputs, targets));
    }

    /// <summary>Finds out, before anything runs, whether a network has a gradient.</summary>
    /// <exception cref="ValidationException">A unit has none.</exception>
    public static void ThrowIfNotDifferentiable(NetworkDefinition network)
    {
        if (KnownUnits.HasThreshold(network.Unit))
            throw new ValidationException("", "unit", "a threshold has no gradient: give a network of other units");
    }

    /// <summary>What is wrong with so many targets of a network; null if nothing is.</summary>
    public static string? ValidateTargetCount(int targets, int outputs)
        => targets == outputs ? null
            : outputs == 1 ? $"{targets} given, and the network has one output: give one"
            : $"{targets} given, and the network has {outputs} outputs: give {outputs}, separated by commas";

    /// <summary>The class of sequences that targets stand for: whose trainable inputs they begin with.</summary>
    internal static int ClassOf(IReadOnlyList<double> targets) => targets is [< 0.0, ..] ? 0 : 1;

    private sealed class Visitor(
        IReadOnlyList<double> parameters, IReadOnlyList<double> inputs, IReadOnlyList<double> targets)
        : INetworkVisitor<SequenceGradient>
    {
        public SequenceGradient Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var run = new SingleSequenceRun<TNetwork>(network, parameters, inputs, ClassOf(targets));
            double[] outputErrors = run.OutputErrors(targets);
            double[] sums = run.Backpropagate<SummedTerms>(outputErrors);
            double[] EveryValue(int offset)
                => [.. sums.Chunk(SummedTerms.ValuesPerParameter).Select(ofOne => ofOne[offset])];
            double cost = outputErrors.Sum(difference => 0.5 * difference * difference);
            return new(cost, run.Outputs, EveryValue(0), EveryValue(1));
        }
    }

    /// <summary>Sums gradient and curvature over time.</summary>
    private readonly struct SummedTerms : IGradientTerms
    {
        public static CurvatureForm Curvature => CurvatureForm.Positive;

        public static int ValuesPerParameter => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<TLane>(UncheckedSpan<TLane> terms, nint parameter,
            GradientAndCurvature<TLane> derivatives)
            where TLane : unmanaged, ILane<TLane>
        {
            terms[2 * parameter] += derivatives.Gradient;
            terms[(2 * parameter) + 1] += derivatives.Curvature;
        }
    }
}
