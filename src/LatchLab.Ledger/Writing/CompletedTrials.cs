using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Writing;

/// <summary>
/// The set of trials in a ledger, with one bit per trial: 1.2 MB for ten million trials. Thread-safe.
/// </summary>
internal sealed class CompletedTrials
{
    private const int BitsPerWord = 64;

    private readonly int[] _trials; // [configuration]
    private readonly long[] _wordOffsets; // [configuration]
    private readonly ulong[] _words;
    private long _count;

    /// <summary>Creates an empty set for the trials of configurations.</summary>
    public CompletedTrials(IReadOnlyList<LedgerConfiguration> configurations)
    {
        _trials = [.. configurations.Select(configuration => configuration.Trials)];
        _wordOffsets = new long[configurations.Count];
        long total = 0;
        for (int configuration = 0; configuration < configurations.Count; configuration++)
        {
            _wordOffsets[configuration] = total;
            total += (_trials[configuration] + BitsPerWord - 1) / BitsPerWord;
        }

        _words = new ulong[total];
    }

    /// <summary>The number of trials in the set.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Whether the set contains a trial.</summary>
    public bool Contains(int configuration, int trial)
    {
        ThrowIfOutOfRange(configuration, trial);
        return (Volatile.Read(ref GetWord(configuration, trial)) & GetMask(trial)) != 0;
    }

    /// <summary>Adds a trial; false if it is already in the set.</summary>
    public bool Add(int configuration, int trial)
    {
        ThrowIfOutOfRange(configuration, trial);
        if ((Interlocked.Or(ref GetWord(configuration, trial), GetMask(trial)) & GetMask(trial)) != 0)
            return false;
        Interlocked.Increment(ref _count);
        return true;
    }

    /// <summary>
    /// Reads the trials of a ledger. The trials of a complete configuration are added without reading each.
    /// </summary>
    public void Load(SqliteDatabase database)
    {
        using SqliteStatement total = database.Prepare("SELECT configuration, trials FROM totals WHERE trials > 0");
        using SqliteStatement row = database.Prepare("SELECT trial FROM trials WHERE configuration = ?1");
        while (total.Step())
        {
            int configuration = total.GetIndex(0, _trials.Length, "the configuration");
            if (total.GetInt64(1) == _trials[configuration])
            {
                AddAll(configuration);
                continue;
            }

            row.Bind(1, configuration);
            while (row.Step())
                Add(configuration, row.GetIndex(0, _trials[configuration], "the trial"));
        }
    }

    private static ulong GetMask(int trial) => 1UL << (trial % BitsPerWord);

    private void AddAll(int configuration)
    {
        for (int trial = 0; trial < _trials[configuration]; trial += BitsPerWord)
        {
            int remaining = Math.Min(BitsPerWord, _trials[configuration] - trial);
            GetWord(configuration, trial) = ulong.MaxValue >> (BitsPerWord - remaining);
        }

        _count += _trials[configuration];
    }

    private ref ulong GetWord(int configuration, int trial)
        => ref _words[_wordOffsets[configuration] + (trial / BitsPerWord)];

    private void ThrowIfOutOfRange(int configuration, int trial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trial);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trial, _trials[configuration]);
    }
}
