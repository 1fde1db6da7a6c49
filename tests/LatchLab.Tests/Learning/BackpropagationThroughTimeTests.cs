using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// Lanes with sequences of different lengths, in several bundles, give the same results as sequences run alone.
/// </summary>
public sealed class BackpropagationThroughTimeTests
{
    [Fact]
    public void Lanes_of_different_lengths_equal_sequences_run_alone()
    {
        Compare<Wide128, LatchNeuron<Tanh>>(new(2, classes: 2, default));
        Compare<Wide256, LatchNeuron<Tanh>>(new(3, classes: 2, default));
        Compare<Wide512, LatchNeuron<Tanh>>(new(1, classes: 2, default));
        Compare<Wide256, FullyConnected<Tanh, RecurrentWeightsOnly>>(
            new(3, inputs: 1, 0, [2], hasBiases: false, default));
        Compare<Wide512, FullyConnected<Tanh, RecurrentWeightsOnly>>(
            new(5, inputs: 1, 1, [4], hasBiases: false, default));
        Compare<Wide256, ParityNetwork<Tanh>>(new(default, -1.0));
        Compare<Wide256, FullyConnected<Tanh, InputWeightsOrBiases>>(
            new(4, inputs: 3, null, [3, 1], hasBiases: true, default));
        Compare<Wide512, FullyConnected<Tanh, InputWeightsOrBiases>>(
            new(3, inputs: 1, 2, [2, 0, 1], hasBiases: false, default));
        Compare<Wide512, ParityNetwork<Tanh>>(new(default, -1.0));
        Compare<Unrolled4<Wide256>, LatchNeuron<Tanh>>(new(2, classes: 1, default));
        Compare<Unrolled4<Wide512>, FullyConnected<Tanh, RecurrentWeightsOnly>>(
            new(4, inputs: 1, 3, [0], hasBiases: false, default));
    }

