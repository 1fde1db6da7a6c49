using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Reads the settings of a part: whether its cells have them, and whether they allow the values. A setting with one
/// value holds for every cell that has such a setting; one on an axis must be a setting of every cell, or some cells
/// would be the same.
/// </summary>
/// <param name="part">The part, whole.</param>
/// <param name="partTemplates">Its tasks and learners.</param>
/// <param name="reportedValues">Values that were told to be wrong: parts share what the top level says.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class SettingReader(PartSyntax part, PartTemplates partTemplates, HashSet<TomlValue> reportedValues,
    ValidationErrors errors)
{
    /// <summary>What counts together: mistakes in names that are no fields.</summary>
    public const string UnknownGroup = "unknown";

    private static readonly ValidationErrors discardedErrors = new("");

    private readonly HashSet<string> _invalidSettings = [];

    /// <summary>Whether a value of a setting is wrong, so that no more is to be said of it.</summary>
    public bool IsInvalid(string name) => _invalidSettings.Contains(name);

    /// <summary>Whether some cells have a setting.</summary>
    public bool IsKnown(string name) => FindTemplates(name).Length > 0;

    /// <summary>Reads a setting with one value; null where no cell has it.</summary>
    public string? Read(SettingSyntax given)
    {
        ConfigurationTemplate[] templatesWithSetting = FindTemplates(given.Name);
        if (templatesWithSetting.Length == 0)
        {
            // Of what is taken over, some other part may have such cells.
            if (!part.InheritedSettings.Contains(given.Name))
                ReportUnknown(given, partTemplates.Templates, errors);
            return null;
        }

        if (PartTemplates.IsSelector(given.Name))
            return (given.Value as TomlString)?.Value;
        ValidationErrors sink = GetErrorSink(given.Value);
        string? text = SettingConverter.Convert(given.Value, given.Name,
            templatesWithSetting[0].FindSetting(given.Name)!.Setting, sink);
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

    /// <summary>Reads a setting on an axis; null where it is not one, or has no values.</summary>
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
                $"is not a setting of {templateWithout}, whose cells would be the same at " +
                "every value: make a part of them, with [[parts]]");
            return null;
        }

        ValidationErrors sink = GetErrorSink(given.Value);
        AxisValues? values = AxisValues.Read(given, templatesWithSetting[0].FindSetting(given.Name)!.Setting, sink);
        if (values is null)
            reportedValues.Add(given.Value);
        if (values is null || PartTemplates.IsSelector(given.Name))
            return values;

        SourceLocation? lastReported = null;
        foreach ((string text, SourceLocation place) in values.Texts.Zip(values.Locations))
        {
            // All points of a range stand at one place.
            if (place == lastReported || FindError(given.Name, text, templatesWithSetting) is not { } problem)
                continue;
            lastReported = place;
            sink.Add(place, given.Name, problem);
            MarkInvalid(given);
        }

        return values;
    }

    /// <summary>Tells that no cell has a setting.</summary>
    /// <param name="given">The setting.</param>
    /// <param name="templates">What cells there are.</param>
    /// <param name="errors">Receives the mistake.</param>
    public static void ReportUnknown(SettingSyntax given, IEnumerable<ConfigurationTemplate> templates,
        ValidationErrors errors)
    {
        string problem = errors.IsAtLimit(UnknownGroup) ? "unknown" : DescribeUnknown(given.Name, [.. templates]);
        errors.Add(given.Location, given.DisplayName, problem, UnknownGroup);
    }

    private static string DescribeUnknown(string name, ConfigurationTemplate[] templates)
    {
        string[] names = [.. templates.SelectMany(template => template.Fields).Select(field => field.Field).Distinct()];
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

    /// <summary>Why cells that have a setting do not allow a value; null if all do.</summary>
    private static string? FindError(string name, string text, ConfigurationTemplate[] templatesWithSetting)
    {
        string? problem = templatesWithSetting.Select(owner => owner.Validate(name, text))
            .FirstOrDefault(error => error is not null);
        return text.Length == 0 ? problem : problem?.Replace(text, Escape.Text(text), StringComparison.Ordinal);
    }

    private ValidationErrors GetErrorSink(TomlValue value) => reportedValues.Contains(value) ? discardedErrors : errors;

    private void MarkInvalid(SettingSyntax given)
    {
        reportedValues.Add(given.Value);
        _invalidSettings.Add(given.Name);
    }
}
