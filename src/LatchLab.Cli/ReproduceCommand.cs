using System.CommandLine;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Reporting;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary><c>latchlab reproduce</c>: runs the figures, tests the claims, writes the report.</summary>
internal static class ReproduceCommand
{
    private const string DefaultFolder = "latchlab-report", DefaultClaimsFolder = "latchlab-claims";
    private const int MaxSeeds = 1000;

    private static readonly Option<IReadOnlyList<IExperiment>> Only = Options.Choices(
        "--only", "which figures, where an old report keeps the others", KnownExperiments.All,
        experiment => experiment.Id);

    private static readonly Option<IReadOnlyList<int>> Claims = Options.Choices(
        "--claims", "which claims, by number, with only the trials that they need, in a report of their own",
        KnownExperiments.ClaimNumbers, number => $"{number}");

    private static readonly Option<int> Seeds = Options.Integer(
        "--seeds", "K", "run with K seeds, from --seed on, test the claims on all trials together, and show the " +
            "verdict with each seed (default: 1)", 1, MaxSeeds, 1);

    private static readonly Option<string[]> Set = Options.Repeated(
        "--set", "SECTION.NAME=VALUE", "a setting of the trials of Figure 4 and of the curriculum, as in a sweep " +
            "file, such as task.sequences=10; may be repeated");

    private static readonly Option<FigureProfile> Profile = FigureProfile.CreateOption("resolution of the figures");

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", $"folder of the report (default: ./{DefaultFolder}, or ./{DefaultClaimsFolder} with " +
            "--claims); an old LatchLab report is replaced; DIR-trials keeps the trials, from which an interrupted " +
            "run is resumed");

    private static readonly Option<bool> Verbose = Options.Flag(
        "--verbose", "print every statement of each claim with its evidence, not only one line a claim");

    private static readonly ExecutionOptions Execution = new();

    private static readonly IReadOnlyList<SettingOption> SettingOptions =
        [.. new ReproductionSettings().GetSettings().Select(CreateOption)];

    public static Command Create() => new RunnableCommand(
        "reproduce", "Run the figures of the paper, test its claims and write a report.", Run,
        () => [Only, Claims, Seeds, Set, Profile, Out, ReportOutput.Open, Verbose, .. Execution.All, Options.Json,
            .. SettingOptions]);

    private static int Run(ParsedOptions parsed)
    {
        FigureProfile profile = parsed.GetValue(Profile);
        IReadOnlyList<IExperiment> requested = parsed.GetValue(Only);
        IReadOnlyList<int> claims = parsed.GetValue(Claims);
        bool testsAll = claims.Count == KnownExperiments.ClaimNumbers.Count;
        IReadOnlyList<IExperiment> experiments = [.. KnownExperiments.All.Where(experiment =>
            requested.Contains(experiment) && (testsAll || KnownExperiments.Tests(experiment, claims)))];
        RunOptions options = Execution.Read(parsed);
        var changes = new Dictionary<string, string>();
        parsed.ReadPairs(Set, parsed.GetValue(Set), $"{Set.Name} ", changes, (name, value)
            => name.Contains('.') && value?.Length > 0 ? null : $"{Set.HelpName}, such as task.sequences=10");
        ReproductionSettings settings = SettingOption.Apply(
            new ReproductionSettings
            {
                Resolution = profile.Resolution,
                Claims = testsAll ? [] : claims,
                Changes = changes,
            },
            SettingOptions, parsed);
        parsed.ValidationErrors.AddRange(
            settings.Pool(parsed.GetValue(Seeds)).Validate([.. parsed.ValidationErrors.Select(error => error.Field)]));
        if (experiments.Count == 0)
        {
            parsed.ValidationErrors.Add(new("", "claims",
                $"none of claims {string.Join(", ", claims)} is tested by " +
                    string.Join(", ", requested.Select(experiment => experiment.Id))));
        }
        else if (parsed.ValidationErrors.Count == 0)
        {
            parsed.ValidationErrors.AddRange(ReproductionRun.FindUnused(
                settings, experiments,
                SettingOption.FindGiven(SettingOptions, parsed).Select(option => option.Setting.Path)));
        }

        parsed.ValidationErrors.AddRange(ReproductionRun.ValidateChanges(settings, experiments)
            .Select(error => error with { Location = $"{Set.Name} {error.Field}", Field = "" }));
        int seedCount = parsed.GetValue(Seeds);
        if (options.Seed > ulong.MaxValue - (ulong)seedCount + 1)
        {
            parsed.ValidationErrors.Add(
                new("", "seeds", $"{seedCount} seeds from {options.Seed} on exceed the largest seed"));
        }

        string path = parsed.GetValue(Out) ?? (testsAll ? DefaultFolder : DefaultClaimsFolder);
        IReadOnlyList<IExperiment> replaced = testsAll ? experiments : KnownExperiments.All;
        parsed.Check(path, folder =>
        {
            ReportFolder.CheckWritable(folder);
            _ = ReadKeptParts(folder, replaced);
            if (File.Exists(GetTrialFolder(folder)))
            {
                throw new ValidationException("", "out", $"the trials need the folder '{GetTrialFolder(folder)}', " +
                    "which is a file; name another folder");
            }
        });
        parsed.ThrowIfInvalid();
        ulong[] seeds = [.. Enumerable.Range(0, seedCount).Select(i => options.Seed + (ulong)i)];
        return Run(
            parsed, new ReproductionRun(settings, experiments, seeds), replaced, options, profile.Name, path);
    }

