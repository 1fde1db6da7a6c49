using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// Both approximations of the diagonal curvature, with and without the term in f″, instance by instance: equality where
/// they are exact, and their distance from the exact values elsewhere.
/// </summary>
public sealed class SecondDerivativeTests
{
    public static TheoryData<string, string> NetworksAndUnits => Samples.WithCurvature;

    [Theory]
    [InlineData("tanh")]
    [InlineData("logistic")]
    public void With_one_unit_the_full_form_is_exact_and_the_positive_form_is_the_squared_derivative(string unit)
    {
        var random = new Random(6);
        for (int sample = 0; sample < 40; sample++)
        {
            NetworkDefinition network = Samples.Network("latch", random, unit);
            double[] inputs = Samples.Numbers(random, random.Next(1, 30), 0.8);
            Instances of = network.Accept(new InstancesOf(network, inputs));
            for (int t = 0; t < of.Exact.Length; t++)
            {
                for (int i = 0; i < network.Parameters.Count; i++)
                {
                    // Products of at most 3T factors with some ten roundings per step, T ≤ 32: 2·320·1.1e-16 relative
                    // to the terms, which cancel with f″. For logistic units, the bound in GradientTests applies as
                    // well.
                    double squared = of.FirstDerivatives[t][i] * of.FirstDerivatives[t][i];
                    double scale = squared + Math.Abs(of.Exact[t][i] - squared);
                    double tolerance = (unit == "tanh" ? 1e-12 : 1e-11) * scale;
                    Assert.InRange(of.Full[t][i] - of.Exact[t][i], -tolerance, tolerance);
                    Assert.InRange(of.Positive[t][i] - squared, -tolerance, tolerance);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(NetworksAndUnits))]
    public void The_last_instance_of_an_output_unit_is_exact_in_every_network(string name, string units)
    {
        SlowTests.SkipUnlessRequested();
        var random = new Random(8);
        for (int sample = 0; sample < 20; sample++)
        {
            NetworkDefinition network = Samples.Network(name, random, units);
            double[] inputs = Samples.Inputs(random, network, random.Next(1, 9), 0.8);
            Instances of = network.Accept(new InstancesOf(network, inputs));
            int last = of.Exact.Length - 1, count = network.Parameters.Count;
            for (int i = 0; i < count; i++)
            {
                bool isOfOutput = network switch
                {
                    FullyConnectedDefinition full => full.Outputs.Contains(UnitOf(i, full)),
                    ParityDefinition => i >= 3,
                    _ => true,
                };
                if (isOfOutput)
                    Assert.Equal(of.Exact[last][i], of.Full[last][i], 1e-13);
            }
        }
    }

    [Fact]
    public void With_five_units_both_forms_differ_from_the_exact_diagonal()
    {
        SlowTests.SkipUnlessRequested();
        const int samples = 100;
        var random = new Random(9);
        var distances = new double[4][];
        for (int i = 0; i < distances.Length; i++)
            distances[i] = new double[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            FullyConnectedDefinition network = Samples.FullyConnected(random, n: 5);
            Instances of = network.Accept(new InstancesOf(network, Samples.Numbers(random, 20, 0.8)));
            distances[0][sample] = Distance(Flat(of.Full), Flat(of.Exact));
            distances[1][sample] = Distance(Flat(of.Positive), Flat(of.Exact));
            distances[2][sample] = Distance(Sums(of.Full), of.ExactOfShared);
            distances[3][sample] = Distance(Sums(of.Positive), of.ExactOfShared);
        }

        // Distances relative to the exact diagonal: the first two of separate instances, the last two of shared
        // weights. The approximation 0 everywhere has the distance 1.
        double[] medians = [.. distances.Select(all => all.Order().ElementAt(all.Length / 2))];
        Assert.All(medians, median => Assert.InRange(median, 0.5, 1.5));
        Assert.True(medians[0] < medians[1] && medians[2] < medians[3]); // the approximation with f″ is closer
    }

    /// <summary>The target unit of a parameter.</summary>
    private static int UnitOf(int parameter, FullyConnectedDefinition network)
    {
        int n = network.Units, recurrent = n * n, weights = recurrent + (network.InputWeights?.Count ?? 0);
        return parameter < recurrent ? parameter / n
            : parameter < weights ? (parameter - recurrent) / network.Inputs
            : parameter - weights;
    }

    /// <summary>|form − exact|/|exact|.</summary>
    private static double Distance(double[] form, double[] exact)
        => Math.Sqrt(form.Zip(exact, (a, b) => (a - b) * (a - b)).Sum() / exact.Sum(b => b * b));

    private static double[] Flat(double[][] instances) => [.. instances.SelectMany(time => time)];

    private static double[] Sums(double[][] instances)
        => [.. Enumerable.Range(0, instances[0].Length).Select(i => instances.Sum(time => time[i]))];
}
