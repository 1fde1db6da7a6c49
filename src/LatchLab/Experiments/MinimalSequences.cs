using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;

namespace LatchLab.Experiments;

/// <summary>
/// Sequences of the minimal task: classes alternate, each trial's sequences have one length, and the noise lies in
/// memory or is drawn afresh on the lanes themselves.
/// </summary>
/// <typeparam name="TLane">The numbers; a lane is a trial.</typeparam>
internal sealed class MinimalSequences<TLane> : ISequenceLanes<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private readonly int bundles;
    private readonly int length;                        // T of the longest trial
    private readonly bool isFrozen;
    private readonly LaneNoise<TLane> noise;
    private readonly LaneMemory<TLane> inputs;          // [sequence, or 0 if drawn afresh][t − 1][bundle]
    private readonly LaneMemory<TLane> starts;          // [bundle]
    private readonly LaneMemory<TLane> signs;           // [class][bundle]
    private int earliest;
    private int latest;

    public MinimalSequences(ulong seed, int bundles, int length, int sequences, NoiseDraw drawn)
    {
        this.bundles = bundles;
        this.length = length;
        isFrozen = drawn == NoiseDraw.Frozen;
        noise = new(seed, bundles, length);
        inputs = new((isFrozen ? sequences : 1) * length * bundles);
        starts = new(bundles);
        starts.Numbers.Fill(double.NaN);
        signs = new(2 * bundles);
        signs.Values[..bundles].Fill(TLane.From(-1.0));
        signs.Values[bundles..].Fill(TLane.From(1.0));
    }

    /// <inheritdoc/>
    public void Prepare(int lane, in QueuedTrial trial, TrialProgress progress)
    {
        var cell = (MinimalCell)trial.Cell;
        bool tests = progress.Phase == Phase.Testing;
        int firstItem = tests ? progress.FirstFreshSequence : 0;
        starts.Numbers[lane] = length - cell.Task.Length;
        if (!isFrozen)
        {
            Purpose purpose = tests ? Purpose.TestNoise : Purpose.PresentationNoise;
            noise.SetLane(cell, trial.Trial, purpose, firstItem, tests ? 0 : progress.Passes, lane);
        }
        else if (progress.NeedsOtherSequences)
        {
            noise.FillLane(
                cell, trial.Trial, tests ? Purpose.TestNoise : Purpose.TrainingNoise, firstItem, inputs, lane);
        }
    }

    /// <inheritdoc/>
    public void Rest(int lane) => starts.Numbers[lane] = double.NaN;

    /// <inheritdoc/>
    public void BeginPass()
    {
        (earliest, latest) = (length - 1, 0);
        foreach (double start in starts.Numbers)
        {
            earliest = start < earliest ? (int)start : earliest;
            latest = start > latest ? (int)start : latest;
        }
    }

    /// <inheritdoc/>
    public Sequence<TLane> Take(int p)
    {
        int first = isFrozen ? p * length * bundles : 0;
        if (!isFrozen)
            noise.FillSequence(p, earliest + 1, inputs);
        return new()
        {
            Inputs = inputs.Row(first, length * bundles),
            Start = starts.Row(0, bundles),
            Sign = signs.Row(MinimalTask.ClassOf(p) * bundles, bundles),
            Length = length,
            EarliestStart = earliest,
            LatestStart = latest,
        };
    }
}
