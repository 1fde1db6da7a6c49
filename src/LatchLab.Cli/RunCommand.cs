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
/// <c>latchlab run</c>: runs the sweep in a file and records its trials in a ledger, or resumes it
/// (docs/sweep-files.md, docs/ledger.md).
/// </summary>
internal static class RunCommand
{
    private static readonly TextArgument SweepArgument = new("SWEEP.toml", "the sweep (see docs/sweep-files.md)");

    private static readonly TextArgument Overrides = new(
        "SECTION.NAME=VALUE", "settings that replace those of the file, on its axes, too, such as task.length=50")
    {
        CanRepeat = true,
    };

    private static readonly TextOption Trials = new(
        "--trials", "N", "trials per configuration (default: as in the file); a larger number extends an earlier run");

    private static readonly TextOption ShardOption = new(
        "--shard", "I/N", "run the I-th of N parts of the trials, in its own folder (see docs/clusters.md)");

    private static readonly TextOption Journal = JournalOption.Create();

    private static readonly Flag DryRun = new(
        "--dry", "check the file, print the number of trials and their estimated time, and run nothing");

    private static readonly TextOption PrintOption = new(
        "--print",
        "ID",
        "print the sweep file of a figure of latchlab reproduce, for example figure-4");

    private static readonly TextOption Profile = new(
        "--profile", "NAME",
        $"with --print, the resolution: {ChoiceParser.JoinNames(Profiles.All.Keys)} (default: standard)");

    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var executionOptions = new ExecutionOptions(defaultSeedText: "as in the file");
        var command = new Command("run", "Run the sweep in a file and record its trials in a ledger, or resume it.")
        {
            SweepArgument, Overrides, RunFolder.Option, Trials, ShardOption, DryRun, PrintOption, Profile, Journal,
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
            IReadOnlyDictionary<string, string> overrides = ReadOverrides(parsedOptions);
            SweepPlan? plan = path is null || parsedOptions.ValidationErrors.Count > 0 ? null
                : parsedOptions.CollectErrors(() => Read(path, files, overrides));
            RunOptions options = executionOptions.Read(parsedOptions);
            int trials = parsedOptions.GetInt32(Trials, 1, SweepFile.MaximumTrials, defaultValue: 0);
            if (plan is not null && (long)trials * plan.ConfigurationCount > SweepFile.MaximumTrials)
            {
                parsedOptions.ValidationErrors.Add(
                    new("--trials", "", $"{trials} trials of {plan.ConfigurationCount} configurations are more than " +
                    $"the allowed {SweepFile.MaximumTrials}: give at most " +
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

    /// <summary>
    /// Adds an error for <c>--profile</c> without <c>--print</c>, and for <c>--print</c> with a file.
    /// </summary>
    private static void RejectUnusedOptions(ParsedOptions parsedOptions)
    {
        if (parsedOptions.GetString(PrintOption) is null && parsedOptions.GetString(Profile) is not null)
            parsedOptions.ValidationErrors.Add(
                new("--profile", "", "is only allowed with --print; a sweep file sets its own resolution"));
        if (parsedOptions.GetString(PrintOption) is not null && parsedOptions.HasArguments)
            parsedOptions.ValidationErrors.Add(
                new("--print", "", "prints a file and runs nothing: give either --print or a sweep file"));
    }

    private static SweepPlan Read(string path, CsvDatasetSource files, IReadOnlyDictionary<string, string> overrides)
    {
        using var notice = new ReadingNotice(path);
        return SweepFile.Read(path, files, CommandLine.WriteError, overrides);
    }

    /// <summary>Reads the settings that replace those of the file.</summary>
    private static Dictionary<string, string> ReadOverrides(ParsedOptions parsedOptions)
    {
        var overrides = new Dictionary<string, string>();
        foreach (string text in parsedOptions.GetOptionalStrings(Overrides))
        {
            string[] pair = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair is not [var given, { Length: > 0 } value] || !given.Contains('.'))
            {
                parsedOptions.ValidationErrors.Add(new(Overrides.DisplayName, "",
                    $"'{text}' is not allowed: give SECTION.NAME=VALUE, such as task.length=50"));
                continue;
            }

            string path = FormerNames.GetName(given, CommandLine.WriteError);
            if (!overrides.TryAdd(path, FormerNames.GetValue(path, value, CommandLine.WriteError)))
                parsedOptions.ValidationErrors.Add(new(path, "", "is given twice; give it once"));
        }

        return overrides;
    }

    /// <summary>The plan with the trials and the seed of the command line, where given.</summary>
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
        if (!RecordedRun.Run([(run, ledger)], ledger.Folder, signals.Token))
            return TerminationSignals.ExitCode;
        SweepSummary.Print(
            LedgerResults.Read(ledger.Folder),
            ledger.Folder,
            page: null,
            json,
            sweepFolder: run.Identity.Shard.IsWhole ? null : folder);
        return ExitCodes.Success;
    }
}
