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
    private const int MostThreads = 1024;

    private static readonly IReadOnlyDictionary<string, Fineness> Profiles = new Dictionary<string, Fineness>
    {
        ["quick"] = Fineness.Quick,
        ["standard"] = Fineness.Standard,
        ["full"] = Fineness.Full,
    };

    public static Command Create()
    {
        var only = Text("only", "ID,…", $"which figures: {Names(KnownExhibits.All.Select(e => e.Id))} (default: all)");
        var profile = Text("profile", "NAME", $"how fine: {Names(Profiles.Keys)} (default: standard)");
        var folder = Text("out", "DIR", $"folder of the report (default: ./{DefaultFolder}); one of ours is replaced");
        var seed = Text("seed", "N", "seed of all random numbers, 0 to 18446744073709551615 (default: 1994)");
        var threads = Text("threads", "N", "threads (default: one a core); changes nothing but the time");
        var lane = Text("lane", "KIND", $"{Names(LaneKind.All.Select(k => k.Name))} or auto (default); changes nothing but the time");
        var json = new Option<bool>("--json") { Description = "print one JSON document on standard output" };
        var command = new Command("reproduce", "Run the figures of the paper, judge its claims and write a report.")
        {
            only, profile, folder, seed, threads, lane, json,
        };
        List<Option<string?>> settings = [.. Settings.Of(new Study()).Select(s =>
            Text(s.Name, "VALUE", $"{s.Meaning}: {s.Allowed} (default {s.Value}; {s.Source})"))];
        settings.ForEach(command.Add);

        command.SetAction(parsed =>
        {
            var errors = new List<InputError>();
            string profileName = parsed.GetValue(profile) ?? "standard";
            Fineness fineness = Choose("--profile", profileName, Profiles, errors) ?? Fineness.Standard;
            IReadOnlyList<IExhibit> exhibits = ReadExhibits(parsed.GetValue(only), errors);
            var options = new RunOptions(
                ReadSeed(parsed.GetValue(seed), errors),
                ReadThreads(parsed.GetValue(threads), errors),
                ReadLane(parsed.GetValue(lane), errors));
            var changes = settings.Where(s => parsed.GetValue(s) is not null)
                .ToDictionary(s => s.Name.TrimStart('-'), s => parsed.GetValue(s)!);
            Study study = Settings.With(new Study { Fineness = fineness }, changes, errors);
            if (errors.Count == 0)
                errors.AddRange(study.Mistakes());
            if (errors.Count > 0)
                throw new InputException(errors);
            return Run(study, exhibits, options, profileName, parsed.GetValue(folder) ?? DefaultFolder, parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(
        Study study, IReadOnlyList<IExhibit> exhibits, RunOptions options, string profile, string folder, bool json)
    {
        ReportFolder.Check(folder);
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
            return 1994;
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            errors.Add(new("--seed", "", $"'{text}' is not allowed: give a whole number from 0 to {ulong.MaxValue}"));
        return seed;
    }

    private static int ReadThreads(string? text, List<InputError> errors)
    {
        if (text is null)
            return Environment.ProcessorCount;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) || threads is < 1 or > MostThreads)
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
        string option, string name, IReadOnlyDictionary<string, T> choices, List<InputError> errors, params string[] others)
        where T : class
    {
        if (choices.TryGetValue(name, out T? choice))
            return choice;
        errors.Add(new(option, "", $"'{name}' is not known: give {Names(choices.Keys.Concat(others))}"));
        return null;
    }

    private static Option<string?> Text(string name, string helpName, string description)
        => new($"--{name}") { Description = description, HelpName = helpName };

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
