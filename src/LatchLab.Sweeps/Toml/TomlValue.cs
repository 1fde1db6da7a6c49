using LatchLab.Files;

namespace LatchLab.Sweeps.Toml;

/// <summary>A value of a TOML text that knows where it stands, and how a message calls it.</summary>
/// <param name="location">Where it begins.</param>
internal abstract class TomlValue(SourceLocation location)
{
    /// <summary>Where it begins.</summary>
    public SourceLocation Location => location;

    /// <summary>What it is, for a message: <c>the text "abc"</c>.</summary>
    public abstract string Describe();
}

/// <summary>A text.</summary>
internal sealed class TomlString(SourceLocation location, string text) : TomlValue(location)
{
    /// <summary>Without quotes and escapes.</summary>
    public string Value => text;

    /// <inheritdoc/>
    public override string Describe() => $"the text {Escape.Quote(text)}";
}

/// <summary>A number, perhaps not a finite one.</summary>
internal sealed class TomlNumber(SourceLocation location, double value, long? integer, string source)
    : TomlValue(location)
{
    /// <summary>The number.</summary>
    public double Value => value;

    /// <summary>The number where it was written without point and exponent.</summary>
    public long? Integer => integer;

    /// <inheritdoc/>
    public override string Describe() => $"the number {Escape.Text(source)}";
}

/// <summary>A truth value, a date or a time, for which nothing of ours has a use.</summary>
internal sealed class TomlUnsupportedValue(SourceLocation location, string description) : TomlValue(location)
{
    /// <inheritdoc/>
    public override string Describe() => description;
}

/// <summary>A list: <c>[1, 2]</c>, or tables that begin with <c>[[name]]</c> each.</summary>
internal sealed class TomlArray(SourceLocation location) : TomlValue(location)
{
    /// <summary>Its elements.</summary>
    public List<TomlValue> Items { get; } = [];

    /// <inheritdoc/>
    public override string Describe() => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>
/// A table: <c>{ a = 1 }</c>, what stands below <c>[name]</c>, or what a name with points leads through.
/// </summary>
internal sealed class TomlTable(SourceLocation location) : TomlValue(location)
{
    private readonly Dictionary<string, TomlField> _byName = [];

    /// <summary>Its fields in the order of the text, each with a name of its own.</summary>
    public List<TomlField> Fields { get; } = [];

    /// <summary>The field of a name; null where there is none.</summary>
    public TomlField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Adds a field, whose name must be new.</summary>
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
/// <param name="Name">Its name.</param>
/// <param name="Location">Where the name stands first.</param>
/// <param name="Value">Its value.</param>
internal sealed record TomlField(string Name, SourceLocation Location, TomlValue Value);
