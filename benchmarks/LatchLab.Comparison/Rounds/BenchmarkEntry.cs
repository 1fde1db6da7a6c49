using LatchLab.Comparison.Contestants;

namespace LatchLab.Comparison.Rounds;

/// <summary>A contestant with the arguments for one work.</summary>
/// <param name="Implementation">The contestant.</param>
/// <param name="Label">The row of the table.</param>
/// <param name="Arguments">What it is started with.</param>
internal sealed record BenchmarkEntry(Implementation Implementation, string Label,
    params IReadOnlyList<string> Arguments)
{
    /// <summary>Cores that it needs.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>The row that its ratio is to; null for that of the section.</summary>
    public string? BaselineLabel { get; init; }

    /// <summary>Whether its ratio is that of the seconds by the clock, not of a unit-step.</summary>
    public bool UsesWallClock { get; init; }

    /// <summary>What else is to be said of it.</summary>
    public string Remark { get; init; } = "";

    /// <summary>How the line that it prints is read; null for a line that is none.</summary>
    public Func<string, BenchmarkResult?> Read { get; init; } = BenchmarkResult.TryRead;

    /// <summary>Whether it takes so long that once is enough.</summary>
    public bool IsFirstRoundOnly { get; init; }

    /// <summary>Whether the batch and the way that were best in the first round are given in the others.</summary>
    public bool ReusesBestVariant { get; init; }
}

/// <summary>One work, and everybody who does it: they are measured in turn.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Title">The heading of its table.</param>
/// <param name="BaselineLabel">The row that the ratios are to.</param>
/// <param name="Entries">The rows.</param>
internal sealed record BenchmarkSection(string Name, string Title, string BaselineLabel,
    IReadOnlyList<BenchmarkEntry> Entries)
{
    /// <summary>A sentence or two below the table.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether the rows are whole runs of the same trials.</summary>
    public bool IsWholeRun { get; init; }
}
