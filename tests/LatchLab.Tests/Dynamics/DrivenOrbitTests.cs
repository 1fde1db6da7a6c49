using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>The sensitivity ‖∂a_t/∂a_0‖ to the first state, for orbits of any length.</summary>
public sealed class DrivenOrbitTests
{
    [Theory]
    [InlineData(1.25, -0.479417606, 29)]
    [InlineData(2.0, -1.793528507, 8)]
    public void At_an_attractor_the_sensitivity_decays_by_the_derivative(double weight, double logSlope, int steps)
    {
        double a = weight * SingleNeuron.Analyze(weight).Attractor!.Value;
        DrivenOrbit orbit = DrivenOrbit.Simulate(DynamicalSystem.Create(SmallNetworks.Latch(weight)), [a], 40);
        Assert.Equal(41, orbit.LogGradientNorms.Count);
        for (int t = 0; t <= 40; t++)
            Assert.Equal(t * logSlope, orbit.LogGradientNorms[t], 40 * 5.1e-10);
        Assert.Equal(steps, orbit.LogGradientNorms.ToList().FindIndex(log => log < Math.Log(1e-6)));
    }

    [Fact]
    public void The_sensitivity_can_leave_the_range_of_doubles()
    {
        double a = 2.0 * SingleNeuron.Analyze(2.0).Attractor!.Value;
        DrivenOrbit orbit = DrivenOrbit.Simulate(DynamicalSystem.Create(SmallNetworks.Latch(2.0)), [a], 100_000);
        Assert.Equal(-1.793528507, orbit.LogGradientNorms[^1] / 100_000, 5.1e-10);

        // Both underflow and overflow: an unstable point doubles the norm, beyond 10³⁰⁸.
        DrivenOrbit origin = DrivenOrbit.Simulate(DynamicalSystem.Create(SmallNetworks.Uncoupled), [0.0, 0.0], 5000);
        Assert.Equal(5000 * Math.Log(2.0), origin.LogGradientNorms[^1], 1e-9);
    }

    [Fact]
    public void The_sensitivity_is_the_norm_of_the_product_of_the_derivatives()
        => Gen.Select(Gen.Int[1, 10], Gen.Double[0.3, 2.0], Gen.Int).Sample((n, size, seed) =>
        {
            var random = new Random(seed);
            double[] weights = Samples.Numbers(random, n * n, size), start = Samples.Numbers(random, n, 2.0);
            double[][] inputs = [.. Enumerable.Range(0, 12).Select(_ => Samples.Numbers(random, 1, 1.0))];
            DrivenOrbit orbit = DrivenOrbit.Simulate(DrivenSystem.Create(SmallNetworks.Of(n, weights)), start, inputs);
            double[] a = start;
            double[,] product = new double[n, n];
            for (int i = 0; i < n; i++)
                product[i, i] = 1.0;
            for (int t = 1; t <= inputs.Length; t++)
            {
                double[] x = [.. a.Select(Math.Tanh)];
                double[,] derivative = new double[n, n], next = new double[n, n];
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                        derivative[i, j] = weights[(i * n) + j] * (1.0 - (x[j] * x[j]));
                }

                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        for (int k = 0; k < n; k++)
                            next[i, j] += derivative[i, k] * product[k, j];
                    }
                }

                product = next;
                a = [.. Enumerable.Range(0, n).Select(
                    i => Enumerable.Range(0, n).Sum(j => weights[(i * n) + j] * x[j]))];
                a[0] += inputs[t - 1][0];

