using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Sweeps.Slurm;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// The preset of <c>train --data FILE</c>: where settings come from that are not given, and the search that chooses
/// some of them (docs/reference/training.md).
/// </summary>
internal sealed class TrainingPreset
{
    private const string Modern = "modern", Paper = "1994";

    private const int MaxShownCandidates = 4;

    private readonly IReadOnlyDictionary<string, string> _given;
    private readonly SettingsSearch _search;
    private readonly TrainingConfiguration _configuration;
    private readonly string _commandLine;
    private IReadOnlyList<SearchCandidate> _ranked = [];

    private TrainingPreset(
        TrainingConfiguration configuration, IReadOnlyDictionary<string, string> given, string commandLine)
    {
        (_configuration, _given, _commandLine) = (configuration, given, commandLine);
        _search = new(configuration, given);
    }

    /// <summary>The option of the file.</summary>
    public static Option<string?> Data { get; } = Options.Text(
        "--data", "FILE", "train on your dataset, --task dataset --set file=FILE, with the settings of --preset");

    /// <summary>The option of the preset.</summary>
    public static Option<string> Option { get; } = Options.Choice(
        "--preset", "NAME",
        "with --data, the settings that are not given: modern (default), gated recurrent units and Adam (train also " +
            $"searches rate and units), or {Paper}, those of the paper, which every --task has; train --list prints " +
            "both",
        Modern, (Modern, Modern), (Paper, Paper));

    /// <summary>The presets with what they are, for lists.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
    [
        (Modern, ModernPreset.Description),
        (Paper, "the defaults below, as without --data; the learner is back-propagation unless --learner is given"),
    ];

    /// <summary>Creates the configuration of a dataset with the preset of the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="learner">Name of the learner; null for the default.</param>
    /// <param name="given">The names or paths of the settings that are given, and their values.</param>
    /// <param name="errors">Receives every validation error.</param>
    /// <param name="files">Reads the dataset.</param>
    public static (TrainingConfiguration Configuration, TrainingPreset? Preset) Read(
        ParsedOptions parsed, string? learner, IReadOnlyDictionary<string, string> given,
        List<ValidationError> errors, DatasetFileSource files)
    {
        learner ??= new Backpropagation().Name;
        bool isModern = parsed.GetValue(Option) == Modern;
        if (isModern && KnownLearners.All.FirstOrDefault(known => known.Name == learner) is { } known
            && ModernPreset.FindObstacle(known) is { } obstacle)
        {
            errors.Add(new(Option.Name, "", $"{obstacle}: give {Option.Name} {Paper}"));
            isModern = false;
        }

        TrainingConfiguration configuration = isModern ? ModernPreset.Create(learner, given, errors, files)
            : TrainingConfigurationFactory.Create(new DatasetTask().Name, learner, given, errors, files);
        return (configuration, isModern && errors.Count == 0
            ? new TrainingPreset(configuration, given, parsed.CommandLineText) : null);
    }

    /// <summary>Runs the search, if anything is searched, and returns the configuration that it chooses.</summary>
    public TrainingConfiguration Choose(RunOptions options, CancellationToken cancellation)
    {
        if (_search.Candidates.Count == 0)
            return _configuration;
        CommandLine.WriteError($"Search of {JoinNames(_search.SearchedValues.Select(setting => setting.Path))} on " +
            "validation sequences …");
        _ranked = _search.Run(
            options, progress => new ProgressDisplay(new TrialProgressFormatter(progress)), cancellation);
        return _ranked[0].Configuration;
    }

    /// <summary>What was chosen, and how, in sentences.</summary>
    public IEnumerable<string> Describe(TrainingConfiguration configuration, ulong seed)
    {
        yield return DescribeSettings(configuration, _given);
        if (_ranked.Count == 0)
        {
            if (_search.SearchedValues.Count > 0)
                yield return "Search: none, because there are no validation sequences.";
            yield break;
        }

        yield return $"Search: {DescribeSearch(seed)}";
        yield return $"Result of the search: {DescribeRanking()}.{DescribeEnds()}";
        yield return $"The same training without the search: {CommandWithoutSearch}";
    }

