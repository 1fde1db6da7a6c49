using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// Sequences that somebody brought along, for the lanes of an ensemble. Each is scaled and written into its lane when
/// it is presented, and stays there for the next passes if there is room for all; a large set is held once, and not
/// once a lane. The order is that of <see cref="SequenceOrder"/>: it is the same in every pass and does not depend on
/// neighbours.
/// </summary>
/// <remarks>
/// Measured on AVX-512 with back-propagation, per lane and step: writing takes 2.2 ns an input (with noise 5), the
/// network 2.3 ns with one unit, 10 with four, 30 with eight and 50 with eight and six inputs. So what fits is kept.
/// </remarks>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class OwnSequences<TLane> : ISequenceLanes<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly ulong seed;
    private readonly int bundles;
    private readonly int length;                    // T of the longest trial
    private readonly int[] ranks;                   // [place]: of a pass in which all places count
    private readonly Wiring wiring;
    private readonly bool keeps;                    // whether there is memory for every place
    private readonly PresentedTrial?[] trials;      // [lane]
    private readonly int[] written;                 // [lane]: places that hold what is presented there
    private readonly LaneMemory<TLane> inputs;      // [place, or 0][t − 1][bundle][input]
    private readonly LaneMemory<TLane> starts;      // [place, or 0][bundle]
    private readonly LaneMemory<TLane> targets;     // [place, or 0][bundle][output]
    private readonly LaneMemory<TLane> signs;       // [bundle], of no use
    private readonly SequenceNoise<TLane> noise;
    private readonly double[] steps;                // [t − 1][input] of the sequence that is being written
    private readonly double[] labels;               // [output] of it

    /// <param name="seed">The seed of the run.</param>
    /// <param name="bundles">Bundles of lanes.</param>
    /// <param name="length">T of the longest trial.</param>
    /// <param name="sequences">P.</param>
    /// <param name="wiring">Inputs and outputs of the network.</param>
    /// <param name="mostKept">Inputs of all lanes that may be kept from pass to pass: 32 MB.</param>
    public OwnSequences(
        ulong seed, int bundles, int length, int sequences, Wiring wiring, long mostKept = 1 << 22)
    {
        this.seed = seed;
        this.bundles = bundles;
        this.length = length;
        this.wiring = wiring;
        ranks = SequenceOrder.RanksByPlace(sequences);
        trials = new PresentedTrial?[bundles * TLane.Count];
        written = new int[trials.Length];
        keeps = (long)sequences * length * wiring.Inputs * trials.Length <= mostKept;
        int places = keeps ? sequences : 1;
        inputs = new(checked(places * length * bundles * wiring.Inputs));
        starts = new(places * bundles);
        targets = new(places * bundles * wiring.Outputs);
        signs = new(bundles);
        noise = new(seed, bundles, wiring.Inputs);
        steps = new double[length * wiring.Inputs];
        labels = new double[wiring.Outputs];
    }

    /// <inheritdoc/>
    public void Prepare(int lane, in QueuedTrial trial, TrialProgress progress)
    {
        if (trials[lane]?.Is(trial) != true)
            trials[lane] = new(trial, seed);
        if (!progress.NeedsOtherSequences)
            return;
        trials[lane]!.Present(progress, ranks);
        written[lane] = 0;
    }

    /// <inheritdoc/>
    public void Rest(int lane) => (trials[lane], written[lane]) = (null, 0);

    /// <inheritdoc/>
    public void BeginPass()
    {
    }

    /// <inheritdoc/>
    public Sequence<TLane> Take(int p)
    {
        int place = keeps ? p : 0, size = length * bundles * wiring.Inputs, outputs = bundles * wiring.Outputs;
        Span<double> start = starts.Numbers.Slice(place * trials.Length, trials.Length);
        noise.Clear();
        (int earliest, int latest) = (length - 1, 0);
        for (int lane = 0; lane < trials.Length; lane++)
        {
            if (!keeps || p >= written[lane])
                start[lane] = Write(lane, p, place);
            written[lane] = Math.Max(written[lane], p + 1);
            earliest = start[lane] < earliest ? (int)start[lane] : earliest;
            latest = start[lane] > latest ? (int)start[lane] : latest;
        }

        Row<TLane> presented = inputs.Row(place * size, size), from = starts.Row(place * bundles, bundles);
        noise.Add(presented, from, earliest, length);
        return new()
        {
            Inputs = presented,
            Start = from,
            Sign = signs.Row(0, bundles),
            Targets = targets.Row(place * outputs, outputs),
            Length = length,
            EarliestStart = earliest,
            LatestStart = latest,
        };
    }

    /// <summary>Writes what a lane presents at the p-th place of its pass, the end at the end.</summary>
    /// <returns>The steps that the lane waits; NaN where nothing is presented, so that nobody waits for it.</returns>
    private double Write(int lane, int p, int place)
    {
        if (trials[lane] is not { } trial || (trial.At(p) is var sequence && sequence < 0))
            return double.NaN;
        (SequenceSet set, SequencesTask task, int m) = (trial.Set, trial.Task, wiring.Inputs);
        int whole = set.LengthOf(sequence), own = task.MostSteps(whole), start = length - own - task.Delay;
        Span<double> read = steps.AsSpan(0, own * m);
        set.Read(sequence, whole - own, read);
        ReadOnlySpan<double> offset = trial.Scaling.Offset, factor = trial.Scaling.Factor;
        Span<double> all = inputs.Numbers;
        int lanes = TLane.Count, stride = bundles * m * lanes;
        int first = (((place * length) + start) * stride) + (lane / lanes * m * lanes) + (lane % lanes);
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
        int target = (((place * bundles) + (lane / lanes)) * labels.Length * lanes) + (lane % lanes);
        for (int k = 0; k < labels.Length; k++)
            targets.Numbers[target + (k * lanes)] = labels[k];
        noise.SetLane(lane, trial, sequence, start);
        return start;
    }
}
