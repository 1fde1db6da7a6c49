using System.Text.Json;
using LatchLab.KernelTiming;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;

namespace LatchLab.Comparison.Work;

/// <summary>
/// The kernel at any length and size: one on-line presentation to all lanes of a network's bundles in flight, none
/// idle: forward, cost ½(x_T − 0.8)², back-propagation through time, update. The <c>kernel</c> command of
/// LatchLab.Benchmarks does the same at T = 100, but calls backpropagation through time and the update directly instead
/// of the learner of real runs, and makes as many presentations as 64 trials need.
/// </summary>
/// <param name="Length">T.</param>
/// <param name="Units">Fully connected units; 1 for the latching neuron.</param>
/// <param name="TrainableInputs">L of the latching neuron.</param>
/// <param name="Lane">The lane type.</param>
internal sealed record LatchLabKernel(int Length, int Units, int TrainableInputs, LaneKind Lane)
    : ILaneVisitor<LatchLabKernel.IKernelWorkload>
{
    // As many vectors in flight as in a trial batch (TrainingConfiguration).
    private const int SingleUnitVectors = 8, NetworkVectors = 4;

    /// <summary>A kernel workload.</summary>
    internal interface IKernelWorkload : IPreparedWorkload
    {
        /// <summary>The trials in one presentation.</summary>
        int Trials { get; }
    }

    /// <summary>Measures the kernel like those of LatchLab.Benchmarks; returns a line of JSON.</summary>
    public string Measure()
    {
        IKernelWorkload work = Units == FiveUnits<Tanh>.Count ? Lane.Accept(this) : Lane.AcceptUnrolled(this);
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
    public IKernelWorkload Visit<TLane>()
        where TLane : unmanaged, IBitLane<TLane>
        => Units switch
        {
            1 => new KernelWorkload<TLane, LatchNeuron<Tanh>>(
                new(TrainableInputs, classes: 2, default), SingleUnitVectors / TLane.VectorCount, Length),
            FiveUnits<Tanh>.Count => new KernelWorkload<TLane, FiveUnits<Tanh>>(
                new(inputUnit: 0, Units - 1, default), NetworkVectors / TLane.VectorCount, Length),
            _ => new KernelWorkload<TLane, FullyConnected<Tanh, RecurrentWeightsOnly>>(
                new(Units, inputs: 1, inputUnit: 0, [Units - 1], hasBiases: false, default),
                NetworkVectors / TLane.VectorCount, Length),
        };

    private sealed class KernelWorkload<TLane, TNetwork> : IKernelWorkload
        where TLane : unmanaged, IBitLane<TLane>
        where TNetwork : struct, INetwork
    {
        private readonly GradientLearner<TLane, TNetwork, GradientDescent> _learner;
        private readonly int _length;
        private readonly LaneMemory<TLane> _inputs;  // [t − 1][bundle]
        private readonly LaneMemory<TLane> _starts;  // [bundle]
        private readonly LaneMemory<TLane> _signs;   // [bundle]
        private readonly LaneMemory<TLane> _errors;  // [bundle]

        public KernelWorkload(TNetwork network, int bundles, int length)
        {
            _length = length;
            _learner = new(network, bundles, length);
            _inputs = new(length * bundles);
            _starts = new(bundles);
            _signs = new(bundles);
            _errors = new(bundles);
            for (int i = 0; i < _inputs.Length; i++)
                _inputs.Values[i] = TLane.From(0.1 * Math.Sin(i));
            _signs.Values.Fill(TLane.From(1.0));

            // Values of ordinary size that neither grow nor become subnormal for any number of units; the rate is so
            // small that all presentations are alike.
            double size = network.StateSize == 1 ? 0.1 : 0.5 / Math.Sqrt(network.StateSize);
            int selfWeightStride = network.StateSize == 1 ? network.Parameters : network.StateSize + 1;
            double[] start = [.. Enumerable.Range(0, network.Parameters)
                .Select(i => i % selfWeightStride == 0 ? 1.25 : size * Math.Sin(7 * i))];
            var settings = new Backpropagation { LearningRate = 1e-12 };
            for (int lane = 0; lane < Trials; lane++)
            {
                var random = new TrialRandom(Seed: 1, RandomWord: 1, lane);
                _learner.BeginTrial(lane, new(random, start, SearchSpace.Unbounded(start.Length)), settings);
                _learner.SetLearning(lane, isLearning: true);
            }
        }

        public int Trials => _learner.Bundles * TLane.Count;

        public void Run()
        {
            var sequence = new SequenceBatch<TLane>
            {
                Inputs = _inputs.Slice(0, _inputs.Length),
                StartOffset = _starts.Slice(0, _learner.Bundles),
                ClassSign = _signs.Slice(0, _learner.Bundles),
                Length = _length,
                EarliestStart = 0,
                LatestStart = 0,
            };
            _learner.Present(sequence);
            for (int b = 0; b < _learner.Bundles; b++)
                _errors.Values[b] = _learner.Output(_length, b, output: 0) - TLane.From(0.8);
            _learner.Learn(sequence, 0, _errors.Slice(0, _learner.Bundles));
        }
    }
}