    /// <summary>The settings of the preset <c>modern</c> that differ from the defaults of the task.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="given">The names or paths of the settings that are given.</param>
    public static string DescribeSettings(
        TrainingConfiguration configuration, IReadOnlyDictionary<string, string> given)
    {
        LearnerDefinition learner = KnownLearners.All.First(known => known.Name == configuration.Learner.Name);
        var usual = TrainingConfigurationFactory.GetSettings(
            TrainingConfigurationFactory.CreateDefault(new DatasetTask(), learner))
            .Select(setting => (setting.Path, setting.Value)).ToHashSet();
        IEnumerable<string> changed = TrainingConfigurationFactory.GetSettings(configuration)
            .Where(setting => ModernPreset.GetGiven(given, setting.Path) is null
                && !usual.Contains((setting.Path, setting.Value)))
            .Select(setting => ShellQuoting.Join($"{setting.Name}={setting.Value}"));
        return $"Preset: {Modern}, {string.Join(" ", changed)}; for the settings of the paper give " +
            $"{Option.Name} {Paper}.";
    }

    /// <summary>Whether a dataset of the command line has the preset <c>modern</c>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="data">The option of the dataset; with the preset but without it an error is added.</param>
    public static bool IsModern(ParsedOptions parsed, Option<string?> data)
    {
        if (parsed.GetValue(data) is null && parsed.HasValue(Option))
            parsed.AddError(Option, $"is only allowed with {data.Name}");
        return parsed.GetValue(data) is not null && parsed.GetValue(Option) == Modern;
    }

    /// <summary>The search as JSON; null if there was none.</summary>
    public JsonObject? ToJson(ulong seed) => _ranked.Count == 0 ? null : new()
    {
        ["seed"] = SettingsSearch.SeedOf(seed),
        ["trials"] = SettingsSearch.TrialsPerCandidate,
        ["chosen"] = ToJson(_ranked[0].Settings),
        ["command"] = CommandWithoutSearch,
        ["candidates"] = new JsonArray([.. _ranked.Select(candidate => new JsonObject
        {
            ["settings"] = ToJson(candidate.Settings),
            ["rounds"] = new JsonArray([.. candidate.Rounds.Select(round => new JsonObject
            {
                ["presentations"] = round.Presentations,
                ["validationCost"] = JsonOutput.ToJson(round.ValidationCost),
            })]),
        })]),
    };

    /// <summary>The name of the preset of a command line; null without a dataset of <see cref="Data"/>.</summary>
    public static string? NameOf(ParsedOptions parsed)
        => parsed.GetValue(Data) is null ? null : parsed.GetValue(Option);

    private string CommandWithoutSearch
        => $"{_commandLine} " + ShellQuoting.Join(
            _ranked[0].Settings.SelectMany(setting => new[] { "--set", Format(setting) }));

    private string DescribeSearch(ulong seed)
    {
        string values = string.Join(" and ", _search.SearchedValues.Select(
            setting => $"{Settings.GetName(setting.Path)} {string.Join(", ", setting.Values)}"));
        string rounds = string.Join(", then the best ", _search.Plan.Select(
            round => $"{round.Candidates} with {NumberFormat.GroupThousands(round.Presentations)} presentations"));
        return $"{values}; {rounds}, by the mean cost of the validation sequences of " +
            $"{SettingsSearch.TrialsPerCandidate} trials of seed {SettingsSearch.SeedOf(seed)}; no test sequence was " +
            "presented.";
    }

    private string DescribeRanking()
        => string.Join("; ", _ranked.Take(MaxShownCandidates).Select(candidate
            => $"{string.Join(" ", candidate.Settings.Select(Format))} has a cost of " +
                FormatCost(candidate.Rounds[^1].ValidationCost)));

    /// <summary>A warning for every chosen value at an end of its range.</summary>
    private string DescribeEnds()
        => string.Concat(_search.SearchedValues.Join(_ranked[0].Settings, searched => searched.Path,
            chosen => chosen.Path, (searched, chosen) => (searched.Values, Setting: chosen))
            .Where(chosen => chosen.Setting.Value == chosen.Values[0] || chosen.Setting.Value == chosen.Values[^1])
            .Select(chosen => $" {Format(chosen.Setting)} lies at an end of its range; a value beyond it may be " +
                "better."));

    private static string FormatCost(double cost)
        => double.IsNaN(cost) ? "infinite (a trial diverged)" : NumberFormat.Short(cost);

    private static string JoinNames(IEnumerable<string> paths) => string.Join(" and ", paths.Select(Settings.GetName));

    private static string Format((string Path, string Value) setting)
        => $"{Settings.GetName(setting.Path)}={setting.Value}";

    private static JsonObject ToJson(IEnumerable<(string Path, string Value)> settings)
        => new(settings.Select(setting => KeyValuePair.Create<string, JsonNode?>(
            Settings.GetName(setting.Path), setting.Value)));
}
