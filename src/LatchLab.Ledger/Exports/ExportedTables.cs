using LatchLab.Foundation;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Sqlite;
using LatchLab.Sweeps.Reports;
using LatchLab.Training;

namespace LatchLab.Ledger.Exports;

/// <summary>The tables of an export: columns, and rows in the order of their keys (docs/reference/ledger.md).</summary>
internal sealed class ExportedTables(LedgerReader ledger)
{
    private const string RuleField = "rule.rule";

    private static readonly string ValidationRule = Settings.FormatValue(ConvergenceRuleKind.Validation);

    private static readonly string[] StopReasons = [
        .. Enum.GetValues<StopReason>().Select(reason => Settings.FormatValue(reason))];

    private readonly ConfigurationColumns _configurationColumns = new(ledger.Identity);

    /// <summary>Whether trials have a cost of validation: only those of the rule validation.</summary>
    private bool HasValidation { get; } = ledger.Identity.Configurations.Any(
        configuration => configuration.Settings.Contains((RuleField, ValidationRule)));

    private string[] Diagnostics
        => [.. ledger.Identity.Configurations.SelectMany(configuration => configuration.Diagnostics).Distinct()];

    /// <summary>The columns of a table.</summary>
    public IReadOnlyList<ExportColumn> GetColumns(ExportedTable table) => table switch
    {
        ExportedTable.Trials =>
        [
            .. ConfigurationColumns.IndexColumns, ExportColumn.Int64("trial"), .. _configurationColumns.Settings,
            new("stop_reason", ColumnType.String),
            ExportColumn.Int64("presentations"), ExportColumn.Int64("evaluation_presentations"),
            ExportColumn.NullableDouble("cost"), ExportColumn.NullableDouble("training_error"),
            ExportColumn.NullableDouble("test_error"),
            ExportColumn.NullableDouble("test_cost"), ExportColumn.Int64("skipped_presentations"),
            .. HasValidation ? [ExportColumn.NullableDouble("validation_cost")] : Array.Empty<ExportColumn>(),
            .. Diagnostics.Select(name => ExportColumn.NullableDouble(ExportColumn.FormatName(name))),
        ],
        ExportedTable.Snapshots =>
        [
            .. ConfigurationColumns.IndexColumns, ExportColumn.Int64("trial"), ExportColumn.Int64("number"),
            .. _configurationColumns.Settings,
            ExportColumn.Int64("presentations"), ExportColumn.NullableDouble("cost"),
            ExportColumn.NullableDouble("error"),
            ExportColumn.NullableDouble("gradient_norm"), ExportColumn.NullableDouble("spectral_radius"),
            ExportColumn.NullableDouble("long_term_gradient_share"),
        ],
        _ =>
        [
            .. ConfigurationColumns.IndexColumns, .. _configurationColumns.Settings, ExportColumn.Int64("planned"),
            ExportColumn.Int64("sequences"), ExportColumn.Int64("test_sequences"), ExportColumn.Int64("trials"),
            .. OutcomeTotals.Names.Select(ExportColumn.Int64),
            .. Quantity.ColumnNames.Select(ExportColumn.NullableDouble),
        ],
    };

    /// <summary>
    /// Reads the rows of a table, whose values are in the order of its columns. A row is valid until the next is read.
    /// </summary>
    public IEnumerable<List<SqliteValue>> ReadRows(ExportedTable table) => table switch
    {
        ExportedTable.Trials => ReadTrials(),
        ExportedTable.Snapshots => ledger.ReadSnapshots().Select(CreateRow),
        _ => ReadConfigurations(),
    };

    private IEnumerable<List<SqliteValue>> ReadTrials()
    {
        string[] diagnostics = Diagnostics;
        int[][] diagnosticIndices = [.. ledger.Identity.Configurations.Select(configuration => diagnostics.Select(
            name => Array.IndexOf([.. configuration.Diagnostics], name)).ToArray())];
        var row = new List<SqliteValue>(); // one for all rows, of which a table has millions
        foreach (LedgerTrial trial in ledger.ReadTrials())
        {
            Outcome outcome = trial.Outcome;
            row.Clear();
            row.AddRange(_configurationColumns.GetIndex(trial.ConfigurationIndex));
            row.Add(trial.Trial);
            row.AddRange(_configurationColumns.GetSettings(trial.ConfigurationIndex));
            row.AddRange(
            [
                StopReasons[(int)outcome.StopReason], outcome.Presentations, outcome.EvaluationPresentations,
                outcome.Cost, outcome.TrainingError, outcome.TestError, outcome.TestCost,
                outcome.SkippedPresentations,
            ]);
            if (HasValidation)
                row.Add(outcome.ValidationCost);
            foreach (int index in diagnosticIndices[trial.ConfigurationIndex])
                row.Add(index < 0 ? double.NaN : outcome.Diagnostics[index]);
            yield return row;
        }
    }

    private List<SqliteValue> CreateRow(LedgerSnapshot logged)
    {
        DiagnosticSnapshot snapshot = logged.Snapshot;
        return
        [
            .. _configurationColumns.GetIndex(logged.ConfigurationIndex), logged.Trial, logged.Number,
            .. _configurationColumns.GetSettings(logged.ConfigurationIndex), snapshot.Presentations, snapshot.Cost,
            snapshot.Error, snapshot.GradientNorm, snapshot.SpectralRadius, snapshot.LongTermGradientShare,
        ];
    }

    /// <summary>The totals of each configuration, and the summary of its trials with 95 % intervals.</summary>
    private IEnumerable<List<SqliteValue>> ReadConfigurations()
    {
        IReadOnlyList<OutcomeTotals> allTotals = ledger.ReadTotals();
        IReadOnlyList<ConfigurationResult> results = LedgerResults.Summarize(ledger.Identity, allTotals);
        foreach ((int configuration, OutcomeTotals totals) in allTotals.Index())
        {
            yield return
            [
                .. _configurationColumns.GetIndex(configuration), .. _configurationColumns.GetSettings(configuration),
                ledger.Identity.Configurations[configuration].Trials, totals.TrainingSequences, totals.TestSequences,
                totals.Trials, .. totals.Sums,
                .. Quantity.GetColumns(results[configuration].Summary).Select(value => (SqliteValue)value),
            ];
        }
    }
}
