using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// The positive diagonal curvature against a naive recursion over a dense network, written from its definition (Becker
/// and LeCun 1988), and against second-order dual numbers where it is exact.
/// </summary>
public sealed class CurvatureTests
{
    [Fact]
    public void Curvature_of_the_fully_connected_network_equals_the_naive_recursion()
    {
        var random = new Random(3);
        for (int sample = 0; sample < 60; sample++)
        {
            var network = (FullyConnectedDefinition)Samples.Network("fully-connected", random);
            double[] inputs = Samples.Numbers(random, random.Next(1, 40), 0.8);
            int n = network.Units;
            var states = new List<double[]> { new double[n] };
            foreach (double u in inputs)
            {
                double[] before = states[^1];
                states.Add([.. Enumerable.Range(0, n).Select(i => Elementary.Tanh(
                    (i == network.Input ? u : 0.0)
                    + Enumerable.Range(0, n).Sum(j => network.Weights[(i * n) + j] * before[j])))]);
            }

            var expected = new double[n * n];
            var atOutputs = new double[n];
            atOutputs[network.Outputs[0]] = 1.0;
            for (int t = inputs.Length; t >= 1; t--)
            {
                double[] atActivations = [.. states[t].Select((x, i) => Math.Pow(Derivative(x), 2) * atOutputs[i])];
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                        expected[(i * n) + j] += atActivations[i] * Math.Pow(states[t - 1][j], 2);
                }

                atOutputs = [.. Enumerable.Range(0, n).Select(j =>
                    Enumerable.Range(0, n).Sum(i => Math.Pow(network.Weights[(i * n) + j], 2) * atActivations[i]))];
            }

            AreClose(expected, SequenceGradient.Compute(network, inputs, 0.8).Curvature!);
        }
    }

    [Fact]
    public void Curvature_of_the_parity_network_equals_the_naive_recursion()
    {
        var random = new Random(4);
        for (int sample = 0; sample < 60; sample++)
        {
            var network = (ParityDefinition)Samples.Network("parity", random);
            IReadOnlyList<double> w = network.Weights;
            double[] inputs = Samples.Numbers(random, random.Next(1, 40), 1.2);
            var ys = new List<double> { network.InitialOutput };
            var hs = new List<double> { 0.0 };
            foreach (double u in inputs)
            {
                hs.Add(Elementary.Tanh((w[0] * u) + (w[1] * ys[^1]) + w[2]));
                ys.Add(Elementary.Tanh((w[3] * u) + (w[4] * ys[^1]) + (w[5] * hs[^1]) + w[6]));
            }

            var expected = new double[7];
            double atY = 1.0;
            for (int t = inputs.Length; t >= 1; t--)
            {
                double u = inputs[t - 1], y = ys[t - 1], h = hs[t];
                double ofY = Math.Pow(Derivative(ys[t]), 2) * atY;
                double ofH = Math.Pow(Derivative(h), 2) * w[5] * w[5] * ofY;
                double[] factors = [ofH * u * u, ofH * y * y, ofH, ofY * u * u, ofY * y * y, ofY * h * h, ofY];
                for (int i = 0; i < 7; i++)
                    expected[i] += factors[i];
                atY = (w[1] * w[1] * ofH) + (w[4] * w[4] * ofY);
            }

            AreClose(expected, SequenceGradient.Compute(network, inputs, 0.8).Curvature!);
        }
    }

    [Fact]
    public void With_one_unit_the_curvature_of_each_instance_is_exact_where_the_error_is_zero()
    {
        // d²/dw_t² ½(x_T − d)² = (∂x_T/∂w_t)² + (x_T − d)·∂²x_T/∂w_t². At d = x_T only the positive part remains. The
        // instances are independent, so their sum is the curvature of the shared weight.
        var random = new Random(5);
        for (int sample = 0; sample < 60; sample++)
        {
            double weight = 2.5 * random.NextDouble();
            double[] inputs = Samples.Numbers(random, random.Next(1, 30), 0.8);
            var network = new LatchDefinition("tanh", weight, []);
            double output = SequenceGradient.Compute(network, inputs, 0.0).Output;
            double sum = Enumerable.Range(1, inputs.Length).Sum(t => SecondDerivative(weight, inputs, t, output));
            AreClose([sum], SequenceGradient.Compute(network, inputs, output).Curvature!);
        }
    }

    /// <summary>∂²C/∂w_t² by nested dual numbers, where w at time t is a separate variable.</summary>
    private static double SecondDerivative(double weight, double[] inputs, int instance, double target)
    {
        Dual<Dual<Scalar>> x = Dual<Dual<Scalar>>.From(0.0);
        for (int t = 1; t <= inputs.Length; t++)
        {
            Dual<Dual<Scalar>> w = Dual<Dual<Scalar>>.From(weight);
            if (t == instance)
                w = new(new(new Scalar(weight), new Scalar(1.0)), new(new Scalar(1.0), new Scalar(0.0)));
            x = Dual<Dual<Scalar>>.Tanh((w * x) + Dual<Dual<Scalar>>.From(inputs[t - 1]));
        }

        Dual<Dual<Scalar>> error = x - Dual<Dual<Scalar>>.From(target);
        return (Dual<Dual<Scalar>>.From(0.5) * error * error).Derivative.Derivative.Value;
    }

    /// <summary>The tanh of the engine, so that only the recursion is tested here.</summary>
    /// <summary>1 − x² without cancellation.</summary>
    private static double Derivative(double x) => (1.0 - x) * (1.0 + x);

    /// <summary>
    /// Sums of positive terms, which do not cancel. Each term is a product of up to 2T factors (T ≤ 40) with at most
    /// five roundings each, on both sides: 800 roundings of 1.1e-16, below 1e-13. The activations may also differ by
    /// rounding, some 4e-16·5; the derivative 2x/(1 − x²) ≤ 2e5 of ln(1 − x²) for |a| &lt; 7 magnifies this to 4e-10 at
    /// most.
    /// </summary>
    private static void AreClose(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-9 * Math.Abs(expected[i]),
                $"parameter {i}: {actual[i]:R} instead of {expected[i]:R}");
        }
    }
}