    /// <summary>The option of a setting; its default may depend on the profile.</summary>
    private static SettingOption CreateOption(Setting setting)
    {
        string[] defaults =
        [
            .. from profile in FigureProfile.All
               from candidate in Settings.GetAll(new ReproductionSettings { Resolution = profile.Resolution })
               where candidate.Name == setting.Name
               select candidate.Value,
        ];
        return new(setting, defaults.Distinct().Count() == 1
            ? null
            : string.Join(", ", FigureProfile.All.Zip(defaults, (profile, number) => $"{number} {profile.Name}")));
    }

    private static int Run(
        ParsedOptions parsed, ReproductionRun reproduction, IReadOnlyList<IExperiment> replaced, RunOptions options,
        string profile, string folder)
    {
        string trialFolder = GetTrialFolder(folder);
        if (PlannedRuns.Run(reproduction.Plans, options, trialFolder) is not { } outcomes)
            return TerminationSignals.ExitCode;
        string interruption = outcomes.Count == 0 ? "Interrupted; nothing was written."
            : RecordedRun.FormatInterruption(trialFolder);
        try
        {
            using var signals = new TerminationSignals(message: interruption);
            IReadOnlyList<ReportPart> parts = Analyze(reproduction, outcomes, profile, options.Threads, signals.Token),
                kept = [.. ReadKeptParts(folder, replaced)];
            Report report = ReproductionReport.Create([.. parts, .. kept]);
            string page = ReportOutput.Write(
                parsed, folder, report, [.. kept.Select(part => part.Id)], signals.Token);
            if (parsed.GetValue(Options.Json))
                ReportSummary.PrintJson(report, page);
            else
                ReportSummary.Print(report, page, [.. kept.Select(part => part.Id)], parsed.GetValue(Verbose));
            ReportOutput.OpenIfWanted(parsed, page);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            CommandLine.WriteError(interruption);
            return TerminationSignals.ExitCode;
        }
    }

    /// <summary>Analyses the outcomes, with progress for several seeds: each takes as long as one alone.</summary>
    private static IReadOnlyList<ReportPart> Analyze(
        ReproductionRun reproduction, IReadOnlyList<IReadOnlyList<SweepOutcomes>> outcomes, string profile,
        int threads, CancellationToken cancellation)
    {
        var progress = new AnalysisProgress();
        using ProgressDisplay? display = reproduction.SeedCount == 1 ? null
            : new(new AnalysisProgressFormatter(progress));
        return reproduction.Analyze(outcomes, profile, threads, progress, cancellation);
    }

    /// <summary>The folder of the ledgers, beside the report, which is replaced as a whole.</summary>
    private static string GetTrialFolder(string report)
    {
        // "new//" and "new/." are the folder "new", and so are their trials.
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(report));
        return $"{(Path.IsPathRooted(report) ? folder : Path.GetRelativePath(".", folder))}-trials";
    }

    /// <summary>
    /// The results of an existing report that a run keeps: those of the experiments that it does not replace. A run of
    /// single claims keeps none.
    /// </summary>
    private static IEnumerable<ReportPart> ReadKeptParts(string folder, IReadOnlyList<IExperiment> replaced)
        => replaced.Count == KnownExperiments.All.Count ? []
            : ReportFolder.ReadParts(folder).ExceptBy(replaced.Select(experiment => experiment.Id), part => part.Id);
}
