using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The table of configurations of a sweep: the fields that vary, and every quantity with its interval.
/// </summary>
internal sealed class ConfigurationTable(SweepResults results)
{
    // The page shows at most this many rows; the data file has all rows.
    private const int MaxRows = 200;

    private readonly IReadOnlyList<Quantity> _shownQuantities = Quantity.GetDefaults(results);
    private readonly bool _hasParts = results.Layout.Parts.Count > 1;

    /// <summary>
    /// The fields of the axes. What else differs between parts is shown once for each part
    /// (<see cref="PartSettings"/>); the data file has every varying setting.
    /// </summary>
    public IReadOnlyList<string> AxisFields { get; } =
        [.. results.Layout.Parts.SelectMany(part => part.Axes).SelectMany(axis => axis.Fields).Distinct()];

    /// <summary>The fields whose value differs between configurations, in the order of the settings.</summary>
    public IReadOnlyList<string> VaryingFields { get; } =
    [
        .. results.Configurations.SelectMany(configuration => configuration.Settings).GroupBy(setting => setting.Field)
            .Where(field => field.Count() < results.Configurations.Count
                || field.Select(setting => setting.Value).Distinct().Count() > 1)
            .Select(field => field.Key),
    ];

    /// <summary>Creates the table of a part, in full precision.</summary>
    public Table CreatePartTable(int part)
    {
        (int firstIndex, IReadOnlyList<ConfigurationResult> configurations) = results.GetPartResults(part);
        return new(ColumnNames,
            [.. configurations.Select((configuration, i) => CreateRow(part, firstIndex + i, configuration))]);
    }

    /// <summary>Creates the section of the report: the data of all rows, and the rows shown on the page.</summary>
    public ReportSection CreateSection()
    {
        var data = new Table(
            ColumnNames,
            [.. Enumerable.Range(0, results.Layout.Parts.Count).SelectMany(part => CreatePartTable(part).Rows)]);
        string[] quantities = [.. _shownQuantities.Select(quantity => quantity.Heading)];
        string[] headings =
        [
            "configuration",
            .. _hasParts ? (string[])["part"] : [],
            .. AxisFields.Select(field => quantities.Contains(AxisRoles.FormatField(field)) ? field
                : AxisRoles.FormatField(field)),
            "trials",
            .. quantities,
        ];
        IEnumerable<string> notes = _shownQuantities.Select(quantity => quantity.Note).Append(results.DescribeChance());
        return new("configurations", "Configurations", [.. notes.Where(note => note.Length > 0)])
        {
            Table = new(
                headings,
                [.. results.Configurations.Take(MaxRows).Select((configuration, i) => (string[])
                [
                    Table.FormatInteger(i),
                    .. _hasParts ? (string[])[results.GetPart(i).Name] : [],
                    .. AxisFields.Select(field => AxisRoles.Abbreviate(configuration[field] ?? "")),
                    Table.FormatInteger(configuration.Summary.Trials),
                    .. _shownQuantities.Select(quantity => IntervalFormat.Format(
                        quantity.Evaluate(configuration.Summary), quantity.IsShare)),
                ])],
                data),
            Note = results.Configurations.Count > MaxRows
                ? FormattableString.Invariant(
                    $"The first {MaxRows} of {results.Configurations.Count:N0}; the data file has all.")
                : "",
        };
    }

    private IReadOnlyList<string> ColumnNames =>
    [
        "part", "configuration", .. VaryingFields.Select(ToColumnName), "trials",
        .. Enum.GetValues<StopReason>().Select(reason => ToColumnName(Settings.FormatValue(reason))),
        .. Quantity.ColumnNames,
        "training_presentations", "evaluation_presentations",
    ];

    /// <summary>Returns the name of a column: that of a field or a quantity.</summary>
    internal static string ToColumnName(string name) => name.Replace('-', '_').Replace('.', '_');

    private string[] CreateRow(int part, int index, ConfigurationResult configuration) =>
    [
        results.Layout.Parts[part].Name,
        Table.FormatInteger(index),
        .. VaryingFields.Select(field => configuration[field] ?? ""),
        Table.FormatInteger(configuration.Summary.Trials),
        .. Enum.GetValues<StopReason>().Select(reason => Table.FormatInteger(configuration.Summary[reason])),
        .. Quantity.GetColumns(configuration.Summary).Select(Table.FormatNumber),
        Table.FormatInteger(configuration.Summary.TrainingPresentations),
        Table.FormatInteger(configuration.Summary.EvaluationPresentations),
    ];
}
