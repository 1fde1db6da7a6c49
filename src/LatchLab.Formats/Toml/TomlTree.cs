using System.Text;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace LatchLab.Formats.Toml;

/// <summary>
/// TOML 1.1 as a tree that knows where everything stands: headers, names with points and inline tables all become
/// tables, and a field that is given twice is a mistake. Tomlyn reads the syntax; what it calls a mistake is told in
/// our words (<see cref="TomlMistake"/>).
/// </summary>
internal sealed class TomlTree
{
    private readonly Mistakes _mistakes;

    /// <summary>Tables that have had their header or were made by a name with points: no header may follow.</summary>
    private readonly HashSet<TomlValue> _opened = [];

    /// <summary>What stands in braces or brackets: nothing may be added.</summary>
    private readonly HashSet<TomlValue> _closed = [];

    private TomlTree(Mistakes mistakes) => _mistakes = mistakes;

    /// <summary>Reads a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="mistakes">Receives what is given twice.</param>
    /// <exception cref="InputException">It is not TOML.</exception>
    public static TomlTable Parse(SourceText source, Mistakes mistakes)
    {
        string text = Encoding.UTF8.GetString(source.Bytes);
        var root = new TomlTable(new TextPlace(1, 1));
        try
        {
            DocumentSyntax document = SyntaxParser.Parse(text, source.Name, validate: false);
            TomlMistake.ThrowIfAny(document.Diagnostics, text, mistakes);
            var tree = new TomlTree(mistakes);
            tree.AddAll(root, document.KeyValues);
            foreach (TableSyntaxBase table in document.Tables)
                tree.AddAll(tree.Open(root, table), table.Items);
        }
        catch (TomlException refused)
        {
            string where = refused.Line is { } line ? $"{source.Name}:{line}:{refused.Column}" : source.Name;
            throw new InputException(where, "", $"not valid TOML: {TomlMistake.OnOneLine(refused.Message)}");
        }
        catch (ArgumentOutOfRangeException)
        {
            // Tomlyn 2.10 does not expect the end of the file behind a backslash.
            throw new InputException(
                source.Place(source.Bytes.Length), "", "not valid TOML: the file ends within an escape of a text");
        }

        return root;
    }

    private void AddAll(TomlTable table, IEnumerable<KeyValueSyntax> fields)
    {
        foreach (KeyValueSyntax field in fields)
        {
            (string Name, TextPlace Place)[] path = [.. PathOf(field.Key!)];
            if (Walk(table, path, _opened) is { } owner)
                Add(owner, path[^1].Name, path[^1].Place, ValueOf(field.Value!));
        }
    }

    private void Add(TomlTable owner, string name, TextPlace place, TomlValue value)
    {
        if (owner.Find(name) is { } first)
            GivenTwice(name, place, first);
        else
            owner.Add(name, place, value);
    }

    /// <summary>The table that follows a header.</summary>
    private TomlTable Open(TomlTable root, TableSyntaxBase header)
    {
        (string Name, TextPlace Place)[] path = [.. PathOf(header.Name!)];
        (string name, TextPlace place) = path[^1];
        TextPlace begin = Place(header.Span);
        if (Walk(root, path, made: []) is not { } owner)
            return new TomlTable(begin);
        TomlField? known = owner.Find(name);
        if (header is TableArraySyntax)
        {
            TomlList? list = known is null ? owner.Add(name, begin, new TomlList(begin)) : known.Value as TomlList;
            var element = new TomlTable(begin);
            if (list is null || _closed.Contains(list))
                GivenTwice(name, place, known!);
            list?.Items.Add(element);
            return element;
        }

        TomlTable? table = known is null ? owner.Add(name, begin, new TomlTable(begin)) : known.Value as TomlTable;
        if (table is null || _closed.Contains(table) || !_opened.Add(table))
            GivenTwice(name, place, known!);
        return table ?? new TomlTable(begin);
    }

    /// <summary>The table that all names but the last lead to; null after a mistake.</summary>
    /// <param name="start">Where they begin.</param>
    /// <param name="path">The names.</param>
    /// <param name="made">Receives tables that were not there.</param>
    private TomlTable? Walk(TomlTable start, (string Name, TextPlace Place)[] path, HashSet<TomlValue> made)
    {
        TomlTable? table = start;
        foreach ((string name, TextPlace place) in path[..^1])
        {
            TomlField? known = table.Find(name);
            if (known is null)
            {
                table = table.Add(name, place, new TomlTable(place));
                made.Add(table);
                continue;
            }

            table = known.Value is TomlList list ? list.Items.LastOrDefault() as TomlTable : known.Value as TomlTable;
            if (table is null || _closed.Contains(known.Value))
            {
                GivenTwice(name, place, known);
                return null;
            }
        }

        return table;
    }

    private TomlValue ValueOf(ValueSyntax value)
    {
        TextPlace place = Place(value.Span);
        switch (value)
        {
            case StringValueSyntax text:
                return new TomlText(place, text.Value ?? "");
            case IntegerValueSyntax whole:
                return new TomlNumber(place, whole.Value, whole.Value, whole.Token?.Text ?? "");
            case FloatValueSyntax number:
                return new TomlNumber(place, number.Value, whole: null, number.Token?.Text ?? "");
            case ArraySyntax array:
                var list = new TomlList(place);
                list.Items.AddRange(array.Items.Select(item => ValueOf(item.Value!)));
                _closed.Add(list);
                return list;
            case InlineTableSyntax inline:
                var table = new TomlTable(place);
                AddAll(table, inline.Items.Select(item => item.KeyValue!));
                _closed.Add(table);
                return table;
            case BooleanValueSyntax truth:
                return new TomlOther(place, truth.Value ? "true" : "false");
            default:
                return new TomlOther(place, "a date or a time");
        }
    }

    private void GivenTwice(string name, TextPlace place, TomlField first)
        => _mistakes.Add(place, Quotation.Plain(name), $"given twice; line {first.Place.Line} has it already");

    private static IEnumerable<(string Name, TextPlace Place)> PathOf(KeySyntax key)
        => key.DotKeys.Select(dotted => dotted.Key!).Prepend(key.Key!).Select(part => (NameOf(part), Place(part.Span)));

    private static string NameOf(BareKeyOrStringValueSyntax part) => part switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };

    private static TextPlace Place(SourceSpan span) => new(span.Start.Line + 1, span.Start.Column + 1);
}
