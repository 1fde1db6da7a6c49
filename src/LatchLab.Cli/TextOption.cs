using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>
/// An option with a value, kept as text: the commands parse it, so that all errors are reported together and in the
/// same form.
/// </summary>
internal sealed class TextOption : Option<string[]>
{
    /// <summary>Creates an option of a command.</summary>
    /// <param name="name">Its name, with the hyphens.</param>
    /// <param name="valueName">The name of its value in the help text.</param>
    /// <param name="description">The description in the help text.</param>
    /// <param name="heading">The heading in the help text; empty for the first group.</param>
    public TextOption(string name, string valueName, string description, string heading = "")
        : base(name)
    {
        HelpName = valueName;
        Description = description;
        Heading = heading;
        Arity = ArgumentArity.ZeroOrMore; // ParsedOptions reports missing and surplus values
    }

    /// <summary>The heading in the help text.</summary>
    public string Heading { get; }

    /// <summary>Whether it may be given several times.</summary>
    public bool CanRepeat { get; init; }

    /// <summary>The names that a shell completes as its value; empty if it takes others.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];
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
