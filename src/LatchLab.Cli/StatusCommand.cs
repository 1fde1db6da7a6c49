using System.CommandLine;
using LatchLab.Ledger.Progress;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab status</c>: shows the progress of a run on any machine that can read its folder
/// (docs/reference/ledger.md).
/// </summary>
internal static class StatusCommand
{
    private static readonly Argument<string> Folder = Options.Argument("DIR", "the folder of a run, or of its shards");

    public static Command Create() => new RunnableCommand(
        "status", "Show the progress of a run, or of all its shards, during the run or later.", Run,
        () => [Folder, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        SweepStatus? status = parsed.Read(
            parsed.GetRequired(Folder), path => SweepStatus.Load(path, DateTime.UtcNow));
        parsed.ThrowIfInvalid();
        if (parsed.GetValue(Options.Json))
            StatusSummary.PrintJson(status!);
        else
            StatusSummary.Print(status!);
        return ExitCodes.Success;
    }
}
