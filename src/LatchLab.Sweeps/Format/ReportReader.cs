using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Reports;
using LatchLab.Sweeps.Toml;
using LatchLab.Training;

namespace LatchLab.Sweeps.Format;

/// <summary>Reads the section <c>[report]</c> of a sweep file: how its results are drawn.</summary>
internal sealed class ReportReader
{
    /// <summary>The name of the section.</summary>
    public const string Section = "report";

    private const string Layout = "layout", ExpectedField = "a field on an axis";

    private readonly TomlTableReader _table;
    private readonly Action<SourceLocation, string> _note;
    private readonly IReadOnlyDictionary<string, string> _overrides;
    private readonly HashSet<string> _axisFields;
    private readonly HashSet<string> _numericFields;
    private readonly bool _canReadAxes;
    private readonly HashSet<string> _usedFields = [];

    private ReportReader(
        TomlTableReader table, Action<SourceLocation, string> note, IReadOnlyDictionary<string, string> overrides,
        IReadOnlyList<PartConfigurations> parts)
    {
        (_table, _note, _overrides) = (table, note, overrides);
        SweepAxis[] axes = [.. parts.SelectMany(part => part.Axes)];
        _axisFields = [.. axes.SelectMany(axis => axis.Fields)];
        _numericFields =
            [.. axes.Where(axis => AxisRoles.GetNumbers(axis) is not null).SelectMany(axis => axis.Fields)];
        _canReadAxes = parts.All(part => part.Axes.Count == (part.Syntax.Axes?.Count ?? 0));
    }

    /// <summary>Reads the section.</summary>
    /// <param name="topLevel">The fields at the top of the file.</param>
    /// <param name="note">Receives a message for each former name, and for each name of a part that looks mistyped.
    /// </param>
    /// <param name="overrides">Settings of the command line, which are on no axis.</param>
    /// <param name="parts">The parts.</param>
    public static ReportOptions Read(
        TomlTableReader topLevel, Action<SourceLocation, string> note, IReadOnlyDictionary<string, string> overrides,
        IReadOnlyList<PartConfigurations> parts)
    {
        if (topLevel.Find(Section) is not { } field)
            return new();
        if (field.Value is not TomlTable section)
        {
            topLevel.Errors.Add(
                field.Value.Location, Section, $"{field.Value.Description}, where [{Section}] is needed");
            return new();
        }

        var table = new TomlTableReader(
            section, $"{Section}.", [Layout, "x", "y", "series", "quantities"], topLevel.Errors);
        ReportOptions options = new ReportReader(table, note, overrides, parts).Read();
        if (options.ComparesParts)
            ComparedPartsCheck.Check(parts, options.X, topLevel.Errors, note);
        return options;
    }

    private ReportOptions Read()
    {
        string? layout = _table.GetChoice(Layout, [ReportOptions.Comparison]);
        foreach (string name in layout is null ? [] : new[] { "y", "series" })
        {
            if (_table.Find(name) is { } unused)
            {
                _table.Errors.Add(
                    unused.Location, $"{Section}.{name}", $"has no effect with {Layout} = \"{layout}\"");
            }
        }

        return new()
        {
            X = ReadField("x"),
            Y = ReadField("y"),
            Series = ReadField("series"),
            Layout = layout,
            Quantities = _table.GetChoices("quantities", [.. Quantity.All.Select(quantity => quantity.Name)]),
        };
    }

    /// <summary>
    /// Reads the name of a field on an axis. While an axis cannot be read, the field may be on that one, whose error is
    /// enough.
    /// </summary>
    private string? ReadField(string name)
    {
        string? field = _table.GetString(name, ExpectedField);
        if (field is null)
            return null;
        TomlField given = _table.Find(name)!;
        field = FormerNames.GetName(field, text => _note(given.Location, text));
        if (_overrides.ContainsKey(field))
            return null; // it has one value now
        if (!_axisFields.Contains(field) && _canReadAxes)
            ReportNotOnAxis(name, field, given.Value);
        else if (name != "series" && _axisFields.Contains(field) && !_numericFields.Contains(field))
            _table.ReportInvalid(name, given.Value, "a field with numbers", $"; give {field} as series");
        else if (!_usedFields.Add(field))
            _table.ReportInvalid(name, given.Value, "a field that the report does not use yet");
        return field;
    }

    private void ReportNotOnAxis(string name, string field, TomlValue value)
    {
        if (_axisFields.Count > 0)
            _table.ReportInvalid(name, value, $"{ExpectedField}, {string.Join(" or ", _axisFields)},",
                NearestName.FormatSuggestion(field, _axisFields));
        else if (!_table.Errors.HasErrors)
            _table.ReportInvalid(name, value, ExpectedField, "; the sweep has no axes");
    }
}
