using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace LatchLab.Sweeps.Toml;

/// <summary>
/// Parses TOML 1.1 into a tree with source locations. Headers, dotted names and inline tables all become tables;
/// duplicate fields are errors. Tomlyn parses the syntax; <see cref="TomlSyntaxErrors"/> rewrites its diagnostics.
/// </summary>
internal sealed class TomlParser
{
    private readonly ValidationErrors _errors;

    /// <summary>Tables defined by a header or a dotted name. No further header may define them.</summary>
    private readonly HashSet<TomlValue> _definedTables = [];

    /// <summary>Values in braces or brackets, which cannot be extended.</summary>
    private readonly HashSet<TomlValue> _inlineValues = [];

    private TomlParser(ValidationErrors errors) => _errors = errors;

    /// <summary>Parses a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="errors">Receives errors about duplicate fields.</param>
    /// <exception cref="ValidationException">The text is not TOML.</exception>
    public static TomlTable Parse(SourceText source, ValidationErrors errors)
    {
        string text = Encoding.UTF8.GetString(source.Bytes);
        var root = new TomlTable(new SourceLocation(1, 1));
        try
        {
            DocumentSyntax document = SyntaxParser.Parse(text, source.Name, validate: false);
            TomlSyntaxErrors.ThrowIfAny(document.Diagnostics, text, errors);
            var tree = new TomlParser(errors);
            tree.AddFields(root, document.KeyValues);
            foreach (TableSyntaxBase table in document.Tables)
                tree.AddFields(tree.OpenTable(root, table), table.Items);
        }
        catch (TomlException exception)
        {
            string location = exception.Line is { } line ? $"{source.Name}:{line}:{exception.Column}" : source.Name;
            throw new ValidationException(location, "",
                $"not valid TOML: {TomlSyntaxErrors.ReplaceControlCharacters(exception.Message)}");
        }
        catch (ArgumentOutOfRangeException)
        {
            // Tomlyn 2.10 throws this exception if the file ends after a backslash.
            throw new ValidationException(
                source.FormatLocation(source.Bytes.Length), "",
                "not valid TOML: the file ends within an escape sequence");
        }

        return root;
    }

    private void AddFields(TomlTable table, IEnumerable<KeyValueSyntax> fields)
    {
        foreach (KeyValueSyntax field in fields)
        {
            (string Name, SourceLocation Place)[] path = [.. GetPath(field.Key!)];
            if (ResolveOwner(table, path, _definedTables) is { } owner)
                Add(owner, path[^1].Name, path[^1].Place, ConvertValue(field.Value!));
        }
    }

    private void Add(TomlTable owner, string name, SourceLocation location, TomlValue value)
    {
        if (owner.Find(name) is { } first)
            ReportDuplicate(name, location, first);
        else
            owner.Add(name, location, value);
    }

    /// <summary>Returns the table that a header defines.</summary>
    private TomlTable OpenTable(TomlTable root, TableSyntaxBase header)
    {
        (string Name, SourceLocation Place)[] path = [.. GetPath(header.Name!)];
        (string name, SourceLocation location) = path[^1];
        SourceLocation headerLocation = GetLocation(header.Span);
        if (ResolveOwner(root, path, created: []) is not { } owner)
            return new TomlTable(headerLocation);
        TomlField? existing = owner.Find(name);
        if (header is TableArraySyntax)
        {
            TomlArray? list = existing is null ? owner.Add(name, headerLocation, new TomlArray(headerLocation))
                : existing.Value as TomlArray;
            var element = new TomlTable(headerLocation);
            if (list is null || _inlineValues.Contains(list))
                ReportDuplicate(name, location, existing!);
            list?.Items.Add(element);
            return element;
        }

        TomlTable? table = existing is null ? owner.Add(name, headerLocation, new TomlTable(headerLocation))
            : existing.Value as TomlTable;
        if (table is null || _inlineValues.Contains(table) || !_definedTables.Add(table))
            ReportDuplicate(name, location, existing!);
        return table ?? new TomlTable(headerLocation);
    }

    /// <summary>Resolves all names of a path but the last to a table; null after an error.</summary>
    /// <param name="start">The table where the path starts.</param>
    /// <param name="path">The names.</param>
    /// <param name="created">Receives tables that are created.</param>
    private TomlTable? ResolveOwner(TomlTable start, (string Name, SourceLocation Place)[] path,
        HashSet<TomlValue> created)
    {
        TomlTable? table = start;
        foreach ((string name, SourceLocation location) in path[..^1])
        {
            TomlField? existing = table.Find(name);
            if (existing is null)
            {
                table = table.Add(name, location, new TomlTable(location));
                created.Add(table);
                continue;
            }

            table = existing.Value is TomlArray list ? list.Items.LastOrDefault() as TomlTable
                : existing.Value as TomlTable;
            if (table is null || _inlineValues.Contains(existing.Value))
            {
                ReportDuplicate(name, location, existing);
                return null;
            }
        }

        return table;
    }

    private TomlValue ConvertValue(ValueSyntax value)
    {
        SourceLocation location = GetLocation(value.Span);
        switch (value)
        {
            case StringValueSyntax text:
                return new TomlString(location, text.Value ?? "");
            case IntegerValueSyntax integer:
                return new TomlNumber(location, integer.Value, integer.Value, integer.Token?.Text ?? "");
            case FloatValueSyntax number:
                return new TomlNumber(location, number.Value, integer: null, number.Token?.Text ?? "");
            case ArraySyntax array:
                var list = new TomlArray(location);
                list.Items.AddRange(array.Items.Select(item => ConvertValue(item.Value!)));
                _inlineValues.Add(list);
                return list;
            case InlineTableSyntax inline:
                var table = new TomlTable(location);
                AddFields(table, inline.Items.Select(item => item.KeyValue!));
                _inlineValues.Add(table);
                return table;
            case BooleanValueSyntax boolean:
                return new TomlUnsupportedValue(location, boolean.Value ? "true" : "false");
            default:
                return new TomlUnsupportedValue(location, "a date or a time");
        }
    }

    private void ReportDuplicate(string name, SourceLocation location, TomlField first)
        => _errors.Add(location, Escape.Text(name), $"given twice; line {first.Location.Line} has it already");

    private static IEnumerable<(string Name, SourceLocation Place)> GetPath(KeySyntax key)
        => key.DotKeys.Select(dotted => dotted.Key!).Prepend(key.Key!).Select(
            part => (GetName(part), GetLocation(part.Span)));

    private static string GetName(BareKeyOrStringValueSyntax part) => part switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };

    private static SourceLocation GetLocation(SourceSpan span) => new(span.Start.Line + 1, span.Start.Column + 1);
}
