using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// A network in outputs, <see cref="INetwork.Step"/>, and in activations, <see cref="IMap.Apply"/>, is the same
/// system in two coordinates: x_t = f(a_t) at all times to the last bit, because both add in the same order.
/// </summary>
public sealed class DrivenMapTests
{
    private const int Length = 60;

    public static TheoryData<string, string> NetworksAndUnits => Samples.NetworksAndUnits;

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void From_any_state_outputs_equal_those_of_the_activations(string name, string units)
    {
        SlowTests.SkipUnlessRequested();
        var random = new Random(41);
        for (int sample = 0; sample < 40; sample++)
        {
            NetworkDefinition network = Samples.Network(name, random, units);
            double[] start = Samples.Numbers(random, network.Accept(new Size()), 3.0);
            AssertSameOutputs(network, start, Samples.Inputs(random, network, Length, 2.0));
        }
    }

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void From_the_initial_state_outputs_equal_those_of_the_activations(string name, string units)
    {
        var random = new Random(42);
        for (int sample = 0; sample < 20; sample++)
        {
            NetworkDefinition network = Samples.Network(name, random, units);
            double[] start = network.Accept(new InitialActivations());
            double[] inputs = Samples.Inputs(random, network, Length, 2.0);
            AssertSameOutputs(network, start, inputs);

            // An activation is a logarithm of rounded numbers, and each function is within 2 ulp.
            foreach ((double expected, double actual) in network.Accept(new InitialOutputs())
                .Zip(network.Accept(new OfActivations(start, inputs))[0]))
                Assert.Equal(expected, actual, 1e-15);
        }
    }

    /// <summary>The activation is infinite where y_0 of the Parity network is at an end of the range.</summary>
    [Theory]
    [InlineData("tanh", -1.0, double.NegativeInfinity)]
    [InlineData("tanh", 0.0, 0.0)]
    [InlineData("tanh", 1.0, double.PositiveInfinity)]
    [InlineData("logistic", 0.0, double.NegativeInfinity)]
    [InlineData("logistic", 0.5, 0.0)]
    [InlineData("logistic", 1.0, double.PositiveInfinity)]
    public void The_initial_activation_of_the_Parity_network_gives_its_output(
        string unit, double output, double activation)
    {
        var network = new ParityDefinition(unit, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], output);
        Assert.Equal([activation], network.Accept(new InitialActivations()));
        Assert.Equal([output], network.Accept(new OfActivations([activation], [1.0]))[0]);
    }

    [Fact]
    public void Several_inputs_and_biases_follow_the_equation()
    {
        var random = new Random(43);
        for (int sample = 0; sample < 40; sample++)
        {
            int n = random.Next(1, 6), m = random.Next(2, 5);
            double[] w = Samples.Numbers(random, n * n, 1.2), v = Samples.Numbers(random, n * m, 1.0);
            double[] b = Samples.Numbers(random, n, 0.5), point = Samples.Numbers(random, n + m, 2.0);
            var network = new FullyConnectedDefinition("tanh", n, v, outputs: [0], w, b);
            Assert.Equal([.. w, .. v, .. b], network.Parameters);
            double[] image = network.Accept(new Image(point));
            for (int i = 0; i < n; i++)
            {
                double[] terms =
                [
                    b[i],
                    .. Enumerable.Range(0, m).Select(k => v[(i * m) + k] * point[n + k]),
                    .. Enumerable.Range(0, n).Select(j => w[(i * n) + j] * Elementary.Tanh(point[j])),
                ];

                // Each term has a product and a sum here and one rounding there: three roundings of half an ulp, and no
                // partial sum is larger than the sum of all |terms|.
                double tolerance = 3 * terms.Length * 1.2e-16 * terms.Sum(Math.Abs);
                Assert.InRange(image[i] - terms.Sum(), -tolerance, tolerance);
            }
        }
    }

    private static void AssertSameOutputs(NetworkDefinition network, double[] start, double[] inputs)
    {
        double[][] ofActivations = network.Accept(new OfActivations(start, inputs));
        double[][] outputs = network.Accept(new Outputs(network, ofActivations[0], inputs));
        for (int t = 1; t <= Length; t++)
            Assert.Equal(outputs[t].Take(start.Length), ofActivations[t]);
    }

    private static UncheckedSpan<Scalar> Row(Scalar[] values) => new(ref values[0]);

    private static Scalar[] Scalars(IEnumerable<double> values) => [.. values.Select(value => new Scalar(value))];

    private sealed class Size : IDrivenMapVisitor<int>
    {
        public int Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
            => map.Dimension;
    }

    private sealed class InitialActivations : IDrivenMapVisitor<double[]>
    {
        public double[] Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
            => [.. Enumerable.Range(0, map.Dimension).Select(map.InitialActivation)];
    }

    private sealed class InitialOutputs : INetworkVisitor<double[]>
    {
        public double[] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => [.. Enumerable.Range(0, network.StateSize).Select(network.InitialState)];
    }

    private sealed class Image(double[] point) : IDrivenMapVisitor<double[]>
    {
        public double[] Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
        {
            var image = new Scalar[map.Dimension];
            map.Apply(Row(Scalars(point)), Row(image));
            Assert.Equal(point.Length - image.Length, map.Inputs);
            return [.. image.Select(a => a.Value)];
        }
    }

    /// <summary>f(a_t), [t][unit].</summary>
    private sealed class OfActivations(double[] start, double[] inputs) : IDrivenMapVisitor<double[][]>
    {
        public double[][] Visit<TMap>(TMap map)
            where TMap : struct, IDrivenMap
        {
            double[] Output(double[] a) => [.. a.Select((value, i) => map.Output(i, new Scalar(value)).Value)];
            double[] a = start;
            List<double[]> outputs = [Output(a)];
            foreach (double[] u in inputs.Chunk(map.Inputs))
            {
                a = new Image([.. a, .. u]).Visit(map);
                outputs.Add(Output(a));
            }

            return [.. outputs];
        }
    }

    /// <summary>x_t, [t][unit], starting from outputs of the units that a later step reads.</summary>
    private sealed class Outputs(NetworkDefinition definition, double[] start, double[] inputs)
        : INetworkVisitor<double[][]>
    {
        public double[][] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            Scalar[] w = Scalars(definition.Parameters);
            List<Scalar[]> x = [Scalars([.. start, .. new double[network.StateSize - start.Length]])];
            foreach (double[] u in inputs.Chunk(network.Inputs))
            {
                var after = new Scalar[network.StepSize];
                network.Step(Row(w), Row(Scalars(u)), Row(x[^1]), Row(after));
                x.Add(after);
            }

            return [.. x.Select(state => state.Take(network.StateSize).Select(value => value.Value).ToArray())];
        }
    }
}
