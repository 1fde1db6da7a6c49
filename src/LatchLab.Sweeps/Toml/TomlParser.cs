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

    /// <summary>Parses a text. Duplicate fields are added to the errors.</summary>
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
            if (ResolveOwner(table, field.Key!, _definedTables, out string name, out SourceLocation location)
                is not { } owner)
                continue;
            TomlValue value = ConvertValue(field.Value!);
            if (owner.Find(name) is { } first)
                ReportDuplicate(name, location, first);
            else
                owner.Add(name, location, value);
        }
    }

    /// <summary>Returns the table that a header defines.</summary>
    private TomlTable OpenTable(TomlTable root, TableSyntaxBase header)
    {
        var table = new TomlTable(GetLocation(header));
        if (ResolveOwner(root, header.Name!, created: [], out string name, out SourceLocation location)
            is not { } owner)
            return table;
        TomlField? existing = owner.Find(name);
        if (header is TableArraySyntax)
        {
            TomlArray? list = existing?.Value as TomlArray;
            if (existing is null)
                owner.Add(name, table.Location, new TomlArray(table.Location, [table]));
            else if (list is null || _inlineValues.Contains(list))
                ReportDuplicate(name, location, existing);
            list?.Items.Add(table);
            return table;
        }

        if (existing is null)
            owner.Add(name, table.Location, table);
        else
            table = existing.Value as TomlTable ?? table;
        if ((existing is not null && (table != existing.Value || _inlineValues.Contains(table)))
            || !_definedTables.Add(table))
            ReportDuplicate(name, location, existing!);
        return table;
    }

    /// <summary>
    /// Returns the table that owns the last name of a path, and that name with its location; null after an error.
    /// Missing tables are created.
    /// </summary>
    private TomlTable? ResolveOwner(
        TomlTable table, KeySyntax path, HashSet<TomlValue> created, out string name, out SourceLocation location)
    {
        (name, location) = (GetName(path.Key!), GetLocation(path.Key!));
        foreach (DottedKeyItemSyntax next in path.DotKeys)
        {
            TomlField? existing = table.Find(name);
            TomlTable? inner = existing?.Value is TomlArray list ? list.Items.LastOrDefault() as TomlTable
                : existing?.Value as TomlTable;
            if (existing is null)
            {
                created.Add(inner = table.Add(name, location, new TomlTable(location)));
            }
            else if (inner is null || _inlineValues.Contains(existing.Value))
            {
                ReportDuplicate(name, location, existing);
                return null;
            }

            (table, name, location) = (inner, GetName(next.Key!), GetLocation(next.Key!));
        }

        return table;
    }

    private TomlValue ConvertValue(ValueSyntax value)
    {
        SourceLocation location = GetLocation(value);
        switch (value)
        {
            case StringValueSyntax text:
                return new TomlString(location, text.Value ?? "");
            case IntegerValueSyntax integer:
                return new TomlNumber(location, integer.Value, integer.Value, integer.Token?.Text ?? "");
            case FloatValueSyntax number:
                return new TomlNumber(location, number.Value, integer: null, number.Token?.Text ?? "");
            case ArraySyntax array:
                var list = new TomlArray(location, [.. array.Items.Select(item => ConvertValue(item.Value!))]);
                _inlineValues.Add(list);
                return list;
            case InlineTableSyntax inline:
                var table = new TomlTable(location);
                AddFields(table, inline.Items.Select(item => item.KeyValue!));
                _inlineValues.Add(table);
                return table;
            default:
                return new TomlValue(location, value is not BooleanValueSyntax boolean ? "a date or a time"
                    : boolean.Value ? "true" : "false");
        }
    }

    private void ReportDuplicate(string name, SourceLocation location, TomlField first)
        => _errors.Add(location, Escape.Text(name), $"given twice; line {first.Location.Line} has it already");

    private static string GetName(BareKeyOrStringValueSyntax part) => part switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };

    private static SourceLocation GetLocation(SyntaxNode node)
        => new(node.Span.Start.Line + 1, node.Span.Start.Column + 1);
}
