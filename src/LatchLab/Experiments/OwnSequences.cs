using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// Sequences that somebody brought along, for the lanes of an ensemble. Each is scaled and written into its lane when
/// it is presented, so that a large set is held once and not once a lane. The order is that of
/// <see cref="SequenceOrder"/>: it is the same in every pass and does not depend on neighbours.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class OwnSequences<TLane> : ISequenceLanes<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly ulong seed;
    private readonly int bundles;
    private readonly int length;                    // T of the longest trial
    private readonly int[] ranks;                   // [place]: of a pass in which all places count
    private readonly Wiring wiring;
    private readonly PresentedTrial?[] trials;      // [lane]
    private readonly LaneMemory<TLane> inputs;      // [t − 1][bundle][input]
    private readonly LaneMemory<TLane> starts;      // [bundle]
    private readonly LaneMemory<TLane> signs;       // [bundle], of no use
    private readonly LaneMemory<TLane> targets;     // [bundle][output]
    private readonly SequenceNoise<TLane> noise;
    private readonly double[] steps;                // [t − 1][input] of the sequence that is being written
    private readonly double[] labels;               // [output] of it

    public OwnSequences(ulong seed, int bundles, int length, int sequences, Wiring wiring)
    {
        this.seed = seed;
        this.bundles = bundles;
        this.length = length;
        this.wiring = wiring;
        ranks = SequenceOrder.RanksByPlace(sequences);
        trials = new PresentedTrial?[bundles * TLane.Count];
        inputs = new(checked(length * bundles * wiring.Inputs));
        starts = new(bundles);
        signs = new(bundles);
        targets = new(bundles * wiring.Outputs);
        noise = new(seed, bundles, wiring.Inputs);
        steps = new double[length * wiring.Inputs];
        labels = new double[wiring.Outputs];
    }

    /// <inheritdoc/>
    public void Prepare(int lane, in QueuedTrial trial, TrialProgress progress)
    {
        if (trials[lane]?.Is(trial) != true)
            trials[lane] = new(trial, seed);
        if (progress.NeedsOtherSequences)
            trials[lane]!.Present(progress, ranks);
    }

    /// <inheritdoc/>
    public void Rest(int lane) => trials[lane] = null;

    /// <inheritdoc/>
    public void BeginPass()
    {
    }

    /// <inheritdoc/>
    public Sequence<TLane> Take(int p)
    {
        (int earliest, int latest) = (length - 1, 0);
        for (int lane = 0; lane < trials.Length; lane++)
        {
            int start = trials[lane] is { } trial && trial.At(p) is var sequence and >= 0
                ? Write(lane, trial, sequence)
                : -1;
            starts.Numbers[lane] = start < 0 ? double.NaN : start; // a lane without a sequence waits for nothing
            if (start >= 0)
                (earliest, latest) = (Math.Min(earliest, start), Math.Max(latest, start));
        }

        noise.Add(inputs, starts, from: earliest, to: length);
        return new()
        {
            Inputs = inputs.Row(0, inputs.Length),
            Start = starts.Row(0, bundles),
            Sign = signs.Row(0, bundles),
            Targets = targets.Row(0, targets.Length),
            Length = length,
            EarliestStart = earliest,
            LatestStart = latest,
        };
    }

    /// <summary>Writes a sequence into a lane, its end at the end.</summary>
    /// <returns>The steps that the lane waits.</returns>
    private int Write(int lane, PresentedTrial trial, int sequence)
    {
        (SequenceSet set, SequencesTask task, int m) = (trial.Set, trial.Task, wiring.Inputs);
        int whole = set.LengthOf(sequence), own = task.MostSteps(whole), start = length - own - task.Delay;
        Span<double> read = steps.AsSpan(0, own * m);
        set.Read(sequence, whole - own, read);
        ReadOnlySpan<double> offset = trial.Scaling.Offset, factor = trial.Scaling.Factor;
        Span<double> all = inputs.Numbers;
        int lanes = TLane.Count, stride = bundles * m * lanes;
        int first = (start * stride) + (lane / lanes * m * lanes) + (lane % lanes);
        for (int t = 0; t < own; t++, first += stride)
        {
            for (int i = 0; i < m; i++)
                all[first + (i * lanes)] = (read[(t * m) + i] - offset[i]) * factor[i];
        }

        for (int t = 0; t < task.Delay; t++, first += stride)
        {
            for (int i = 0; i < m; i++)
                all[first + (i * lanes)] = 0.0;
        }

        trial.Scale.Write(set, sequence, labels);
        for (int k = 0; k < labels.Length; k++)
            targets.Numbers[(((lane / lanes * labels.Length) + k) * lanes) + (lane % lanes)] = labels[k];
        noise.SetLane(lane, trial, sequence, start);
        return start;
    }
}
