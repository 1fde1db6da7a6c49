using System.CommandLine;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Writing;
using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Reporting;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary><c>latchlab reproduce</c>: runs the figures, tests the claims, writes the report.</summary>
internal static class ReproduceCommand
{
    private const string DefaultFolder = "latchlab-report";

    public static Command Create()
    {
        string figures = ChoiceParser.JoinNames(KnownExperiments.All.Select(experiment => experiment.Id));
        TextOption only = new(
            "--only", "ID,…", $"which figures: {figures} (default: all); an old report keeps its other figures")
        {
            Suggestions = [.. KnownExperiments.All.Select(experiment => experiment.Id)],
        };
        string profiles = ChoiceParser.JoinNames(Profiles.All.Keys);
        TextOption profile = new(
            "--profile", "NAME", $"resolution of the figures: {profiles} (default: {Profiles.DefaultName})")
        {
            Suggestions = [.. Profiles.All.Keys],
        };
        TextOption folder = new(
            "--out", "DIR", $"folder of the report (default: ./{DefaultFolder}); an old LatchLab report is replaced; " +
                "DIR-trials keeps the trials, from which an interrupted run is resumed");
        Flag json = new("--json", "print one JSON document on standard output");
        var executionOptions = new ExecutionOptions();
        var command = new Command("reproduce", "Run the figures of the paper, test its claims and write a report.")
        {
            only, profile, folder,
        };
        foreach (Option option in executionOptions.Options.Append(json))
            command.Add(option);
        List<TextOption> settings = [.. Settings.GetAll(new ReproductionSettings()).Select(CreateOption)];
        settings.ForEach(command.Add);

        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            string profileName = parsedOptions.GetString(profile) ?? Profiles.DefaultName;
            Resolution resolution = Profiles.Read(profileName, parsedOptions.ValidationErrors);
            IReadOnlyList<IExperiment> experiments = ReadExperiments(parsedOptions.GetString(only),
                parsedOptions.ValidationErrors);
            RunOptions options = executionOptions.Read(parsedOptions);
            ReproductionSettings reproductionSettings =
                SettingOption.Apply(new ReproductionSettings { Resolution = resolution }, settings, parsedOptions);
            parsedOptions.ValidationErrors.AddRange(
                reproductionSettings.Validate([.. parsedOptions.ValidationErrors.Select(error => error.Field)]));
            if (parsedOptions.ValidationErrors.Count == 0)
            {
                HashSet<string> given = [.. settings.Where(option => parsedOptions.GetString(option) is not null)
                    .Select(option => option.Name[2..])];
                parsedOptions.ValidationErrors.AddRange(ReproductionRun.RefuseUnused(
                    reproductionSettings, experiments,
                    Settings.GetAll(reproductionSettings).Where(setting => given.Contains(setting.Name))
                        .Select(setting => setting.Path)));
            }

            string path = parsedOptions.GetString(folder) ?? DefaultFolder;
            parsedOptions.CollectErrors(() =>
            {
                ReportFolder.CheckWritable(path);
                _ = ReadKeptParts(path, experiments);
                if (File.Exists(GetTrialFolder(path)))
                    throw new ValidationException("", "out", $"the trials need the folder '{GetTrialFolder(path)}', " +
                        "which is a file; name another folder");
            });
            parsedOptions.ThrowIfInvalid();
            return Run(reproductionSettings, experiments, options, profileName, path, parsedOptions.HasFlag(json));
        });
        return command;
    }

    /// <summary>The option of a setting; its default may depend on the profile.</summary>
    private static TextOption CreateOption(Setting setting)
    {
        string[] defaults =
        [
            .. from resolution in Profiles.All.Values
               from candidate in Settings.GetAll(new ReproductionSettings { Resolution = resolution })
               where candidate.Name == setting.Name
               select candidate.Value,
        ];
        return SettingOption.Create(setting, defaults.Distinct().Count() == 1
            ? null
            : string.Join(", ", Profiles.All.Keys.Zip(defaults, (profile, number) => $"{number} {profile}")));
    }

    private static int Run(
        ReproductionSettings reproductionSettings, IReadOnlyList<IExperiment> experiments, RunOptions options,
        string profile, string folder, bool json)
    {
        var reproduction = new ReproductionRun(reproductionSettings, experiments, options.Seed);
        string trialFolder = GetTrialFolder(folder);
        if (RunTrials(reproduction.Plans, options, trialFolder) is not { } outcomes)
            return TerminationSignals.ExitCode;
        string interruption = outcomes.Count == 0 ? "Interrupted; nothing was written."
            : RecordedRun.FormatInterruption(trialFolder);
        try
        {
            using var signals = new TerminationSignals(message: interruption);
            IReadOnlyList<ReportPart> parts = reproduction.Analyze(outcomes, profile, signals.Token);
            Report report = ReproductionReport.Create(
                [.. parts, .. ReadKeptParts(folder, experiments)]);
            string page = ReportFolder.Write(folder, report, signals.Token);
            if (json)
                ReportSummary.PrintJson(report, page);
            else
                ReportSummary.Print(report, page);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            CommandLine.WriteError(interruption);
            return TerminationSignals.ExitCode;
        }
    }

    /// <summary>
    /// Runs the trials that the ledgers lack, and reads the outcomes of all; null if a signal interrupted the run. The
    /// name of a ledger has a digest of its sweep, so that other settings have ledgers of their own beside it.
    /// </summary>
    private static Dictionary<string, IReadOnlyList<SweepOutcomes>>? RunTrials(
        IReadOnlyList<SweepPlan> plans, RunOptions options, string folder)
    {
        List<(LedgerRun Run, TrialLedger Ledger)> runs = [];
        if (plans.Count == 0)
            return [];
        using var signals = new TerminationSignals(TerminationSignals.LedgerTimeout);
        try
        {
            foreach (LedgerRun run in plans.AsParallel().AsOrdered().Select(plan =>
                new LedgerRun(plan, SweepFile.Serialize(plan), options, Shard.Whole) { LeadingTrials = 0 }).ToArray())
            {
                runs.Add((run, TrialLedger.Open(
                    Path.Combine(folder, $"{run.Identity.Name}-{run.Identity.Digest}"), run.Identity,
                    new() { Lanes = options.Lane.Name })));
            }

            return RecordedRun.Run(runs, folder, signals.Token)
                ? runs.ToDictionary(run => run.Run.Identity.Name, run => run.Run.ReadOutcomes(run.Ledger.Folder))
                : null;
        }
        finally
        {
            runs.ForEach(run => run.Ledger.Dispose());
        }
    }

    /// <summary>The folder of the ledgers, beside the report, which is replaced as a whole.</summary>
    private static string GetTrialFolder(string report) => $"{Path.TrimEndingDirectorySeparator(report)}-trials";

    /// <summary>
    /// The results of an existing report that a run of some experiments keeps; a run of all experiments keeps none.
    /// </summary>
    private static IEnumerable<ReportPart> ReadKeptParts(string folder, IReadOnlyList<IExperiment> experiments)
        => experiments.Count == KnownExperiments.All.Count ? []
            : ReportFolder.ReadParts(folder).ExceptBy(experiments.Select(experiment => experiment.Id), part => part.Id);

    private static IReadOnlyList<IExperiment> ReadExperiments(string? text, List<ValidationError> errors)
    {
        if (text is null)
            return KnownExperiments.All;
        var known = KnownExperiments.All.ToDictionary(experiment => experiment.Id);
        var requested = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(id => ChoiceParser.Find("--only", id, known, errors)).OfType<IExperiment>().ToHashSet();
        return [.. KnownExperiments.All.Where(requested.Contains)];
    }
}
