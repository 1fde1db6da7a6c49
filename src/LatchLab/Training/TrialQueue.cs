
namespace LatchLab.Training;

/// <summary>A pending trial, which has not yet been assigned to a lane.</summary>
/// <param name="Configuration">Its configuration.</param>
/// <param name="TrialIndex">Its index in the configuration, from 0.</param>
/// <param name="SweepIndex">Index of its sweep.</param>
/// <param name="ResultIndex">Index of its result in the sweep: configuration · trials + trial.</param>
/// <param name="Seed">The seed of its random numbers.</param>
public readonly record struct PendingTrial(TrainingConfiguration Configuration, int TrialIndex, int SweepIndex,
    int ResultIndex, ulong Seed);

/// <summary>
/// The pending trials of several sweeps that have one batch key, those of learners with a large budget first, so that
/// short trials fill the lanes beside the longest ones to the end. Among these one half of the batches takes the
/// longest sequences first and the other half the shortest: a pass takes as long as the longest sequence of its lanes,
/// so that each batch should have nearly equal lengths. The queue is thread-safe; the outcome of a trial does not
/// depend on its place.
/// </summary>
public sealed class TrialQueue
{
    private readonly (TrainingConfiguration Configuration, int Sweep, int FirstIndex, ulong Seed)[] _entries;
    private readonly int[] _cumulativeCounts; // running total of trials
    private readonly Predicate<PendingTrial>? _filter;
    private readonly Lock _lock = new();
    private readonly (int First, int End)[] _pending; // [0]: large budgets, [1]: others, both by descending length

    /// <summary>Creates the queue of the trials of a batch.</summary>
    /// <param name="key">The batch key of their configurations.</param>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="seed">The seed of the sweeps that have none of their own.</param>
    /// <param name="filter">Which trials are run; null for all.</param>
    private TrialQueue(object key, IReadOnlyList<Sweep> sweeps, ulong seed, Predicate<PendingTrial>? filter)
    {
        _filter = filter;
        _entries =
        [
            .. from sweep in sweeps.Index()
               from configuration in sweep.Item.Configurations.Index()
               where configuration.Item.BatchKey.Equals(key)
               orderby configuration.Item.Learner.NeedsLargeBudget descending, configuration.Item.MaxLength descending
               select (configuration.Item, sweep.Index, configuration.Index * sweep.Item.TrialsPerConfiguration,
                   sweep.Item.Seed ?? seed),
        ];
        _cumulativeCounts = new int[_entries.Length];
        int total = 0, withLargeBudget = 0;
        foreach ((int i, (TrainingConfiguration configuration, int sweep, _, _)) in _entries.Index())
        {
            _cumulativeCounts[i] = total = checked(total + sweeps[sweep].TrialsPerConfiguration);
            if (configuration.Learner.NeedsLargeBudget)
                withLargeBudget = total;
        }

        _pending = [(0, withLargeBudget), (withLargeBudget, total)];
        MatchingCount = filter is null ? total : Enumerable.Range(0, total).Count(index => filter(GetTrial(index)));
    }

    /// <summary>Creates one queue for the trials that fit in one batch, for all trials of the sweeps.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="seed">The seed of the sweeps that have none of their own.</param>
    /// <param name="filter">Which trials are run; null for all.</param>
    public static IEnumerable<TrialQueue> GroupByBatch(
        IReadOnlyList<Sweep> sweeps, ulong seed, Predicate<PendingTrial>? filter = null)
        => sweeps.SelectMany(sweep => sweep.Configurations.Select(configuration => configuration.BatchKey)).Distinct()
            .Select(key => new TrialQueue(key, sweeps, seed, filter));

    /// <summary>The first configuration; everything in the batch key is equal for all.</summary>
    public TrainingConfiguration FirstConfiguration => _entries[0].Configuration;

    /// <summary>Number of trials that pass the filter.</summary>
    public int MatchingCount { get; }

    /// <summary>Length of the longest sequence of any trial.</summary>
    public int MaxLength => _entries.Max(entry => entry.Configuration.MaxLength);

    /// <summary>The largest expected work of a trial; a run begins with the queue where it is largest.</summary>
    public double MaxExpectedWork
        => _entries.Length == 0 ? 0.0 : _entries.Max(entry => entry.Configuration.ExpectedWork);

    /// <summary>Whether trials are pending.</summary>
    public bool HasMore
    {
        get
        {
            lock (_lock)
                return Array.Exists(_pending, range => range.First < range.End);
        }
    }

    /// <summary>Removes the next trial that passes the filter, if there is one.</summary>
    /// <param name="shortestFirst">Whether short sequences come before long ones.</param>
    /// <param name="trial">The trial.</param>
    public bool TryDequeue(bool shortestFirst, out PendingTrial trial)
    {
        while (TryTakeIndex(shortestFirst, out int index))
        {
            trial = GetTrial(index);
            if (_filter is null || _filter(trial))
                return true;
        }

        trial = default;
        return false;
    }

    private bool TryTakeIndex(bool shortestFirst, out int index)
    {
        lock (_lock)
        {
            int kind = Array.FindIndex(_pending, range => range.First < range.End);
            if (kind < 0)
            {
                index = -1;
                return false;
            }

            ref (int First, int End) range = ref _pending[kind];
            index = shortestFirst ? --range.End : range.First++;
            return true;
        }
    }

    private PendingTrial GetTrial(int index)
    {
        int entry = Array.BinarySearch(_cumulativeCounts, index + 1);
        entry = entry < 0 ? ~entry : entry;
        (TrainingConfiguration configuration, int sweep, int firstIndex, ulong seed) = _entries[entry];
        int trialIndex = index - (entry == 0 ? 0 : _cumulativeCounts[entry - 1]);
        return new(configuration, trialIndex, sweep, firstIndex + trialIndex, seed);
    }
}
