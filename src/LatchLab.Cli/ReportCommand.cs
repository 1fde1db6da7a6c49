using System.CommandLine;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Runs;
using LatchLab.Reporting;
using LatchLab.Sweeps.Reports;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab report</c>: writes a report with the figures and the table of a sweep, finished or not, from its ledger.
/// </summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "the folder of a ledger" };

    private static readonly Option<string?> Out = Options.Text(
        "--out",
        "DIR",
        "folder of the report (default: report in the folder of the ledger); an old LatchLab report is replaced");

    public static Command Create() => new RunnableCommand(
        "report", "Draw the figures of a sweep from its ledger, finished or not.", Run,
        () => [Folder, Out, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        string? ledger = parsed.GetRequired(Folder);
        SweepResults? results = ledger is null ? null : parsed.CollectErrors(() => LedgerResults.Read(ledger));
        string target = parsed.GetValue(Out) ?? Path.Combine(ledger ?? "", LedgerFolder.ReportFolderName);
        if (results is not null)
            parsed.CollectErrors(() => ReportFolder.CheckWritable(target));
        parsed.ThrowIfInvalid();
        using var signals = new TerminationSignals();
        string page = ReportFolder.Write(target, SweepReport.Create(results!), signals.Token);
        SweepSummary.Print(results!, ledger!, page, parsed.GetValue(Options.Json));
        return ExitCodes.Success;
    }
}
