using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Cells;

/// <summary>Gradients of networks of cells, against dual numbers and against each other.</summary>
public sealed class CellGradientTests
{
    public static TheoryData<string, int, int, ReadoutKind> Samples
    {
        get
        {
            var data = new TheoryData<string, int, int, ReadoutKind>();
            foreach ((int i, string name) in CellSamples.Names.Index())
            {
                data.Add(name, 5, 1, ReadoutKind.Linear);
                data.Add(name, 2 + i, 3, ReadoutKind.Tanh);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_gradient_is_that_of_dual_numbers(string name, int n, int m, ReadoutKind readout)
        => CellSamples.Accept(
            name, n, m, learnedInputs: m == 1 ? 2 : 0, readout, outputs: 2, new AgainstDualNumbers(7));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sums_over_several_steps_are_those_of_single_steps(string name, int n, int m, ReadoutKind readout)
        => CellSamples.Accept(
            name, n, m, learnedInputs: m == 1 ? 2 : 0, readout, outputs: 2, new AgainstSingleSteps());

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sums_of_truncated_gradients_are_those_of_single_steps(string name, int n, int m, ReadoutKind readout)
    {
        foreach (int truncation in (int[])[1, 21, 33, 39])
        {
            CellSamples.Accept(
                name, n, m, learnedInputs: m == 1 ? 2 : 0, readout, outputs: 2, new AgainstSingleSteps(truncation));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sums_with_targets_at_every_step_are_those_of_single_steps(
        string name, int n, int m, ReadoutKind readout)
        => CellSamples.Accept(
            name, n, m, learnedInputs: m == 1 ? 2 : 0, readout, outputs: 2, new AgainstSingleSteps(everyStep: true));

    private sealed class AgainstDualNumbers(int steps) : INetworkVisitor<bool>
    {
        public bool Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            var random = new Random(3);
            int p = network.Parameters, k = network.Readout.Outputs;
            double[] parameters = Learning.Samples.Numbers(random, p, 1.0),
                inputs = Learning.Samples.Numbers(random, steps * network.Inputs, 1.0);
            double[] gradient = Gradient<Scalar, TNetwork, GradientDescent>(network, parameters, inputs, steps);
            for (int i = 0; i < p; i++)
            {
                var dual = new BackpropagationThroughTime<Dual<Scalar>, TNetwork>(network, bundles: 1, steps);
                for (int j = 0; j < p; j++)
                {
                    dual.Parameters.Values[j] = new(
                        new Scalar(parameters[j]), new Scalar(i == j ? 1.0 : 0.0));
                }

                var memory = new LaneMemory<Dual<Scalar>>(inputs.Length + 2);
                for (int j = 0; j < inputs.Length; j++)
                    memory.Values[j] = Dual<Scalar>.From(inputs[j]);
                memory.Values[inputs.Length + 1] = Dual<Scalar>.From(-1.0);
                dual.Forward(Sequence(memory, inputs.Length, steps));
                double expected = Enumerable.Range(0, k).Sum(
                    output => (output + 1.0) * dual.Output(steps, bundle: 0, output).Derivative.Value);

                // Sums of a hundred products, each of them relative to the largest: a thousand roundings.
                Assert.Equal(expected, gradient[i], 1e-12 * Math.Max(1.0, gradient.Max(Math.Abs)));
            }

            return true;
        }
    }

    /// <summary>Two bundles of lanes that begin at different steps.</summary>
    private sealed class AgainstSingleSteps(int? truncation = null, bool everyStep = false) : INetworkVisitor<bool>
    {
        public bool Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
            => SlowTests.LaneKinds.All(
                lane => lane.Accept(new SumsAndSingleSteps<TNetwork>(network, truncation, everyStep)));
    }

    private sealed class SumsAndSingleSteps<TNetwork>(TNetwork network, int? truncation, bool everyStep)
        : ILaneVisitor<bool>
        where TNetwork : struct, INetwork
    {
        private const int Bundles = 2, Steps = 39;

        public bool Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            var random = new Random(4);
            var batch = new Learning.LaneBatch<TLane>(random, Bundles, Steps, shortest: 31, network.Inputs);
            var run = new BackpropagationThroughTime<TLane, TNetwork>(network, Bundles, Steps);
            Learning.Samples.Numbers(random, run.Parameters.Doubles.Length, 1.5).CopyTo(run.Parameters.Doubles);
            var outputGradients = new LaneMemory<TLane>(Steps * Bundles * network.Readout.Outputs);
            Learning.Samples.Numbers(random, outputGradients.Doubles.Length, 1.0).CopyTo(outputGradients.Doubles);
            run.Forward(batch.Sequence);
            Assert.Equal(Run<PseudoNewtonRule<PositiveForm>>(), Run<GradientDescent>());
            return true;

            TLane[] Run<TTerms>()
                where TTerms : struct, IGradientTerms
            {
                var terms = new LaneMemory<TLane>(Bundles * network.Parameters * TTerms.ValuesPerParameter);
                run.Backward<TTerms>(
                    batch.Sequence with { HasTargetsAtEveryStep = everyStep },
                    outputGradients.Slice(0, outputGradients.Length), terms.Slice(0, terms.Length), truncation);
                return [.. terms.Values.ToArray().Where((_, i) => i % TTerms.ValuesPerParameter == 0)];
            }
        }
    }

    /// <summary>
    /// The gradient terms of Σ_k (k + 1)·y_k at the last of several steps, with class 0, in the first lane.
    /// </summary>
    private static double[] Gradient<TLane, TNetwork, TTerms>(
        TNetwork network, double[] parameters, double[] inputs, int steps)
        where TLane : unmanaged, ILane<TLane>
        where TNetwork : struct, INetwork
        where TTerms : struct, IGradientTerms
    {
        var run = new BackpropagationThroughTime<TLane, TNetwork>(network, bundles: 1, steps);
        for (int i = 0; i < parameters.Length; i++)
            run.Parameters.Values[i] = TLane.From(parameters[i]);
        var memory = new LaneMemory<TLane>(inputs.Length + 2);
        for (int i = 0; i < inputs.Length; i++)
            memory.Values[i] = TLane.From(inputs[i]);
        memory.Values[inputs.Length + 1] = TLane.From(-1.0);
        SequenceBatch<TLane> sequence = Sequence(memory, inputs.Length, steps);
        run.Forward(sequence);
        LaneMemory<TLane> outputGradients = new(network.Readout.Outputs),
            terms = new(network.Parameters * TTerms.ValuesPerParameter);
        for (int k = 0; k < outputGradients.Length; k++)
            outputGradients.Values[k] = TLane.From(k + 1.0);
        run.Backward<TTerms>(
            sequence, outputGradients.Slice(0, outputGradients.Length), terms.Slice(0, terms.Length));
        return [.. Enumerable.Range(0, terms.Length).Select(i => terms.Doubles[i * TLane.Count])];
    }

    private static SequenceBatch<TLane> Sequence<TLane>(LaneMemory<TLane> memory, int inputs, int steps)
        where TLane : unmanaged, ILane<TLane>
        => new()
        {
            Inputs = memory.Slice(0, inputs),
            StartOffset = memory.Slice(inputs, 1),
            ClassSign = memory.Slice(inputs + 1, 1),
            Length = steps,
            EarliestStart = 0,
            LatestStart = 0,
        };
}
