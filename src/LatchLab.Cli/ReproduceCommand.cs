using System.CommandLine;
using LatchLab.Experiments;
using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary><c>latchlab reproduce</c>: runs the figures, judges the claims, writes the report.</summary>
internal static class ReproduceCommand
{
    private const string DefaultFolder = "latchlab-report";

    public static Command Create()
    {
        string figures = Choice.Names(KnownExhibits.All.Select(exhibit => exhibit.Id));
        TextOption only = new("--only", "ID,…", $"which figures: {figures} (default: all)");
        string profiles = Choice.Names(Profiles.All.Keys);
        TextOption profile = new(
            "--profile", "NAME", $"how fine the figures are: {profiles} (default: {Profiles.Standard})");
        TextOption folder = new(
            "--out", "DIR", $"folder of the report (default: ./{DefaultFolder}); a report of ours is replaced");
        Flag json = new("--json", "print one JSON document on standard output");
        var choices = new RunChoices();
        var command = new Command("reproduce", "Run the figures of the paper, judge its claims and write a report.")
        {
            only, profile, folder,
        };
        foreach (Option option in choices.Options.Append(json))
            command.Add(option);
        List<TextOption> settings = [.. Settings.Of(new Study()).Select(Option)];
        settings.ForEach(command.Add);

        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string profileName = given.Text(profile) ?? Profiles.Standard;
            Fineness fineness = Profiles.Read(profileName, given.Mistakes);
            IReadOnlyList<IExhibit> exhibits = ReadExhibits(given.Text(only), given.Mistakes);
            RunOptions options = choices.Read(given);
            Study study = SettingOption.Changed(new Study { Fineness = fineness }, settings, given);
            given.Mistakes.AddRange(study.Mistakes([.. given.Mistakes.Select(mistake => mistake.Place)]));
            string path = given.Text(folder) ?? DefaultFolder;
            given.Try(() => ReportFolder.Check(path));
            given.ThrowIfMistaken();
            return Run(study, exhibits, options, profileName, path, given.Has(json));
        });
        return command;
    }

    /// <summary>The option of a setting; its default may depend on the profile.</summary>
    private static TextOption Option(Setting setting)
    {
        string[] defaults =
        [
            .. from fineness in Profiles.All.Values
               from candidate in Settings.Of(new Study { Fineness = fineness })
               where candidate.Name == setting.Name
               select candidate.Value,
        ];
        return SettingOption.Of(setting, defaults.Distinct().Count() == 1
            ? null
            : string.Join(", ", Profiles.All.Keys.Zip(defaults, (profile, number) => $"{number} {profile}")));
    }

    private static int Run(
        Study study, IReadOnlyList<IExhibit> exhibits, RunOptions options, string profile, string folder, bool json)
    {
        using var interruption = new Interruption();
        var reproduction = new Reproduction(study, exhibits);
        Report report;
        TrialCount.Announce(reproduction.Progress, options.Threads);
        using (reproduction.Progress.Trials == 0 ? null : new ProgressDisplay(new TrialCount(reproduction.Progress)))
            report = reproduction.Run(options, profile, interruption.Token);
        string page = ReportFolder.Write(folder, report, interruption.Token);
        if (json)
            ReportSummary.PrintJson(report, page);
        else
            ReportSummary.Print(report, page);
        return ExitCodes.Success;
    }

    private static IReadOnlyList<IExhibit> ReadExhibits(string? text, List<InputError> errors)
    {
        if (text is null)
            return KnownExhibits.All;
        var known = KnownExhibits.All.ToDictionary(exhibit => exhibit.Id);
        var wanted = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(id => Choice.Of("--only", id, known, errors)).OfType<IExhibit>().ToHashSet();
        return [.. KnownExhibits.All.Where(wanted.Contains)];
    }
}
