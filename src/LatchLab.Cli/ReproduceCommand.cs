using System.CommandLine;
using System.Globalization;
using LatchLab.Experiments;
using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;
using LatchLab.Numerics;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary><c>latchlab reproduce</c>: runs the figures, judges the claims, writes the report.</summary>
internal static class ReproduceCommand
{
    private const string DefaultFolder = "latchlab-report";
    private const string DefaultProfile = "standard";
    private const ulong DefaultSeed = 1994;
    private const int MostThreads = 1024;

    private static readonly IReadOnlyDictionary<string, Fineness> Profiles = new Dictionary<string, Fineness>
    {
        ["quick"] = Fineness.Quick,
        ["standard"] = Fineness.Standard,
        ["full"] = Fineness.Full,
    };

    public static Command Create()
    {
        string figures = Names(KnownExhibits.All.Select(exhibit => exhibit.Id));
        string lanes = Names(LaneKind.All.Select(kind => kind.Name));
        TextOption only = new("--only", "ID,…", $"which figures: {figures} (default: all)");
        TextOption profile = new(
            "--profile", "NAME", $"how fine the figures are: {Names(Profiles.Keys)} (default: {DefaultProfile})");
        TextOption folder = new(
            "--out", "DIR", $"folder of the report (default: ./{DefaultFolder}); a report of ours is replaced");
        TextOption seed = new(
            "--seed", "N", $"seed of all random numbers, 0 to {ulong.MaxValue} (default: {DefaultSeed})");
        TextOption threads = new("--threads", "N", "threads (default: one a core); they change nothing but the time");
        TextOption lane = new(
            "--lane", "KIND", $"trials side by side: {lanes} or auto (default); it changes nothing but the time");
        Flag json = new("--json", "print one JSON document on standard output");
        var command = new Command("reproduce", "Run the figures of the paper, judge its claims and write a report.")
        {
            only, profile, folder, seed, threads, lane, json,
        };
        List<TextOption> settings = [.. Settings.Of(new Study()).Select(Option)];
        settings.ForEach(command.Add);

        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string profileName = given.Text(profile) ?? DefaultProfile;
            Fineness fineness = Choose("--profile", profileName, Profiles, given.Mistakes) ?? Fineness.Standard;
            IReadOnlyList<IExhibit> exhibits = ReadExhibits(given.Text(only), given.Mistakes);
            var options = new RunOptions(
                ReadSeed(given.Text(seed), given.Mistakes),
                ReadThreads(given.Text(threads), given.Mistakes),
                ReadLane(given.Text(lane), given.Mistakes));
            var changes = settings.Where(s => given.Text(s) is not null)
                .ToDictionary(s => s.Name.TrimStart('-'), s => given.Text(s)!);
            Study study = Settings.With(new Study { Fineness = fineness }, changes, given.Mistakes);
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
            .. from fineness in Profiles.Values
               from candidate in Settings.Of(new Study { Fineness = fineness })
               where candidate.Name == setting.Name
               select candidate.Value,
        ];
        string value = defaults.Distinct().Count() == 1
            ? setting.Value
            : string.Join(", ", Profiles.Keys.Zip(defaults, (profile, number) => $"{number} {profile}"));
        return new(
            $"--{setting.Name}",
            "VALUE",
            $"{setting.Meaning}: {setting.Allowed} (default: {value}; {setting.Source})",
            $"Settings of the {setting.Group}");
    }

    private static int Run(
        Study study, IReadOnlyList<IExhibit> exhibits, RunOptions options, string profile, string folder, bool json)
    {
        using var interruption = new Interruption();
        var reproduction = new Reproduction(study, exhibits);
        Report report;
        using (new ProgressDisplay(reproduction.Progress))
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
            .Select(id => Choose("--only", id, known, errors)).OfType<IExhibit>().ToHashSet();
        return [.. KnownExhibits.All.Where(wanted.Contains)];
    }

    private static ulong ReadSeed(string? text, List<InputError> errors)
    {
        if (text is null)
            return DefaultSeed;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            errors.Add(new("--seed", "", $"'{text}' is not allowed: give a whole number from 0 to {ulong.MaxValue}"));
        return seed;
    }

    private static int ReadThreads(string? text, List<InputError> errors)
    {
        if (text is null)
            return Environment.ProcessorCount;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads)
            || threads is < 1 or > MostThreads)
            errors.Add(new("--threads", "", $"'{text}' is not allowed: give a whole number from 1 to {MostThreads}"));
        return threads;
    }

    private static LaneKind ReadLane(string? text, List<InputError> errors)
    {
        if (text is null or "auto")
            return LaneKind.Widest;
        LaneKind? kind = Choose("--lane", text, LaneKind.All.ToDictionary(k => k.Name), errors, "auto");
        if (kind is { IsSupported: false })
        {
            errors.Add(new("--lane", "", $"{kind.Name} needs a processor with {kind.Needs}; this one has " +
                $"{Names(LaneKind.All.Where(k => k.IsSupported).Select(k => k.Name))}"));
        }

        return kind ?? LaneKind.Scalar;
    }

    private static T? Choose<T>(
        string option,
        string name,
        IReadOnlyDictionary<string, T> choices,
        List<InputError> errors,
        params string[] others)
        where T : class
    {
        if (choices.TryGetValue(name, out T? choice))
            return choice;
        errors.Add(new(option, "", $"'{name}' is not known; there are {Names(choices.Keys.Concat(others))}"));
        return null;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
