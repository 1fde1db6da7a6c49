using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// Both curvature approximations of every instance against the recursion of Becker and LeCun (1988), written with dense
/// sums: H_a = f′²·H_x (+ f″·∂C/∂x), H_x(t−1, j) = Σ_i w_ij²·H_a(t, i), H_w_ij = H_a·x_j², H_v = H_a·u², H_b = H_a.
/// </summary>
public sealed class NaiveCurvatureTests
{
    /// <summary>
    /// Without saturated units behind unbounded ones: 1 − x² then has few correct digits, and the values are not of
    /// order 1.
    /// </summary>
    public static TheoryData<string, string> FullyConnected
        => [.. Samples.NetworksAndUnits.Where(row => row.Data.Item1.StartsWith("fully", StringComparison.Ordinal)
            && row.Data.Item2 != Samples.MixedWithRelu)];

    [Theory]
    [MemberData(nameof(FullyConnected))]
    public void Curvatures_of_the_fully_connected_network_equal_the_naive_recursion(string name, string units)
    {
        var random = new Random(21);
        for (int sample = 0; sample < 30; sample++)
        {
            var network = (FullyConnectedDefinition)Samples.Network(name, random, units);
            double[] inputs = Samples.Inputs(random, network, random.Next(1, 20), 0.8);
            Instances actual = network.Accept(new InstancesOf(network, inputs));
            int n = network.Units, m = network.Inputs;
            double[][] u = [.. inputs.Chunk(m)];
            double W(int i, int j) => network.Weights[(i * n) + j];
            double V(int i, int k) => network.InputWeights?[(i * m) + k] ?? (i == network.Input ? 1.0 : 0.0);
            List<double[]> x = [[.. network.InitialState ?? new double[n]]];
            for (int t = 1; t <= u.Length; t++)
            {
                double[] before = x[^1], after = new double[n];
                for (int i = 0; i < n; i++)
                {
                    double a = u[t - 1].Select((value, k) => V(i, k) * value).Sum() + (network.Biases?[i] ?? 0.0);
                    for (int j = 0; j < n; j++)
                        a += W(i, j) * before[j];
                    after[i] = F(network.Unit, i, a);
                }

                x.Add(after);
            }

            foreach (bool isFull in (bool[])[false, true])
            {
                double[] g = new double[n], h = new double[n];
                foreach (int output in network.Outputs)
                    (g[output], h[output]) = (x[^1][output] - InstancesOf.Target, 1.0);
                for (int t = u.Length; t >= 1; t--)
                {
                    double[] ga = new double[n], ha = new double[n];
                    for (int i = 0; i < n; i++)
                        (ga[i], ha[i]) = Backward(network.Unit, i, x[t][i], g[i], h[i], isFull);
                    double[] expected =
                    [
                        .. from back in ha from source in x[t - 1] select back * source * source,
                        .. from back in ha
                           where network.InputWeights is not null
                           from value in u[t - 1]
                           select back * value * value,
                        .. from back in ha where network.Biases is not null select back,
                    ];
                    Assert.Equal(expected.Length, network.Parameters.Count);
                    for (int k = 0; k < expected.Length; k++)
                        AreClose(expected[k], Of(actual, isFull)[t - 1][k]);
                    for (int j = 0; j < n; j++)
                    {
                        g[j] = Enumerable.Range(0, n).Sum(i => W(i, j) * ga[i]);
                        h[j] = Enumerable.Range(0, n).Sum(i => W(i, j) * W(i, j) * ha[i]);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("logistic")]
    [InlineData("relu")]
    [InlineData(Samples.Mixed)]
    public void Curvatures_of_the_parity_network_equal_the_naive_recursion(string units)
    {
        var random = new Random(22);
        for (int sample = 0; sample < 40; sample++)
        {
            var network = (ParityDefinition)Samples.Network("parity", random, units);
            double[] u = Samples.Numbers(random, random.Next(1, 20), 1.2);
            Instances actual = network.Accept(new InstancesOf(network, u));
            IReadOnlyList<double> w = network.Weights;
            double[] y = new double[u.Length + 1], h = new double[u.Length + 1];
            y[0] = network.InitialOutput;
            for (int t = 1; t <= u.Length; t++)
            {
                h[t] = F(network.Unit, 1, (w[0] * u[t - 1]) + (w[1] * y[t - 1]) + w[2]);
                y[t] = F(network.Unit, 0, (w[3] * u[t - 1]) + (w[4] * y[t - 1]) + (w[5] * h[t]) + w[6]);
            }

            foreach (bool isFull in (bool[])[false, true])
            {
                (double g, double curvature) = (y[^1] - InstancesOf.Target, 1.0);
                for (int t = u.Length; t >= 1; t--)
                {
                    (double gy, double hy) = Backward(network.Unit, 0, y[t], g, curvature, isFull);
                    (double gh, double hh) = Backward(network.Unit, 1, h[t], w[5] * gy, w[5] * w[5] * hy, isFull);
                    double[] factors = [u[t - 1], y[t - 1], 1.0, u[t - 1], y[t - 1], h[t], 1.0];
                    for (int i = 0; i < 7; i++)
                        AreClose((i < 3 ? hh : hy) * factors[i] * factors[i], Of(actual, isFull)[t - 1][i]);
                    g = (w[1] * gh) + (w[4] * gy);
                    curvature = (w[1] * w[1] * hh) + (w[4] * w[4] * hy);
                }
            }
        }
    }

    private static double[][] Of(Instances instances, bool isFull) => isFull ? instances.Full : instances.Positive;

    private static string Name(string units, int i) => units.Split(',') is { Length: > 1 } all ? all[i] : units;

    private static double F(string units, int i, double a) => Name(units, i) switch
    {
        "tanh" => Math.Tanh(a),
        "logistic" => 1.0 / (1.0 + Math.Exp(-a)),
        _ => Math.Max(0.0, a),
    };

    private static (double Gradient, double Curvature) Backward(
        string units, int i, double x, double g, double h, bool isFull)
    {
        (double derivative, double second) = Name(units, i) switch
        {
            "tanh" => ((1.0 - x) * (1.0 + x), -2.0 * x * (1.0 - x) * (1.0 + x)),
            "logistic" => (x * (1.0 - x), x * (1.0 - x) * (1.0 - (2.0 * x))),
            _ => (x > 0.0 ? 1.0 : 0.0, 0.0),
        };
        return (derivative * g, (derivative * derivative * h) + (isFull ? second * g : 0.0));
    }

    /// <summary>
    /// Activations differ by a few roundings, 1e-15. ln f′ changes by at most 2 for a change of 1, twice per step in
    /// f′², and T &lt; 20 steps: 1e-13 relative to the terms. Values here are of order 1 or smaller; with f″ they
    /// cancel.
    /// </summary>
    private static void AreClose(double expected, double actual)
        => Assert.InRange(actual - expected, -1e-11 * (1.0 + Math.Abs(expected)), 1e-11 * (1.0 + Math.Abs(expected)));
}
