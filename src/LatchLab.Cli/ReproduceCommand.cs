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

    public static Command Create()
    {
        string figures = ChoiceParser.JoinNames(KnownExperiments.All.Select(experiment => experiment.Id));
        TextOption only = new("--only", "ID,…", $"which figures: {figures} (default: all)")
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
            "--out", "DIR", $"folder of the report (default: ./{DefaultFolder}); an old LatchLab report is replaced");
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
            parsedOptions.CollectErrors(() => ReportFolder.CheckWritable(path));
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
