using System.Globalization;

namespace LatchLab.Experiments;

/// <summary>
/// The I-th of N parts of the trials of a sweep, which may run on machines that know nothing of each other. Every shard
/// has nearly as many trials of every cell, and a trial stays in its shard when more trials are asked for.
/// </summary>
/// <param name="Number">I, from 1.</param>
/// <param name="Count">N ≥ I.</param>
public sealed record Shard(int Number, int Count)
{
    /// <summary>Most shards of a sweep.</summary>
    public const int Most = 1_000_000;

    /// <summary>All trials.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads <c>I/N</c>; null if it is not allowed.</summary>
    public static Shard? TryParse(string text)
        => text.Split('/') is [var number, var count]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
            && i >= 1 && i <= n && n <= Most
            ? new(i, n)
            : null;

    /// <summary>Whether a trial is one of this shard.</summary>
    /// <param name="cell">The number of its cell in the plan.</param>
    /// <param name="trial">Its number in the cell.</param>
    public bool Holds(int cell, int trial) => ((long)cell + trial) % Count == Number - 1;

    /// <summary>How many of the first trials of a cell are in this shard.</summary>
    /// <param name="cell">The number of the cell in the plan.</param>
    /// <param name="trials">Trials of the cell.</param>
    public int Trials(int cell, int trials)
    {
        // The first of them, and then every N-th.
        int first = (int)((((Number - 1L - cell) % Count) + Count) % Count);
        return first >= trials ? 0 : 1 + ((trials - 1 - first) / Count);
    }

    /// <summary><c>I/N</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Number}/{Count}");
}
