using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>
/// A word that a command needs and that no option introduces, such as the name of a file. A command has at most one;
/// like the value of a <see cref="TextOption"/> it is kept as the text that was written.
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
}
