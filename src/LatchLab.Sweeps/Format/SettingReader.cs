using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Reads and validates the settings of a part. Its tasks and learners determine which settings there are. A setting
/// with one value applies to every configuration that has the setting. A setting on an axis must exist in every
/// configuration; otherwise some configurations would be identical.
/// </summary>
internal sealed class SettingReader
{
    /// <summary>The group of errors about unknown fields.</summary>
    public const string UnknownGroup = "unknown";

    private readonly PartSyntax _part;
    private readonly ValidationErrors _errors;
    private readonly HashSet<string> _invalidSettings = [];

    /// <summary>Reads the names of the tasks and learners of a part, which includes its inherited settings.</summary>
    public SettingReader(PartSyntax part, ValidationErrors errors)
    {
        (_part, _errors) = (part, errors);
        IReadOnlyList<string>[] names = [
            .. ConfigurationSettings.Selectors.Select(selector => ReadNames(selector.Field, selector.Known))];
        Templates =
        [
            .. (from task in names[0]
                from learner in names[1]
                from innerLearner in names[2]
                select ConfigurationTemplate.Get(task, learner, innerLearner)).Distinct(),
        ];
    }

    /// <summary>Whether every task and learner is known.</summary>
    public bool HasKnownNames { get; private set; } = true;

    /// <summary>
    /// The templates of the configurations. If a task or a learner is missing or unknown, those of all tasks or
    /// learners, to avoid follow-up errors.
    /// </summary>
    public IReadOnlyList<ConfigurationTemplate> Templates { get; }

    /// <summary>Whether a value of a setting is invalid, so that follow-up errors are suppressed.</summary>
    public bool IsInvalid(string name) => _invalidSettings.Contains(name);

    /// <summary>Reads a setting, on an axis or with a single value.</summary>
    /// <returns>
    /// The values; null if no configuration has the setting, or if the axis cannot be read. A single value of another
    /// kind is invalid, but the configurations exist.
    /// </returns>
    public SettingValues? Read(SettingSyntax given, bool isVaried)
    {
        ConfigurationTemplate[] owners = [
            .. Templates.Where(template => template.FindSetting(given.Name) is not null)];
        if (owners.Length == 0)
        {
            // An inherited setting may belong to the configurations of another part.
            if (!_part.InheritedSettings.Contains(given.Name))
                ReportUnknown(given, Templates, _errors);
            return null;
        }

        if (isVaried && HasKnownNames && Templates.Except(owners).FirstOrDefault() is { } templateWithout)
        {
            _errors.Add(given.Location, given.Name,
                $"is not a setting of {templateWithout}, whose configurations would be identical at every value: " +
                "give them a separate part, with [[parts]]");
            return null;
        }

        // ReadNames has reported a single name that is not valid.
        bool isSelector = ConfigurationSettings.IsSelector(given.Name);
        ValidationErrors sink = given.Value.IsReported || (isSelector && !isVaried) ? new("") : _errors;
        Setting setting = owners[0].FindSetting(given.Name)!;
        SettingValues? values = isVaried ? SettingValues.ReadAxis(given, setting, sink)
            : SettingConverter.Convert(given.Value, given.Name, setting, sink) is { } text
                ? new(given.Name, [text], [given.Value.Location]) : null;
        if (values is not null)
        {
            Validate(given, values, owners, sink);
            return values;
        }

        given.Value.IsReported = true;
        if (isVaried || isSelector)
            return null;
        _invalidSettings.Add(given.Name);
        return new(given.Name, [""], [given.Value.Location]);
    }

    /// <summary>Reports a setting that none of the templates has.</summary>
    public static void ReportUnknown(
        SettingSyntax given, IReadOnlyList<ConfigurationTemplate> templates, ValidationErrors errors)
    {
        string problem = errors.IsAtLimit(UnknownGroup) ? "unknown" : DescribeUnknown(given.Name, templates);
        errors.Add(given.Location, given.DisplayName, problem, UnknownGroup);
    }

    private IReadOnlyList<string> ReadNames(string field, IReadOnlyList<string> known)
    {
        List<TomlValue> given = _part.FindSetting(field)?.Value switch
        {
            null => [],
            TomlArray list when !_part.FixedSettings.ContainsKey(field) => list.Items,
            { } single => [single],
        };
        if (given.Count == 0)
        {
            if (field == ConfigurationSettings.InnerLearnerField)
                return [""];
            _errors.Add(_part.Location, field, $"missing; one of {string.Join(", ", known)} is needed");
            HasKnownNames = false;
        }

        foreach (TomlValue value in given)
        {
            string? name = (value as TomlString)?.Value;
            if (known.Contains(name))
                continue;
            string hint = name is null ? "" : NearestName.FormatSuggestion(name, known);
            _errors.Add(value.Location, field,
                $"{value.Description}, where one of {string.Join(", ", known)} is needed{hint}");
            HasKnownNames = false;
        }

        string[] names = [.. given.OfType<TomlString>().Select(name => name.Value).Distinct()];
        return names.Length > 0 && names.All(known.Contains) ? names : known;
    }

    private void Validate(
        SettingSyntax given, SettingValues values, ConfigurationTemplate[] owners, ValidationErrors sink)
    {
        SourceLocation? lastReported = null;
        foreach ((int point, string text) in values.Texts.Index())
        {
            // All points of a range have the same location.
            if (values.Validate(point, owners) is not { } problem || values.Locations[point] == lastReported)
                continue;
            lastReported = values.Locations[point];
            sink.Add(values.Locations[point], given.Name, text.Length == 0 ? problem
                : problem.Replace(text, Escape.Text(text), StringComparison.Ordinal));
            given.Value.IsReported = true;
            _invalidSettings.Add(given.Name);
        }
    }

    private static string DescribeUnknown(string name, IReadOnlyList<ConfigurationTemplate> templates)
    {
        string[] names = [.. templates.SelectMany(template => template.Fields).Select(field => field.Path).Distinct()];
        int point = name.IndexOf('.', StringComparison.Ordinal) + 1;
        string[] sameSection = [.. names.Where(known => known.StartsWith(name[..point], StringComparison.Ordinal))];
        string[] ownSectionFirst = [.. sameSection, .. names.Except(sameSection)];
        string? similar = NearestName.Find(name[point..], ownSectionFirst.Select(Settings.GetName)),
            nearest = ownSectionFirst.FirstOrDefault(known => Settings.GetName(known) == similar);
        return nearest is not null
            ? $"unknown; did you mean {Escape.Quote(nearest)}?"
            : sameSection.Length > 0 ? $"unknown; {templates[0]} has {string.Join(", ", sameSection)}"
            : $"unknown; the sections of settings are {string.Join(", ", ConfigurationSettings.Sections)}";
    }
}
