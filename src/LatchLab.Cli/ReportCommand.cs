using System.CommandLine;
using LatchLab.Experiments.SweepAnalysis;
using LatchLab.Ledger;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary><c>latchlab report</c>: the figures and the table of a sweep, finished or not, from its ledger.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var folder = new TextArgument("DIR", "the folder of a ledger");
        var place = new TextOption(
            "--out",
            "DIR",
            "folder of the report (default: report in the folder of the ledger); one of ours is replaced");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command("report", "Draw the figures of a sweep from its ledger, finished or not.")
        {
            folder, place, json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string? ledger = given.RequiredText(folder);
            SweepResults? results = ledger is null ? null : given.Try(() => LedgerResults.Of(ledger));
            string target = given.Text(place) ?? Path.Combine(ledger ?? "", LedgerFolder.ReportName);
            if (results is not null)
                given.Try(() => ReportFolder.Check(target));
            given.ThrowIfMistaken();
            using var interruption = new Interruption();
            string page = ReportFolder.Write(target, SweepReport.Of(results!), interruption.Token);
            SweepSummary.Print(results!, ledger!, page, given.Has(json));
            return ExitCodes.Success;
        });
        return command;
    }
}
