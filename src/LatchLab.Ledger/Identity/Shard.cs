using System.Globalization;

namespace LatchLab.Ledger.Identity;

/// <summary>
/// Shard I of N of the trials of a sweep: those with (configuration + trial) mod N = I − 1. This spreads the trials of
/// every configuration evenly over all shards, and adding trials does not move existing trials to another shard.
/// </summary>
/// <param name="Number">I, from 1.</param>
/// <param name="Count">N.</param>
public sealed record Shard(int Number, int Count)
{
    /// <summary>The maximum number of shards.</summary>
    public const int MaximumCount = 1_000_000;

    /// <summary>The shard of all trials.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Whether the shard contains all trials.</summary>
    public bool IsWhole => Count == 1;

    /// <summary>The name of the folder of the shard; leading zeros make the names sort numerically.</summary>
    public string FolderName
    {
        get
        {
            string count = Count.ToString(CultureInfo.InvariantCulture);
            string number = Number.ToString(CultureInfo.InvariantCulture).PadLeft(count.Length, '0');
            return $"shard-{number}-of-{count}";
        }
    }

    /// <summary>Returns the shard, of N, of a trial.</summary>
    public static Shard ForTrial(int configuration, int trial, int count)
        => new((int)(((long)configuration + trial) % count) + 1, count);

    /// <summary>Whether a trial belongs to the shard.</summary>
    /// <param name="configuration">The index of the configuration in the whole sweep, from 0.</param>
    /// <param name="trial">The index of the trial in the configuration, from 0.</param>
    public bool Contains(int configuration, int trial) => ((long)configuration + trial) % Count == Number - 1;

    /// <summary>Counts the trials of configurations that belong to the shard.</summary>
    public long CountTrials(IReadOnlyList<LedgerConfiguration> configurations)
    {
        long sum = 0;
        for (int configuration = 0; configuration < configurations.Count; configuration++)
        {
            int first = (int)((Number - 1 - ((long)configuration % Count) + Count) % Count);
            sum += Math.Max(0, (configurations[configuration].Trials - first + Count - 1) / Count);
        }

        return sum;
    }

    /// <summary>Parses <c>I/N</c>.</summary>
    /// <returns>The shard; null unless 1 ≤ I ≤ N ≤ 1,000,000.</returns>
    public static Shard? ParseOrNull(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && number >= 1 && number <= count && count <= MaximumCount
                ? new(number, count)
                : null;
    }

    /// <summary>Formats the shard as <c>I/N</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
