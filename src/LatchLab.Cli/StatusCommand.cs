using System.CommandLine;
using LatchLab.Ledger.Progress;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab status</c>: shows the progress of a run on any machine that can read its folder (docs/ledger.md).
/// </summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var folder = new TextArgument("DIR", "the folder of a run, or of its shards");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command(
            "status", "Show the progress of a run, or of all its shards, during the run or later.")
        {
            folder, json,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            string? path = parsedOptions.GetRequiredString(folder);
            SweepStatus? status = path is null ? null
                : parsedOptions.CollectErrors(() => SweepStatus.Load(path, DateTime.UtcNow));
            parsedOptions.ThrowIfInvalid();
            if (parsedOptions.HasFlag(json))
                StatusSummary.PrintJson(status!);
            else
                StatusSummary.Print(status!);
            return ExitCodes.Success;
        });
        return command;
    }
}
