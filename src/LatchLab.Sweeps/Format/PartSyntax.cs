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

    /// <summary>Reads a part.</summary>
    /// <param name="table">The table of the part.</param>
    /// <param name="errors">Receives errors.</param>
    /// <param name="note">Receives a message for each former name.</param>
    public static PartSyntax Read(
        TomlTableReader table, ValidationErrors errors, Action<SourceLocation, string> note)
    {
        var part = new PartSyntax(table.Table.Location)
        {
            DisplayName = table.GetString(NameField, "a name"),
            Trials = (int?)table.GetInt64("trials", 1, SweepFile.MaximumTrials),
            Axes = table.Find("axes") is { } axes ? [.. ReadAxes(axes, errors, note)] : null,
        };
        foreach (SettingSyntax setting in ReadSections(table, errors, note))
        {
            if (!part.FixedSettings.TryAdd(setting.Name, setting))
                errors.Add(setting.Location, setting.DisplayName, "given twice, under its current and its former name");
        }

        var varied = new Dictionary<string, SettingSyntax>();
        foreach (SettingSyntax setting in part.Axes?.SelectMany(axis => axis.Settings) ?? [])
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

    /// <summary>Converts the top level to the only part of a plan. The name becomes that of the plan.</summary>
    public PartSyntax AsSinglePart() => new(Location) { Trials = Trials, FixedSettings = FixedSettings, Axes = Axes };

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
        var varied = (merged.Axes ?? []).SelectMany(axis => axis.Settings).Select(setting => setting.Name).ToHashSet();
        foreach (SettingSyntax setting in FixedSettings.Values.Where(setting => varied.Contains(setting.Name)))
        {
            errors.Add(setting.Location, setting.DisplayName,
                "given here, but on an axis that this part inherits from the top level: give the part its own axes");
        }

        foreach (SettingSyntax setting
            in topLevel.FixedSettings.Values.Where(setting => !varied.Contains(setting.Name)))
        {
            if (merged.FixedSettings.TryAdd(setting.Name, setting))
                merged.InheritedSettings.Add(setting.Name);
        }

        return merged;
    }

    private static IEnumerable<AxisSyntax> ReadAxes(
        TomlField axes, ValidationErrors errors, Action<SourceLocation, string> note)
    {
        foreach (TomlTable axis in ReadTableArray(axes, errors))
        {
            var table = new TomlTableReader(axis, "axes.", [.. ConfigurationSettings.Sections, ScaleField], errors);
            SettingSyntax[] settings = [.. ReadSections(table, errors, note)];
            if (axis.Fields.All(field => field.Name == ScaleField || field.Value is TomlTable { Fields.Count: 0 }))
                errors.Add(axis.Location, axes.Name,
                    "an axis without a field; give one, such as task.length = [5, 10]");
            yield return new(axis.Location, settings,
                table.GetChoice(ScaleField, ScaleNames) is { } scale ? scale == ScaleNames[1] : null);
        }
    }

    private static IEnumerable<SettingSyntax> ReadSections(
        TomlTableReader table, ValidationErrors errors, Action<SourceLocation, string> note)
    {
        foreach (string section in ConfigurationSettings.Sections)
        {
            if (table.Find(section) is not { } field)
                continue;
            if (field.Value is TomlTable inner)
            {
                foreach (TomlField setting in inner.Fields)
                    yield return ReplaceFormerNames(
                        new(ResolveName(section, setting, inner, errors), setting.Location, setting.Value), note);
                continue;
            }

            string name = Qualify(section, NameField);
            errors.Add(field.Location, section, field.Value switch
            {
                TomlString text => $"a string, where a section is needed: write {name} = {Escape.Quote(text.Value)}",
                TomlArray { Items: [TomlTable, ..] }
                    => $"begins with [{section}] in single brackets; put varied settings in [[axes]]",
                _ => $"{field.Value.Describe()}, where a section is needed: [{section}] and its fields below",
            });
            if (field.Value is TomlString)
                yield return new(name, field.Location, field.Value);
        }
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
            return Qualify(section, setting.Name);
        string corrected = Qualify(section, NameField);
        string given = Qualify(section, Escape.Text(setting.Name));
        errors.Add(setting.Location, given, $"unknown; did you mean {Escape.Quote(corrected)}?");
        return corrected;
    }

    private static string Qualify(string section, string name) => $"{section}.{name}";

    /// <summary>Returns the tables of an array of tables, each of which begins with <c>[[name]]</c>.</summary>
    public static IEnumerable<TomlTable> ReadTableArray(TomlField field, ValidationErrors errors)
    {
        switch (field.Value)
        {
            case TomlArray list when list.Items.All(item => item is TomlTable):
                return list.Items.Cast<TomlTable>();
            case TomlTable single:
                errors.Add(field.Location, field.Name, $"begins with [[{field.Name}]] in double brackets");
                return [single];
            default:
                errors.Add(field.Value.Location, field.Name,
                    $"{field.Value.Describe()}, where tables are needed that begin with [[{field.Name}]] each");
                return [];
        }
    }
}
