using System.CommandLine;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab run</c>: runs the sweep of a file into a ledger, or goes on with it (docs/sweep-files.md,
/// docs/ledger.md).
/// </summary>
internal static class RunCommand
{
    private static readonly TextArgument SweepArgument = new("SWEEP.toml", "the sweep (see docs/sweep-files.md)");
    private static readonly TextOption Trials = new(
        "--trials", "N", "trials of each cell (default: those of the file); more of them go on with a run");

    private static readonly TextOption ShardOption = new(
        "--shard", "I/N", "run the I-th of N parts of the trials, into a folder of its own (see docs/clusters.md)");

    private static readonly TextOption Journal = JournalOption.Create();

    private static readonly Flag DryRun = new(
        "--dry", "check the file, say how many trials it has and how long they will take, and run nothing");

    private static readonly TextOption PrintOption = new(
        "--print",
        "ID",
        "print the sweep file of a figure of ours, for example figure-4, as latchlab reproduce names them");

    private static readonly TextOption Profile = new(
        "--profile", "NAME",
        $"with --print, how fine it is: {ChoiceParser.JoinNames(Profiles.All.Keys)} (default: standard)");

    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var executionOptions = new ExecutionOptions(defaultSeedText: "that of the file");
        var command = new Command("run", "Run the sweep of a file into a ledger, or go on with it.")
        {
            SweepArgument, RunFolder.Option, Trials, ShardOption, DryRun, PrintOption, Profile, Journal,
        };
        foreach (Option option in executionOptions.Options.Append(Json))
            command.Add(option);
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            RejectUnusedOptions(parsedOptions);
            if (parsedOptions.GetString(PrintOption) is { } id)
                return SweepPrinter.Print(id, parsedOptions.GetString(Profile), executionOptions, parsedOptions);
            string? path = parsedOptions.GetRequiredString(SweepArgument);
            using CsvDatasetSource files = RunFolder.OpenDataFilesBeside(path);
            SweepPlan? plan = path is null ? null : parsedOptions.CollectErrors(() => Read(path, files));
            RunOptions options = executionOptions.Read(parsedOptions);
            int trials = parsedOptions.GetInt32(Trials, 1, SweepFile.MaximumTrials, defaultValue: 0);
            if (plan is not null && (long)trials * plan.ConfigurationCount > SweepFile.MaximumTrials)
            {
                parsedOptions.ValidationErrors.Add(
                    new("--trials", "", $"{trials} trials of {plan.ConfigurationCount} cells are more than the " +
                    $"{SweepFile.MaximumTrials} that can be run: give at most " +
                    $"{SweepFile.MaximumTrials / plan.ConfigurationCount}"));
            }

            Shard shard = ReadShard(parsedOptions);
            JournalMode? journal = JournalOption.Read(parsedOptions, Journal);
            parsedOptions.ThrowIfInvalid();
            plan = ApplyOverrides(plan!, trials, executionOptions.HasSeed(parsedOptions) ? options.Seed : null);
            options = options with { Seed = plan.Seed };
            var run = new LedgerRun(plan, SweepFile.Serialize(plan), options, shard);
            string folder = RunFolder.Resolve(parsedOptions.GetString(RunFolder.Option), path!);
            var ledgerOptions = new LedgerOptions { Journal = journal, Lanes = options.Lane.Name };
            return parsedOptions.HasFlag(DryRun)
                ? SweepForecast.Print(plan, run, parsedOptions.HasFlag(Json))
                : Run(run, folder, ledgerOptions, parsedOptions.HasFlag(Json));
        });
        return command;
    }

    /// <summary>What is printed is no file that runs, and what runs has no profile.</summary>
    private static void RejectUnusedOptions(ParsedOptions parsedOptions)
    {
        if (parsedOptions.GetString(PrintOption) is null && parsedOptions.GetString(Profile) is not null)
            parsedOptions.ValidationErrors.Add(
                new("--profile", "", "goes with --print; a sweep file says itself how fine it is"));
        if (parsedOptions.GetString(PrintOption) is not null && parsedOptions.HasArguments)
            parsedOptions.ValidationErrors.Add(
                new("--print", "", "prints a file of ours and runs none: leave one of the two away"));
    }

    private static SweepPlan Read(string path, CsvDatasetSource files)
    {
        using var notice = new ReadingNotice(path);
        return SweepFile.Read(path, files);
    }

    /// <summary>The plan with what the command line says otherwise.</summary>
    private static SweepPlan ApplyOverrides(SweepPlan plan, int trials, ulong? seed)
        => plan with
        {
            Seed = seed ?? plan.Seed,
            Parts = trials == 0 ? plan.Parts
                : [.. plan.Parts.Select(part => part with { TrialsPerConfiguration = trials })],
        };

    private static Shard ReadShard(ParsedOptions parsedOptions)
    {
        if (parsedOptions.GetString(ShardOption) is not { } text)
            return Shard.Whole;
        if (Shard.ParseOrNull(text) is { } shard)
            return shard;
        parsedOptions.ValidationErrors.Add(
            new("--shard", "", $"'{text}' is not allowed: give I/N with 1 ≤ I ≤ N ≤ {Shard.MaximumCount}"));
        return Shard.Whole;
    }

    private static int Run(LedgerRun run, string folder, LedgerOptions ledgerOptions, bool json)
    {
        using var signals = new TerminationSignals(TerminationSignals.LedgerTimeout);
        using TrialLedger ledger = TrialLedger.Open(folder, run.Identity, ledgerOptions);
        if (ledger.Count > 0)
            CommandLine.WriteError(
                FormattableString.Invariant($"{ledger.Count:N0} trials are there already; going on"));
        RunProgress progress = run.CreateProgress(ledger);
        TrialProgressFormatter.WriteEstimate(progress, run.Options.Threads);
        try
        {
            using (progress.Trials == 0 ? null : new ProgressDisplay(new TrialProgressFormatter(progress)))
                run.Run(ledger, progress, signals.Token);
        }
        catch (OperationCanceledException)
        {
            ledger.Complete();
            CommandLine.WriteError(
                $"Interrupted; what has ended is kept in '{ledger.Folder}', and the same command goes on with it.");
            return TerminationSignals.ExitCode;
        }
        catch (Exception failure)
        {
            ledger.SetFailure(failure.Message);
            throw;
        }

        ledger.Complete();
        SweepSummary.Print(
            LedgerResults.Read(ledger.Folder),
            ledger.Folder,
            page: null,
            json,
            sweepFolder: run.Identity.Shard.IsWhole ? null : folder);
        return ExitCodes.Success;
    }
}
