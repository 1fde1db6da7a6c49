using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps.Tuning;

/// <summary>
/// What <c>latchlab tune</c> searches: a task, the settings with one value, and those with a range or a list. Its
/// configurations are complete and valid.
/// </summary>
public sealed class TuningSpace
{
    /// <summary>The learner if none is given.</summary>
    public const string DefaultLearner = "back-propagation";

    private const string Learner = "learner", FinalTestField = "rule.final-test", FileField = "task.file";

    private readonly string _task;
    private readonly FinalTest _finalTest;
    private readonly bool _isModern;

    private TuningSpace(
        string task, IReadOnlyDictionary<string, string> fixedSettings, SettingSpace searched, FinalTest finalTest,
        bool isModern)
        => (_task, FixedSettings, Searched, _finalTest, _isModern)
            = (task, fixedSettings, searched, finalTest, isModern);

    /// <summary>The settings with one value, by path, without the task.</summary>
    public IReadOnlyDictionary<string, string> FixedSettings { get; }

    /// <summary>The settings that are searched.</summary>
    public SettingSpace Searched { get; }

    /// <summary>Reads the settings of a search.</summary>
    /// <param name="task">The name of the task.</param>
    /// <param name="given">Names or paths of settings, with a value, a range or a list each.</param>
    /// <param name="errors">Receives every error.</param>
    /// <param name="finalTest">What the trials are tested on; a search must not see the test sequences.</param>
    /// <param name="isModern">
    /// Whether settings of a dataset that are not given have the values of <see cref="ModernPreset"/>.
    /// </param>
    /// <returns>The space; null if there are errors.</returns>
    public static TuningSpace? Read(
        string task, IReadOnlyDictionary<string, string> given, ICollection<ValidationError> errors,
        FinalTest finalTest = FinalTest.Validation, bool isModern = false)
    {
        int before = errors.Count;
        if (!ConfigurationTemplate.Tasks.Contains(task))
        {
            errors.Add(new("", "--task", $"'{task}' is not known; there are " +
                $"{string.Join(", ", ConfigurationTemplate.Tasks)}" +
                NearestName.FormatSuggestion(task, ConfigurationTemplate.Tasks)));
            return null;
        }

        string[] learners = (given.GetValueOrDefault(Learner) ?? given.GetValueOrDefault(
            ConfigurationSettings.LearnerField) ?? DefaultLearner).Split(',', StringSplitOptions.TrimEntries);
        string[] known = [.. learners.Intersect(ConfigurationTemplate.Learners)];
        ConfigurationTemplate[] templates = [.. (known.Length > 0 ? known : ConfigurationTemplate.Learners)
            .Select(learner => ConfigurationTemplate.Get(task, learner))];
        var fixedSettings = new Dictionary<string, string>();
        var searched = new List<SearchedSetting>();
        foreach ((string name, string text) in given)
        {
            if (FindSetting(templates, name) is not { } setting)
                errors.Add(DescribeUnknown(templates, name));
            else if (setting.Path == FinalTestField)
                errors.Add(new("", FinalTestField, "is set by the command, which tests its trials itself"));
            else if (SearchedSetting.Parse(
                setting, text, value => Validate(templates, setting.Path, value), errors) is { } range)
                searched.Add(range);
            else
                fixedSettings[setting.Path] = text;
        }

        foreach ((string path, string text) in fixedSettings)
        {
            if (errors.All(error => error.Field != path) && Validate(templates, path, text) is { } message)
                errors.Add(new("", path, message));
        }

        if (KnownTasks.All.Single(one => one.Name == task).NeedsLength
            && !given.Keys.Any(name => Settings.GetName(name) == "length"))
            errors.Add(new("", "task.length", "is missing; give the largest sequence length T"));
        foreach (LearnerDefinition learner in KnownLearners.All.Where(one => isModern && known.Contains(one.Name)))
        {
            if (ModernPreset.FindObstacle(learner) is { } obstacle)
                errors.Add(new("--preset", "", $"{obstacle}: give 1994"));
        }

        AddDefaults(task, learners, fixedSettings, [.. searched.Select(setting => setting.Path)], isModern);
        return errors.Count > before ? null : new(task, fixedSettings, new(searched), finalTest, isModern);
    }

    /// <summary>Creates the configurations of points.</summary>
    /// <param name="points">[point][setting].</param>
    /// <param name="errors">
    /// Receives every error; one that differs between points only in numbers is reported once.
    /// </param>
    /// <param name="source">Reads the dataset that the task names.</param>
    /// <returns>[point]; valid only if there are no errors.</returns>
    public IReadOnlyList<TrainingConfiguration> CreateConfigurations(
        IReadOnlyList<IReadOnlyList<string>> points, ICollection<ValidationError> errors, IDatasetSource? source)
    {
        var found = new List<(int Point, ValidationError Error)>();
        var idle = new Dictionary<string, (string Reason, int Count)>();
        TrainingConfiguration[] configurations = [.. points.Select((point, i) => Create(point, i))];
        foreach (var alike in found.GroupBy(
            one => string.Concat($"{one.Error}".Where(letter => !char.IsAsciiDigit(letter)))))
        {
            (int point, ValidationError error) = alike.First();
            string where = alike.Count() == points.Count ? ""
                : $" (in {alike.Count()} of {points.Count} configurations, such as {Describe(points[point])})";
            errors.Add(error with { Message = error.Message + where });
        }

        foreach ((string path, (string reason, int count)) in idle.Where(one => one.Value.Count == points.Count))
            errors.Add(new("", path, $"has no effect: {reason}"));
        return configurations;

        TrainingConfiguration Create(IReadOnlyList<string> point, int index)
        {
            var own = new List<ValidationError>();
            Dictionary<string, string> values = Combine(point, out string learner);
            if (!_isModern)
                values[FinalTestField] = Settings.FormatValue(_finalTest);
            TrainingConfiguration configuration = _isModern ? ModernPreset.Create(learner, values, own, source!)
                : TrainingConfigurationFactory.Create(_task, learner, values, own, source);
            if (_isModern && own.Count == 0)
            {
                // The preset has validation sequences to test on only now.
                configuration = Settings.With(
                    configuration, new Dictionary<string, object?> { [FinalTestField] = _finalTest });
                own.AddRange(configuration.FindConflicts([]));
            }

            if (own.Count == 0)
            {
                IReadOnlyDictionary<string, string> reasons = Settings.FindIdle(configuration);
                own.AddRange(Settings.RefuseIdle(reasons, Searched.Settings.Select(setting => setting.Path)));
                foreach (string path in FixedSettings.Keys.Where(reasons.ContainsKey))
                    idle[path] = (reasons[path], idle.GetValueOrDefault(path).Count + 1);
            }

            found.AddRange(own.Distinct().Select(error => (index, error)));
            return configuration;
        }
    }

