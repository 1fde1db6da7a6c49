using System.CommandLine;
using LatchLab.Numerics;

namespace LatchLab.Cli;

/// <summary>The options of execution: seed, threads, lanes.</summary>
/// <param name="defaultSeed">The seed if none is given.</param>
/// <param name="defaultSeedText">The default in the help text; null to show the number.</param>
internal sealed class ExecutionOptions(ulong defaultSeed = ExecutionOptions.DefaultFigureSeed,
    string? defaultSeedText = null)
{
    /// <summary>The largest allowed number of threads.</summary>
    public const int MaxThreads = 1024;

    private const ulong DefaultFigureSeed = 1994;

    private readonly Option<LaneKind> _lane = Options.Choice(
        "--lane", "KIND",
        $"vector width in bits, one trial per lane: {JoinNames(LaneKind.All)} or auto (default); the results do not " +
            "depend on it",
        LaneKind.Widest,
        LaneKind.All.Select(kind => (kind.Name, kind)).Append(("auto", LaneKind.Widest)));

    /// <summary>The threads alone, for a command without lanes.</summary>
    public Option<int> Threads { get; } = Options.Integer(
        "--threads", "N", "threads (default: one per core); the results do not depend on them", 1, MaxThreads,
        Environment.ProcessorCount);

    /// <summary>The seed alone, for a command that runs nothing in parallel.</summary>
    public Option<ulong> Seed { get; } = Options.Integer(
        "--seed", "N",
        $"seed of all random numbers, 0 to {ulong.MaxValue} (default: {defaultSeedText ?? $"{defaultSeed}"})",
        0UL, ulong.MaxValue, defaultSeed);

    /// <summary>All options.</summary>
    public IEnumerable<Option> All => [Seed, Threads, _lane];

    /// <summary>Returns the given values; adds an error for each invalid one.</summary>
    public RunOptions Read(ParsedOptions parsed)
    {
        var options = new RunOptions(parsed.GetValue(Seed), parsed.GetValue(Threads), parsed.GetValue(_lane));
        if (!options.Lane.IsSupported)
        {
            parsed.AddError(_lane, $"{options.Lane.Name} needs a processor with {options.Lane.Requirements}; this " +
                $"one supports {JoinNames(LaneKind.All.Where(kind => kind.IsSupported))}");
        }

        return options;
    }

    private static string JoinNames(IEnumerable<LaneKind> kinds) => string.Join(", ", kinds.Select(kind => kind.Name));
}
