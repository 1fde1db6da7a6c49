using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps.Format;

/// <summary>Converts the syntax of a part of a sweep file to its axes and configurations.</summary>
internal sealed class PartConfigurations
{
    private readonly PartSyntax _part;
    private readonly PartTemplates _partTemplates;
    private readonly SettingReader _settings;
    private readonly ValidationErrors _errors;
    private readonly Dictionary<string, object?> _fixedValues;
    private readonly SettingValues[]?[] _axes;
    private readonly Dictionary<string, string> _idleReasons = []; // of settings with one value
    private readonly HashSet<string> _actingSettings = [];

    /// <summary>Reads the values. The configurations are created later.</summary>
    /// <param name="part">The part, including inherited settings.</param>
    /// <param name="reportedValues">Values that are already reported as invalid.</param>
    /// <param name="errors">Receives errors.</param>
    public PartConfigurations(PartSyntax part, HashSet<TomlValue> reportedValues, ValidationErrors errors)
    {
        _part = part;
        _errors = errors;
        _partTemplates = new PartTemplates(part, errors);
        _settings = new SettingReader(part, _partTemplates, reportedValues, errors);
        _fixedValues = part.FixedSettings.Values.Select(given => _settings.Read(given, isVaried: false))
            .OfType<SettingValues>().ToDictionary(setting => setting.Name, setting => setting.Values[0]);
        _axes = [.. (part.Axes ?? []).Select(ReadAxis)];
    }

    /// <summary>The templates of the configurations.</summary>
    public IReadOnlyList<ConfigurationTemplate> Templates => _partTemplates.Templates;

    /// <summary>The number of configurations; 0 if they cannot be created.</summary>
    public double Count => !_partTemplates.IsValid || _axes.Contains(null)
        ? 0.0
        : _axes.Aggregate(1.0, (product, axis) => product * axis![0].Texts.Count);

    /// <summary>The axes; valid only if <see cref="Count"/> is not 0.</summary>
    public IReadOnlyList<SweepAxis> Axes
        => [.. _axes.OfType<SettingValues[]>().Zip(_part.Axes ?? [], CreateAxis)];

    /// <summary>Whether any configuration has a setting.</summary>
    public bool Has(string name) => _partTemplates.FindOwners(name).Length > 0;

    /// <summary>Whether a setting has an effect in any configuration; valid after they were created.</summary>
    public bool HasEffect(string name) => _actingSettings.Contains(name);

    /// <summary>Why a setting has no effect in any configuration; null if none has the setting.</summary>
    public string? FindIdleReason(string name) => _idleReasons.GetValueOrDefault(name);

    /// <summary>
    /// Creates the configurations. A conflict between settings is reported once, with the number of configurations that
    /// have it.
    /// </summary>
    /// <param name="source">Reads the dataset that a task names.</param>
    public ValidatedConfigurations CreateConfigurations(IDatasetSource? source)
    {
        var configurations = new Configuration[(int)Count];
        var conflicts = new Dictionary<string, (ValidationError First, int Configuration, int Count)>();
        var starts = new Dictionary<ConfigurationTemplate, Configuration>(); // the configurations without the axes
        var varied = new Dictionary<string, object?>();
        var given = new Dictionary<string, object?>(_fixedValues);
        foreach (SettingValues setting in _axes.OfType<SettingValues[]>().SelectMany(axis => axis))
            given[setting.Name] = varied[setting.Name] = null;
        for (int i = 0; i < configurations.Length; i++)
        {
            foreach ((SettingValues setting, int point) in GetAxisPoints(i))
                varied[setting.Name] = setting.Values[point];
            var template = ConfigurationTemplate.Get(
                GetName(ConfigurationSettings.TaskField), GetName(ConfigurationSettings.LearnerField),
                GetName(ConfigurationSettings.InnerLearnerField));
            if (!starts.TryGetValue(template, out Configuration? start))
                starts.Add(template, start = template.Create(given));
            string[] invalid = [
                .. _fixedValues.Concat(varied).Where(value => value.Value is null).Select(value => value.Key)];
            var found = new List<ValidationError>();
            configurations[i] = template.Complete(
                Settings.With(start, varied), given.Keys, invalid, found, source);
            if (found.Count + invalid.Length == 0)
                found.AddRange(RecordEffects(configurations[i], template, varied.Keys));
            foreach (ValidationError error in found.Distinct().Where(error => !_settings.IsInvalid(error.Field)))
            {
                if (error.Location.Length > 0)
                {
                    _errors.Add(error);
                    continue;
                }

                // Errors that differ only in numbers form one group.
                string key = string.Concat($"{error.Field} {error.Message}".Where(one => !char.IsAsciiDigit(one)));
                (ValidationError first, int index, int count) = conflicts.GetValueOrDefault(key, (error, i, 0));
                conflicts[key] = (first, index, count + 1);
            }
        }

        foreach ((ValidationError error, int index, int count) in conflicts.Values)
        {
            string suffix = count == configurations.Length ? ""
                : $" (in {count} of {configurations.Length} configurations, such as {DescribePoint(index)})";
            _errors.Add(FindLocation(error.Field, index), error.Field, error.Message + suffix);
        }

        return new(configurations);

        string GetName(string field)
            => (string?)(varied.GetValueOrDefault(field) ?? _fixedValues.GetValueOrDefault(field)) ?? "";
    }

    /// <summary>
    /// Records which settings with one value have an effect in a configuration. A setting on an axis must have one in
    /// every configuration; otherwise some of them would be identical.
    /// </summary>
    private IEnumerable<ValidationError> RecordEffects(
        Configuration configuration, ConfigurationTemplate template, IEnumerable<string> varied)
    {
        IReadOnlyDictionary<string, string> idle = Settings.FindIdle(configuration);
        foreach (string name in _fixedValues.Keys.Where(name => template.FindSetting(name) is not null))
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

        if (_part.FixedSettings.TryGetValue(name, out SettingSyntax? given))
            return given.Value.Location;
        return name == ConfigurationSettings.TaskField ? _part.Location
            : FindLocation(ConfigurationSettings.TaskField, configurationIndex);
    }
}
