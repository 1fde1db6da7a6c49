using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Input weights and biases of fully connected units.</summary>
public sealed class RecurrentNetworkTests
{
    /// <summary>The networks with one input per step.</summary>
    public static TheoryData<string, string> OfOneInput
        => [.. Samples.WithCurvature.Where(row => row.Data.Item1 != Samples.Several)];

    /// <summary>
    /// 1·u + 0 and 0·u + 0 are exact, and all later operations have the same order, so the results are exactly equal.
    /// </summary>
    [Theory]
    [InlineData("tanh")]
    [InlineData("logistic")]
    [InlineData(Samples.Mixed)]
    public void Input_weights_into_one_unit_without_biases_equal_the_network_without_them(string units)
    {
        var random = new Random(31);
        for (int sample = 0; sample < 40; sample++)
        {
            FullyConnectedDefinition plain = Samples.FullyConnected(random, random.Next(1, 6), units);
            int n = plain.Units;
            double[] fed = [.. Enumerable.Range(0, n).Select(i => i == plain.Input ? 1.0 : 0.0)];
            double[] inputs = Samples.Numbers(random, random.Next(1, 60), 0.8);
            SequenceGradient expected = SequenceGradient.Compute(plain, inputs, 0.5);
            foreach (FullyConnectedDefinition same in (FullyConnectedDefinition[])
            [
                new(plain.Unit, n, plain.Input!.Value, plain.Outputs, plain.Weights, new double[n]),
                new(plain.Unit, n, fed, plain.Outputs, plain.Weights),
                new(plain.Unit, n, fed, plain.Outputs, plain.Weights, new double[n]),
            ])
            {
                SequenceGradient actual = SequenceGradient.Compute(same, inputs, 0.5);
                Assert.Equal(expected.Output, actual.Output);
                Assert.Equal(expected.Gradient, actual.Gradient.Take(n * n));
                Assert.Equal(expected.Curvature!, actual.Curvature!.Take(n * n));
            }
        }
    }

    /// <summary>∂x_1/∂v = u·∂x_1/∂a and ∂x_1/∂b = ∂x_1/∂a: one step of one unit, worked by hand.</summary>
    [Fact]
    public void One_step_of_one_unit_is_exact_by_hand()
    {
        var network = new FullyConnectedDefinition(
            "tanh", 1, inputWeights: [0.5], outputs: [0], weights: [1.7], biases: [0.25]);
        SequenceGradient result = SequenceGradient.Compute(network, [0.75], 0.8);
        double x = Math.Tanh((0.5 * 0.75) + 0.25), derivative = 1.0 - (x * x);
        Assert.Equal(x, result.Output, 15);
        Assert.Equal([0.0, (x - 0.8) * derivative * 0.75, (x - 0.8) * derivative], result.Gradient,
            (a, b) => Near(a, b));
        Assert.Equal([0.0, derivative * derivative * 0.75 * 0.75, derivative * derivative], result.Curvature!,
            (a, b) => Near(a, b));

        static bool Near(double a, double b) => Math.Abs(a - b) < 1e-15; // about five roundings of numbers below 1
    }

    [Fact]
    public void A_sequence_must_have_the_inputs_of_the_network_and_a_target_for_each_output()
    {
        var network = new FullyConnectedDefinition(
            "tanh", 2, inputWeights: [1, 2, 3, 4, 5, 6], outputs: [1, 0], weights: [1, 2, 3, 4]);
        var exception = Assert.Throws<ValidationException>(() => SequenceGradient.Compute(network, [0.5], 0.8, 0.8));
        Assert.Equal(
            "sequence: has 1 numbers, but the network has 3 inputs per step: give 3 for each step",
            Assert.Single(exception.Errors).ToString());
        exception = Assert.Throws<ValidationException>(() => SequenceGradient.Compute(network, [0.5, 0.1, 0.2], 0.8));
        Assert.Equal(
            "target: 1 given, and the network has 2 outputs: give 2, separated by commas",
            Assert.Single(exception.Errors).ToString());
    }

    [Theory]
    [MemberData(nameof(OfOneInput))]
    public void The_derivative_with_respect_to_the_input_of_a_step_is_that_of_dual_numbers(string name, string units)
    {
        var random = new Random(32);
        for (int sample = 0; sample < 40; sample++)
        {
            NetworkDefinition network = Samples.Network(name, random, units);
            Assert.True(network.Accept(new AtInput(network, random)));
        }
    }

    private sealed class AtInput(NetworkDefinition definition, Random random) : INetworkVisitor<bool>
    {
        public bool Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            int n = network.StateSize;
            double[] w = [.. definition.Parameters], x = Samples.Numbers(random, n, 1.0);
            double u = Samples.Numbers(random, 1, 0.8)[0];
            Dual<Scalar>[] dual = new Dual<Scalar>[n];
            network.Step(
                Row(w.Select(Dual<Scalar>.From)),
                Row([new Dual<Scalar>(new Scalar(u), new Scalar(1.0))]),
                Row(x.Select(Dual<Scalar>.From)),
                new UncheckedSpan<Dual<Scalar>>(ref dual[0]));

            Scalar[] adjoint = new Scalar[2 * n], earlier = new Scalar[2 * n];
            int[] outputs = [.. network.Readout.StateValues];
            foreach (int output in outputs)
                adjoint[output] = adjoint[n + output] = new(1.0);
            var memory = new Scalar[w.Length * TimeWeightedPseudoNewtonRule<PositiveForm>.ValuesPerParameter];
            GradientAndCurvature<Scalar> atInput =
                network.StepBackward<Scalar, TimeWeightedPseudoNewtonRule<PositiveForm>>(
                Row(w.Select(Scalar.From)),
                Row([new Scalar(u)]),
                Row(x.Select(Scalar.From)),
                Row(dual.Select(value => value.Value)),
                new(new(ref adjoint[0]), new(ref adjoint[n])) { Uniforms = Row(new Scalar[n]) },
                new(new(ref earlier[0]), new(ref earlier[n])),
                new(ref memory[0]));

            // A derivative and at most two paths of three factors: some ten roundings. An output of a logistic unit
            // near 1 is rounded by 1.1e-16, and so is its derivative relative to 1.
            double[] derivatives = [.. outputs.Select(output => dual[output].Derivative.Value)];
            Assert.Equal(derivatives.Sum(), atInput.Gradient.Value, 1e-14);
            if (definition is FullyConnectedDefinition)    // only one unit receives this input
                Assert.Equal(derivatives.Sum(derivative => derivative * derivative), atInput.Curvature.Value, 1e-14);
            return true;
        }

        private static UncheckedSpan<T> Row<T>(IEnumerable<T> values)
            where T : unmanaged, ILane<T>
        {
            T[] all = [.. values];
            return new(ref all[0]);
        }
    }
}
