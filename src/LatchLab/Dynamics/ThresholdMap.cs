using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The map of the 2ⁿ states of a network of threshold units, computed by its own step: one state a lane. Bit i of a
/// state is set where the output of unit i is +1.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="units">n, the first units of the network, which a later step reads.</param>
/// <param name="inputs">u.</param>
/// <param name="options">Threads and lanes.</param>
internal sealed class ThresholdMap(
    NetworkDefinition network, int units, IReadOnlyList<double> inputs, RunOptions options)
{
    private const int ChunkSize = 1 << 12;    // states of one piece of work of a thread

    /// <summary>The successor of each state.</summary>
    public int[] ComputeSuccessors()
    {
        var successors = new int[1 << units];
        int chunks = (successors.Length + ChunkSize - 1) / ChunkSize;
        Parallel.For(0, chunks, new() { MaxDegreeOfParallelism = options.Threads }, chunk =>
        {
            int start = chunk * ChunkSize;
            Compute(start, successors.AsSpan(start, Math.Min(ChunkSize, successors.Length - start)));
        });
        return successors;
    }

    /// <summary>x_0, the first state ±1 at or after it, and the time of that state: 0 or 1.</summary>
    public (double[] InitialState, int State, int Time) GetFirstState()
        => network.Accept(new FirstStateVisitor(network.Parameters, units, inputs));

    private void Compute(int start, Span<int> successors)
    {
        var states = new int[successors.Length];
        for (int i = 0; i < states.Length; i++)
            states[i] = start + i;
        options.Lane.Accept(new LaneVisitor(network, units, inputs, states)).CopyTo(successors);
    }

    private sealed class LaneVisitor(
        NetworkDefinition network, int units, IReadOnlyList<double> inputs, int[] states) : ILaneVisitor<int[]>
    {
        public int[] Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
            => network.Accept(new StepVisitor<TLane>(network.Parameters, units, inputs, states));
    }

    private sealed class StepVisitor<TLane>(
        IReadOnlyList<double> parameters, int units, IReadOnlyList<double> inputs, int[] states)
        : INetworkVisitor<int[]>
        where TLane : unmanaged, IBitLane<TLane>
    {
        public int[] Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            LaneMemory<TLane> weights = Broadcast(parameters), input = Broadcast(inputs),
                before = new(network.StateSize), after = new(network.StateSize);
            var successors = new int[states.Length];
            for (int first = 0; first < states.Length; first += TLane.Count)
            {
                int count = Math.Min(TLane.Count, states.Length - first);
                Load(states.AsSpan(first, count), before.Doubles);
                network.Step(weights.Slice(0, weights.Length), input.Slice(0, input.Length),
                    before.Slice(0, network.StateSize), after.Slice(0, network.StateSize));
                for (int lane = 0; lane < count; lane++)
                    successors[first + lane] = Read(after.Doubles, lane, TLane.Count, units);
            }

            return successors;
        }

        /// <summary>Writes the outputs of each state into its lane; units that no step reads keep 0.</summary>
        private void Load(ReadOnlySpan<int> group, Span<double> outputs)
        {
            for (int unit = 0; unit < units; unit++)
            {
                for (int lane = 0; lane < group.Length; lane++)
                    outputs[(unit * TLane.Count) + lane] = ((group[lane] >> unit) & 1) != 0 ? 1.0 : -1.0;
            }
        }

        private static LaneMemory<TLane> Broadcast(IReadOnlyList<double> values)
        {
            var memory = new LaneMemory<TLane>(Math.Max(1, values.Count));
            for (int i = 0; i < values.Count; i++)
                memory.Values[i] = TLane.From(values[i]);
            return memory;
        }
    }

    private sealed class FirstStateVisitor(
        IReadOnlyList<double> parameters, int units, IReadOnlyList<double> inputs)
        : INetworkVisitor<(double[] InitialState, int State, int Time)>
    {
        public (double[] InitialState, int State, int Time) Visit<TNetwork>(TNetwork network)
            where TNetwork : struct, INetwork
        {
            double[] before = [.. Enumerable.Range(0, network.StateSize).Select(network.InitialState)],
                after = new double[network.StateSize];
            double[] start = before[..units];
            if (start.All(output => Math.Abs(output) == 1.0))
                return (start, Read(start, lane: 0, lanes: 1, units), 0);
            double[] weights = [.. parameters], input = [.. inputs];
            network.Step(UncheckedViews.Create(weights, weights.Length), UncheckedViews.Create(input, input.Length),
                UncheckedViews.Create(before, before.Length), UncheckedViews.Create(after, after.Length));
            return (start, Read(after, lane: 0, lanes: 1, units), 1);
        }
    }

    private static int Read(ReadOnlySpan<double> outputs, int lane, int lanes, int units)
    {
        int state = 0;
        for (int unit = 0; unit < units; unit++)
            state |= outputs[(unit * lanes) + lane] > 0.0 ? 1 << unit : 0;
        return state;
    }
}
