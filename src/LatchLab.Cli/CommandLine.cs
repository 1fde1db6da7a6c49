using System.CommandLine;
using System.CommandLine.Invocation;
using LatchLab.Foundation;
using LatchLab.Numerics;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// Runs a command and turns whatever goes wrong into one line on standard error and an exit code. No stack trace ever
/// reaches a user.
/// </summary>
internal static class CommandLine
{
    // A word that begins with @ is a word, and -1 is a number: neither a file of options nor a bundle of letters.
    private static readonly ParserConfiguration ParserSettings = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    private static readonly Flag HelpFlag = new("--help", "show this help", "-h") { Recursive = true };
    private static readonly Flag VersionFlag = new("--version",
        "show the version of the program and of its random streams")
    {
        Recursive = true,
    };

    /// <summary>Parses, checks and runs.</summary>
    /// <param name="description">What the program is.</param>
    /// <param name="createCommands">Its commands.</param>
    /// <param name="args">What was written after its name.</param>
    public static int Run(string description, Func<IEnumerable<Command>> createCommands, string[] args)
    {
        try
        {
            return Run(Parse(description, createCommands(), args));
        }
        catch (ValidationException invalidInput)
        {
            foreach (ValidationError error in invalidInput.Errors)
                WriteError(error.ToString());
            return ExitCodes.InvalidInput;
        }
        catch (OperationCanceledException)
        {
            WriteError("Interrupted; nothing was written.");
            return TerminationSignals.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError($"Failed: {exception.Message}");
            return ExitCodes.Failure;
        }
        catch (OutOfMemoryException)
        {
            WriteError("Failed: the machine's memory is not enough for these settings.");
            return ExitCodes.Failure;
        }
        catch (Exception exception)
        {
            WriteError($"Failed, and it is a mistake of LatchLab: {exception.GetType().Name}: {exception.Message}");
            return ExitCodes.Failure;
        }
    }

    /// <summary>Sorts the words into commands, options and others; what is wrong with them is told later.</summary>
    public static ParseResult Parse(string description, IEnumerable<Command> commands, string[] args)
    {
        var root = new RootCommand(description);
        root.Options.Clear();
        root.Directives.Clear();
        root.Add(HelpFlag);
        root.Add(VersionFlag);
        foreach (Command command in commands)
            root.Add(command);
        return root.Parse(args, ParserSettings);
    }

    /// <summary>One line on standard error, whatever the message quotes.</summary>
    public static void WriteError(string message)
    {
        try
        {
            Console.Error.WriteLine(string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c)));
        }
        catch (IOException)
        {
            // Nobody can be told where standard error is full or gone; the exit code still says it.
        }
    }

    private static int Run(ParseResult parsed)
    {
        var parsedOptions = new ParsedOptions(parsed);
        Command command = parsed.CommandResult.Command;
        if (parsedOptions.HasFlag(HelpFlag) || (command.Action is null && parsedOptions.ValidationErrors.Count == 0
            && !parsedOptions.HasFlag(VersionFlag)))
        {
            Console.Out.WriteLine(HelpText.Format(command, [HelpFlag, VersionFlag], AnsiConsole.Profile.Width));
            return ExitCodes.Success;
        }

        if (parsedOptions.HasFlag(VersionFlag))
        {
            Console.Out.WriteLine($"latchlab {ProgramVersion.Text} (random streams: version {RandomNumbers.Version})");
            return ExitCodes.Success;
        }

        if (command.Action is SynchronousCommandLineAction action)
            return action.Invoke(parsed);
        parsedOptions.ThrowIfInvalid();
        return ExitCodes.Success;
    }
}
