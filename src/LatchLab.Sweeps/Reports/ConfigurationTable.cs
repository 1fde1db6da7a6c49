using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The table of configurations of a sweep: the fields that vary, and every quantity with its interval.
/// </summary>
/// <param name="results">The results of the sweep.</param>
internal sealed class ConfigurationTable(SweepResults results)
{
    // The page shows at most this many rows; the data file has all rows.
    private const int MaxRows = 200;

    private static readonly string[] IntervalSuffixes = ["", "_lower_95", "_upper_95"];

    private readonly IReadOnlyList<Quantity> _shownQuantities = Quantity.GetDefaults(results);
    private readonly bool _hasParts = results.Layout.Parts.Count > 1;

    // Differences between parts are shown by the name of the part; the data file has every varying setting.
    private readonly string[] _axisFields =
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
        string[] headings =
        [
            "configuration",
            .. _hasParts ? (string[])["part"] : [],
            .. _axisFields.Select(AxisRoles.FormatField),
            "trials",
            .. _shownQuantities.Select(quantity => quantity.Name),
        ];
        return new("configurations", "Configurations", [.. _shownQuantities.Select(quantity => quantity.Note)])
        {
            Table = new(
                headings,
                [.. results.Configurations.Take(MaxRows).Select((configuration, i) => (string[])
                [
                    Table.FormatInteger(i),
                    .. _hasParts ? (string[])[results.GetPart(i).Name] : [],
                    .. _axisFields.Select(field => AxisRoles.Abbreviate(configuration[field] ?? "")),
                    Table.FormatInteger(configuration.Totals.Trials),
                    .. _shownQuantities.Select(quantity => FormatEstimate(quantity.Evaluate(configuration))),
                ])],
                data),
            Note = results.Configurations.Count > MaxRows
                ? FormattableString.Invariant(
                    $"The first {MaxRows} of {results.Configurations.Count:N0}; the data file has all.")
                : "",
        };
    }

    /// <summary>Formats an estimate with its interval for display.</summary>
    public static string FormatEstimate(Estimate estimate)
    {
        if (double.IsNaN(estimate.Value))
            return "–";
        string value = (estimate.IsCensored ? "> " : "") + FormatNumber(estimate.Value);
        return estimate.Lower == estimate.Upper
            ? value
            : $"{value} [{FormatNumber(estimate.Lower)}, " +
                $"{(double.IsFinite(estimate.Upper) ? FormatNumber(estimate.Upper) : "∞")}]";
    }

    private IReadOnlyList<string> ColumnNames =>
    [
        "part", "configuration", .. VaryingFields.Select(ToColumnName), "trials",
        .. Enum.GetValues<StopReason>().Select(reason => ToColumnName(Settings.FormatValue(reason))),
        .. Quantity.All.SelectMany(quantity => IntervalSuffixes.Select(end => ToColumnName(quantity.Name) + end)),
        "training_presentations", "evaluation_presentations",
    ];

    private static string ToColumnName(string name) => name.Replace('-', '_').Replace('.', '_');

    private static string FormatNumber(double number)
        => number.ToString(
            Math.Abs(number) >= 1.0 ? "#,0.##" : "0.000", System.Globalization.CultureInfo.InvariantCulture);

    private string[] CreateRow(int part, int index, ConfigurationResult configuration) =>
    [
        results.Layout.Parts[part].Name,
        Table.FormatInteger(index),
        .. VaryingFields.Select(field => configuration[field] ?? ""),
        Table.FormatInteger(configuration.Totals.Trials),
        .. Enum.GetValues<StopReason>().Select(reason => Table.FormatInteger(configuration.Totals[reason])),
        .. Quantity.All.SelectMany(quantity => FormatInterval(quantity.Evaluate(configuration))),
        Table.FormatInteger(configuration.Totals.Presentations),
        Table.FormatInteger(configuration.Totals.EvaluationPresentations),
    ];

    private static IEnumerable<string> FormatInterval(Estimate estimate)
        => [
            Table.FormatNumber(estimate.IsCensored ? double.PositiveInfinity : estimate.Value),
            Table.FormatNumber(estimate.Lower),
            Table.FormatNumber(estimate.Upper),
        ];
}
