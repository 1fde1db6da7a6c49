using System.CommandLine;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Training;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// Runs a command. Reports each error as one line on standard error, without a stack trace, and returns an exit code.
/// </summary>
internal static class CommandLine
{
    // An argument that begins with @ is plain text, not a response file; -1 is a number, not a bundle of short options.
    private static readonly ParserConfiguration ParserSettings = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    private static readonly Option<bool> HelpFlag = Options.Flag("--help", "show this help", "-h");

    private static readonly Option<bool> VersionFlag = Options.Flag(
        "--version", "show the versions of the program and of its random streams", "-v");

    /// <summary>Parses the arguments, validates them and runs the command.</summary>
    /// <param name="description">The description of the program.</param>
    /// <param name="createCommands">Creates its commands.</param>
    /// <param name="args">The command-line arguments.</param>
    public static int Run(string description, Func<IEnumerable<Command>> createCommands, string[] args)
    {
        Command? command = null;
        try
        {
            // "latchlab help train" asks for the same as "latchlab train --help".
            ParseResult parsed = Parse(
                description, createCommands(), args is ["help", .. var rest] ? [.. rest, HelpFlag.Name] : args);
            command = parsed.CommandResult.Command;
            return Run(parsed);
        }
        catch (ValidationException invalidInput)
        {
            foreach (ValidationError error in invalidInput.Errors)
                WriteError(LocateOption(error, command!).ToString());
            return ExitCodes.InvalidInput;
        }
        catch (OperationCanceledException)
        {
            WriteError("Interrupted; nothing was written.");
            return TerminationSignals.ExitCode;
        }
        catch (Exception exception) when (FindLoadFailure(exception) is { } loadFailure)
        {
            return LastResort.Report(loadFailure);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A path in quotes is that of a file; without one, the stream of the console is meant.
            bool isConsole = exception is UnauthorizedAccessException && !exception.Message.Contains('\'');
            WriteError(isConsole ? "Failed: standard output is closed" : $"Failed: {exception.Message}");
            return ExitCodes.Failure;
        }
        catch (OutOfMemoryException)
        {
            WriteError("Failed: not enough memory for these settings.");
            return ExitCodes.Failure;
        }
        catch (Exception exception)
        {
            WriteError($"Failed: internal error in LatchLab: {exception.GetType().Name}: {exception.Message}");
            return ExitCodes.Failure;
        }
    }

    /// <summary>Splits the arguments into commands, options and values; errors are reported later.</summary>
    public static ParseResult Parse(string description, IEnumerable<Command> commands, string[] args)
    {
        var root = new RootCommand(description);
        root.Options.Clear();
        root.Directives.Clear();
        foreach (Option<bool> flag in new[] { HelpFlag, VersionFlag })
        {
            flag.Recursive = true;
            root.Add(flag);
        }

        foreach (Command command in commands)
            root.Add(command);
        string line = string.Join(' ', args); // may contain another line, to be completed
        foreach (RunnableCommand command in root.Subcommands.SelectMany(command => command.Subcommands.Prepend(command))
            .OfType<RunnableCommand>().Where(command => line.Contains(command.Name)))
            command.AddSymbols();
        return root.Parse(args, ParserSettings);
    }

    /// <summary>Writes one line to standard error; control characters in the message become spaces.</summary>
    public static void WriteError(string message)
    {
        try
        {
            Console.Error.WriteLine(string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LastResort.WriteError(message); // the console is closed, or the system refuses to load it
        }
    }

    /// <summary>
    /// Names the option through which the user gives a setting: an option of its own, or <c>--set</c> with its name.
    /// The library names settings by their paths.
    /// </summary>
    private static ValidationError LocateOption(ValidationError error, Command command)
    {
        if (error.Location.Length > 0 || error.Field.Length == 0)
            return error;
        string name = Settings.GetName(error.Field);
        string option = $"--{(name == "name" ? error.Field.Split('.')[0] : name)}";
        if (error.Field != TrainingConfigurationFactory.InnerLearnerPath
            && command.Options.Any(known => known.Name == option))
            return new(option, "", error.Message);
        return command.Options.Any(known => known.Name == "--set")
            ? new($"--set {name}", "", error.Message)
            : error;
    }

    /// <summary>The failure to load an assembly, which the system refuses without files or memory; else null.</summary>
    private static FileNotFoundException? FindLoadFailure(Exception exception)
        => exception is TypeInitializationException { InnerException: { } inner } ? FindLoadFailure(inner)
            : exception is FileNotFoundException { FileName: { } name } failure
                && name.Contains(", Version=", StringComparison.Ordinal) ? failure : null;

    private static int Run(ParseResult result)
    {
        var parsed = new ParsedOptions(result);
        Command command = result.CommandResult.Command;
        bool showsVersion = parsed.GetValue(VersionFlag);
        if (parsed.GetValue(HelpFlag)
            || (command is not RunnableCommand && parsed.ValidationErrors.Count == 0 && !showsVersion))
        {
            Console.Out.WriteLine(HelpText.Format(command, [HelpFlag, VersionFlag], AnsiConsole.Profile.Width));
            return ExitCodes.Success;
        }

        if (showsVersion)
        {
            Console.Out.WriteLine($"latchlab {ProgramVersion.Text} (random streams: version {RandomNumbers.Version})");
            return ExitCodes.Success;
        }

        if (command is RunnableCommand runnable)
            return runnable.Run(parsed);
        parsed.ThrowIfInvalid();
        return ExitCodes.Success;
    }
}
