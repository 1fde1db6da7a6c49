using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// Sequences of the tasks of Section V-E, whose lengths differ: a trial's sequences are presented by rank, the shortest
/// first, so that lanes in step have nearly equal lengths. The order is the same in every pass and does not depend on
/// neighbours.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class TaskSequences<TLane> : ISequenceLanes<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>
    /// Sequences are numbered by training set: those of the last one begin at 0, so that a curriculum ends with the
    /// sequences that the same trial has without one, and those of the i-th before it at i·2¹⁴.
    /// </summary>
    public const int StageBits = 14;

    private readonly ulong seed;
    private readonly int bundles;
    private readonly int length;                    // T of the longest trial
    private readonly int sequences;
    private readonly LaneMemory<TLane> inputs;      // [rank][t − 1][bundle]
    private readonly LaneMemory<TLane> starts;      // [rank][bundle]
    private readonly LaneMemory<TLane> signs;       // [rank][bundle]
    private readonly int[] earliest;                // [rank]
    private readonly int[] latest;                  // [rank]
    private readonly double[] steps;                // of the sequence that is being written
    private readonly (int Length, int Number)[] order;
    private readonly LaneMemory<TLane> bounds = new(2);
    private bool isSurveyed;

    public TaskSequences(ulong seed, int bundles, int length, int sequences)
    {
        this.seed = seed;
        this.bundles = bundles;
        this.length = length;
        this.sequences = sequences;
        inputs = new(checked(sequences * length * bundles));
        starts = new(sequences * bundles);
        starts.Numbers.Fill(double.NaN);
        signs = new(sequences * bundles);
        signs.Numbers.Fill(1.0);
        earliest = new int[sequences];
        latest = new int[sequences];
        steps = new double[length];
        order = new (int, int)[sequences];
    }

    /// <inheritdoc/>
    public void Prepare(int lane, in QueuedTrial trial, TrialProgress progress)
    {
        if (!progress.NeedsOtherSequences)
            return;
        var cell = (ProblemCell)trial.Cell;
        var task = (GeneratedTask)cell.Task;
        TrialRandom random = cell.RandomOf(seed, trial.Trial);
        Purpose purpose = progress.PresentsFresh ? Purpose.TestSequences : Purpose.TrainingSequences;
        int stagesLeft = cell.Stages.Count - 1 - progress.Stage;
        int first = progress.PresentsFresh ? progress.FirstFreshSequence : stagesLeft << StageBits;
        int longest = progress.PresentsFresh ? cell.Length : progress.StageLength;
        for (int p = 0; p < sequences; p++)
            order[p] = (task.LengthOf(random, purpose, first + p, longest), first + p);
        Array.Sort(order, 0, progress.CountedSequences); // those that do not count come last, whatever their length
        int lanes = bundles * TLane.Count;
        Span<double> all = inputs.Numbers;
        for (int rank = 0; rank < sequences; rank++)
        {
            (int own, int number) = order[rank];
            task.Write(random, purpose, number, steps.AsSpan(0, own));
            int start = length - own;
            starts.Numbers[(rank * lanes) + lane] = start;
            signs.Numbers[(rank * lanes) + lane] = GeneratedTask.ClassOf(number) == 1 ? 1.0 : -1.0;
            for (int t = 0; t < own; t++)
                all[(((rank * length) + start + t) * lanes) + lane] = steps[t];
        }

        isSurveyed = false;
    }

    /// <inheritdoc/>
    public void Rest(int lane)
    {
        for (int rank = 0; rank < sequences; rank++)
            starts.Numbers[(rank * bundles * TLane.Count) + lane] = double.NaN;
        isSurveyed = false;
    }

    /// <inheritdoc/>
    public void BeginPass()
    {
        if (isSurveyed)
            return;
        isSurveyed = true;
        for (int rank = 0; rank < sequences; rank++)
            (earliest[rank], latest[rank]) = Bounds(starts.Values.Slice(rank * bundles, bundles));
    }

    /// <summary>The smallest and the largest start of the lanes that have one.</summary>
    private (int Earliest, int Latest) Bounds(ReadOnlySpan<TLane> ofBundles)
    {
        TLane smallest = TLane.From(length - 1), largest = TLane.From(0.0);
        foreach (TLane ofBundle in ofBundles)
        {
            smallest = TLane.Min(ofBundle, smallest);   // in this order a lane at rest, which is no number, is left out
            largest = TLane.Max(ofBundle, largest);
        }

        bounds.Values[0] = smallest;
        bounds.Values[1] = largest;
        Span<double> numbers = bounds.Numbers;
        (double earliestStart, double latestStart) = (numbers[0], numbers[TLane.Count]);
        for (int lane = 1; lane < TLane.Count; lane++)
        {
            earliestStart = Math.Min(earliestStart, numbers[lane]);
            latestStart = Math.Max(latestStart, numbers[TLane.Count + lane]);
        }

        return ((int)earliestStart, (int)latestStart);
    }

    /// <inheritdoc/>
    public Sequence<TLane> Take(int p) => new()
    {
        Inputs = inputs.Row(p * length * bundles, length * bundles),
        Start = starts.Row(p * bundles, bundles),
        Sign = signs.Row(p * bundles, bundles),
        Length = length,
        EarliestStart = earliest[p],
        LatestStart = latest[p],
    };
}
