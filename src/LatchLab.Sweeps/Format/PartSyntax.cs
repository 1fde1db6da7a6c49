using System.Globalization;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;
using LatchLab.Training;

namespace LatchLab.Sweeps.Format;

/// <summary>A setting in the file, before validation.</summary>
/// <param name="Name">The name with its section, for example <c>task.length</c>.</param>
/// <param name="Location">The location of the name.</param>
/// <param name="Value">The value; on an axis, the values.</param>
internal sealed record SettingSyntax(string Name, SourceLocation Location, TomlValue Value)
{
    /// <summary>The name for messages, escaped because it may contain any characters.</summary>
    public string DisplayName => Escape.Text(Name);
}

/// <summary>An axis in the file.</summary>
/// <param name="Location">The start of the axis.</param>
/// <param name="Settings">The settings that vary along the axis.</param>
/// <param name="IsLogarithmic">Whether its scale is logarithmic; null if not specified.</param>
internal sealed record AxisSyntax(SourceLocation Location, IReadOnlyList<SettingSyntax> Settings, bool? IsLogarithmic);

/// <summary>
/// The syntax of a part of a sweep file, or of its top level: settings with one value and axes. The existence of the
/// settings is not validated here.
/// </summary>
internal sealed class PartSyntax
{
    private const string NameField = "name", ScaleField = "scale";

    /// <summary>The scales of axes and ranges.</summary>
    public static readonly string[] ScaleNames = ["linear", "logarithmic"];

    private PartSyntax(SourceLocation location) => Location = location;

    /// <summary>The fields of a part; the top level has additional ones.</summary>
    public static IReadOnlyList<string> Fields { get; } = [NameField, "trials", .. ConfigurationSettings.Sections,
        "axes"];

    /// <summary>The start of the part.</summary>
    public SourceLocation Location { get; }

    /// <summary>The name; null if not specified.</summary>
    public string? DisplayName { get; private init; }

    /// <summary>The number of trials of each configuration; null if not specified.</summary>
    public int? Trials { get; private init; }

    /// <summary>Settings with one value, by name.</summary>
    public Dictionary<string, SettingSyntax> FixedSettings { get; private init; } = [];

    /// <summary>The names of the settings that are inherited from the top level.</summary>
    public HashSet<string> InheritedSettings { get; } = [];

    /// <summary>The axes; null if not specified.</summary>
    public IReadOnlyList<AxisSyntax>? Axes { get; private set; }

    private IEnumerable<SettingSyntax> VariedSettings => (Axes ?? []).SelectMany(axis => axis.Settings);

    /// <summary>Returns a setting, with one value or on an axis; null if there is none of that name.</summary>
    public SettingSyntax? FindSetting(string name)
        => FixedSettings.GetValueOrDefault(name) ?? VariedSettings.FirstOrDefault(setting => setting.Name == name);

    /// <summary>Reads a part, with a note for each former name.</summary>
    public static PartSyntax Read(TomlTableReader table, Action<SourceLocation, string> note)
    {
        ValidationErrors errors = table.Errors;
        var part = new PartSyntax(table.Table.Location)
        {
            DisplayName = table.GetString(NameField, "a name"),
            Trials = (int?)table.GetInt64("trials", 1, SweepFile.MaximumTrials),
            Axes = table.GetTables("axes")?.Select(
                axis => ReadAxis(axis, table.Find("axes")!.Name, errors, note)).ToArray(),
        };
        foreach (SettingSyntax setting in ReadSections(table, note))
        {
            if (!part.FixedSettings.TryAdd(setting.Name, setting))
                errors.Add(setting.Location, setting.DisplayName, "given twice, under its current and its former name");
        }

        var varied = new Dictionary<string, SettingSyntax>();
        foreach (SettingSyntax setting in part.VariedSettings)
        {
            if (!varied.TryAdd(setting.Name, setting))
            {
                errors.Add(setting.Location, setting.DisplayName,
                    $"on two axes; line {varied[setting.Name].Location.Line} has it already");
            }

            if (part.FixedSettings.Remove(setting.Name, out SettingSyntax? duplicate))
            {
                errors.Add(duplicate.Location, duplicate.DisplayName,
                    $"given here and on an axis (line {setting.Location.Line}): give one of the two");
            }
        }

        return part;
    }

    /// <summary>Gives a setting one value, which a command line gives, instead of that of the file.</summary>
    public void Override(string path, string value)
    {
        Remove(path);
        var location = new SourceLocation(Line: 0, Column: 0);
        TomlValue parsed = NumberFormat.TryParseFinite(value, out double number)
            ? new TomlNumber(location, number, long.TryParse(value, CultureInfo.InvariantCulture, out long integer)
                ? integer : null, value)
            : new TomlString(location, value);
        FixedSettings[path] = new(path, location, parsed);
    }

    /// <summary>Removes a setting, also from an axis; an axis without other settings goes.</summary>
    public void Remove(string path)
    {
        FixedSettings.Remove(path);
        Axes = Axes?.Select(axis => axis with { Settings = [.. axis.Settings.Where(setting => setting.Name != path)] })
            .Where(axis => axis.Settings.Count > 0).ToArray();
    }

