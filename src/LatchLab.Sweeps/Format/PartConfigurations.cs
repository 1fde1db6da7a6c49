using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps.Format;

/// <summary>Converts the syntax of a part of a sweep file to its axes and configurations.</summary>
internal sealed class PartConfigurations
{
    private readonly SettingReader _settings;
    private readonly ValidationErrors _errors;
    private readonly SettingValues[] _fixedSettings;
    private readonly SettingValues[]?[] _axes;
    private readonly Dictionary<string, string> _idleReasons = []; // of settings with one value
    private readonly HashSet<string> _actingSettings = [];
    private readonly Dictionary<string, (ValidationError First, int Index, int Count)> _conflicts = [];

    /// <summary>Reads the values of a part with its inherited settings. The configurations are created later.</summary>
    public PartConfigurations(PartSyntax part, ValidationErrors errors)
    {
        (Syntax, _errors, _settings) = (part, errors, new SettingReader(part, errors));
        _fixedSettings = [.. part.FixedSettings.Values.Select(given => _settings.Read(given, isVaried: false))
            .OfType<SettingValues>()];
        _axes = [.. (part.Axes ?? []).Select(ReadAxis)];
    }

    /// <summary>The syntax of the part.</summary>
    public PartSyntax Syntax { get; }

    /// <summary>The templates of the configurations.</summary>
    public IReadOnlyList<ConfigurationTemplate> Templates => _settings.Templates;

    /// <summary>The number of configurations; 0 if they cannot be created.</summary>
    public double Count => !_settings.HasKnownNames || _axes.Contains(null)
        ? 0.0
        : _axes.Aggregate(1.0, (product, axis) => product * axis![0].Texts.Count);

    /// <summary>The axes; valid only if <see cref="Count"/> is not 0.</summary>
    public IReadOnlyList<SweepAxis> Axes
        => [.. _axes.OfType<SettingValues[]>().Zip(Syntax.Axes ?? [], CreateAxis)];

    /// <summary>Whether a setting has an effect in any configuration; valid after they were created.</summary>
    public bool HasEffect(string name) => _actingSettings.Contains(name);

    /// <summary>Why a setting has no effect in any configuration; null if none has the setting.</summary>
    public string? FindIdleReason(string name) => _idleReasons.GetValueOrDefault(name);

    /// <summary>
    /// Creates the configurations. A conflict between settings is reported once, with the number of configurations that
    /// have it.
    /// </summary>
    public ValidatedConfigurations CreateConfigurations(IDatasetSource? source)
    {
        var configurations = new TrainingConfiguration[(int)Count];
        var starts = new Dictionary<ConfigurationTemplate, Start>();
        var names = _fixedSettings.ToDictionary(setting => setting.Name, setting => setting.Texts[0]);
        var varied = new Dictionary<string, object?>();
        for (int i = 0; i < configurations.Length; i++)
        {
            (SettingValues Setting, int Point)[] points = [.. GetAxisPoints(i)];
            foreach ((SettingValues setting, int point) in points)
                names[setting.Name] = setting.Texts[point];
            var template = ConfigurationTemplate.Get(names);
            foreach ((SettingValues setting, int point) in points)
                varied[setting.Name] = setting.GetValue(template, point);
            if (!starts.TryGetValue(template, out Start? start))
                starts.Add(template, start = CreateStart(template, varied.Keys));
            string[] invalid = [
                .. start.Invalid, .. varied.Where(value => value.Value is null).Select(value => value.Key)];
            var found = new List<ValidationError>();
            configurations[i] = TrainingConfigurationFactory.Complete(
                Settings.With(start.Configuration, varied), invalid, found, source);
            if (found.Count + invalid.Length == 0)
                found.AddRange(RecordEffects(configurations[i], start.Fixed, varied.Keys));
            foreach (ValidationError error in found.Distinct())
                RecordError(error, i);
        }

        foreach ((ValidationError error, int index, int count) in _conflicts.Values)
        {
            string suffix = count == configurations.Length ? ""
                : $" (in {count} of {configurations.Length} configurations, such as {DescribePoint(index)})";
            _errors.Add(FindLocation(error.Field, index), error.Field, error.Message + suffix);
        }

        return new(configurations);
    }

    private Start CreateStart(ConfigurationTemplate template, IEnumerable<string> varied)
    {
        var values = _fixedSettings.Where(setting => template.FindSetting(setting.Name) is not null)
            .ToDictionary(setting => setting.Name, setting => setting.GetValue(template, point: 0));
        string[] fixedSettings = [.. values.Keys];
        foreach (string name in varied)
            values[name] = null;
        return new(template.Create(values), fixedSettings,
            [.. fixedSettings.Where(name => values[name] is null)]);
    }

