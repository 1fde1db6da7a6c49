using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Gradients of every known network against dual numbers, which share no formula with the engine.</summary>
public sealed class GradientTests
{
    public static TheoryData<string> Networks => [.. Samples.Names];

    public static TheoryData<string, string> NetworksAndUnits => Samples.NetworksAndUnits;

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void Gradients_equal_those_of_dual_numbers(string name, string units)
    {
        var random = new Random(20260101);

        // A logistic output near 1 is rounded by 1.1e-16, which its derivative x(1 − x) magnifies by 1/(1 − x): below
        // 1,350 for activations up to 1.2·5 + 0.8 + 0.4, and 60·1,350·1.1e-16 is 9e-12.
        double tolerance = units == "tanh" ? 1e-12 : 1e-11;
        for (int sample = 0; sample < 20; sample++)
        {
            NetworkDefinition network = Samples.Network(name, random, units);
            double[] inputs = Samples.Inputs(random, network, random.Next(1, 60), 0.8);
            double[] targets = Samples.Targets(random, network);
            SequenceGradient ours = SequenceGradient.Compute(network, inputs, targets);
            double[] absolute = network.Accept(new AbsoluteTerms(network, inputs, targets));
            for (int i = 0; i < ours.Gradient.Count; i++)
            {
                (double Output, double Slope)[] outputs = network.Accept(new DualOutputs(network, inputs, i));
                Assert.Equal(outputs.Select(of => of.Output), ours.Outputs);
                double expected = outputs.Zip(targets, (of, target) => (of.Output - target) * of.Slope).Sum();

                // Both are sums of T terms. Each term is a product of at most 3T factors with one or two roundings each
                // (1 − x² is rounded once, so it does not cancel). T = 60 gives some 2·2·180 roundings of 1.1e-16
                // relative to Σ|term|, 8e-14. The documented bound is 1e-12.
                Assert.True(
                    Math.Abs(ours.Gradient[i] - expected) <= tolerance * absolute[i],
                    $"{network.Unit}, {i}: {ours.Gradient[i]:R} instead of {expected:R}, terms {absolute[i]:R}");
            }
        }
    }

    [Fact]
    public void Gradients_of_a_saturated_neuron_equal_those_of_dual_numbers()
    {
        var network = new LatchDefinition("tanh", 1.7, [6.5]);
        SequenceGradient ours = SequenceGradient.Compute(network, [0.1], 0.8);
        for (int i = 0; i < 2; i++)
        {
            (double output, double derivative) = Assert.Single(network.Accept(new DualOutputs(network, [0.1], i)));
            Assert.Equal(1.0, ours.Gradient[i] / ((output - 0.8) * derivative), 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Cost_and_output_are_consistent(string name)
    {
        var random = new Random(7);
        NetworkDefinition network = Samples.Network(name, random);
        double[] targets = Samples.Targets(random, network);
        SequenceGradient result = SequenceGradient.Compute(network, Samples.Inputs(random, network, 3, 0.5), targets);
        Assert.Equal(result.Outputs.Zip(targets, (x, d) => 0.5 * (x - d) * (x - d)).Sum(), result.Cost);
    }

    [Fact]
    public void A_sequence_without_steps_is_rejected()
        => Assert.Throws<ValidationException>(
            () => SequenceGradient.Compute(new LatchDefinition("tanh", 1.0, []), [], 0.8));

    [Fact]
    public void One_step_of_the_latch_is_exact_by_hand()
    {
        // x_1 = tanh h, so ∂C/∂h = (x_1 − d)(1 − x_1²), ∂C/∂w = 0 because x_0 = 0, and H_h = (1 − x_1²)².
        SequenceGradient result = SequenceGradient.Compute(new LatchDefinition("tanh", 1.7, [0.5]), [], 0.8);
        double x = Math.Tanh(0.5), derivative = 1.0 - (x * x);
        Assert.Equal(x, result.Output, 15);
        Assert.Equal(0.0, result.Gradient[0]);
        Assert.Equal((x - 0.8) * derivative, result.Gradient[1], 15);
        Assert.Equal(derivative * derivative, result.Curvature![1], 15);
    }

    /// <summary>Each output with its derivative with respect to one parameter.</summary>
    private sealed class DualOutputs(NetworkDefinition definition, double[] given, int parameter)
        : INetworkVisitor<(double Output, double Slope)[]>
    {
        public (double Output, double Slope)[] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var run = new Presentation<Dual<Scalar>, TNetwork>(network, definition, given);
            run.Backpropagation.Parameters.Values[parameter] =
                new(new Scalar(definition.Parameters[parameter]), new Scalar(1.0));
            return [.. run.Forward().Select(output => (output.Value.Value, output.Derivative.Value))];
        }
    }

    /// <summary>Σ_t |∂C/∂w_t| for each parameter.</summary>
    private sealed class AbsoluteTerms(NetworkDefinition definition, double[] given, double[] targets)
        : INetworkVisitor<double[]>
    {
        public double[] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var run = new Presentation<Scalar, TNetwork>(network, definition, given);
            IEnumerable<Scalar> errors = run.Forward().Zip(targets, (x, d) => x - new Scalar(d));
            return [.. run.Backward<AbsoluteSum>(errors).ToArray().Select(sum => sum.Value)];
        }
    }
}
