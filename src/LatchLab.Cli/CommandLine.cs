using System.CommandLine;
using System.CommandLine.Invocation;
using LatchLab.Numerics;

namespace LatchLab.Cli;

/// <summary>
/// Runs a command and turns whatever goes wrong into one line on standard error and an exit code. No stack trace ever
/// reaches a user.
/// </summary>
internal static class CommandLine
{
    /// <summary>Parses, checks and runs.</summary>
    public static int Run(Func<RootCommand> create, string[] args)
    {
        try
        {
            return Run(create(), args);
        }
        catch (InputException wrong)
        {
            foreach (InputError error in wrong.Errors)
                Tell(error.ToString());
            return ExitCodes.Input;
        }
        catch (OperationCanceledException)
        {
            Tell("Interrupted; nothing was written.");
            return Interruption.ExitCode;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Tell($"Failed: {OneLine(failure.Message)}");
            return ExitCodes.Failure;
        }
        catch (OutOfMemoryException)
        {
            Tell("Failed: the machine's memory is not enough for these settings.");
            return ExitCodes.Failure;
        }
        catch (Exception failure)
        {
            Tell($"Failed, and it is a mistake of LatchLab: {failure.GetType().Name}: {OneLine(failure.Message)}");
            return ExitCodes.Failure;
        }
    }

    /// <summary>A line on standard error.</summary>
    public static void Tell(string message) => Console.Error.WriteLine(message);

    private static int Run(RootCommand root, string[] args)
    {
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Action = new PrintVersion();
        ParseResult parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false });
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(error => error.Message).Distinct())
                Tell(message);
            Tell($"Try: latchlab {string.Join(' ', Commands(parsed).Append("--help"))}");
            return ExitCodes.Input;
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private static List<string> Commands(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Command is not RootCommand; )
        {
            names.Insert(0, result.Command.Name);
            result = (System.CommandLine.Parsing.CommandResult)result.Parent!;
        }

        return names;
    }

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            Console.Out.WriteLine($"latchlab {ProgramVersion.Text} (random streams: version {RandomNumbers.Version})");
            return ExitCodes.Success;
        }
    }
}
