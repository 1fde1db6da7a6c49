using System.CommandLine;
using LatchLab.Paper.Experiments;

namespace LatchLab.Cli;

/// <summary>A resolution of the figures, with a name.</summary>
internal sealed record FigureProfile(string Name, Resolution Resolution)
{
    private static readonly FigureProfile Standard = new("standard", Resolution.Standard);

    /// <summary>All profiles, the coarsest first.</summary>
    public static IReadOnlyList<FigureProfile> All { get; } =
        [new("quick", Resolution.Quick), Standard, new("full", Resolution.Full)];

    /// <summary>Creates the option that selects a profile.</summary>
    /// <param name="purpose">What it selects, in the help text.</param>
    public static Option<FigureProfile> CreateOption(string purpose)
        => Options.Choice("--profile", "NAME",
            $"{purpose}: {string.Join(", ", All.Select(profile => profile.Name))} (default: {Standard.Name})",
            Standard, All.Select(profile => (profile.Name, profile)));
}
