using System.Globalization;

namespace LatchLab.Ledger;

/// <summary>
/// Part I of N of the trials of a sweep: those where cell + trial, divided by N, leaves I − 1. So every cell is spread
/// evenly over all parts, and more trials of a cell move none of those that there were.
/// </summary>
/// <param name="Number">I, from 1.</param>
/// <param name="Count">N.</param>
public sealed record Shard(int Number, int Count)
{
    /// <summary>The most parts there can be.</summary>
    public const int MostParts = 1_000_000;

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
    public static Shard Of(int cell, int trial, int count) => new((int)(((long)cell + trial) % count) + 1, count);

    /// <summary>Whether a trial belongs to it.</summary>
    /// <param name="cell">The cell's number in the whole sweep, from 0.</param>
    /// <param name="trial">The trial's number in the cell, from 0.</param>
    public bool Holds(int cell, int trial) => ((long)cell + trial) % Count == Number - 1;

    /// <summary>How many trials of these cells belong to it.</summary>
    public long TrialsOf(IReadOnlyList<LedgerCell> cells)
    {
        long sum = 0;
        for (int cell = 0; cell < cells.Count; cell++)
        {
            int first = (int)((Number - 1 - ((long)cell % Count) + Count) % Count);
            sum += Math.Max(0, (cells[cell].Trials - first + Count - 1) / Count);
        }

        return sum;
    }

    /// <summary>Reads <c>I/N</c>.</summary>
    /// <returns>Null where it is none: 1 ≤ I ≤ N ≤ 1,000,000.</returns>
    public static Shard? Parse(string text)
    {
        string[] words = text.Split('/');
        return words.Length == 2
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && number >= 1 && number <= count && count <= MostParts
                ? new(number, count)
                : null;
    }

    /// <summary><c>I/N</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
