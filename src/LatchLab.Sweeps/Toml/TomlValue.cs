using LatchLab.Files;

namespace LatchLab.Sweeps.Toml;

/// <summary>A value of a TOML text, with its location and its description for messages.</summary>
/// <param name="location">The start of the value.</param>
internal abstract class TomlValue(SourceLocation location)
{
    /// <summary>The start of the value.</summary>
    public SourceLocation Location => location;

    /// <summary>Describes the value for a message, for example <c>the string "abc"</c>.</summary>
    public abstract string Describe();
}

/// <summary>A string.</summary>
internal sealed class TomlString(SourceLocation location, string text) : TomlValue(location)
{
    /// <summary>The text, without quotes and escapes.</summary>
    public string Value => text;

    /// <inheritdoc/>
    public override string Describe() => $"the string {Escape.Quote(text)}";
}

/// <summary>A number, finite or not.</summary>
internal sealed class TomlNumber(SourceLocation location, double value, long? integer, string source)
    : TomlValue(location)
{
    /// <summary>The number.</summary>
    public double Value => value;

    /// <summary>The number if it is a TOML integer; otherwise null.</summary>
    public long? Integer => integer;

    /// <inheritdoc/>
    public override string Describe() => $"the number {Escape.Text(source)}";
}

/// <summary>A Boolean, a date or a time. No setting has such a value.</summary>
internal sealed class TomlUnsupportedValue(SourceLocation location, string description) : TomlValue(location)
{
    /// <inheritdoc/>
    public override string Describe() => description;
}

/// <summary>An array: <c>[1, 2]</c>, or tables that each begin with <c>[[name]]</c>.</summary>
internal sealed class TomlArray(SourceLocation location) : TomlValue(location)
{
    /// <summary>The elements.</summary>
    public List<TomlValue> Items { get; } = [];

    /// <inheritdoc/>
    public override string Describe() => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>
/// A table: <c>{ a = 1 }</c>, the fields below <c>[name]</c>, or an intermediate table of a dotted name.
/// </summary>
internal sealed class TomlTable(SourceLocation location) : TomlValue(location)
{
    private readonly Dictionary<string, TomlField> _byName = [];

    /// <summary>The fields in source order, with distinct names.</summary>
    public List<TomlField> Fields { get; } = [];

    /// <summary>Returns the field of a name; null if there is none.</summary>
    public TomlField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Adds a field. Its name must be new.</summary>
    public TValue Add<TValue>(string name, SourceLocation location, TValue value)
        where TValue : TomlValue
    {
        var field = new TomlField(name, location, value);
        _byName.Add(name, field);
        Fields.Add(field);
        return value;
    }

    /// <inheritdoc/>
    public override string Describe() => "a table";
}

/// <summary>A field of a table.</summary>
/// <param name="Name">The name.</param>
/// <param name="Location">The first location of the name.</param>
/// <param name="Value">The value.</param>
internal sealed record TomlField(string Name, SourceLocation Location, TomlValue Value);
