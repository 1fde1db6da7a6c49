using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>
/// A word that a command needs and that no option introduces, such as the name of a file; like the value of a
/// <see cref="TextOption"/> it is kept as the text that was written. A command may have several, in an order.
/// </summary>
internal sealed class TextArgument : Argument<string[]>
{
    /// <summary>The argument of a command.</summary>
    /// <param name="name">What the help calls it, for example <c>FILE.json</c>.</param>
    /// <param name="description">What it is, in a line or two of the help; it also completes “give …”.</param>
    public TextArgument(string name, string description)
        : base(name)
    {
        Description = description;
        Arity = ArgumentArity.ZeroOrMore; // too few and too many are told by GivenOptions
    }

    /// <summary>Whether several words may stand in its place; only the last argument of a command may say so.</summary>
    public bool CanRepeat { get; init; }

    /// <summary>What the help and messages call it.</summary>
    public string DisplayName => CanRepeat ? $"{Name}…" : Name;
}
