using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>A word that a command takes without an option before it; it must be given once.</summary>
internal sealed class FileArgument : Argument<string[]>
{
    /// <summary>An argument of a command.</summary>
    /// <param name="name">What the usage line calls it.</param>
    /// <param name="description">What it is.</param>
    public FileArgument(string name, string description)
        : base(name)
    {
        Description = description;
        Arity = ArgumentArity.ZeroOrMore; // too few and too many are told by GivenOptions
    }
}
