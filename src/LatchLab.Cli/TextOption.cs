using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>
/// An option with a value, which is kept as the text that was written: the commands read it, so that every mistake is
/// told in our own words and together with all others.
/// </summary>
internal sealed class TextOption : Option<string[]>
{
    /// <summary>An option of a command.</summary>
    /// <param name="name">Its name, with the hyphens.</param>
    /// <param name="valueName">What the help calls its value.</param>
    /// <param name="description">What it is, in a line or two of the help.</param>
    /// <param name="heading">Under which heading of the help it stands; empty for the first.</param>
    public TextOption(string name, string valueName, string description, string heading = "")
        : base(name)
    {
        HelpName = valueName;
        Description = description;
        Heading = heading;
        Arity = ArgumentArity.ZeroOrMore; // too few and too many are told by GivenOptions
    }

    /// <summary>Under which heading of the help it stands.</summary>
    public string Heading { get; }

    /// <summary>Whether it may be given several times.</summary>
    public bool CanRepeat { get; init; }
}

/// <summary>An option without a value.</summary>
internal sealed class Flag : Option<bool>
{
    /// <inheritdoc cref="Flag"/>
    public Flag(string name, string description, params string[] aliases)
        : base(name, aliases)
    {
        Description = description;
        Arity = ArgumentArity.Zero;
    }
}
