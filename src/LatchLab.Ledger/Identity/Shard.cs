using System.Globalization;

namespace LatchLab.Ledger.Identity;

/// <summary>
/// Part I of N of the trials of a sweep: those where cell + trial, divided by N, leaves I − 1. So every cell is spread
/// evenly over all parts, and more trials of a cell move none of those that there were.
/// </summary>
/// <param name="Number">I, from 1.</param>
/// <param name="Count">N.</param>
public sealed record Shard(int Number, int Count)
{
    /// <summary>The most parts there can be.</summary>
    public const int MaximumCount = 1_000_000;

    /// <summary>All trials.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Whether it is all trials.</summary>
    public bool IsWhole => Count == 1;

    /// <summary>The name of its folder; zeros in front make names sort as numbers do.</summary>
    public string FolderName
    {
        get
        {
            string count = Count.ToString(CultureInfo.InvariantCulture);
            string number = Number.ToString(CultureInfo.InvariantCulture).PadLeft(count.Length, '0');
            return $"shard-{number}-of-{count}";
        }
    }

    /// <summary>The shard of N that a trial belongs to.</summary>
    public static Shard ForTrial(int configuration, int trial, int count)
        => new((int)(((long)configuration + trial) % count) + 1, count);

    /// <summary>Whether a trial belongs to it.</summary>
    /// <param name="configuration">The cell's number in the whole sweep, from 0.</param>
    /// <param name="trial">The trial's number in the cell, from 0.</param>
    public bool Contains(int configuration, int trial) => ((long)configuration + trial) % Count == Number - 1;

    /// <summary>How many trials of these cells belong to it.</summary>
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

    /// <summary>Reads <c>I/N</c>.</summary>
    /// <returns>Null where it is none: 1 ≤ I ≤ N ≤ 1,000,000.</returns>
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

    /// <summary><c>I/N</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
