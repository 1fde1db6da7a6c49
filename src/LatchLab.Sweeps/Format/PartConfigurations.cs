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
    private readonly Dictionary<string, string> _fixedValues = [];
    private readonly AxisValues[]?[] _axes;
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
        foreach (SettingSyntax given in part.FixedSettings.Values)
        {
            if (_settings.Read(given) is { } text)
                _fixedValues[given.Name] = text;
        }

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
        => [.. _axes.OfType<AxisValues[]>().Zip(_part.Axes ?? [], (settings, given) => CreateAxis(settings, given))];

    /// <summary>Whether any configuration has a setting.</summary>
    public bool Has(string name) => _settings.IsKnown(name);

    /// <summary>Whether a setting has an effect in any configuration; valid after they were created.</summary>
    public bool HasEffect(string name) => _actingSettings.Contains(name);

    /// <summary>Why a setting of the part has no effect in any of its configurations.</summary>
    public string GetIdleReason(string name) => _idleReasons.GetValueOrDefault(name, "its configurations have none");

    /// <summary>
    /// Creates the configurations. A conflict between settings is reported once, with the number of configurations that
    /// have it.
    /// </summary>
    /// <param name="source">Reads the dataset that a task names.</param>
    public IReadOnlyList<Configuration> CreateConfigurations(IDatasetSource? source)
    {
        var configurations = new Configuration[(int)Count];
        var groupedErrors = new Dictionary<string, (ValidationError First, int Cell, int Count)>();
        var foundErrors = new List<ValidationError>();
        for (int i = 0; i < configurations.Length; i++)
        {
            var values = new Dictionary<string, string>(_fixedValues);
            foreach ((AxisValues setting, int point) in GetAxisPoints(i))
                values[setting.Name] = setting.Texts[point];
            ConfigurationTemplate template = PartTemplates.GetTemplate(values);
            configurations[i] = template.CreateConfiguration(
                values.Where(value => template.FindSetting(value.Key) is not null), foundErrors, source);
            if (foundErrors.Count == 0)
                RecordEffects(configurations[i], template, i, foundErrors);
            foreach (ValidationError error in foundErrors.Where(error => !_settings.IsInvalid(error.Field)))
            {
                if (error.Location.Length > 0)
                {
                    _errors.Add(error);
                    continue;
                }

                // Errors that differ only in numbers form one group.
                string groupKey = string.Concat(
                    $"{error.Field} {error.Message}".Where(character => !char.IsAsciiDigit(character)));
                (ValidationError first, int configurationIndex,
                    int count) = groupedErrors.GetValueOrDefault(groupKey, (error, i, 0));
                groupedErrors[groupKey] = (first, configurationIndex, count + 1);
            }

            foundErrors.Clear();
        }

        foreach ((ValidationError error, int configurationIndex, int count) in groupedErrors.Values)
        {
            string suffix =
                $" (in {count} of {configurations.Length} configurations, such as " +
                $"{DescribePoint(configurationIndex)})";
            string problem = count == configurations.Length ? error.Message : error.Message + suffix;
            _errors.Add(FindLocation(error.Field, configurationIndex), error.Field, problem);
        }

        return configurations;
    }

    /// <summary>
    /// Records which settings with one value have an effect in a configuration. A setting on an axis must have one in
    /// every configuration; otherwise some of them would be identical.
    /// </summary>
    private void RecordEffects(
        Configuration configuration, ConfigurationTemplate template, int index, List<ValidationError> errors)
    {
        IReadOnlyDictionary<string, string> idle = Settings.FindIdle(configuration);
        foreach (string name in _fixedValues.Keys.Where(name => template.FindSetting(name) is not null))
        {
            if (idle.TryGetValue(name, out string? reason))
                _idleReasons.TryAdd(name, reason);
            else
                _actingSettings.Add(name);
        }

        errors.AddRange(Settings.RefuseIdle(idle, GetAxisPoints(index).Select(point => point.Setting.Name)));
    }

    private AxisValues[]? ReadAxis(AxisSyntax axis)
    {
        AxisValues?[] read = [.. axis.Settings.Select(_settings.ReadAxisValues)];
        if (read.Length == 0 || read.Contains(null))
            return null;
        AxisValues[] settings = [.. read.OfType<AxisValues>()];
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

    private static SweepAxis CreateAxis(AxisValues[] settings, AxisSyntax given)
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
    private IEnumerable<(AxisValues Setting, int Point)> GetAxisPoints(int configurationIndex)
    {
        for (int axis = _axes.Length - 1; axis >= 0; axis--)
        {
            int points = _axes[axis]![0].Texts.Count;
            foreach (AxisValues setting in _axes[axis]!)
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
        foreach ((AxisValues setting,
            int point) in GetAxisPoints(configurationIndex).Where(value => value.Setting.Name == name))
            return setting.Locations[point];
        if (_part.FixedSettings.TryGetValue(name, out SettingSyntax? given))
            return given.Value.Location;
        return name == ConfigurationSettings.TaskField ? _part.Location
            : FindLocation(ConfigurationSettings.TaskField, configurationIndex);
    }
}
