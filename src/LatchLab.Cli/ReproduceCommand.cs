using System.CommandLine;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary><c>latchlab reproduce</c>: runs the figures, tests the claims, writes the report.</summary>
internal static class ReproduceCommand
{
    private const string DefaultFolder = "latchlab-report";

    private static readonly Option<IReadOnlyList<IExperiment>> Only = Options.Choices(
        "--only", "which figures", KnownExperiments.All, experiment => experiment.Id);

    private static readonly Option<FigureProfile> Profile = FigureProfile.CreateOption("resolution of the figures");

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", $"folder of the report (default: ./{DefaultFolder}); an old LatchLab report is replaced");

    private static readonly ExecutionOptions Execution = new();

    private static readonly IReadOnlyList<SettingOption> SettingOptions =
        [.. Settings.GetAll(new ReproductionSettings()).Select(CreateOption)];

    public static Command Create() => new RunnableCommand(
        "reproduce", "Run the figures of the paper, test its claims and write a report.", Run,
        () => [Only, Profile, Out, .. Execution.All, Options.Json, .. SettingOptions]);

    private static int Run(ParsedOptions parsed)
    {
        FigureProfile profile = parsed.GetValue(Profile);
        IReadOnlyList<IExperiment> requested = parsed.GetValue(Only);
        IReadOnlyList<IExperiment> experiments = [.. KnownExperiments.All.Where(requested.Contains)];
        RunOptions options = Execution.Read(parsed);
        ReproductionSettings settings = SettingOption.Apply(
            new ReproductionSettings { Resolution = profile.Resolution }, SettingOptions, parsed);
        parsed.ValidationErrors.AddRange(
            settings.Validate([.. parsed.ValidationErrors.Select(error => error.Field)]));
        if (parsed.ValidationErrors.Count == 0)
        {
            parsed.ValidationErrors.AddRange(ReproductionRun.RefuseUnused(
                settings, experiments,
                SettingOption.FindGiven(SettingOptions, parsed).Select(option => option.Setting.Path)));
        }

        string path = parsed.GetValue(Out) ?? DefaultFolder;
        parsed.Check(path, ReportFolder.CheckWritable);
        parsed.ThrowIfInvalid();
        return Run(settings, experiments, options, profile.Name, path, parsed.GetValue(Options.Json));
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
        ReproductionSettings reproductionSettings, IReadOnlyList<IExperiment> experiments, RunOptions options,
        string profile, string folder, bool json)
    {
        using var signals = new TerminationSignals();
        var reproduction = new ReproductionRun(reproductionSettings, experiments);
        Report report;
        using (reproduction.Progress.Trials == 0 ? null
            : new ProgressDisplay(new TrialProgressFormatter(reproduction.Progress)))
            report = reproduction.Run(options, profile, signals.Token);
        string page = ReportFolder.Write(folder, report, signals.Token);
        if (json)
            ReportSummary.PrintJson(report, page);
        else
            ReportSummary.Print(report, page);
        return ExitCodes.Success;
    }
}
