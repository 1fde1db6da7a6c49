
namespace LatchLab.Training;

/// <summary>A pending trial, which has not yet been assigned to a lane.</summary>
/// <param name="Configuration">Its configuration.</param>
/// <param name="TrialIndex">Its index in the configuration, from 0.</param>
/// <param name="SweepIndex">Index of its sweep.</param>
/// <param name="ResultIndex">Index of its result in the sweep: configuration · trials + trial.</param>
public readonly record struct PendingTrial(Configuration Configuration, int TrialIndex, int SweepIndex,
    int ResultIndex);

/// <summary>
/// The pending trials of several sweeps that have one batch key, those of learners with a large budget first, so that
/// short trials fill the lanes beside the longest ones to the end; then longest sequences first, so that neighbouring
/// lanes have nearly equal lengths. The queue is thread-safe; the outcome of a trial does not depend on its place.
/// </summary>
public sealed class TrialQueue
{
    private readonly (Configuration Configuration, int Sweep, int FirstIndex)[] _entries;
    private readonly int[] _cumulativeCounts; // running total of trials
    private readonly Predicate<PendingTrial>? _filter;
    private int _nextIndex;

    /// <summary>Creates the queue of the trials whose configurations have the given batch key.</summary>
    /// <param name="batchKey">The batch key.</param>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="filter">Which trials are run; null for all.</param>
    public TrialQueue(object batchKey, IReadOnlyList<Sweep> sweeps, Predicate<PendingTrial>? filter = null)
    {
        _filter = filter;
        _entries =
        [
            .. from sweep in sweeps.Index()
               from configuration in sweep.Item.Configurations.Index()
               where configuration.Item.BatchKey.Equals(batchKey)
               orderby configuration.Item.Learner.NeedsLargeBudget descending, configuration.Item.MaxLength descending
               select (configuration.Item, sweep.Index, configuration.Index * sweep.Item.TrialsPerConfiguration),
        ];
        _cumulativeCounts = new int[_entries.Length];
        int total = 0;
        for (int i = 0; i < _entries.Length; i++)
            _cumulativeCounts[i] = total = checked(total + sweeps[_entries[i].Sweep].TrialsPerConfiguration);
        MatchingCount = filter is null ? total : Enumerable.Range(0, total).Count(index => filter(GetTrial(index)));
    }

    /// <summary>Creates one queue per batch key for all trials of the sweeps.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="filter">Which trials are run; null for all.</param>
    public static IEnumerable<TrialQueue> GroupByBatchKey(
        IReadOnlyList<Sweep> sweeps, Predicate<PendingTrial>? filter = null)
        => sweeps.SelectMany(sweep => sweep.Configurations).Select(configuration => configuration.BatchKey).Distinct()
            .Select(batchKey => new TrialQueue(batchKey, sweeps, filter));

    /// <summary>The first configuration; everything in the batch key is equal for all.</summary>
    public Configuration FirstConfiguration => _entries[0].Configuration;

    /// <summary>Number of trials that pass the filter.</summary>
    public int MatchingCount { get; }

    /// <summary>Number of trials, including those that the filter excludes.</summary>
    private int TotalCount => _cumulativeCounts.Length == 0 ? 0 : _cumulativeCounts[^1];

    /// <summary>Length of the longest sequence of any trial.</summary>
    public int MaxLength => _entries.Max(entry => entry.Configuration.MaxLength);

    /// <summary>The largest expected work of a trial; a run begins with the queue where it is largest.</summary>
    public double MaxExpectedWork
        => _entries.Length == 0 ? 0.0 : _entries.Max(entry => entry.Configuration.ExpectedWork);

    /// <summary>Whether trials are pending.</summary>
    public bool HasMore => Volatile.Read(ref _nextIndex) < TotalCount;

    /// <summary>Removes the next trial that passes the filter, if there is one.</summary>
    public bool TryDequeue(out PendingTrial trial)
    {
        while (HasMore)
        {
            int index = Interlocked.Increment(ref _nextIndex) - 1;
            if (index >= TotalCount)
                break;
            trial = GetTrial(index);
            if (_filter is null || _filter(trial))
                return true;
        }

        trial = default;
        return false;
    }

    private PendingTrial GetTrial(int index)
    {
        int entry = Array.BinarySearch(_cumulativeCounts, index + 1);
        entry = entry < 0 ? ~entry : entry;
        (Configuration configuration, int sweep, int firstIndex) = _entries[entry];
        int trialIndex = index - (entry == 0 ? 0 : _cumulativeCounts[entry - 1]);
        return new(configuration, trialIndex, sweep, firstIndex + trialIndex);
    }
}
