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

    private static readonly ValidationErrors DiscardedErrors = new("");

    private readonly HashSet<string> _invalidSettings = [];

    /// <summary>Whether a value of a setting is invalid, so that follow-up errors are suppressed.</summary>
    public bool IsInvalid(string name) => _invalidSettings.Contains(name);

    /// <summary>Whether any configuration has a setting.</summary>
    public bool IsKnown(string name) => FindTemplates(name).Length > 0;

    /// <summary>Reads a setting with one value; null if no configuration has the setting.</summary>
    public string? Read(SettingSyntax given)
    {
        ConfigurationTemplate[] templatesWithSetting = FindTemplates(given.Name);
        if (templatesWithSetting.Length == 0)
        {
            // An inherited setting may belong to the configurations of another part.
            if (!part.InheritedSettings.Contains(given.Name))
                ReportUnknown(given, partTemplates.Templates, errors);
            return null;
        }

        if (PartTemplates.IsSelector(given.Name))
            return (given.Value as TomlString)?.Value;
        ValidationErrors sink = GetErrorSink(given.Value);
        string? text = SettingConverter.Convert(given.Value, given.Name,
            templatesWithSetting[0].FindSetting(given.Name)!, sink);
        if (text is null || FindError(given.Name, text, templatesWithSetting) is not { } problem)
        {
            if (text is null)
                MarkInvalid(given);
            return text ?? SettingConverter.InvalidPlaceholder;
        }

        sink.Add(given.Value.Location, given.Name, problem);
        MarkInvalid(given);
        return text;
    }

    /// <summary>Reads a setting on an axis; null if the setting is unknown or has no valid values.</summary>
    public AxisValues? ReadAxisValues(SettingSyntax given)
    {
        ConfigurationTemplate[] templatesWithSetting = FindTemplates(given.Name);
        if (templatesWithSetting.Length == 0)
        {
            ReportUnknown(given, partTemplates.Templates, errors);
            return null;
        }

        if (partTemplates.IsValid && partTemplates.Templates.Except(templatesWithSetting).FirstOrDefault()
            is { } templateWithout)
        {
            errors.Add(given.Location, given.Name,
                $"is not a setting of {templateWithout}, whose configurations would be identical at every value: " +
                "give them a separate part, with [[parts]]");
            return null;
        }

        ValidationErrors sink = GetErrorSink(given.Value);
        AxisValues? values = AxisValues.Read(given, templatesWithSetting[0].FindSetting(given.Name)!, sink);
        if (values is null)
            reportedValues.Add(given.Value);
        if (values is null || PartTemplates.IsSelector(given.Name))
            return values;

        SourceLocation? lastReported = null;
        foreach ((string text, SourceLocation place) in values.Texts.Zip(values.Locations))
        {
            // All points of a range have the same location.
            if (place == lastReported || FindError(given.Name, text, templatesWithSetting) is not { } problem)
                continue;
            lastReported = place;
            sink.Add(place, given.Name, problem);
            MarkInvalid(given);
        }

        return values;
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

    private ConfigurationTemplate[] FindTemplates(string name)
        => [.. partTemplates.Templates.Where(template => template.FindSetting(name) is not null)];

    /// <summary>Validates a value against all templates that have the setting; null if it is valid.</summary>
    private static string? FindError(string name, string text, ConfigurationTemplate[] templatesWithSetting)
    {
        string? problem = templatesWithSetting.Select(owner => owner.Validate(name, text))
            .FirstOrDefault(error => error is not null);
        return text.Length == 0 ? problem : problem?.Replace(text, Escape.Text(text), StringComparison.Ordinal);
    }

    private ValidationErrors GetErrorSink(TomlValue value) => reportedValues.Contains(value) ? DiscardedErrors : errors;

    private void MarkInvalid(SettingSyntax given)
    {
        reportedValues.Add(given.Value);
        _invalidSettings.Add(given.Name);
    }
}
