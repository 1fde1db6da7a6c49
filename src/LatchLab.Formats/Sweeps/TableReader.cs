using System.Globalization;
using LatchLab.Formats.Toml;

namespace LatchLab.Formats.Sweeps;

/// <summary>
/// Reads a table that has certain fields and no others. A misspelt name is one mistake: its value is read under the
/// name that was meant.
/// </summary>
internal sealed class TableReader
{
    private readonly string _path;
    private readonly Mistakes _mistakes;
    private readonly Dictionary<string, TomlField> _fields = [];

    /// <summary>Takes a table, and tells every field that it should not have.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">What messages put before the names of its fields, for example <c>report.</c>.</param>
    /// <param name="names">The fields it may have.</param>
    /// <param name="mistakes">Receives what is wrong.</param>
    public TableReader(TomlTable table, string path, IReadOnlyList<string> names, Mistakes mistakes)
    {
        Table = table;
        _path = path;
        _mistakes = mistakes;
        foreach (TomlField field in table.Fields.Where(field => names.Contains(field.Name)))
            _fields.Add(field.Name, field);
        foreach (TomlField field in table.Fields.Where(field => !names.Contains(field.Name)))
        {
            // Any two names of a letter or two are alike.
            string? meant = field.Name.Length < 3
                ? null
                : NearestName.Of(field.Name, names.Where(name => !_fields.ContainsKey(name)));
            if (meant is not null)
                _fields.Add(meant, field);
            string problem = meant is not null
                ? $"unknown; did you mean {Quotation.Of(meant)}?"
                : $"unknown; here may stand {string.Join(", ", names)}";
            string hint = field.Name.Contains('.', StringComparison.Ordinal)
                ? "; a name with points stands without quotes"
                : "";
            mistakes.Add(field.Place, path + Quotation.Plain(field.Name), problem + hint, SettingReader.Unknown);
        }
    }

    /// <summary>The table.</summary>
    public TomlTable Table { get; }

    /// <summary>A field; null where it is not given.</summary>
    public TomlField? Find(string name) => _fields.GetValueOrDefault(name);

    /// <summary>A text on one line; null where none is given, or something else.</summary>
    public string? Text(string name, string needed)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is TomlText { Text.Length: > 0 } text && !text.Text.Any(char.IsControl))
            return text.Text;
        Refuse(name, field.Value, $"{needed}, in quotes and on one line,");
        return null;
    }

    /// <summary>One of some words; null where none is given, or something else.</summary>
    public string? Word(string name, IReadOnlyList<string> words)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is TomlText text && words.Contains(text.Text))
            return text.Text;
        Refuse(name, field.Value, string.Join(" or ", words.Select(Quotation.Of)), Hint(field.Value, words));
        return null;
    }

    /// <summary>A whole number; null where none is given, or something else.</summary>
    public long? WholeNumber(string name, long minimum, long maximum)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is TomlNumber { Whole: { } whole } && whole >= minimum && whole <= maximum)
            return whole;
        Refuse(name, field.Value, $"a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>A whole number up to 2⁶⁴ − 1, in quotes where TOML has no such number; null likewise.</summary>
    public ulong? Seed(string name)
    {
        switch (Find(name)?.Value)
        {
            case null:
                return null;
            case TomlNumber { Whole: >= 0 and { } whole }:
                return (ulong)whole;
            case TomlText text when ulong.TryParse(
                text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed):
                return seed;
            case { } value:
                Refuse(name, value, $"a whole number from 0 to {long.MaxValue}, or in quotes to {ulong.MaxValue},");
                return null;
        }
    }

    /// <summary>A finite number; null where none is given, or something else.</summary>
    public TomlNumber? Number(string name)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is TomlNumber number && double.IsFinite(number.Number))
            return number;
        Refuse(name, field.Value, "a finite number");
        return null;
    }

    /// <summary>Some of several words, each once; null where none are given, or something else.</summary>
    public IReadOnlyList<string>? Words(string name, IReadOnlyList<string> words)
    {
        if (Find(name) is not { } field)
            return null;
        if (field.Value is not TomlList { Items: [_, ..] items })
        {
            Refuse(name, field.Value, $"a list of some of {string.Join(", ", words.Select(Quotation.Of))}");
            return null;
        }

        List<string> read = [];
        foreach (TomlValue item in items)
        {
            string? word = (item as TomlText)?.Text;
            if (word is null || !words.Contains(word))
                Refuse(name, item, $"one of {string.Join(", ", words.Select(Quotation.Of))}", Hint(item, words));
            else if (read.Contains(word))
                _mistakes.Add(item.Place, _path + name, $"has {Quotation.Of(word)} twice");
            else
                read.Add(word);
        }

        return read;
    }

    /// <summary>Tells that a field is not what it should be.</summary>
    public void Refuse(string name, TomlValue value, string needed, string hint = "")
        => _mistakes.Add(value.Place, _path + name, $"{value.Describe()}, where {needed} is needed{hint}");

    /// <summary>Tells that a field is not there.</summary>
    public void Miss(string name, string needed)
        => _mistakes.Add(Table.Place, _path + name, $"missing; {needed} is needed");

    /// <summary>The word that was meant: one that is near, or that what was written begins.</summary>
    private static string Hint(TomlValue value, IReadOnlyList<string> words)
    {
        if (value is not TomlText { Text: var text })
            return "";
        string? whole = words.FirstOrDefault(word
            => text.Length > 2 && word.StartsWith(text, StringComparison.Ordinal));
        return NearestName.Hint(whole ?? text, words);
    }
}