    /// <summary>The settings of a point as words, for example <c>learning-rate=0.01 units=8</c>.</summary>
    public string Describe(IReadOnlyList<string> point)
        => string.Join(' ', Searched.Settings.Zip(point, (setting, value) => $"{FormatName(setting.Path)}={value}"));

    /// <summary>The settings of a point that are given, by path, apart from the learner.</summary>
    public IReadOnlyDictionary<string, string> GetGiven(IReadOnlyList<string> point) => Combine(point, out _);

    /// <summary>The arguments of the command <c>train</c> that trains with a point.</summary>
    /// <param name="point">The values of the searched settings.</param>
    /// <param name="configuration">The configuration of the point.</param>
    public IReadOnlyList<string> CreateTrainArguments(IReadOnlyList<string> point, TrainingConfiguration configuration)
    {
        Dictionary<string, string> values = Combine(point, out string learner);
        string[] task = ["--task", _task];
        if (_isModern)
        {
            task = ["--data", values[FileField]];
            foreach ((string path, _) in new SettingsSearch(configuration, values).SearchedValues)
            {
                values[path] = TrainingConfigurationFactory.GetSettings(configuration)
                    .First(setting => setting.Path == path).Value;
            }
        }

        return
        [
            "train", .. task, "--learner", learner,
            .. values.Where(value => !_isModern || value.Key != FileField).SelectMany(
                value => (string[])["--set", $"{FormatName(value.Key)}={value.Value}"]),
        ];
    }

    /// <summary>The name of a setting in options and tables; of the learner of a curriculum, its path.</summary>
    public static string FormatName(string path)
        => path == ConfigurationSettings.LearnerField ? Learner
            : path == ConfigurationSettings.InnerLearnerField ? path : Settings.GetName(path);

    /// <summary>The values of all settings at a point, apart from the learner.</summary>
    private Dictionary<string, string> Combine(IReadOnlyList<string> point, out string learner)
    {
        var values = new Dictionary<string, string>(FixedSettings);
        foreach ((SearchedSetting setting, string value) in Searched.Settings.Zip(point))
            values[setting.Path] = value;
        values.Remove(ConfigurationSettings.LearnerField, out string? name);
        learner = name!;
        return values;
    }

    private static ValidationError DescribeUnknown(ConfigurationTemplate[] templates, string name)
    {
        string[] names = [.. templates.SelectMany(template => template.Fields)
            .Where(field => !ConfigurationSettings.IsSelector(field.Path)).Select(field => field.Name).Distinct()];
        return new("", name, $"is not a setting of {templates[0]}; there are {string.Join(", ", names)}" +
            NearestName.FormatSuggestion(Settings.GetName(name), names));
    }

    private static Setting? FindSetting(IEnumerable<ConfigurationTemplate> templates, string name)
        => templates.Select(template => name == Learner ? template.FindSetting(ConfigurationSettings.LearnerField)
            : template.FindSetting(name) ?? template.Fields.FirstOrDefault(field => field.Name == name))
            .FirstOrDefault(setting => setting is not null);

    private static string? Validate(ConfigurationTemplate[] templates, string path, string value)
        => path == ConfigurationSettings.LearnerField
            ? ConfigurationTemplate.Learners.Contains(value) ? null
                : $"'{value}' is not known; there are {string.Join(", ", ConfigurationTemplate.Learners)}" +
                    NearestName.FormatSuggestion(value, ConfigurationTemplate.Learners)
            : templates.First(template => template.FindSetting(path) is not null).Parse(path, value).Error;

    /// <summary>
    /// A dataset has a share for validation, and a gradient method stops early by it, unless the user says otherwise or
    /// the preset does.
    /// </summary>
    private static void AddDefaults(
        string task, string[] learners, Dictionary<string, string> settings, IReadOnlyList<string> searched,
        bool isModern)
    {
        settings.TryAdd(ConfigurationSettings.LearnerField, DefaultLearner);
        if (searched.Contains(ConfigurationSettings.LearnerField))
            settings.Remove(ConfigurationSettings.LearnerField);
        if (isModern || KnownTasks.All.Single(known => known.Name == task).DataFile is null)
            return;
        Add("task.validation-share", "0.25");
        if (!KnownLearners.All.Any(known => known.IsSearch && learners.Contains(known.Name)))
            Add("rule.rule", Settings.FormatValue(ConvergenceRuleKind.Validation));

        void Add(string path, string value)
        {
            if (!searched.Contains(path))
                settings.TryAdd(path, value);
        }
    }
}
