using LatchLab.Foundation;
using LatchLab.Paper.Experiments;

namespace LatchLab.Cli;

/// <summary>The resolutions of the figures, by name.</summary>
internal static class Profiles
{
    /// <summary>The name of the default profile.</summary>
    public const string DefaultName = "standard";

    /// <summary>All profiles, the coarsest first.</summary>
    public static IReadOnlyDictionary<string, Resolution> All { get; } = new Dictionary<string, Resolution>
    {
        ["quick"] = Resolution.Quick,
        [DefaultName] = Resolution.Standard,
        ["full"] = Resolution.Full,
    };

    /// <summary>Returns the profile of a name; an unknown name adds an error and returns the default.</summary>
    public static Resolution Read(string name, List<ValidationError> errors)
        => ChoiceParser.Find("--profile", name, All, errors) ?? Resolution.Standard;
}
