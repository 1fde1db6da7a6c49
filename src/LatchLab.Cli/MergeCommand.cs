using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Ledger;

namespace LatchLab.Cli;

/// <summary><c>latchlab merge</c>: one ledger of several of the same sweep (docs/ledger.md).</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var target = new TextArgument("OUT", "the folder of the merged ledger, new or to be completed");
        var folders = new TextArgument("DIR", "folders of ledgers, or of shards; OUT may be one") { Repeats = true };
        TextOption journal = JournalOption.Create();
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command("merge", "Merge ledgers of one sweep: its shards, or runs on several machines.")
        {
            target, folders, journal, json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string? path = given.RequiredText(target);
            IReadOnlyList<string> sources = given.RequiredTexts(folders);
            var options = new LedgerOptions { Journal = JournalOption.Read(given, journal) };
            if (path is not null)
                given.Try(() => LedgerMerge.Sources(path, sources));
            given.ThrowIfMistaken();
            return Run(path!, sources, options, given.Has(json));
        });
        return command;
    }

    private static int Run(string target, IReadOnlyList<string> sources, LedgerOptions options, bool json)
    {
        using var interruption = new Interruption(Interruption.OfLedger);
        try
        {
            MergeResult result = LedgerMerge.Run(target, sources, options, interruption.Token);
            if (json)
                PrintJson(target, result);
            else
                Print(target, result);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            CommandLine.Tell($"Interrupted; {target} keeps what was merged. Run the same again to go on.");
            return Interruption.ExitCode;
        }
    }

    private static void Print(string target, MergeResult result)
    {
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{target}: {result.Held:N0} of {result.Planned:N0} trials, {result.Added:N0} of them new, from ") +
            $"{result.Sources} ledger{(result.Sources == 1 ? "" : "s")}");
        if (result.Missing == 0)
            return;
        CommandLine.Tell(FormattableString.Invariant($"{result.Missing:N0} trials are missing."));
        foreach (MissingShard missing in result.MissingShards)
        {
            string how = missing.HasBegun ? "" : "; it has not begun, or its ledger was not named";
            CommandLine.Tell(FormattableString.Invariant($"Shard {missing.Shard}: {missing.Trials:N0} missing{how}"));
        }
    }

    private static void PrintJson(string target, MergeResult result)
        => Numbers.Print(new JsonObject
        {
            ["status"] = result.Missing == 0 ? "ok" : "incomplete",
            ["ledger"] = target,
            ["sources"] = result.Sources,
            ["added"] = result.Added,
            ["trials"] = result.Held,
            ["planned"] = result.Planned,
            ["missing"] = result.Missing,
            ["missingShards"] = new JsonArray([.. result.MissingShards.Select(missing => new JsonObject
            {
                ["shard"] = missing.Shard.ToString(),
                ["trials"] = missing.Trials,
                ["hasBegun"] = missing.HasBegun,
            })]),
        });
}
