using LatchLab.Comparison.Implementations;

namespace LatchLab.Comparison.Rounds;

/// <summary>A row of a table: an implementation with the arguments for one workload.</summary>
/// <param name="Implementation">The implementation.</param>
/// <param name="Label">The label of the row.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record BenchmarkEntry(Implementation Implementation, string Label,
    params IReadOnlyList<string> Arguments)
{
    /// <summary>The cores that it needs.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>The label of the baseline row of its ratio; null for that of the section.</summary>
    public string? BaselineLabel { get; init; }

    /// <summary>Whether its ratio compares wall-clock seconds instead of the time of a unit-step.</summary>
    public bool UsesWallClock { get; init; }

    /// <summary>A remark for the table.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Parses the line that it prints; returns null for an invalid line.</summary>
    public Func<string, BenchmarkResult?> Read { get; init; } = BenchmarkResult.TryRead;

    /// <summary>Whether it is slow and therefore measured in the first round only.</summary>
    public bool IsFirstRoundOnly { get; init; }

    /// <summary>Whether later rounds reuse the batch size and the variant that were fastest in the first.</summary>
    public bool ReusesBestVariant { get; init; }
}

/// <summary>A workload and the rows that are measured on it in turn.</summary>
/// <param name="Name">Its name for <c>--only</c>.</param>
/// <param name="Title">The heading of its table.</param>
/// <param name="BaselineLabel">The label of the baseline row of the ratios.</param>
/// <param name="Entries">The rows.</param>
internal sealed record BenchmarkSection(string Name, string Title, string BaselineLabel,
    IReadOnlyList<BenchmarkEntry> Entries)
{
    /// <summary>A note below the table.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether the rows are whole runs of the same trials.</summary>
    public bool IsWholeRun { get; init; }
}
