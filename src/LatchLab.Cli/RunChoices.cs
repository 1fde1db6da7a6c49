using System.CommandLine;
using System.Globalization;
using LatchLab.Experiments;
using LatchLab.Numerics;

namespace LatchLab.Cli;

/// <summary>The options that say how to run: seed, threads, lanes.</summary>
/// <param name="defaultSeed">The seed where none is given.</param>
/// <param name="seedInWords">What the help calls it; null for its number.</param>
internal sealed class RunChoices(ulong defaultSeed = RunChoices.FigureSeed, string? seedInWords = null)
{
    /// <summary>As many threads as any machine needs.</summary>
    public const int MostThreads = 1024;

    private const ulong FigureSeed = 1994;

    private readonly TextOption seed = new(
        "--seed",
        "N",
        $"seed of all random numbers, 0 to {ulong.MaxValue} (default: {seedInWords ?? $"{defaultSeed}"})");

    private readonly TextOption threads = new(
        "--threads", "N", "threads (default: one a core); they change nothing but the time");

    private readonly TextOption lane = new(
        "--lane",
        "KIND",
        $"trials side by side: {Choice.Names(LaneKind.All.Select(kind => kind.Name))} or auto (default); it changes " +
            "nothing but the time");

    /// <summary>The option of the seed alone, for a command that runs nothing side by side.</summary>
    public Option Seed => seed;

    /// <summary>The options, for a command.</summary>
    public IEnumerable<Option> Options => [seed, threads, lane];

    /// <summary>Whether a seed was given.</summary>
    public bool HasSeed(GivenOptions given) => given.Text(seed) is not null;

    /// <summary>What was chosen; mistakes are noted.</summary>
    public RunOptions Read(GivenOptions given)
        => new(
            ReadSeed(given.Text(seed), given.Mistakes),
            given.WholeNumber(threads, 1, MostThreads, standard: Environment.ProcessorCount),
            ReadLane(given.Text(lane), given.Mistakes));

    private ulong ReadSeed(string? text, List<InputError> errors)
    {
        if (text is null)
            return defaultSeed;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            errors.Add(new("--seed", "", $"'{text}' is not allowed: give a whole number from 0 to {ulong.MaxValue}"));
        return seed;
    }

    private static LaneKind ReadLane(string? text, List<InputError> errors)
    {
        if (text is null or "auto")
            return LaneKind.Widest;
        LaneKind? kind = Choice.Of("--lane", text, LaneKind.All.ToDictionary(k => k.Name), errors, "auto");
        if (kind is { IsSupported: false })
        {
            errors.Add(new("--lane", "", $"{kind.Name} needs a processor with {kind.Needs}; this one has " +
                $"{Choice.Names(LaneKind.All.Where(k => k.IsSupported).Select(k => k.Name))}"));
        }

        return kind ?? LaneKind.Scalar;
    }
}
