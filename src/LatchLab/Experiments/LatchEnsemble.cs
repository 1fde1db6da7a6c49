using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>Receives the trials that have ended.</summary>
public interface ITrialSink
{
    /// <summary>Takes a trial; called from several threads, in no particular order.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="parameters">Its parameters at the end, in the order of the network.</param>
    void Record(in QueuedTrial trial, in Outcome outcome, ReadOnlySpan<double> parameters);
}

/// <summary>
/// Runs trials of the minimal task side by side, a lane a trial, and gives a lane whose trial has ended the next
/// waiting one, where all lanes are in step: at the end of a pass through the sequences.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class LatchEnsemble<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    // Eight bundles of lanes in flight: with fewer the processor waits for the last step, with more the memory of a
    // presentation outgrows the first cache (measured: docs/decisions.md).
    private const int Bundles = 8;

    private readonly WaitingTrials waiting;
    private readonly ITrialSink sink;
    private readonly LatchNeuron<Tanh> network;
    private readonly Unfolding<TLane, LatchNeuron<Tanh>> unfolding;
    private readonly LaneNoise<TLane> noise;
    private readonly LaneParameters<TLane> parameters;
    private readonly int length;                        // T of the longest trial
    private readonly LaneMemory<TLane> inputs;          // [sequence, or 0 if drawn afresh][t − 1][bundle]
    private readonly LaneMemory<TLane> rates;           // [bundle][parameter]
    private readonly LaneMemory<TLane> contributions;   // [bundle][parameter]
    private readonly LaneMemory<TLane> starts;          // [bundle]
    private readonly LaneMemory<TLane> signs;           // [class][bundle]
    private readonly LaneMemory<TLane> counted;         // [bundle]: sequences of the pass that count
    private readonly LaneMemory<TLane> right;           // [bundle]: of these, how many had the right sign
    private readonly LaneMemory<TLane> costs;           // [bundle]: sum of their costs
    private readonly LaneMemory<TLane> errors;          // [bundle]
    private readonly (QueuedTrial Trial, TrialProgress? Progress)[] lanes
        = new (QueuedTrial, TrialProgress?)[Bundles * TLane.Count];
    private int busy;

    public LatchEnsemble(ulong seed, WaitingTrials waiting, ITrialSink sink)
    {
        this.waiting = waiting;
        this.sink = sink;
        length = waiting.LongestLength;
        network = new(waiting.Shape.TrainableInputs, classes: 2);
        unfolding = new(network, Bundles, length);
        noise = new(seed, Bundles, length);
        inputs = new((waiting.Shape.NoiseDrawn == NoiseDraw.Frozen ? waiting.Shape.Sequences : 1) * length * Bundles);
        rates = new(Bundles * network.Parameters);
        parameters = new(seed, network, unfolding.Parameters, rates);
        contributions = new(Bundles * network.Parameters * Backpropagation.ValuesPerParameter);
        starts = new(Bundles);
        signs = new(2 * Bundles);
        counted = new(Bundles);
        right = new(Bundles);
        costs = new(Bundles);
        errors = new(Bundles);
        signs.Values[..Bundles].Fill(TLane.From(-1.0));
        signs.Values[Bundles..].Fill(TLane.From(1.0));
    }

    /// <summary>Runs until no trial waits and every lane has ended.</summary>
    public void Run(CancellationToken cancellation)
    {
        for (int lane = 0; lane < lanes.Length; lane++)
            Refill(lane);
        while (busy > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Pass();
            for (int lane = 0; lane < lanes.Length; lane++)
                EndPass(lane);
        }
    }

    /// <summary>Presents every sequence once to every lane; lanes that learn do so after each.</summary>
    private void Pass()
    {
        right.Values.Clear();
        costs.Values.Clear();
        (int earliest, int latest, bool anyLearns) = Survey();
        for (int p = 0; p < waiting.Shape.Sequences; p++)
        {
            int first = 0;
            if (waiting.Shape.NoiseDrawn == NoiseDraw.Frozen)
                first = p * length * Bundles;
            else
                noise.FillSequence(p, earliest + 1, inputs);

            int sequenceClass = MinimalTask.ClassOf(p);
            var sequence = new Sequence<TLane>
            {
                Inputs = inputs.Row(first, length * Bundles),
                Start = starts.Row(0, Bundles),
                Sign = signs.Row(sequenceClass * Bundles, Bundles),
                Length = length,
                EarliestStart = earliest,
                LatestStart = latest,
            };
            unfolding.Forward(sequence);
            Score(p, sequenceClass == 1 ? 1.0 : -1.0);
            if (anyLearns)
                Learn(sequence);
        }
    }

    private (int Earliest, int Latest, bool AnyLearns) Survey()
    {
        int earliest = length - 1, latest = 0;
        bool anyLearns = false;
        foreach ((QueuedTrial trial, TrialProgress? progress) in lanes)
        {
            if (progress is null)
                continue;
            int start = length - trial.Cell.Task.Length;
            earliest = Math.Min(earliest, start);
            latest = Math.Max(latest, start);
            anyLearns |= progress.Phase == Phase.Learning && trial.Cell.Start.Perfect is null;
        }

        return (earliest, latest, anyLearns);
    }

    /// <summary>Notes cost, error and sign of every lane's output.</summary>
    private void Score(int p, double sign)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0), index = TLane.From(p), half = TLane.From(0.5);
        Row<TLane> limit = counted.Row(0, Bundles), rights = right.Row(0, Bundles), sums = costs.Row(0, Bundles);
        Row<TLane> error = errors.Row(0, Bundles);
        for (int b = 0; b < Bundles; b++)
        {
            TLane output = unfolding.Output(length, b);
            TLane difference = output - TLane.From(sign * MinimalTask.Target);
            TLane isRight = TLane.WhereLess(zero, output * TLane.From(sign), one, zero);
            error[b] = difference;
            rights[b] += TLane.WhereLess(index, limit[b], isRight, zero);
            sums[b] += TLane.WhereLess(index, limit[b], half * difference * difference, zero);
        }
    }

    private void Learn(in Sequence<TLane> sequence)
    {
        Row<TLane> memory = contributions.Row(0, contributions.Length);
        unfolding.Backward<Backpropagation>(sequence, errors.Row(0, Bundles), memory);
        int p = network.Parameters;
        Row<TLane> values = unfolding.Parameters.Row(0, Bundles * p), eta = rates.Row(0, Bundles * p);
        for (int b = 0; b < Bundles; b++)
            Backpropagation.Update(values.From(b * p), eta.From(b * p), memory.From(b * p), p);
    }

    /// <summary>Lets the lane's trial decide how to go on.</summary>
    private void EndPass(int lane)
    {
        (QueuedTrial trial, TrialProgress? progress) = lanes[lane];
        if (progress is null)
            return;
        Phase before = progress.Phase;
        if (progress.EndPass((int)right.Numbers[lane], costs.Numbers[lane]) is { } outcome)
        {
            sink.Record(trial, outcome, parameters.Read(lane));
            busy--;
            Refill(lane);
        }
        else if (progress.Phase != Phase.Learning
            || before != Phase.Learning
            || waiting.Shape.NoiseDrawn == NoiseDraw.Afresh)
        {
            Prepare(lane, isNew: false);
        }
    }

    /// <summary>
    /// Gives the lane the next waiting trial; without one it idles, its numbers finite and its rates zero.
    /// </summary>
    private void Refill(int lane)
    {
        bool found = waiting.TryTake(out QueuedTrial trial);
        lanes[lane] = (trial, found ? new TrialProgress(trial.Cell) : null);
        if (found)
        {
            busy++;
            starts.Numbers[lane] = length - trial.Cell.Task.Length;
            parameters.Begin(trial, lane);
            Prepare(lane, isNew: true);
        }
        else
        {
            parameters.Clear(lane);
            counted.Numbers[lane] = 0.0;
        }
    }

    /// <summary>Sets what the next pass presents to the lane and whether it learns.</summary>
    private void Prepare(int lane, bool isNew)
    {
        (QueuedTrial trial, TrialProgress? progress) = lanes[lane];
        bool tests = progress!.Phase == Phase.Testing;
        int firstItem = tests ? progress.FirstFreshSequence : 0;
        if (waiting.Shape.NoiseDrawn == NoiseDraw.Afresh)
        {
            Purpose purpose = tests ? Purpose.TestNoise : Purpose.PresentationNoise;
            noise.SetLane(trial, purpose, firstItem, tests ? 0 : progress.Passes, lane);
        }
        else if (isNew || trial.Cell.Rule.Rule == RuleKind.FreshSequences)
        {
            noise.FillLane(trial, tests ? Purpose.TestNoise : Purpose.TrainingNoise, firstItem, inputs, lane);
        }

        counted.Numbers[lane] = progress.CountedSequences;
        bool learns = progress.Phase == Phase.Learning && trial.Cell.Start.Perfect is null;
        double eta = learns ? trial.Cell.Training.LearningRate : 0.0;
        parameters.SetRates(lane, trial.Cell.Start.Weight == WeightUse.Trained ? eta : 0.0, eta);
    }
}
