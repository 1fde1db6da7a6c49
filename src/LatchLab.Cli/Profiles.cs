using LatchLab.Experiments;

namespace LatchLab.Cli;

/// <summary>How fine figures are, by name.</summary>
internal static class Profiles
{
    /// <summary>The name of the profile where none is given.</summary>
    public const string Standard = "standard";

    /// <summary>All of them, the coarsest first.</summary>
    public static IReadOnlyDictionary<string, Fineness> All { get; } = new Dictionary<string, Fineness>
    {
        ["quick"] = Fineness.Quick,
        [Standard] = Fineness.Standard,
        ["full"] = Fineness.Full,
    };

    /// <summary>The profile of a name; a mistake is noted.</summary>
    public static Fineness Read(string name, List<InputError> errors)
        => Choice.Of("--profile", name, All, errors) ?? Fineness.Standard;
}