    /// <summary>Returns the part with unspecified values inherited from the top level.</summary>
    public PartSyntax InheritFrom(PartSyntax topLevel, ValidationErrors errors)
    {
        var merged = new PartSyntax(Location)
        {
            DisplayName = DisplayName,
            Trials = Trials ?? topLevel.Trials,
            FixedSettings = new(FixedSettings),
            Axes = Axes ?? topLevel.Axes,
        };
        HashSet<string> varied = [.. merged.VariedSettings.Select(setting => setting.Name)];
        foreach (SettingSyntax setting in FixedSettings.Values.Where(setting => varied.Contains(setting.Name)))
        {
            errors.Add(setting.Location, setting.DisplayName,
                "given here, but on an axis that this part inherits from the top level: give the part its own axes");
        }

        foreach (SettingSyntax setting in topLevel.FixedSettings.Values)
        {
            if (!varied.Contains(setting.Name) && merged.FixedSettings.TryAdd(setting.Name, setting))
                merged.InheritedSettings.Add(setting.Name);
        }

        return merged;
    }

    private static AxisSyntax ReadAxis(
        TomlTable axis, string fieldName, ValidationErrors errors, Action<SourceLocation, string> note)
    {
        var table = new TomlTableReader(axis, "axes.", [.. ConfigurationSettings.Sections, ScaleField], errors);
        SettingSyntax[] settings = [.. ReadSections(table, note)];
        if (axis.Fields.All(field => field.Name == ScaleField || field.Value is TomlTable { Fields.Count: 0 }))
            errors.Add(axis.Location, fieldName, "an axis without a field; give one, such as task.length = [5, 10]");
        return new(axis.Location, settings,
            table.GetChoice(ScaleField, ScaleNames) is { } scale ? scale == ScaleNames[1] : null);
    }

    private static IEnumerable<SettingSyntax> ReadSections(
        TomlTableReader table, Action<SourceLocation, string> note)
    {
        foreach (string section in ConfigurationSettings.Sections)
        {
            if (table.Find(section) is not { } field)
                continue;
            if (field.Value is TomlTable inner)
            {
                foreach (SettingSyntax setting in ReplaceGivenLatch([.. inner.Fields.Select(setting
                    => ReplaceFormerNames(new(ResolveName(section, setting, inner, table.Errors), setting.Location,
                        setting.Value), note))], note))
                    yield return setting;
                continue;
            }

            string name = $"{section}.{NameField}";
            table.Errors.Add(field.Location, section, field.Value switch
            {
                TomlString text => $"a string, where a section is needed: write {name} = {Escape.Quote(text.Value)}",
                TomlArray { Items: [TomlTable, ..] }
                    => $"begins with [{section}] in single brackets; put varied settings in [[axes]]",
                _ => $"{field.Value.Description}, where a section is needed: [{section}] and its fields below",
            });
            if (field.Value is TomlString)
                yield return new(name, field.Location, field.Value);
        }
    }

    /// <summary>
    /// Replaces the two settings of a given latch by the rules of prior knowledge that they stand for.
    /// </summary>
    private static IEnumerable<SettingSyntax> ReplaceGivenLatch(
        SettingSyntax[] settings, Action<SourceLocation, string> note)
    {
        var rules = new List<string>();
        SourceLocation? first = null;
        foreach (SettingSyntax setting in settings)
        {
            if (setting.Value is not TomlNumber number
                || FormerNames.FindRule(setting.Name, Settings.FormatValue(number.Value)) is not { } rule)
            {
                yield return setting;
                continue;
            }

            note(setting.Location, $"{setting.Name} is now a rule of network.prior: {rule}");
            rules.Add(rule);
            first ??= setting.Location;
        }

        if (first is { } location)
            yield return new("network.prior", location, new TomlString(location, string.Join("; ", rules)));
    }

    /// <summary>Replaces a former name of the setting or of a value by the current name.</summary>
    private static SettingSyntax ReplaceFormerNames(SettingSyntax given, Action<SourceLocation, string> note)
    {
        string name = FormerNames.GetName(given.Name, text => note(given.Location, text));
        if (given.Value is TomlArray list)
        {
            for (int i = 0; i < list.Items.Count; i++)
                list.Items[i] = ReplaceValue(list.Items[i]);
        }

        return given with { Name = name, Value = ReplaceValue(given.Value) };

        TomlValue ReplaceValue(TomlValue value)
            => value is TomlString text
                ? new TomlString(text.Location,
                    FormerNames.GetValue(name, text.Value, message => note(text.Location, message)))
                : value;
    }

    /// <summary>
    /// Returns the name of a setting. A misspelling of <c>name</c> is corrected, because the other settings depend on
    /// it.
    /// </summary>
    private static string ResolveName(string section, TomlField setting, TomlTable table, ValidationErrors errors)
    {
        if (setting.Name == NameField || table.Find(NameField) is not null
            || NearestName.Find(setting.Name, [NameField]) is null)
            return $"{section}.{setting.Name}";
        string corrected = $"{section}.{NameField}";
        errors.Add(setting.Location, $"{section}.{Escape.Text(setting.Name)}",
            $"unknown; did you mean {Escape.Quote(corrected)}?");
        return corrected;
    }
}
