namespace LatchLab.Experiments;

/// <summary>A trial that waits for a lane.</summary>
/// <param name="Cell">Its setting.</param>
/// <param name="Trial">Its number in the cell, from 0.</param>
/// <param name="Sweep">Index of its sweep.</param>
/// <param name="Index">Index of its result in the sweep: cell · trials + trial.</param>
public readonly record struct QueuedTrial(Cell Cell, int Trial, int Sweep, int Index);

/// <summary>
/// The trials of several sweeps that have one shape, longest sequences first, so that neighbouring lanes have nearly
/// equal lengths. Any number of threads may take from it; a trial's outcome does not depend on who does.
/// </summary>
public sealed class WaitingTrials
{
    private readonly (Cell Cell, int Sweep, int FirstIndex)[] batches;
    private readonly int[] ends; // running total of trials
    private readonly Predicate<QueuedTrial>? isWanted;
    private int taken;

    /// <summary>The trials of the cells that have the given shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="isWanted">Which trials are run; null for all.</param>
    public WaitingTrials(object shape, IReadOnlyList<Sweep> sweeps, Predicate<QueuedTrial>? isWanted = null)
    {
        this.isWanted = isWanted;
        batches =
        [
            .. from sweep in sweeps.Index()
               from cell in sweep.Item.Cells.Index()
               where cell.Item.Shape.Equals(shape)
               orderby cell.Item.Length descending
               select (cell.Item, sweep.Index, cell.Index * sweep.Item.Trials),
        ];
        ends = new int[batches.Length];
        int total = 0;
        for (int i = 0; i < batches.Length; i++)
            ends[i] = total = checked(total + sweeps[batches[i].Sweep].Trials);
        Wanted = isWanted is null ? total : Enumerable.Range(0, total).Count(n => isWanted(At(n)));
    }

    /// <summary>All trials of the sweeps, those of one shape together.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="isWanted">Which trials are run; null for all.</param>
    public static IEnumerable<WaitingTrials> ByShape(
        IReadOnlyList<Sweep> sweeps, Predicate<QueuedTrial>? isWanted = null)
        => sweeps.SelectMany(sweep => sweep.Cells).Select(cell => cell.Shape).Distinct()
            .Select(shape => new WaitingTrials(shape, sweeps, isWanted));

    /// <summary>One of the cells: what their shape says is the same in all.</summary>
    public Cell AnyCell => batches[0].Cell;

    /// <summary>Number of trials that are wanted.</summary>
    public int Wanted { get; }

    /// <summary>Number of trials, those that are not wanted included.</summary>
    private int Count => ends.Length == 0 ? 0 : ends[^1];

    /// <summary>The longest sequence of any trial.</summary>
    public int LongestLength => batches[0].Cell.Length;

    /// <summary>What the longest of its trials is expected to take: a run begins with the longest.</summary>
    public double LongestWork => batches.Length == 0 ? 0.0 : batches.Max(batch => batch.Cell.ExpectedWork);

    /// <summary>Whether a trial waits.</summary>
    public bool HasMore => Volatile.Read(ref taken) < Count;

    /// <summary>Takes the next trial that is wanted, if there is one.</summary>
    public bool TryTake(out QueuedTrial trial)
    {
        while (HasMore)
        {
            int n = Interlocked.Increment(ref taken) - 1;
            if (n >= Count)
                break;
            trial = At(n);
            if (isWanted is null || isWanted(trial))
                return true;
        }

        trial = default;
        return false;
    }

    private QueuedTrial At(int n)
    {
        int batch = Array.BinarySearch(ends, n + 1);
        batch = batch < 0 ? ~batch : batch;
        (Cell cell, int sweep, int firstIndex) = batches[batch];
        int number = n - (batch == 0 ? 0 : ends[batch - 1]);
        return new(cell, number, sweep, firstIndex + number);
    }
}
