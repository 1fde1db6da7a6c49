using System.CommandLine;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Writing;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab run</c>: runs the sweep in a file and records its trials in a ledger, or resumes it
/// (docs/reference/sweep-files.md, docs/reference/ledger.md).
/// </summary>
internal static class RunCommand
{
    private static readonly Argument<string[]> Overrides = Options.Arguments(
        "SECTION.NAME=VALUE…", "settings that replace those of the file, on its axes, too, such as task.length=50");

    private static readonly Option<int> Trials = Options.Integer(
        "--trials", "N", "trials per configuration (default: as in the file); a larger number extends an earlier run",
        1, SweepFile.MaximumTrials, defaultValue: 0);

    private static readonly Option<Shard> ShardOption = Options.Parsed(
        "--shard", "I/N", "run the I-th of N parts of the trials, in its own folder (see docs/how-to/clusters.md)",
        $"I/N with 1 ≤ I ≤ N ≤ {Shard.MaximumCount}", Shard.ParseOrNull, Shard.Whole);

    private static readonly Option<bool> DryRun = Options.Flag(
        "--dry", "check the file and print the number of trials and their estimated time, measured on a few of them; " +
            "write nothing");

    private static readonly Option<IExperiment?> PrintOption = Options.Choice<IExperiment?>(
        "--print", "ID", "print the sweep file of a figure of latchlab reproduce, for example figure-4",
        defaultValue: null, KnownExperiments.All.Select(experiment => (experiment.Id, (IExperiment?)experiment)));

    private static readonly Option<FigureProfile> Profile = FigureProfile.CreateOption("with --print, the resolution");

    private static readonly ExecutionOptions Execution = new(defaultSeedText: "as in the file");

    public static Command Create() => new RunnableCommand(
        "run", "Run the sweep in a file and record its trials in a ledger, or resume it.", Run,
        () =>
        [
            RunFolder.Sweep, Overrides, RunFolder.Option, Trials, ShardOption, DryRun, PrintOption, Profile,
            RunFolder.Journal, .. Execution.All, Options.Json,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        RejectUnusedOptions(parsed);
        if (parsed.HasValue(PrintOption))
            return Print(parsed);
        string? path = parsed.GetRequired(RunFolder.Sweep);
        using DatasetFileSource files = RunFolder.OpenDataFilesBeside(path);
        var overrides = new Dictionary<string, string>();
        parsed.ReadPairs(Overrides, parsed.GetOptional(Overrides), "", overrides, (name, value)
            => name.Contains('.') && value?.Length > 0 ? null
                : name is "trials" or "seed" ? $"--{name}" : $"{Overrides.Name[..^1]}, such as task.length=50");
        SweepPlan? plan = parsed.Read(
            parsed.ValidationErrors.Count > 0 ? null : path, file => Read(file, files, overrides));
        RunOptions options = Execution.Read(parsed);
        int trials = parsed.GetValue(Trials);
        if (plan is not null && (long)trials * plan.ConfigurationCount > SweepFile.MaximumTrials)
        {
            parsed.AddError(Trials, $"{trials} trials of {plan.ConfigurationCount} configurations are more than " +
                $"the allowed {SweepFile.MaximumTrials}: give at most " +
                $"{SweepFile.MaximumTrials / plan.ConfigurationCount}");
        }

        if (parsed.GetValue(DryRun))
            parsed.RefuseUnused([RunFolder.Option, RunFolder.Journal], $"{DryRun.Name} writes nothing");
        Shard shard = parsed.GetValue(ShardOption);
        LedgerOptions ledgerOptions = parsed.GetValue(RunFolder.Journal) with { Lanes = options.Lane.Name };
        parsed.ThrowIfInvalid();
        plan = ApplyOverrides(plan!, trials, parsed.HasValue(Execution.Seed) ? options.Seed : null);
        options = options with { Seed = plan.Seed };
        var run = new LedgerRun(plan, SweepFile.Serialize(plan), options, shard);
        string folder = RunFolder.Resolve(parsed.GetValue(RunFolder.Option), path!);
        return parsed.GetValue(DryRun)
            ? SweepForecast.Print(plan, run, parsed.GetValue(Options.Json))
            : Run(run, folder, ledgerOptions, parsed.GetValue(Options.Json));
    }

    /// <summary>Prints a figure as a sweep file with the same configurations and trials.</summary>
    private static int Print(ParsedOptions parsed)
    {
        parsed.RefuseUnused(
            [
                RunFolder.Option, Trials, ShardOption, DryRun, RunFolder.Journal, Options.Json,
                .. Execution.All.Where(option => option != Execution.Seed),
            ],
            $"{PrintOption.Name} prints a file and runs nothing");
        ulong seed = Execution.Read(parsed).Seed;
        FigureProfile profile = parsed.GetValue(Profile);
        string? text = parsed.Read(parsed.GetValue(PrintOption), experiment => ExperimentSweepFile.Serialize(
            experiment, new() { Resolution = profile.Resolution }, seed,
            $"latchlab reproduce --only {experiment.Id} --profile {profile.Name} --seed {seed}"));
        parsed.ThrowIfInvalid();
        Console.Out.Write(text);
        return ExitCodes.Success;
    }

    /// <summary>
    /// Adds an error for <c>--profile</c> without <c>--print</c>, and for <c>--print</c> with a file.
    /// </summary>
    private static void RejectUnusedOptions(ParsedOptions parsed)
    {
        bool prints = parsed.HasValue(PrintOption);
        if (!prints && parsed.HasValue(Profile))
            parsed.AddError(Profile, "is only allowed with --print; a sweep file sets its own resolution");
        if (prints && parsed.GetOptional(RunFolder.Sweep).Count > 0)
            parsed.AddError(PrintOption, "prints a file and runs nothing: give either --print or a sweep file");
    }

    private static SweepPlan Read(string path, DatasetFileSource files, IReadOnlyDictionary<string, string> overrides)
    {
        using var notice = new ReadingNotice(path);
        return SweepFile.Read(path, files, CommandLine.WriteError, overrides);
    }

    /// <summary>The plan with the trials and the seed of the command line, where given.</summary>
    private static SweepPlan ApplyOverrides(SweepPlan plan, int trials, ulong? seed)
        => plan with
        {
            Seed = seed ?? plan.Seed,
            Parts = trials == 0 ? plan.Parts
                : [.. plan.Parts.Select(part => part with { TrialsPerConfiguration = trials })],
        };

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
