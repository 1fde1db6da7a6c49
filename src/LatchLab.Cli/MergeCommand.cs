using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Ledger.Merging;
using LatchLab.Ledger.Writing;

namespace LatchLab.Cli;

/// <summary><c>latchlab merge</c>: merges ledgers of the same sweep into one (docs/reference/ledger.md).</summary>
internal static class MergeCommand
{
    private static readonly Argument<string> Target = Options.Argument(
        "OUT", "the folder of the merged ledger, new or existing");

    private static readonly Argument<string[]> Folders = Options.Arguments(
        "DIR…", "folders of ledgers, or of shards; OUT may be one of them");

    public static Command Create() => new RunnableCommand(
        "merge", "Merge ledgers of one sweep: its shards, or runs on several machines.", Run,
        () => [Target, Folders, RunFolder.Journal, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        string? path = parsed.GetRequired(Target);
        IReadOnlyList<string> sources = parsed.GetRequired(Folders);
        LedgerOptions options = parsed.GetValue(RunFolder.Journal);
        parsed.Read(path, target => LedgerMerge.FindSources(target, sources));
        parsed.ThrowIfInvalid();
        return Run(path!, sources, options, parsed.GetValue(Options.Json));
    }

    private static int Run(string target, IReadOnlyList<string> sources, LedgerOptions options, bool json)
    {
        using var signals = new TerminationSignals(TerminationSignals.LedgerTimeout);
        try
        {
            MergeResult result = LedgerMerge.Run(target, sources, options, signals.Token);
            if (json)
                PrintJson(target, result);
            else
                Print(target, result);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            CommandLine.WriteError(
                $"Interrupted; {target} keeps what was merged. Run the same command again to continue.");
            return TerminationSignals.ExitCode;
        }
    }

    private static void Print(string target, MergeResult result)
    {
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{target}: {result.CompletedTrials:N0} of {result.PlannedTrials:N0} trials, ") +
            FormattableString.Invariant($"{result.AddedTrials:N0} of them new, from ") +
            NumberFormat.WithNoun(result.SourceCount, "ledger"));
        if (result.MissingTrials == 0)
            return;
        string verb = result.MissingTrials == 1 ? "is" : "are";
        CommandLine.WriteError($"{NumberFormat.WithNoun(result.MissingTrials, "trial")} {verb} missing.");
        foreach (MissingShard missing in result.MissingShards)
        {
            string how = missing.HasLedger ? "" : "; it has not started, or its ledger was not given";
            CommandLine.WriteError(
                FormattableString.Invariant($"Shard {missing.Shard}: {missing.MissingTrials:N0} missing{how}"));
        }
    }

    private static void PrintJson(string target, MergeResult result)
        => JsonOutput.WriteDocument(new JsonObject
        {
            ["ledger"] = target,
            ["sources"] = result.SourceCount,
            ["added"] = result.AddedTrials,
            ["trials"] = result.CompletedTrials,
            ["planned"] = result.PlannedTrials,
            ["missing"] = result.MissingTrials,
            ["missingShards"] = new JsonArray([.. result.MissingShards.Select(missing => new JsonObject
            {
                ["shard"] = missing.Shard.ToString(),
                ["trials"] = missing.MissingTrials,
                ["hasBegun"] = missing.HasLedger,
            })]),
        }, result.MissingTrials == 0 ? "ok" : "incomplete");
}
