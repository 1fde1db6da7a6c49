using System.Text.Json;
using LatchLab.Experiments.KernelTiming;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Comparison.Work;

/// <summary>
/// The kernel at any length and size: one on-line presentation to all lanes of a network's bundles in flight, none
/// idle: forward, cost ½(x_T − 0.8)², back-propagation through time, update. The <c>kernel</c> of
/// LatchLab.Benchmarks does the same at T = 100, but with the unfolding and the update by themselves where this has
/// the learner of real runs, and with as many presentations as 64 trials need.
/// </summary>
/// <param name="Length">T.</param>
/// <param name="Units">Fully connected units; 1 for the latching neuron.</param>
/// <param name="TrainableInputs">L of the latching neuron.</param>
/// <param name="Lane">The lane type.</param>
internal sealed record OwnKernel(int Length, int Units, int TrainableInputs, LaneKind Lane) : ILaneWork<OwnKernel.IWork>
{
    // As many vectors in flight as ensembles take (ProblemCell).
    private const int VectorsOfSingleUnit = 8, VectorsOfNetwork = 4;

    /// <summary>Something to measure.</summary>
    internal interface IWork : IWorkload
    {
        /// <summary>Trials that a presentation reaches.</summary>
        int Trials { get; }
    }

    /// <summary>Measures it, as the kernels of LatchLab.Benchmarks are; a line of JSON.</summary>
    public string Measure()
    {
        IWork work = Lane.RunTogether(this);
        string name = Units == 1 ? "latch" : "fully-connected";
        Measurement speed = Measurement.Of(new(name, work.Trials * Length * Units, _ => work), Lane);
        return JsonSerializer.Serialize(new
        {
            program = "LatchLab",
            work = name,
            lane = Lane.Name,
            minimum = Math.Round(speed.Minimum, 4),
            median = Math.Round(speed.Median, 4),
            repetitions = speed.Repetitions,
        });
    }

    /// <inheritdoc/>
    public IWork Run<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => Units == 1
            ? new Work<TLane, LatchNeuron<Tanh>>(
                new(TrainableInputs, classes: 2, default), VectorsOfSingleUnit / TLane.Vectors, Length)
            : new Work<TLane, FullyConnected<Tanh>>(
                new(Units, inputUnit: 0, Units - 1, default), VectorsOfNetwork / TLane.Vectors, Length);

    private sealed class Work<TLane, TNetwork> : IWork
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork
    {
        private readonly GradientLearner<TLane, TNetwork, GradientDescent> learner;
        private readonly int length;
        private readonly LaneMemory<TLane> inputs;      // [t − 1][bundle]
        private readonly LaneMemory<TLane> starts;      // [bundle]
        private readonly LaneMemory<TLane> signs;       // [bundle]
        private readonly LaneMemory<TLane> errors;      // [bundle]

        public Work(TNetwork network, int bundles, int length)
        {
            this.length = length;
            learner = new(network, bundles, length);
            inputs = new(length * bundles);
            starts = new(bundles);
            signs = new(bundles);
            errors = new(bundles);
            for (int i = 0; i < inputs.Length; i++)
                inputs.Values[i] = TLane.From(0.1 * Math.Sin(i));
            signs.Values.Fill(TLane.From(1.0));

            // Numbers of ordinary size that neither grow nor fade to subnormal ones, however many units add up; a rate
            // so small that every presentation is like the first.
            double size = network.Units == 1 ? 0.1 : 0.5 / Math.Sqrt(network.Units);
            int toNextOwnWeight = network.Units == 1 ? network.Parameters : network.Units + 1;
            double[] start = [.. Enumerable.Range(0, network.Parameters)
                .Select(i => i % toNextOwnWeight == 0 ? 1.25 : size * Math.Sin(7 * i))];
            var settings = new Backpropagation { LearningRate = 1e-12 };
            for (int lane = 0; lane < Trials; lane++)
            {
                var random = new TrialRandom(Seed: 1, Cell: 1, lane);
                learner.Begin(lane, new(random, start, SearchSpace.Unbounded(start.Length)), settings);
                learner.SetLearning(lane, learns: true);
            }
        }

        public int Trials => learner.Bundles * TLane.Count;

        public void Do()
        {
            var sequence = new Sequence<TLane>
            {
                Inputs = inputs.Row(0, inputs.Length),
                Start = starts.Row(0, learner.Bundles),
                Sign = signs.Row(0, learner.Bundles),
                Length = length,
                EarliestStart = 0,
                LatestStart = 0,
            };
            learner.Present(sequence);
            for (int b = 0; b < learner.Bundles; b++)
                errors.Values[b] = learner.Output(length, b, output: 0) - TLane.From(0.8);
            learner.Learn(sequence, 0, errors.Row(0, learner.Bundles));
        }
    }
}
