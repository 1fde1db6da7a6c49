using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Lanes with sequences of different lengths, in several bundles, give what each gives alone.</summary>
public sealed class UnfoldingTests
{
    [Fact]
    public void Lanes_of_different_lengths_equal_sequences_run_alone()
    {
        Compare<Wide128, LatchNeuron<Tanh>>(new(2, classes: 2, default));
        Compare<Wide256, LatchNeuron<Tanh>>(new(3, classes: 2, default));
        Compare<Wide512, LatchNeuron<Tanh>>(new(1, classes: 2, default));
        Compare<Wide256, FullyConnected<Tanh>>(new(3, 0, 2, default));
        Compare<Wide512, FullyConnected<Tanh>>(new(5, 1, 4, default));
        Compare<Wide256, ParityNetwork<Tanh>>(new(default, -1.0));
        Compare<Wide256, RecurrentNetwork<Tanh>>(new(4, inputs: 3, null, [3, 1], hasBiases: true, default));
        Compare<Wide512, RecurrentNetwork<Tanh>>(new(3, inputs: 1, 2, [2, 0, 1], hasBiases: false, default));
        Compare<Wide512, ParityNetwork<Tanh>>(new(default, -1.0));
        Compare<Quad<Wide256>, LatchNeuron<Tanh>>(new(2, classes: 1, default));
        Compare<Quad<Wide512>, FullyConnected<Tanh>>(new(4, 3, 0, default));
    }

    /// <summary>
    /// Gradients that are only summed: the latch's way back through registers equals the general one, and a faint
    /// signal ends at the same step everywhere, however the lanes wait for one another.
    /// </summary>
    [Theory]
    [InlineData(1.2, 23)]
    [InlineData(40.0, 23)]      // saturated: the signals fade at once
    [InlineData(1e-12, 90)]     // they fade little by little, and states with them
    [InlineData(3.0, 300)]
    public void Summed_gradients_of_lanes_equal_sequences_run_alone(double scale, int longest)
    {
        Compare<Quad<Wide256>, LatchNeuron<Tanh>, GradientSums>(new(3, classes: 2, default), scale, longest);
        Compare<Quad<Wide512>, LatchNeuron<Tanh>, GradientSums>(new(1, classes: 1, default), scale, longest);
        Compare<Quad<Wide128>, LatchNeuron<Tanh>, GradientSums>(new(0, classes: 2, default), scale, longest);
        Compare<Wide512, LatchNeuron<Tanh>, GradientSums>(new(3, classes: 2, default), scale, longest);
        Compare<Quad<Wide512>, LatchNeuron<Logistic>, GradientSums>(new(2, classes: 2, default), scale, longest);
        Compare<Quad<Wide512>, FullyConnected<Tanh>, GradientSums>(new(3, 0, 2, default), scale, longest);
        Compare<Wide256, ParityNetwork<Tanh>, GradientSums>(new(default, -1.0), scale, longest);
    }

    private static void Compare<TLane, TNetwork>(TNetwork network)
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork
        => Compare<TLane, TNetwork, Sums>(network, scale: 1.2, longest: 23);

    private static void Compare<TLane, TNetwork, TContributions>(TNetwork network, double scale, int longest)
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork
        where TContributions : struct, IContributions
    {
        const int bundles = 3;
        var random = new Random(11);
        int lanes = bundles * TLane.Count, p = network.Parameters;
        int[] lengths = [.. Enumerable.Range(0, lanes)
            .Select(_ => random.Next(network.TrainableInputs + 1, longest + 1))];
        lengths[0] = longest;
        double[] signs = [.. lengths.Select(_ => random.Next(2) == 0 ? -1.0 : 1.0)];
        double[][] parameters = [.. lengths.Select(_ => Samples.Numbers(random, p, scale))];
        double[][] given = [.. lengths.Select(length => Samples.Numbers(random, length * network.Inputs, 0.7))];

        double[][] together = Run<TLane, TNetwork, TContributions>(
            network, bundles, longest, lengths, signs, parameters, given);
        for (int lane = 0; lane < lanes; lane++)
        {
            double[] alone = Run<Scalar, TNetwork, TContributions>(
                network, 1, lengths[lane], [lengths[lane]], [signs[lane]], [parameters[lane]], [given[lane]])[0];
            Assert.Equal(alone, together[lane]);
        }
    }

