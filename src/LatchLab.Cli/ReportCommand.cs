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
    public static Command Create()
    {
        var folder = new TextArgument("DIR", "the folder of a ledger");
        var outputOption = new TextOption(
            "--out",
            "DIR",
            "folder of the report (default: report in the folder of the ledger); an old LatchLab report is replaced");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command("report", "Draw the figures of a sweep from its ledger, finished or not.")
        {
            folder, outputOption, json,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            string? ledger = parsedOptions.GetRequiredString(folder);
            SweepResults? results = ledger is null ? null
                : parsedOptions.CollectErrors(() => LedgerResults.Read(ledger));
            string target = parsedOptions.GetString(outputOption)
                ?? Path.Combine(ledger ?? "", LedgerFolder.ReportFolderName);
            if (results is not null)
                parsedOptions.CollectErrors(() => ReportFolder.CheckWritable(target));
            parsedOptions.ThrowIfInvalid();
            using var signals = new TerminationSignals();
            string page = ReportFolder.Write(target, SweepReport.Create(results!), signals.Token);
            SweepSummary.Print(results!, ledger!, page, parsedOptions.HasFlag(json));
            return ExitCodes.Success;
        });
        return command;
    }
}
