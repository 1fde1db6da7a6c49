using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Orbits of a network of cells with a constant input, <c>s_t = F(s_{t−1}, u) + η_t</c>, with noise in every value of
/// the state. A lane is an orbit; four vectors of orbits run together, and groups of them on several threads.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="input">u.</param>
/// <param name="threads">Number of threads; it does not change the result.</param>
internal sealed class NoisyOrbits(CellDefinition network, IReadOnlyList<double> input, int threads)
{
    /// <summary>Writes η_t of an orbit, for t = 1, 2, … in turn.</summary>
    public delegate void Noise(int orbit, int t, Span<double> values);

    /// <summary>The states after some steps.</summary>
    /// <param name="starts">s_0 of each orbit.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="noise">η_t, called for one time of an orbit at a time; null for none.</param>
    /// <param name="deadline">Ends the computation.</param>
    /// <exception cref="OperationCanceledException">The deadline was reached.</exception>
    public double[][] Follow(IReadOnlyList<double[]> starts, int steps, Noise? noise, CancellationToken deadline)
        => network.Accept(new Runner([.. network.Parameters], [.. input], starts, steps, noise, new()
        {
            MaxDegreeOfParallelism = threads,
            CancellationToken = deadline,
        }));

    private sealed class Runner(
        double[] parameters, double[] input, IReadOnlyList<double[]> starts, int steps, Noise? noise,
        ParallelOptions options) : ICellNetworkVisitor<double[][]>
    {
        public double[][] Visit<TCell>(CellNetwork<TCell> network)
            where TCell : struct, ICell
            => LaneKind.Widest.AcceptUnrolled(new GroupRunner<TCell>(
                network, parameters, input, starts, steps, noise, options));
    }

    private sealed class GroupRunner<TCell>(
        CellNetwork<TCell> network, double[] parameters, double[] input, IReadOnlyList<double[]> starts, int steps,
        Noise? noise, ParallelOptions options) : ILaneVisitor<double[][]>
        where TCell : struct, ICell
    {
        public double[][] Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            var ends = new double[starts.Count][];
            int groups = (starts.Count + TLane.Count - 1) / TLane.Count;
            Parallel.For(0, groups, options, group => Run<TLane>(group * TLane.Count, ends));
            return ends;
        }

        private void Run<TLane>(int first, double[][] ends)
            where TLane : unmanaged, IBitLane<TLane>
        {
            int n = network.StateSize, count = Math.Min(TLane.Count, starts.Count - first);
            LaneMemory<TLane> state = new(n), step = new(network.StepSize), added = new(n), inputs = new(input.Length);
            for (int i = 0; i < input.Length; i++)
                inputs.Values[i] = TLane.From(input[i]);
            for (int lane = 0; lane < count; lane++)
                Write(starts[first + lane], lane, state);
            var weights = new BroadcastSpan<TLane>(ref parameters[0]);
            var values = new double[n];
            for (int t = 1; t <= steps; t++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                network.Step(weights, inputs.Slice(0, input.Length), state.Slice(0, n), step.Slice(0, step.Length));
                for (int lane = 0; noise is not null && lane < count; lane++)
                {
                    noise(first + lane, t, values);
                    Write(values, lane, added);
                }

                for (int i = 0; i < n; i++)
                    state.Values[i] = step.Values[i] + added.Values[i];
            }

            for (int lane = 0; lane < count; lane++)
            {
                double[] end = ends[first + lane] = new double[n];
                for (int i = 0; i < n; i++)
                    end[i] = state.Doubles[(i * TLane.Count) + lane];
            }
        }

        private static void Write<TLane>(double[] values, int lane, LaneMemory<TLane> memory)
            where TLane : unmanaged, IBitLane<TLane>
        {
            Span<double> lanes = memory.Doubles;
            for (int i = 0; i < values.Length; i++)
                lanes[(i * TLane.Count) + lane] = values[i];
        }
    }
}
