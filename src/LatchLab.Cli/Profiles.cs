using LatchLab.Foundation;
using LatchLab.Paper.Experiments;

namespace LatchLab.Cli;

/// <summary>How fine figures are, by name.</summary>
internal static class Profiles
{
    /// <summary>The name of the profile where none is given.</summary>
    public const string DefaultName = "standard";

    /// <summary>All of them, the coarsest first.</summary>
    public static IReadOnlyDictionary<string, Resolution> All { get; } = new Dictionary<string, Resolution>
    {
        ["quick"] = Resolution.Quick,
        [DefaultName] = Resolution.Standard,
        ["full"] = Resolution.Full,
    };

    /// <summary>The profile of a name; a mistake is noted.</summary>
    public static Resolution Read(string name, List<ValidationError> errors)
        => ChoiceParser.Find("--profile", name, All, errors) ?? Resolution.Standard;
}