    /// <summary>Errors of the outputs, gradient and curvature of every lane.</summary>
    private static double[][] Run<TLane, TNetwork, TContributions>(
        TNetwork network,
        int bundles,
        int longest,
        int[] lengths,
        double[] signs,
        double[][] parameters,
        double[][] given)
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork
        where TContributions : struct, IContributions
    {
        int values = TContributions.ValuesPerParameter;
        int count = TLane.Count, lanes = bundles * count, p = network.Parameters;
        int m = network.Inputs, k = network.Outputs;
        var unfolding = new Unfolding<TLane, TNetwork>(network, bundles, longest);
        var inputs = new LaneMemory<TLane>(longest * bundles * m);
        var start = new LaneMemory<TLane>(bundles);
        var sign = new LaneMemory<TLane>(bundles);
        for (int lane = 0; lane < lanes; lane++)
        {
            start.Numbers[lane] = longest - lengths[lane];
            sign.Numbers[lane] = signs[lane];
            for (int i = 0; i < p; i++)
                unfolding.Parameters.Numbers[(((lane / count * p) + i) * count) + (lane % count)] = parameters[lane][i];
            for (int i = 0; i < given[lane].Length; i++)
            {
                int t = longest - lengths[lane] + (i / m), row = (((t * bundles) + (lane / count)) * m) + (i % m);
                inputs.Numbers[(row * count) + (lane % count)] = given[lane][i];
            }
        }

        var sequence = new Sequence<TLane>
        {
            Inputs = inputs.Row(0, inputs.Length),
            Start = start.Row(0, bundles),
            Sign = sign.Row(0, bundles),
            Length = longest,
            EarliestStart = longest - lengths.Max(),
            LatestStart = longest - lengths.Min(),
        };
        unfolding.Forward(sequence);
        var errors = new LaneMemory<TLane>(bundles * k);
        for (int i = 0; i < bundles * k; i++)
            errors.Values[i] = unfolding.Output(longest, i / k, i % k) - TLane.From(0.8);
        var memory = new LaneMemory<TLane>(bundles * p * values);
        unfolding.Backward<TContributions>(sequence, errors.Row(0, errors.Length), memory.Row(0, memory.Length));

        return [.. Enumerable.Range(0, lanes).Select(lane => (double[])
        [
            .. Enumerable.Range(0, k)
                .Select(i => errors.Numbers[(((lane / count * k) + i) * count) + (lane % count)]),
            .. Enumerable.Range(0, values * p)
                .Select(i => memory.Numbers[(((lane / count * values * p) + i) * count) + (lane % count)]),
        ])];
    }

    private readonly struct Sums : IContributions
    {
        public static CurvatureForm Curvature => CurvatureForm.Positive;

        public static int ValuesPerParameter => 2;

        public static void Add<TLane>(Row<TLane> memory, nint parameter, Derivatives<TLane> derivatives)
            where TLane : unmanaged, ILane<TLane>
        {
            memory[2 * parameter] += derivatives.Gradient;
            memory[(2 * parameter) + 1] += derivatives.Curvature;
        }
    }

    private readonly struct GradientSums : IContributions
    {
        public static CurvatureForm Curvature => CurvatureForm.None;

        public static int ValuesPerParameter => 1;

        public static bool IsSumOfGradients => true;

        public static void Add<TLane>(Row<TLane> memory, nint parameter, Derivatives<TLane> derivatives)
            where TLane : unmanaged, ILane<TLane>
            => GradientDescent.Add(memory, parameter, derivatives);
    }
}
