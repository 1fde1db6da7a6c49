using System.CommandLine;

namespace LatchLab.Cli;

/// <summary>
/// A command that runs. Its arguments and options are created only if the command line names it: those of all commands
/// would take two fifths of the start of the program.
/// </summary>
/// <param name="name">The name.</param>
/// <param name="description">The description in the help text.</param>
/// <param name="run">Runs the command with the values on the command line; returns the exit code.</param>
/// <param name="createSymbols">Creates its arguments and options, in order.</param>
internal sealed class RunnableCommand(
    string name, string description, Func<ParsedOptions, int> run, Func<IEnumerable<Symbol>> createSymbols)
    : Command(name, description)
{
    /// <summary>Runs the command.</summary>
    public int Run(ParsedOptions parsed) => run(parsed);

    /// <summary>Adds the arguments and the options.</summary>
    public void AddSymbols()
    {
        foreach (Symbol symbol in createSymbols())
        {
            if (symbol is Argument argument)
                Add(argument);
            else
                Add((Option)symbol);
        }
    }
}
