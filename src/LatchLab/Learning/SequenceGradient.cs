using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;

namespace LatchLab.Learning;

/// <summary>
/// Cost ½Σ(x_T − d)² of one sequence over the outputs, with its gradient and the positive diagonal approximation of its
/// second derivatives (Becker and LeCun 1988, without the f″ term). Every gradient method of this namespace is based on
/// these quantities; they are public so that other programs can be compared with them.
/// </summary>
/// <param name="Cost">½Σ(x_T − d)².</param>
/// <param name="Outputs">x_T of each output.</param>
/// <param name="Gradient">∂C/∂w for each parameter, in the order of the network.</param>
/// <param name="Curvature">
/// The approximate second derivative H_w ≥ 0 for each parameter, summed over all time steps; null for networks of
/// cells, which have none.
/// </param>
public sealed record SequenceGradient(
    double Cost, IReadOnlyList<double> Outputs, IReadOnlyList<double> Gradient, IReadOnlyList<double>? Curvature)
{
    /// <summary>x_T of a network that has one output.</summary>
    public double Output => Outputs[0];

    /// <summary>Computes the cost, the gradient and the curvature.</summary>
    /// <param name="network">The network with its parameters.</param>
    /// <param name="inputs">[t − 1][input]: the given inputs of the sequence; trainable inputs precede them.</param>
    /// <param name="targets">d, the target of each output at the last step.</param>
    /// <exception cref="ValidationException">
    /// The sequence is empty or too long to keep every state, the number of inputs per step or of targets does not
    /// match the network, or a unit is not differentiable.
    /// </exception>
    public static SequenceGradient Compute(
        NetworkDefinition network, IReadOnlyList<double> inputs, params IReadOnlyList<double> targets)
    {
        ThrowIfNotDifferentiable(network);
        return network.Accept(new Visitor(network.Parameters, inputs, targets));
    }

    /// <summary>Verifies that a network has a gradient.</summary>
    /// <exception cref="ValidationException">A unit is not differentiable.</exception>
    public static void ThrowIfNotDifferentiable(NetworkDefinition network)
    {
        if (KnownUnits.HasThreshold(network.Unit))
            throw new ValidationException("", "unit", "a threshold has no gradient: give a network of other units");
    }

    /// <summary>
    /// The error message for a number of targets that does not match the outputs of a network; null if it matches.
    /// </summary>
    public static string? ValidateTargetCount(int targets, int outputs)
        => targets == outputs ? null
            : outputs == 1 ? $"{targets} given, and the network has one output: give one"
            : $"{targets} given, and the network has {outputs} outputs: give {outputs}, separated by commas";

    /// <summary>The class of a sequence with these targets, which selects its trainable inputs.</summary>
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
            double cost = outputErrors.Sum(difference => 0.5 * difference * difference);
            if (!TNetwork.HasCurvature)
            {
                return new(cost, run.Outputs, run.Backpropagate<GradientDescent>(outputErrors), Curvature: null);
            }

            double[] sums = run.Backpropagate<PseudoNewtonRule<PositiveForm>>(outputErrors);
            double[] EveryValue(int offset)
                => [.. sums.Chunk(PseudoNewtonRule<PositiveForm>.ValuesPerParameter).Select(ofOne => ofOne[offset])];
            return new(cost, run.Outputs, EveryValue(0), EveryValue(1));
        }
    }
}
