using System.CommandLine;
using LatchLab.Paper.Experiments;

namespace LatchLab.Cli;

/// <summary>A resolution of the figures, with a name.</summary>
internal sealed record FigureProfile(string Name, Resolution Resolution)
{
    /// <summary>All profiles, the coarsest first.</summary>
    public static IReadOnlyList<FigureProfile> All { get; } =
        [.. Resolution.Profiles.Select(profile => new FigureProfile(profile.Name, profile.Resolution))];

    private static FigureProfile Standard => All.Single(profile => profile.Resolution == Resolution.Standard);

    /// <summary>Creates the option that selects a profile.</summary>
    /// <param name="purpose">What it selects, in the help text.</param>
    public static Option<FigureProfile> CreateOption(string purpose)
        => Options.Choice("--profile", "NAME",
            $"{purpose}: {string.Join(", ", All.Select(profile => profile.Name))} (default: {Standard.Name})",
            Standard, All.Select(profile => (profile.Name, profile)));
}
