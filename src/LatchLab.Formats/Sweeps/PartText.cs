using LatchLab.Experiments;
using LatchLab.Formats.Toml;

namespace LatchLab.Formats.Sweeps;

/// <summary>A setting as the file gives it, not yet known to be one.</summary>
/// <param name="Name">With its section, for example <c>task.length</c>.</param>
/// <param name="Place">Where its name stands.</param>
/// <param name="Value">Its value; on an axis, its values.</param>
internal sealed record GivenSetting(string Name, TextPlace Place, TomlValue Value);

/// <summary>An axis as the file gives it.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Settings">What changes along it.</param>
/// <param name="IsLogarithmic">How it is drawn; null where nothing is said.</param>
internal sealed record GivenAxis(TextPlace Place, IReadOnlyList<GivenSetting> Settings, bool? IsLogarithmic);

/// <summary>
/// What a part of a sweep file says, or its top level: settings with one value and axes. Whether its cells have such
/// settings is not asked here.
/// </summary>
internal sealed class PartText
{
    private const string Name = "name", Scale = "scale";

    /// <summary>What an axis may be drawn on, and a range made by.</summary>
    public static readonly string[] Scales = ["linear", "logarithmic"];

    private PartText(TextPlace place) => Place = place;

    /// <summary>Fields of a part; the top level has others besides.</summary>
    public static IReadOnlyList<string> Fields { get; } = [Name, "trials", .. CellSettings.Sections, "axes"];

    /// <summary>Where it begins.</summary>
    public TextPlace Place { get; }

    /// <summary>Its name; null where it has none.</summary>
    public string? Title { get; private init; }

    /// <summary>Trials of each of its cells; null where nothing is said.</summary>
    public int? Trials { get; private init; }

    /// <summary>Settings with one value, by name.</summary>
    public Dictionary<string, GivenSetting> Fixed { get; private init; } = [];

    /// <summary>Names of those settings and axes that were taken over from the top level.</summary>
    public HashSet<string> TakenOver { get; } = [];

    /// <summary>Its axes; null where nothing is said.</summary>
    public IReadOnlyList<GivenAxis>? Axes { get; private init; }

    /// <summary>Reads a part.</summary>
    public static PartText Read(TableReader table, Mistakes mistakes)
    {
        var part = new PartText(table.Table.Place)
        {
            Title = table.Text(Name, "a name"),
            Trials = (int?)table.WholeNumber("trials", 1, SweepFile.MostTrials),
            Axes = table.Find("axes") is { } axes ? [.. ReadAxes(axes, mistakes)] : null,
        };
        foreach (GivenSetting setting in ReadSections(table, mistakes))
            part.Fixed.TryAdd(setting.Name, setting);
        var varied = new Dictionary<string, GivenSetting>();
        foreach (GivenSetting setting in part.Axes?.SelectMany(axis => axis.Settings) ?? [])
        {
            if (!varied.TryAdd(setting.Name, setting))
            {
                mistakes.Add(setting.Place, setting.Name,
                    $"on two axes; line {varied[setting.Name].Place.Line} has it already");
            }

            if (part.Fixed.Remove(setting.Name, out GivenSetting? both))
            {
                mistakes.Add(both.Place, both.Name,
                    $"given here and on an axis (line {setting.Place.Line}): give one of the two");
            }
        }

        return part;
    }

    /// <summary>The same as the only part of a plan: the name is the plan's.</summary>
    public PartText WithoutName() => new(Place) { Trials = Trials, Fixed = Fixed, Axes = Axes };

    /// <summary>The part with what it does not say taken from the top level.</summary>
    public PartText Over(PartText top, Mistakes mistakes)
    {
        var whole = new PartText(Place)
        {
            Title = Title,
            Trials = Trials ?? top.Trials,
            Fixed = new(Fixed),
            Axes = Axes ?? top.Axes,
        };
        var varied = (whole.Axes ?? []).SelectMany(axis => axis.Settings).Select(setting => setting.Name).ToHashSet();
        foreach (GivenSetting setting in Fixed.Values.Where(setting => varied.Contains(setting.Name)))
        {
            mistakes.Add(setting.Place, setting.Name, "given here, but on an axis of the top level, which this part " +
                "takes over: give the part axes of its own");
        }

        foreach (GivenSetting setting in top.Fixed.Values.Where(setting => !varied.Contains(setting.Name)))
        {
            if (whole.Fixed.TryAdd(setting.Name, setting))
                whole.TakenOver.Add(setting.Name);
        }

        return whole;
    }

    private static IEnumerable<GivenAxis> ReadAxes(TomlField axes, Mistakes mistakes)
    {
        foreach (TomlTable axis in Tables(axes, mistakes))
        {
            var table = new TableReader(axis, "axes.", [.. CellSettings.Sections, Scale], mistakes);
            GivenSetting[] settings = [.. ReadSections(table, mistakes)];
            if (axis.Fields.All(field => field.Name == Scale || field.Value is TomlTable { Fields.Count: 0 }))
                mistakes.Add(axis.Place, axes.Name, "an axis without a field; give one, such as task.length = [5, 10]");
            yield return new(axis.Place, settings, table.Word(Scale, Scales) is { } scale ? scale == Scales[1] : null);
        }
    }

    private static IEnumerable<GivenSetting> ReadSections(TableReader table, Mistakes mistakes)
    {
        foreach (string section in CellSettings.Sections)
        {
            if (table.Find(section) is not { } field)
                continue;
            if (field.Value is TomlTable inner)
            {
                foreach (TomlField setting in inner.Fields)
                    yield return new(NameOf(section, setting, inner, mistakes), setting.Place, setting.Value);
                continue;
            }

            string name = Named(section, Name);
            mistakes.Add(field.Place, section, field.Value switch
            {
                TomlText text => $"a text, where a section is needed: write {name} = {Quotation.Of(text.Text)}",
                TomlList { Items: [TomlTable, ..] }
                    => $"begins with [{section}] in single brackets; what is to be varied stands in [[axes]]",
                _ => $"{field.Value.Describe()}, where a section is needed: [{section}] and its fields below",
            });
            if (field.Value is TomlText)
                yield return new(name, field.Place, field.Value);
        }
    }

    /// <summary>
    /// The name of a setting; if it is a misspelling of <c>name</c>, without which nothing is known, that.
    /// </summary>
    private static string NameOf(string section, TomlField setting, TomlTable table, Mistakes mistakes)
    {
        if (setting.Name == Name || table.Find(Name) is not null || NearestName.Of(setting.Name, [Name]) is null)
            return Named(section, setting.Name);
        string meant = Named(section, Name);
        string given = Named(section, Quotation.Plain(setting.Name));
        mistakes.Add(setting.Place, given, $"unknown; did you mean {Quotation.Of(meant)}?");
        return meant;
    }

    private static string Named(string section, string name) => $"{section}.{name}";

    /// <summary>The tables that begin with <c>[[name]]</c> each.</summary>
    public static IEnumerable<TomlTable> Tables(TomlField field, Mistakes mistakes)
    {
        switch (field.Value)
        {
            case TomlList list when list.Items.All(item => item is TomlTable):
                return list.Items.Cast<TomlTable>();
            case TomlTable single:
                mistakes.Add(field.Place, field.Name, $"begins with [[{field.Name}]] in double brackets");
                return [single];
            default:
                mistakes.Add(field.Value.Place, field.Name,
                    $"{field.Value.Describe()}, where tables are needed that begin with [[{field.Name}]] each");
                return [];
        }
    }
}
