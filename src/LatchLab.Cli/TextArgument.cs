using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>
/// A positional argument of a command, such as a file name; like the value of a <see cref="TextOption"/>, it is kept as
/// text. A command may have several arguments, in order.
/// </summary>
internal sealed class TextArgument : Argument<string[]>
{
    /// <summary>Creates an argument of a command.</summary>
    /// <param name="name">The name in the help text, for example <c>FILE.json</c>.</param>
    /// <param name="description">The description in the help text; it also completes “give …” in messages.</param>
    public TextArgument(string name, string description)
        : base(name)
    {
        Description = description;
        Arity = ArgumentArity.ZeroOrMore; // ParsedOptions reports missing and surplus values
    }

    /// <summary>Whether it accepts several values; only allowed for the last argument of a command.</summary>
    public bool CanRepeat { get; init; }

    /// <summary>The name in the help text and in messages.</summary>
    public string DisplayName => CanRepeat ? $"{Name}…" : Name;
}
