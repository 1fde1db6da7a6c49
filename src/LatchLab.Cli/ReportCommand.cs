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
    private static readonly Argument<string> Folder = Options.Argument("DIR", "the folder of a ledger");

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR",
        "folder of the report (default: report in the folder of the ledger); an old LatchLab report is replaced");

    public static Command Create() => new RunnableCommand(
        "report", "Draw the figures of a sweep from its ledger, finished or not.", Run,
        () => [Folder, Out, ReportOutput.Open, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        string? ledger = parsed.GetRequired(Folder);
        SweepResults? results = parsed.Read(ledger, LedgerResults.Read);
        string target = parsed.GetValue(Out) ?? Path.Combine(ledger ?? "", LedgerFolder.ReportFolderName);
        if (results is not null)
            parsed.Check(target, ReportFolder.CheckWritable);
        parsed.ThrowIfInvalid();
        using var signals = new TerminationSignals();
        string page = ReportOutput.Write(parsed, target, SweepReport.Create(results!), signals.Token);
        SweepSummary.Print(results!, ledger!, page, parsed.GetValue(Options.Json));
        ReportOutput.OpenIfWanted(parsed, page);
        return ExitCodes.Success;
    }
}
