using System.CommandLine;
using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Cli;

/// <summary>The options that say how to run: seed, threads, lanes.</summary>
/// <param name="defaultSeed">The seed where none is given.</param>
/// <param name="defaultSeedText">What the help calls it; null for its number.</param>
internal sealed class ExecutionOptions(ulong defaultSeed = ExecutionOptions.DefaultFigureSeed,
    string? defaultSeedText = null)
{
    /// <summary>As many threads as any machine needs.</summary>
    public const int MaxThreads = 1024;

    private const ulong DefaultFigureSeed = 1994;

    private readonly TextOption _seed = new(
        "--seed",
        "N",
        $"seed of all random numbers, 0 to {ulong.MaxValue} (default: {defaultSeedText ?? $"{defaultSeed}"})");

    private readonly TextOption _threads = new(
        "--threads", "N", "threads (default: one a core); they change nothing but the time");

    private readonly TextOption _lane = new(
        "--lane",
        "KIND",
        $"trials side by side: {ChoiceParser.JoinNames(LaneKind.All.Select(kind => kind.Name))} or auto (default); " +
            $"it changes " +
            "nothing but the time");

    /// <summary>The option of the seed alone, for a command that runs nothing side by side.</summary>
    public Option Seed => _seed;

    /// <summary>The options, for a command.</summary>
    public IEnumerable<Option> Options => [_seed, _threads, _lane];

    /// <summary>Whether a seed was given.</summary>
    public bool HasSeed(ParsedOptions parsedOptions) => parsedOptions.GetString(_seed) is not null;

    /// <summary>What was chosen; mistakes are noted.</summary>
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
            errors.Add(new("--lane", "", $"{kind.Name} needs a processor with {kind.Requirements}; this one has " +
                $"{ChoiceParser.JoinNames(LaneKind.All.Where(k => k.IsSupported).Select(k => k.Name))}"));
        }

        return kind ?? LaneKind.Scalar;
    }
}
