using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Reads and validates the settings of a part. A setting with one value applies to every configuration that has the
/// setting. A setting on an axis must exist in every configuration; otherwise some configurations would be identical.
/// </summary>
/// <param name="part">The part, including inherited settings.</param>
/// <param name="partTemplates">The tasks and learners of the part.</param>
/// <param name="reportedValues">Values already reported as invalid; parts share the values of the top level.</param>
/// <param name="errors">Receives errors.</param>
internal sealed class SettingReader(PartSyntax part, PartTemplates partTemplates, HashSet<TomlValue> reportedValues,
    ValidationErrors errors)
{
    /// <summary>The group of errors about unknown fields.</summary>
    public const string UnknownGroup = "unknown";

    private readonly HashSet<string> _invalidSettings = [];

    /// <summary>Whether a value of a setting is invalid, so that follow-up errors are suppressed.</summary>
    public bool IsInvalid(string name) => _invalidSettings.Contains(name);

    /// <summary>Reads a setting.</summary>
    /// <param name="given">The setting in the file.</param>
    /// <param name="isVaried">Whether it is on an axis.</param>
    /// <returns>
    /// The values; null if no configuration has the setting, or if the axis cannot be read. A single value of another
    /// kind is invalid, but the configurations exist.
    /// </returns>
    public SettingValues? Read(SettingSyntax given, bool isVaried)
    {
        ConfigurationTemplate[] owners = partTemplates.FindOwners(given.Name);
        if (owners.Length == 0)
        {
            // An inherited setting may belong to the configurations of another part.
            if (!part.InheritedSettings.Contains(given.Name))
                ReportUnknown(given, partTemplates.Templates, errors);
            return null;
        }

        if (isVaried && partTemplates.IsValid
            && partTemplates.Templates.Except(owners).FirstOrDefault() is { } templateWithout)
        {
            errors.Add(given.Location, given.Name,
                $"is not a setting of {templateWithout}, whose configurations would be identical at every value: " +
                "give them a separate part, with [[parts]]");
            return null;
        }

        // A single name of a task or a learner is reported by the templates.
        bool isSelector = ConfigurationSettings.IsSelector(given.Name);
        ValidationErrors sink = reportedValues.Contains(given.Value) || (isSelector && !isVaried) ? new("") : errors;
        Setting setting = owners[0].FindSetting(given.Name)!;
        SettingValues? values = isVaried ? SettingValues.ReadAxis(given, setting, sink)
            : SettingConverter.Convert(given.Value, given.Name, setting, sink) is { } text
                ? new(given.Name, [text], [given.Value.Location]) : null;
        if (values is not null)
        {
            Validate(given, values, owners, sink);
            return values;
        }

        reportedValues.Add(given.Value);
        if (isVaried || isSelector)
            return null;
        _invalidSettings.Add(given.Name);
        return new(given.Name, [""], [given.Value.Location]);
    }

    private void Validate(
        SettingSyntax given, SettingValues values, ConfigurationTemplate[] owners, ValidationErrors sink)
    {
        SourceLocation? lastReported = null;
        foreach ((int point, string text) in values.Texts.Index())
        {
            (object? Value, string? Error)[] parsed = [.. owners.Select(owner => owner.Parse(given.Name, text))];
            string? problem = parsed.FirstOrDefault(one => one.Error is not null).Error;
            values.Values[point] = problem is null ? parsed[0].Value : null;

            // All points of a range have the same location.
            if (problem is null || values.Locations[point] == lastReported)
                continue;
            lastReported = values.Locations[point];
            sink.Add(values.Locations[point], given.Name, text.Length == 0 ? problem
                : problem.Replace(text, Escape.Text(text), StringComparison.Ordinal));
            reportedValues.Add(given.Value);
            _invalidSettings.Add(given.Name);
        }
    }

    /// <summary>Reports a setting that no configuration has.</summary>
    /// <param name="given">The setting.</param>
    /// <param name="templates">The templates of the configurations.</param>
    /// <param name="errors">Receives the error.</param>
    public static void ReportUnknown(SettingSyntax given, IEnumerable<ConfigurationTemplate> templates,
        ValidationErrors errors)
    {
        string problem = errors.IsAtLimit(UnknownGroup) ? "unknown" : DescribeUnknown(given.Name, [.. templates]);
        errors.Add(given.Location, given.DisplayName, problem, UnknownGroup);
    }

    private static string DescribeUnknown(string name, ConfigurationTemplate[] templates)
    {
        string[] names = [.. templates.SelectMany(template => template.Fields).Select(field => field.Path).Distinct()];
        int point = name.IndexOf('.', StringComparison.Ordinal) + 1;
        string[] sameSection = [.. names.Where(known => known.StartsWith(name[..point], StringComparison.Ordinal))];
        string? nearest = NearestName.Find(name, sameSection)
            ?? names.FirstOrDefault(known => known.EndsWith($".{name[point..]}", StringComparison.Ordinal));
        return nearest is not null
            ? $"unknown; did you mean {Escape.Quote(nearest)}?"
            : $"unknown; {templates[0]} has {string.Join(", ", sameSection)}";
    }
}
