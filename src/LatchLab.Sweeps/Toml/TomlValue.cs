using LatchLab.Files;

namespace LatchLab.Sweeps.Toml;

/// <summary>A value of a TOML text. A Boolean, a date or a time is of this type itself: no setting has one.</summary>
/// <param name="location">The start of the value.</param>
/// <param name="description">The value for messages, for example <c>the string "abc"</c>.</param>
internal class TomlValue(SourceLocation location, string description)
{
    public SourceLocation Location => location;

    public string Description => description;

    /// <summary>Whether an error about the value was reported: parts share the values of the top level.</summary>
    public bool IsReported { get; set; }
}

/// <summary>A string, without quotes and escapes.</summary>
internal sealed class TomlString(SourceLocation location, string value)
    : TomlValue(location, $"the string {Escape.Quote(value)}")
{
    public string Value => value;
}

/// <summary>A number, finite or not; <see cref="Integer"/> is null unless it is a TOML integer.</summary>
internal sealed class TomlNumber(SourceLocation location, double value, long? integer, string source)
    : TomlValue(location, $"the number {Escape.Text(source)}")
{
    public double Value => value;

    /// <summary>The number if it is a TOML integer; otherwise null.</summary>
    public long? Integer => integer;

    /// <summary>The number as it was written.</summary>
    public string Source => source;
}

/// <summary>An array: <c>[1, 2]</c>, or tables that each begin with <c>[[name]]</c>.</summary>
internal sealed class TomlArray(SourceLocation location, List<TomlValue> items)
    : TomlValue(location, items.Count == 0 ? "an empty list" : "a list")
{
    public List<TomlValue> Items => items;
}

/// <summary>
/// A table: <c>{ a = 1 }</c>, the fields below <c>[name]</c>, or an intermediate table of a dotted name.
/// </summary>
internal sealed class TomlTable(SourceLocation location) : TomlValue(location, "a table")
{
    private readonly OrderedDictionary<string, TomlField> _fields = [];

    /// <summary>The fields in source order.</summary>
    public IReadOnlyList<TomlField> Fields => _fields.Values;

    /// <summary>Returns the field of a name; null if there is none.</summary>
    public TomlField? Find(string name) => _fields.GetValueOrDefault(name);

    /// <summary>Adds a field. Its name must be new.</summary>
    public TValue Add<TValue>(string name, SourceLocation location, TValue value)
        where TValue : TomlValue
    {
        _fields.Add(name, new(name, location, value));
        return value;
    }
}

/// <summary>A field of a table, with the first location of its name.</summary>
internal sealed record TomlField(string Name, SourceLocation Location, TomlValue Value);