                // Strongly driven units have derivatives 1 − x² with lost digits: 1e-9 of the logarithm.
                double norm = LargestSingularValue(product);
                if (norm > 1e-9 && Math.Abs(Math.Log(norm) - orbit.LogGradientNorms[t]) > 1e-6)
                    return false;
                if (Math.Abs(LargestSingularValue(derivative) - orbit.StepJacobianNorms[t]) > 1e-10 * n * size)
                    return false;
                if (a.Zip(orbit.States[t], (one, other) => Math.Abs(one - other)).Max() > 1e-9)
                    return false;
            }

            return double.IsNaN(orbit.StepJacobianNorms[0]) && orbit.LogGradientNorms[0] == 0.0;
        }, iter: 100);

    [Fact]
    public void Network_inputs_and_additive_inputs_are_equivalent()
    {
        NetworkDefinition network = SmallNetworks.Random(3, 1.5, seed: 5);
        double[] inputs = Samples.Numbers(new Random(6), 10, 1.0), start = [0.3, -0.2, 0.1];
        DrivenOrbit driven = DrivenOrbit.Simulate(DrivenSystem.Create(network), start, inputs.Select(u => new[] { u }));
        DrivenOrbit added = DrivenOrbit.Simulate(
            DynamicalSystem.Create(network), start, inputs.Select(u => new[] { u, 0.0, 0.0 }));

        // The input is added at another position of the sum: one ulp per step, which ten steps at most double each.
        for (int t = 0; t <= 10; t++)
        {
            for (int i = 0; i < 3; i++)
                Assert.Equal(driven.States[t][i], added.States[t][i], 1024 * 2.3e-16);
            Assert.Equal(driven.LogGradientNorms[t], added.LogGradientNorms[t], 1e-11);
        }
    }

    // A perturbation of −∞ has no effect.
    [Fact]
    public void From_the_first_state_of_the_Parity_network_the_sensitivity_is_zero()
    {
        DrivenSystem system = DrivenSystem.Create(SmallNetworks.ParityFromMinusOne);
        DrivenOrbit orbit = DrivenOrbit.Simulate(system, system.InitialState(), [[1.0], [1.0], [-1.0]]);
        Assert.Equal([-1, 1, -1, -1], orbit.States.Select(state => Math.Sign(state[0]))); // the parity up to each step
        Assert.All(orbit.LogGradientNorms.Skip(1), log => Assert.Equal(double.NegativeInfinity, log));
    }

    [Fact]
    public void Invalid_lengths_are_rejected()
    {
        var network = DrivenSystem.Create(SmallNetworks.Uncoupled);
        var system = DynamicalSystem.Create(SmallNetworks.Uncoupled);
        Assert.Throws<ValidationException>(() => DrivenOrbit.Simulate(network, [0.0], [[1.0]]));
        Assert.Throws<ValidationException>(() => DrivenOrbit.Simulate(network, [0.0], [[1.0, 1.0]]));
        Assert.Throws<ValidationException>(() => DrivenOrbit.Simulate(network, [0.0, 0.0], [[1.0], [1.0, 2.0]]));
        Assert.Throws<ValidationException>(() => DrivenOrbit.Simulate(system, [0.0, 0.0], [[1.0]]));
        Assert.Throws<ValidationException>(() => DrivenOrbit.Simulate(system, [0.0], 3));
    }

    /// <summary>One-sided Jacobi: rotations of pairs of columns until all are orthogonal (Hestenes 1958).</summary>
    private static double LargestSingularValue(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[][] columns = [.. Enumerable.Range(0, n).Select(
            j => Enumerable.Range(0, n).Select(i => matrix[i, j]).ToArray())];
        for (int sweep = 0; sweep < 30; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    double pp = columns[p].Sum(x => x * x), qq = columns[q].Sum(x => x * x);
                    double pq = columns[p].Zip(columns[q], (x, y) => x * y).Sum();
                    if (pq == 0.0)
                        continue;
                    double angle = 0.5 * Math.Atan2(2.0 * pq, pp - qq), c = Math.Cos(angle), s = Math.Sin(angle);
                    for (int i = 0; i < n; i++)
                    {
                        (columns[p][i], columns[q][i]) =
                            ((c * columns[p][i]) + (s * columns[q][i]), (c * columns[q][i]) - (s * columns[p][i]));
                    }
                }
            }
        }

        return Math.Sqrt(columns.Max(column => column.Sum(x => x * x)));
    }
}
