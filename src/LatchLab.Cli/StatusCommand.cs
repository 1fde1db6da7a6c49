using System.CommandLine;
using LatchLab.Ledger;

namespace LatchLab.Cli;

/// <summary><c>latchlab status</c>: how far a run is, from any machine that sees its folder (docs/ledger.md).</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var folder = new TextArgument("DIR", "the folder of a run, or of its shards");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command("status", "Say how far a run is, or all shards of it, while they run or later.")
        {
            folder, json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string? path = given.RequiredText(folder);
            LedgerStatus? status = path is null ? null : given.Try(() => LedgerStatus.Of(path, DateTime.UtcNow));
            given.ThrowIfMistaken();
            if (given.Has(json))
                StatusSummary.PrintJson(status!);
            else
                StatusSummary.Print(status!);
            return ExitCodes.Success;
        });
        return command;
    }
}
