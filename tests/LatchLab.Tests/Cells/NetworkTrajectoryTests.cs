using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Cells;

/// <summary>One network on many sequences, against networks of which each lane has its own parameters.</summary>
public sealed class NetworkTrajectoryTests
{
    private static readonly LaneKind[] Lanes = [.. SlowTests.LaneKinds.Where(kind => kind.IsSupported)];

    private static readonly Gen<(string Name, int N, int M, int Sequences, int Length, LaneKind Lanes, int Seed)>
        Cases = Gen.Select(
            Gen.Int[0, CellSamples.Names.Count - 1], Gen.Int[2, 9], Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[1, 4],
            Gen.Int[0, Lanes.Length - 1], Gen.Int[0, 1000]).Select(
                (name, n, m, sequences, length, lanes, seed)
                    => (CellSamples.Names[name], n, m, sequences, length, Lanes[lanes], seed));

    public static TheoryData<string> Names => [.. CellSamples.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_with_more_rows_than_a_block_is_that_of_single_sequences(string name)
        => Check((name, 70, 2, 3, 2, LaneKind.Widest, 1));

    [Fact]
    public void States_outputs_and_products_are_those_of_single_sequences_bit_for_bit()
        => Cases.Sample(Check, iter: 60, threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pulled_back_vector_has_the_inner_products_of_dual_numbers(string name)
        => CellSamples.Accept(name, 5, 2, new AgainstDualNumbers(steps: 6));

    [Fact]
    public void A_definition_runs_as_its_network()
    {
        var random = new Random(5);
        var network = new CellNetwork<GruCell>([new(4, 1)], 0, ReadoutKind.Linear, 1);
        double[] parameters = Learning.Samples.Numbers(random, network.Parameters, 1.0);
        double[][][] inputs = RandomSequences(random, 2, 3, 1);
        var definition = (CellDefinition)new NetworkDesign { Network = "gru", Units = 4 }.CreateDefinition(
            new(TrainableInputs: 0), parameters);
        NetworkTrajectories expected = NetworkTrajectories.Run(network, parameters, inputs),
            actual = NetworkTrajectories.Run(definition, inputs);
        double[] x = new double[4], y = new double[4];
        expected.CopyState(1, 3, x);
        actual.CopyState(1, 3, y);
        Assert.Equal(x, y);
    }

    [Fact]
    public void All_invalid_sizes_are_reported_at_once()
    {
        var network = new CellNetwork<LstmCell>([new(2, 1)], 0, ReadoutKind.Linear, 1);
        ValidationException exception = Assert.Throws<ValidationException>(() => NetworkTrajectories.Run(
            network, new double[5], [[[0.0], [0.0, 1.0]], [[0.0]]], initialStates: [[0.0, 0.0, 0.0, 0.0]]));
        Assert.Equal(
            ["parameters", "inputs[0][1]", "inputs[1]", "initialStates"],
            exception.Errors.Select(error => error.Field));
        Assert.Equal(
            "inputs", Assert.Throws<ValidationException>(() => NetworkTrajectories.Run(
                network, new double[network.Parameters], [])).Errors.Single().Field);
    }

    private static void Check(
        (string Name, int N, int M, int Sequences, int Length, LaneKind Lanes, int Seed) sample)
        => CellSamples.Accept(
            sample.Name, sample.N, sample.M,
            new AgainstSingleSequences(sample.Sequences, sample.Length, sample.Lanes, sample.Seed));

    private static double[][][] RandomSequences(Random random, int sequences, int length, int inputs)
        => [.. from sequence in Enumerable.Range(0, sequences)
               select (double[][])[.. from step in Enumerable.Range(0, length)
                                      select Learning.Samples.Numbers(random, inputs, 1.0)]];

    private static LaneMemory<Scalar> Memory(IReadOnlyCollection<double> values)
    {
        var memory = new LaneMemory<Scalar>(values.Count);
        values.ToArray().CopyTo(memory.Doubles);
        return memory;
    }

    private static UncheckedSpan<Scalar> All(LaneMemory<Scalar> memory) => memory.Slice(0, memory.Length);

    private sealed class AgainstSingleSequences(int sequences, int length, LaneKind lanes, int seed)
        : ICellVisitor<bool>
    {
        public bool Visit<TCell>(params TCell[] layers)
            where TCell : struct, ICell
        {
            var random = new Random(seed);
            var network = new CellNetwork<TCell>(
                layers, 0, seed % 2 == 0 ? ReadoutKind.Linear : ReadoutKind.Tanh, outputs: 1 + (seed % 5));
            int n = network.StateSize, m = network.Inputs, k = network.Readout.Outputs;
            double[] parameters = Learning.Samples.Numbers(random, network.Parameters, 1.0);
            double[][][] inputs = RandomSequences(random, sequences, length, m);
            double[][] starts = [.. inputs.Select(_ => Learning.Samples.Numbers(random, n, 1.0))];
            NetworkTrajectories trajectories = NetworkTrajectories.Run(network, parameters, inputs, starts, lanes);
            double[] vectors = Learning.Samples.Numbers(random, sequences * n, 1.0),
                outputVectors = Learning.Samples.Numbers(random, sequences * k, 1.0), original = [.. vectors];
            trajectories.AddPulledBackOutputs(length, outputVectors, vectors);
            trajectories.PullBack(length, 0, vectors);
            for (int i = 0; i < sequences; i++)
            {
                var single = new SingleSequence<TCell>(network, parameters, inputs[i], starts[i]);
                for (int t = 0; t <= length; t++)
                    AssertStep(trajectories, single, i, t);
                Assert.Equal(
                    single.PullBack(original[(i * n)..((i + 1) * n)], outputVectors[(i * k)..((i + 1) * k)]),
                    vectors[(i * n)..((i + 1) * n)]);
            }

            return true;
        }

        private static void AssertStep<TCell>(
            NetworkTrajectories trajectories, SingleSequence<TCell> single, int sequence, int t)
            where TCell : struct, ICell
        {
            double[] state = new double[trajectories.StateSize], outputs = new double[trajectories.Outputs];
            trajectories.CopyState(sequence, t, state);
            Assert.Equal(single.State(t), state);
            if (t == 0)
                return;
            trajectories.CopyOutputs(sequence, t, outputs);
            Assert.Equal(single.Outputs(t), outputs);
        }
    }

    /// <summary>The network of training on a single sequence, one scalar lane.</summary>
    private sealed class SingleSequence<TCell>
        where TCell : struct, ICell
    {
        private readonly CellNetwork<TCell> _network;
        private readonly LaneMemory<Scalar> _parameters;
        private readonly LaneMemory<Scalar>[] _inputs, _steps;

        public SingleSequence(CellNetwork<TCell> network, double[] parameters, double[][] inputs, double[] start)
        {
            _network = network;
            _parameters = Memory(parameters);
            _inputs = [.. inputs.Select(Memory)];
            _steps = [Memory([.. start, .. new double[network.StepSize - start.Length]]), .. inputs.Select(
                _ => new LaneMemory<Scalar>(network.StepSize))];
            for (int t = 1; t < _steps.Length; t++)
                network.Step(All(_parameters), All(_inputs[t - 1]), All(_steps[t - 1]), All(_steps[t]));
        }

        public double[] State(int t) => _steps[t].Doubles[.._network.StateSize].ToArray();

        public double[] Outputs(int t)
            => [.. Enumerable.Range(0, _network.Readout.Outputs).Select(
                output => _network.Readout.Compute(All(_parameters), All(_steps[t]), output).Value)];

        public double[] PullBack(double[] vector, double[] outputVector)
        {
            int n = _network.StateSize, last = _steps.Length - 1;
            LaneMemory<Scalar> adjoint = Memory([.. vector, .. new double[_network.AdjointSize - n]]),
                curvature = new(n), terms = new(_network.Parameters);
            for (int output = 0; output < outputVector.Length; output++)
            {
                _network.Readout.AddToAdjoint(
                    All(_parameters), All(_steps[last]), output, new Scalar(outputVector[output]),
                    new(All(adjoint), All(curvature)));
            }

            for (int t = last; t > 0; t--)
            {
                LaneMemory<Scalar> previous = new(_network.AdjointSize);
                _network.StepBackward<Scalar, GradientDescent>(
                    All(_parameters), All(_inputs[t - 1]), All(_steps[t - 1]), All(_steps[t]),
                    new(All(adjoint), All(curvature)), new(All(previous), All(curvature)), All(terms));
                adjoint = previous;
            }

            return adjoint.Doubles[..n].ToArray();
        }
    }

    /// <summary>⟨v, J·d⟩ of dual numbers against ⟨Jᵀ·v, d⟩, for directions d of s_0 and of all inputs.</summary>
    private sealed class AgainstDualNumbers(int steps) : ICellVisitor<bool>
    {
        public bool Visit<TCell>(params TCell[] layers)
            where TCell : struct, ICell
        {
            var random = new Random(2);
            var network = new CellNetwork<TCell>(layers, 0, ReadoutKind.Tanh, outputs: 2);
            int n = network.StateSize, m = network.Inputs;
            double[] parameters = Learning.Samples.Numbers(random, network.Parameters, 1.0),
                direction = Learning.Samples.Numbers(random, n + (steps * m), 1.0),
                vector = Learning.Samples.Numbers(random, n, 1.0), outputVector = [0.7, -0.4];
            double[][][] inputs = RandomSequences(random, 1, steps, m);
            NetworkTrajectories trajectories = NetworkTrajectories.Run(network, parameters, inputs);

            double[] pulled = [.. vector], pulledInputs = new double[steps * m];
            trajectories.AddPulledBackOutputs(steps, outputVector, pulled);
            trajectories.PullBack(steps, steps / 2, pulled, pulledInputs.AsSpan(steps / 2 * m));
            trajectories.PullBack(steps / 2, 0, pulled, pulledInputs.AsSpan(0, steps / 2 * m));
            double actual = pulled.Concat(pulledInputs).Zip(direction, (a, b) => a * b).Sum();

            // Sums of some hundred products of numbers of size 1, of several steps: a thousand roundings.
            Assert.Equal(Push(network, parameters, inputs[0], direction, vector, outputVector), actual, 1e-12);
            return true;
        }

        private static double Push<TCell>(
            CellNetwork<TCell> network, double[] parameters, double[][] inputs, double[] direction, double[] vector,
            double[] outputVector)
            where TCell : struct, ICell
        {
            int n = network.StateSize, m = network.Inputs;
            Dual<Scalar>[] w = [.. parameters.Select(Dual<Scalar>.From)], before = new Dual<Scalar>[network.StepSize];
            for (int i = 0; i < n; i++)
                before[i] = new(default, new(direction[i]));
            for (int t = 0; t < inputs.Length; t++)
            {
                Dual<Scalar>[] u = [.. inputs[t].Select((value, k) => new Dual<Scalar>(
                        new(value), new(direction[n + (t * m) + k])))],
                    after = new Dual<Scalar>[network.StepSize];
                network.Step(
                    new UncheckedSpan<Dual<Scalar>>(ref w[0]), new UncheckedSpan<Dual<Scalar>>(ref u[0]),
                    new UncheckedSpan<Dual<Scalar>>(ref before[0]), new UncheckedSpan<Dual<Scalar>>(ref after[0]));
                before = after;
            }

            double sum = vector.Zip(before, (v, state) => v * state.Derivative.Value).Sum();
            for (int k = 0; k < outputVector.Length; k++)
            {
                sum += outputVector[k] * network.Readout.Compute(
                    new UncheckedSpan<Dual<Scalar>>(ref w[0]), new UncheckedSpan<Dual<Scalar>>(ref before[0]),
                    k).Derivative.Value;
            }

            return sum;
        }
    }
}
