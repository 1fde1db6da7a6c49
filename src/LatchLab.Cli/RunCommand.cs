using System.CommandLine;
using LatchLab.Experiments;
using LatchLab.Formats;
using LatchLab.Ledger;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab run</c>: runs the sweep of a file into a ledger, or goes on with it (docs/sweep-files.md,
/// docs/ledger.md).
/// </summary>
internal static class RunCommand
{
    private static readonly TextArgument File = new("SWEEP.toml", "the sweep (see docs/sweep-files.md)");
    private static readonly TextOption Trials = new(
        "--trials", "N", "trials of each cell (default: those of the file); more of them go on with a run");

    private static readonly TextOption ShardOption = new(
        "--shard", "I/N", "run the I-th of N parts of the trials, into a folder of its own (see docs/clusters.md)");

    private static readonly TextOption Journal = JournalOption.Create();

    private static readonly Flag Dry = new(
        "--dry", "check the file, say how many trials it has and how long they will take, and run nothing");

    private static readonly TextOption Print = new(
        "--print",
        "ID",
        "print the sweep file of a figure of ours, for example figure-4, as latchlab reproduce names them");

    private static readonly TextOption Profile = new(
        "--profile", "NAME", $"with --print, how fine it is: {Choice.Names(Profiles.All.Keys)} (default: standard)");

    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var choices = new RunChoices(seedInWords: "that of the file");
        var command = new Command("run", "Run the sweep of a file into a ledger, or go on with it.")
        {
            File, RunFolder.Option, Trials, ShardOption, Dry, Print, Profile, Journal,
        };
        foreach (Option option in choices.Options.Append(Json))
            command.Add(option);
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            RefuseUnused(given);
            if (given.Text(Print) is { } id)
                return SweepPrinter.Print(id, given.Text(Profile), choices, given);
            string? path = given.RequiredText(File);
            using SequenceFiles files = RunFolder.FilesBeside(path);
            SweepPlan? plan = path is null ? null : given.Try(() => Read(path, files));
            RunOptions options = choices.Read(given);
            int trials = given.WholeNumber(Trials, 1, SweepFile.MostTrials, standard: 0);
            if (plan is not null && (long)trials * plan.CellCount > SweepFile.MostTrials)
            {
                given.Mistakes.Add(new("--trials", "", $"{trials} trials of {plan.CellCount} cells are more than the " +
                    $"{SweepFile.MostTrials} that can be run: give at most {SweepFile.MostTrials / plan.CellCount}"));
            }

            Shard shard = ReadShard(given);
            JournalKind? journal = JournalOption.Read(given, Journal);
            given.ThrowIfMistaken();
            plan = Changed(plan!, trials, choices.HasSeed(given) ? options.Seed : null);
            options = options with { Seed = plan.Seed };
            var run = new RecordedRun(plan, SweepFile.Text(plan), options, shard);
            string folder = RunFolder.Of(given.Text(RunFolder.Option), path!);
            var how = new LedgerOptions { Journal = journal, Lanes = options.Lane.Name };
            return given.Has(Dry)
                ? SweepForecast.Print(plan, run, given.Has(Json))
                : Run(run, folder, how, given.Has(Json));
        });
        return command;
    }

    /// <summary>What is printed is no file that runs, and what runs has no profile.</summary>
    private static void RefuseUnused(GivenOptions given)
    {
        if (given.Text(Print) is null && given.Text(Profile) is not null)
            given.Mistakes.Add(new("--profile", "", "goes with --print; a sweep file says itself how fine it is"));
        if (given.Text(Print) is not null && given.HasArguments)
            given.Mistakes.Add(new("--print", "", "prints a file of ours and runs none: leave one of the two away"));
    }

    private static SweepPlan Read(string path, SequenceFiles files)
    {
        using var notice = new ReadingNotice(path);
        return SweepFile.Read(path, files);
    }

    /// <summary>The plan with what the command line says otherwise.</summary>
    private static SweepPlan Changed(SweepPlan plan, int trials, ulong? seed)
        => plan with
        {
            Seed = seed ?? plan.Seed,
            Parts = trials == 0 ? plan.Parts : [.. plan.Parts.Select(part => part with { Trials = trials })],
        };

    private static Shard ReadShard(GivenOptions given)
    {
        if (given.Text(ShardOption) is not { } text)
            return Shard.Whole;
        if (Shard.Parse(text) is { } shard)
            return shard;
        given.Mistakes.Add(new("--shard", "", $"'{text}' is not allowed: give I/N with 1 ≤ I ≤ N ≤ {Shard.MostParts}"));
        return Shard.Whole;
    }

    private static int Run(RecordedRun run, string folder, LedgerOptions how, bool json)
    {
        using var interruption = new Interruption(Interruption.OfLedger);
        using TrialLedger ledger = TrialLedger.Open(folder, run.Identity, how);
        if (ledger.Count > 0)
            CommandLine.Tell(FormattableString.Invariant($"{ledger.Count:N0} trials are there already; going on"));
        RunProgress progress = run.ProgressOf(ledger);
        TrialCount.Announce(progress, run.Options.Threads);
        try
        {
            using (progress.Trials == 0 ? null : new ProgressDisplay(new TrialCount(progress)))
                run.Run(ledger, progress, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            ledger.Complete();
            CommandLine.Tell(
                $"Interrupted; what has ended is kept in '{ledger.Folder}', and the same command goes on with it.");
            return Interruption.ExitCode;
        }
        catch (Exception failure)
        {
            ledger.Fail(failure.Message);
            throw;
        }

        ledger.Complete();
        SweepSummary.Print(
            LedgerResults.Of(ledger.Folder),
            ledger.Folder,
            page: null,
            json,
            whole: run.Identity.Shard.IsWhole ? null : folder);
        return ExitCodes.Success;
    }
}