    private void RecordError(ValidationError error, int configurationIndex)
    {
        if (_settings.IsInvalid(error.Field))
            return;
        if (error.Location.Length > 0)
        {
            _errors.Add(error);
            return;
        }

        // Errors that differ only in numbers form one group.
        string key = string.Concat($"{error.Field} {error.Message}".Where(letter => !char.IsAsciiDigit(letter)));
        var conflict = _conflicts.GetValueOrDefault(key, (First: error, Index: configurationIndex, Count: 0));
        _conflicts[key] = conflict with { Count = conflict.Count + 1 };
    }

    /// <summary>
    /// Records which settings with one value have an effect in a configuration. A setting on an axis must have one in
    /// every configuration; otherwise some of them would be identical.
    /// </summary>
    private IEnumerable<ValidationError> RecordEffects(
        TrainingConfiguration configuration, IEnumerable<string> fixedSettings, IEnumerable<string> varied)
    {
        IReadOnlyDictionary<string, string> idle = Settings.FindIdle(configuration);
        foreach (string name in fixedSettings)
        {
            if (idle.TryGetValue(name, out string? reason))
                _idleReasons.TryAdd(name, reason);
            else
                _actingSettings.Add(name);
        }

        return Settings.RefuseIdle(idle, varied);
    }

    private SettingValues[]? ReadAxis(AxisSyntax axis)
    {
        SettingValues?[] read = [.. axis.Settings.Select(given => _settings.Read(given, isVaried: true))];
        if (read.Length == 0 || read.Contains(null))
            return null;
        SettingValues[] settings = [.. read.OfType<SettingValues>()];
        int points = settings[0].Texts.Count;
        if (settings.FirstOrDefault(setting => setting.Texts.Count != points) is { } other)
        {
            _errors.Add(axis.Location, "axes", $"{settings[0].Name} has {points} values and {other.Name} " +
                $"{other.Texts.Count}: give the same number, or separate axes");
            return null;
        }

        if (settings.Any(setting => _settings.IsInvalid(setting.Name)))
            return settings;
        var seen = new Dictionary<string, int>();
        for (int i = 0; i < points; i++)
        {
            string point = string.Join(", ", settings.Select(setting => $"{setting.Name} = {setting.Texts[i]}"));
            if (seen.TryAdd(point, i))
                continue;
            _errors.Add(settings[0].Locations[i], settings[0].Name,
                $"points {seen[point] + 1} and {i + 1} of this axis are the same: {Escape.Text(point)}");
            return null;
        }

        return settings;
    }

    private static SweepAxis CreateAxis(SettingValues[] settings, AxisSyntax given)
    {
        IReadOnlyList<string>[] values =
        [
            .. Enumerable.Range(0, settings[0].Texts.Count).Select(point => (IReadOnlyList<string>)
                [.. settings.Select(setting => setting.Texts[point])]),
        ];
        bool? rangeIsLogarithmic = settings.FirstOrDefault(setting => setting.IsLogarithmic is not null)?.IsLogarithmic;
        return new(
            [.. settings.Select(setting => setting.Name)],
            values,
            given.IsLogarithmic ?? rangeIsLogarithmic ?? SweepAxes.IsLogarithmic(values));
    }

    /// <summary>Returns the settings on axes and their points in a configuration, the last axis first.</summary>
    private IEnumerable<(SettingValues Setting, int Point)> GetAxisPoints(int configurationIndex)
    {
        for (int axis = _axes.Length - 1; axis >= 0; axis--)
        {
            int points = _axes[axis]![0].Texts.Count;
            foreach (SettingValues setting in _axes[axis]!)
                yield return (setting, configurationIndex % points);
            configurationIndex /= points;
        }
    }

    private string DescribePoint(int configurationIndex)
        => string.Join(", ", GetAxisPoints(configurationIndex).Reverse()
            .Select(value => $"{value.Setting.Name} = {Escape.Text(value.Setting.Texts[value.Point])}"));

    /// <summary>Finds the location of a setting of a configuration; for a default, that of the task.</summary>
    private SourceLocation FindLocation(string name, int configurationIndex)
    {
        foreach ((SettingValues setting, int point) in GetAxisPoints(configurationIndex))
        {
            if (setting.Name == name)
                return setting.Locations[point];
        }

        if (Syntax.FixedSettings.TryGetValue(name, out SettingSyntax? given))
            return given.Value.Location;
        return name == ConfigurationSettings.TaskField ? Syntax.Location
            : FindLocation(ConfigurationSettings.TaskField, configurationIndex);
    }

    /// <summary>What the configurations of a template share.</summary>
    /// <param name="Configuration">The configuration without the settings on axes.</param>
    /// <param name="Fixed">The settings with one value.</param>
    /// <param name="Invalid">Those of them whose value is invalid.</param>
    private sealed record Start(TrainingConfiguration Configuration, string[] Fixed, string[] Invalid);
}