    /// <summary>The kernel that is written out for five units gives the bits of the general one.</summary>
    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 3)]
    public void Five_units_equal_the_general_network(int inputUnit, int outputUnit)
    {
        Equal<Wide512, GradientDescent>();
        Equal<Wide256, PseudoNewtonRule<PositiveForm>>();
        Equal<Scalar, PseudoNewtonRule<FullForm>>();

        void Equal<TLane, TTerms>()
            where TLane : unmanaged, IBitLane<TLane>
            where TTerms : struct, IGradientTerms
        {
            const int bundles = 2, longest = 30;
            var random = new Random(6);
            int lanes = bundles * TLane.Count;
            int[] lengths = [.. Enumerable.Range(0, lanes).Select(_ => random.Next(1, longest + 1))];
            double[] signs = [.. lengths.Select(_ => random.Next(2) == 0 ? 1.0 : -1.0)];
            double[][] parameters = [.. lengths.Select(_ => Samples.Numbers(random, 25, 1.2))];
            double[][] given = [.. lengths.Select(length => Samples.Numbers(random, length, 0.7))];
            double[][] general = Run<TLane, FullyConnected<Tanh, RecurrentWeightsOnly>, TTerms>(
                new(5, inputs: 1, inputUnit, [outputUnit], hasBiases: false, default), bundles, longest, lengths, signs,
                parameters, given);
            Assert.Equal(general, Run<TLane, FiveUnits<Tanh>, TTerms>(
                new(inputUnit, outputUnit, default), bundles, longest, lengths, signs, parameters, given));
        }
    }

    /// <summary>
    /// Gradients that are only summed: the backward pass in registers equals the general one (of scalar lanes). An
    /// underflowing adjoint stops at the same step in every lane, independently of the other lanes.
    /// </summary>
    [Theory]
    [InlineData(1.2, 1, 23)]
    [InlineData(40.0, 1, 23)]       // saturated: the adjoints underflow at once
    [InlineData(40.0, 90, 120)]     // before the first lane reaches its start
    [InlineData(2.0, 100, 200)]     // in some lanes and not in others
    [InlineData(1e-12, 60, 90)]     // gradually, together with the states
    [InlineData(1.2, 112, 112)]     // equal lengths, seven times the number of steps between underflow checks
    public void Summed_gradients_of_lanes_equal_sequences_run_alone(double scale, int shortest, int longest)
    {
        Compare<Unrolled4<Wide256>, LatchNeuron<Tanh>, GradientDescent>(new(3, classes: 2, default), scale, shortest,
            longest);
        Compare<Unrolled4<Wide512>, LatchNeuron<Tanh>, GradientDescent>(new(1, classes: 1, default), scale, shortest,
            longest);
        Compare<Unrolled4<Wide128>, LatchNeuron<Tanh>, GradientDescent>(new(0, classes: 2, default), scale, shortest,
            longest);
        Compare<Wide512, LatchNeuron<Tanh>, GradientDescent>(new(3, classes: 2, default), scale, shortest, longest);
        Compare<Unrolled4<Wide512>, LatchNeuron<Logistic>, GradientDescent>(
            new(2, classes: 2, default), scale, shortest, longest);
        Compare<Unrolled4<Wide512>, FullyConnected<Tanh, RecurrentWeightsOnly>, GradientDescent>(
            new(3, inputs: 1, 0, [2], hasBiases: false, default), scale, shortest, longest);
        Compare<Wide256, ParityNetwork<Tanh>, GradientDescent>(new(default, -1.0), scale, shortest, longest);
        Compare<Unrolled4<Wide512>, ParityNetwork<Tanh>, GradientDescent>(new(default, 0.0), scale, shortest, longest);
        Compare<Unrolled4<Wide128>, ParityNetwork<Logistic>, GradientDescent>(
            new(default, 0.5), scale, shortest, longest);
        Compare<Wide512, FiveUnits<Tanh>, GradientDescent>(new(0, 4, default), scale, shortest, longest);
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(5.0)]
    [InlineData(40.0)]
    public void Underflowed_adjoints_change_no_weight(double scale)
    {
        const int bundles = 2, length = 150;
        var network = new LatchNeuron<Tanh>(1, classes: 1, default);
        var random = new Random(5);
        int lanes = bundles * Unrolled4<Wide512>.Count;
        int[] lengths = [.. Enumerable.Repeat(length, lanes)];
        double[] signs = [.. Enumerable.Repeat(1.0, lanes)];
        double[][] parameters = [.. lengths.Select(_ => Samples.Numbers(random, 2, scale))];
        double[][] given = [.. lengths.Select(_ => Samples.Numbers(random, length, 0.7))];
        double[][] every = Run<Unrolled4<Wide512>, LatchNeuron<Tanh>, PseudoNewtonRule<PositiveForm>>(
            network, bundles, length, lengths, signs, parameters, given);
        double[][] significant = Run<Unrolled4<Wide512>, LatchNeuron<Tanh>, GradientDescent>(
            network, bundles, length, lengths, signs, parameters, given);
        for (int lane = 0; lane < lanes; lane++)
        {
            // [error, gradient, curvature, …] and [error, gradient, …], of the weight and of the trained input.
            Assert.Equal(parameters[lane][0] - every[lane][1], parameters[lane][0] - significant[lane][1]);
            Assert.Equal(parameters[lane][1] - every[lane][3], parameters[lane][1] - significant[lane][2]);
        }
    }

    private static void Compare<TLane, TNetwork>(TNetwork network)
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork
        => Compare<TLane, TNetwork, PseudoNewtonRule<PositiveForm>>(network, scale: 1.2, shortest: 1, longest: 23);

    private static void Compare<TLane, TNetwork, TTerms>(
        TNetwork network, double scale, int shortest, int longest)
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork
        where TTerms : struct, IGradientTerms
    {
        const int bundles = 3;
        var random = new Random(11);
        int lanes = bundles * TLane.Count, p = network.Parameters;
        int[] lengths = [.. Enumerable.Range(0, lanes)
            .Select(_ => random.Next(Math.Max(shortest, network.TrainableInputs + 1), longest + 1))];
        lengths[0] = longest;
        double[] signs = [.. lengths.Select(_ => random.Next(2) == 0 ? -1.0 : 1.0)];
        double[][] parameters = [.. lengths.Select(_ => Samples.Numbers(random, p, scale))];
        double[][] given = [.. lengths.Select(length => Samples.Numbers(random, length * network.Inputs, 0.7))];

        // One lane diverges; its neighbours must not be affected.
        parameters[1][0] = double.NaN;
        parameters[2][0] = double.PositiveInfinity;
        parameters[3 % lanes][0] = double.MaxValue;

        double[][] together = Run<TLane, TNetwork, TTerms>(
            network, bundles, longest, lengths, signs, parameters, given);
        for (int lane = 0; lane < lanes; lane++)
        {
            double[] alone = Run<Scalar, TNetwork, TTerms>(
                network, 1, lengths[lane], [lengths[lane]], [signs[lane]], [parameters[lane]], [given[lane]])[0];
            Assert.Equal(alone, together[lane]);
        }
    }

    /// <summary>Output errors, gradients and curvatures of every lane.</summary>
    private static double[][] Run<TLane, TNetwork, TTerms>(
        TNetwork network,
        int bundles,
        int longest,
        int[] lengths,
        double[] signs,
        double[][] parameters,
        double[][] given)
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork
        where TTerms : struct, IGradientTerms
    {
        int values = TTerms.ValuesPerParameter;
        int count = TLane.Count, lanes = bundles * count, p = network.Parameters;
        int m = network.Inputs, k = network.Readout.Outputs;
        var backpropagation = new BackpropagationThroughTime<TLane, TNetwork>(network, bundles, longest);
        var inputs = new LaneMemory<TLane>(longest * bundles * m);
        var start = new LaneMemory<TLane>(bundles);
        var sign = new LaneMemory<TLane>(bundles);
        for (int lane = 0; lane < lanes; lane++)
        {
            start.Doubles[lane] = longest - lengths[lane];
            sign.Doubles[lane] = signs[lane];
            for (int i = 0; i < p; i++)
                backpropagation.Parameters.Doubles[(((lane / count * p) + i) * count) + (lane % count)] =
                    parameters[lane][i];
            for (int i = 0; i < given[lane].Length; i++)
            {
                int t = longest - lengths[lane] + (i / m), row = (((t * bundles) + (lane / count)) * m) + (i % m);
                inputs.Doubles[(row * count) + (lane % count)] = given[lane][i];
            }
        }

        var sequence = new SequenceBatch<TLane>
        {
            Inputs = inputs.Slice(0, inputs.Length),
            StartOffset = start.Slice(0, bundles),
            ClassSign = sign.Slice(0, bundles),
            Length = longest,
            EarliestStart = longest - lengths.Max(),
            LatestStart = longest - lengths.Min(),
        };
        backpropagation.Forward(sequence);
        var errors = new LaneMemory<TLane>(bundles * k);
        for (int i = 0; i < bundles * k; i++)
            errors.Values[i] = backpropagation.Output(longest, i / k, i % k) - TLane.From(0.8);
        var memory = new LaneMemory<TLane>(bundles * p * values);
        backpropagation.Backward<TTerms>(sequence, errors.Slice(0, errors.Length), memory.Slice(0, memory.Length));

        return [.. Enumerable.Range(0, lanes).Select(lane => (double[])
        [
            .. Enumerable.Range(0, k)
                .Select(i => errors.Doubles[(((lane / count * k) + i) * count) + (lane % count)]),
            .. Enumerable.Range(0, values * p)
                .Select(i => memory.Doubles[(((lane / count * values * p) + i) * count) + (lane % count)]),
        ])];
    }
}
