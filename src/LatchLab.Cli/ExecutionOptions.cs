using System.CommandLine;
using System.Globalization;
using LatchLab.Foundation;
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

    private readonly TextOption _seed = new(
        "--seed",
        "N",
        $"seed of all random numbers, 0 to {ulong.MaxValue} (default: {defaultSeedText ?? $"{defaultSeed}"})");

    private readonly TextOption _threads = new(
        "--threads", "N", "threads (default: one per core); the results do not depend on them");

    private readonly TextOption _lane = new(
        "--lane",
        "KIND",
        $"vector width in bits, one trial per lane: " +
            $"{ChoiceParser.JoinNames(LaneKind.All.Select(kind => kind.Name))} or auto (default); the results do not " +
            "depend on it");

    /// <summary>The seed option alone, for a command that runs nothing in parallel.</summary>
    public Option Seed => _seed;

    /// <summary>All options.</summary>
    public IEnumerable<Option> Options => [_seed, _threads, _lane];

    /// <summary>Whether a seed was given.</summary>
    public bool HasSeed(ParsedOptions parsedOptions) => parsedOptions.GetString(_seed) is not null;

    /// <summary>Returns the given values; adds an error for each invalid one.</summary>
    public RunOptions Read(ParsedOptions parsedOptions)
        => new(
            ReadSeed(parsedOptions.GetString(_seed), parsedOptions.ValidationErrors),
            parsedOptions.GetInt32(_threads, 1, MaxThreads, defaultValue: Environment.ProcessorCount),
            ReadLane(parsedOptions.GetString(_lane), parsedOptions.ValidationErrors));

    private ulong ReadSeed(string? text, List<ValidationError> errors)
    {
        if (text is null)
            return defaultSeed;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            errors.Add(new("--seed", "", $"'{text}' is not allowed: give a whole number from 0 to {ulong.MaxValue}"));
        return seed;
    }

    private static LaneKind ReadLane(string? text, List<ValidationError> errors)
    {
        if (text is null or "auto")
            return LaneKind.Widest;
        LaneKind? kind = ChoiceParser.Find("--lane", text, LaneKind.All.ToDictionary(k => k.Name), errors, "auto");
        if (kind is { IsSupported: false })
        {
            errors.Add(new("--lane", "", $"{kind.Name} needs a processor with {kind.Requirements}; this one supports " +
                $"{ChoiceParser.JoinNames(LaneKind.All.Where(k => k.IsSupported).Select(k => k.Name))}"));
        }

        return kind ?? LaneKind.Scalar;
    }
}
