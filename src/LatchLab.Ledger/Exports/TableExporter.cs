using LatchLab.Foundation;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Sqlite;
using LatchLab.Sweeps.Reports;
using LatchLab.Training;

namespace LatchLab.Ledger.Exports;

/// <summary>Writes the exported tables row by row, in the order of their keys (docs/ledger.md).</summary>
internal sealed class TableExporter(LedgerReader ledger, IRowWriter rows)
{
    private static readonly string[] StopReasons = [
        .. Enum.GetValues<StopReason>().Select(reason => Settings.FormatValue(reason))];

    private readonly ConfigurationColumns _configurationColumns = new(ledger.Identity);

    /// <summary>Writes every trial and its outcome; returns the number of rows.</summary>
    public long WriteTrials(CancellationToken cancellation)
    {
        string[] diagnostics = [
            .. ledger.Identity.Configurations.SelectMany(configuration => configuration.Diagnostics).Distinct()];
        int[][] diagnosticIndices = [.. ledger.Identity.Configurations.Select(configuration => diagnostics.Select(
            name => Array.IndexOf([.. configuration.Diagnostics], name)).ToArray())];
        rows.WriteHeader(
        [
            .. ConfigurationColumns.IndexColumns, ExportColumn.Int64("trial"), .. _configurationColumns.Settings,
            new("stop_reason", ColumnType.String),
            ExportColumn.Int64("presentations"), ExportColumn.Int64("evaluation_presentations"),
            ExportColumn.NullableDouble("cost"), ExportColumn.NullableDouble("training_error"),
            ExportColumn.NullableDouble("test_error"),
            ExportColumn.NullableDouble("test_cost"), ExportColumn.Int64("skipped_presentations"),
            .. diagnostics.Select(name => ExportColumn.NullableDouble(ExportColumn.FormatName(name))),
        ]);
        long count = 0;
        foreach (LedgerTrial trial in ledger.ReadTrials())
        {
            cancellation.ThrowIfCancellationRequested();
            Outcome outcome = trial.Outcome;
            rows.WriteRow(
            [
                .. _configurationColumns.GetIndex(trial.ConfigurationIndex), trial.Trial,
                .. _configurationColumns.GetSettings(trial.ConfigurationIndex), StopReasons[(int)outcome.StopReason],
                outcome.Presentations, outcome.EvaluationPresentations, outcome.Cost, outcome.TrainingError,
                outcome.TestError, outcome.TestCost, outcome.SkippedPresentations,
                .. diagnosticIndices[trial.ConfigurationIndex].Select(
                    index => (SqliteValue)(index < 0 ? double.NaN : outcome.Diagnostics[index])),
            ]);
            count++;
        }

        return count;
    }

    /// <summary>Writes every snapshot of the trials that keep a log; returns the number of rows.</summary>
    public long WriteSnapshots(CancellationToken cancellation)
    {
        rows.WriteHeader(
        [
            .. ConfigurationColumns.IndexColumns, ExportColumn.Int64("trial"), ExportColumn.Int64("number"),
            .. _configurationColumns.Settings,
            ExportColumn.Int64("presentations"), ExportColumn.NullableDouble("cost"),
            ExportColumn.NullableDouble("error"),
            ExportColumn.NullableDouble("gradient_norm"), ExportColumn.NullableDouble("spectral_radius"),
            ExportColumn.NullableDouble("long_term_gradient_share"),
        ]);
        long count = 0;
        foreach (LedgerSnapshot snapshot in ledger.ReadSnapshots())
        {
            cancellation.ThrowIfCancellationRequested();
            DiagnosticSnapshot values = snapshot.Snapshot;
            rows.WriteRow(
            [
                .. _configurationColumns.GetIndex(snapshot.ConfigurationIndex), snapshot.Trial, snapshot.Number,
                .. _configurationColumns.GetSettings(snapshot.ConfigurationIndex), values.Presentations, values.Cost,
                values.Error, values.GradientNorm, values.SpectralRadius, values.LongTermGradientShare,
            ]);
            count++;
        }

        return count;
    }

    /// <summary>Writes every configuration with the totals and the summary of its trials, with 95 % intervals.</summary>
    public long WriteConfigurations()
    {
        rows.WriteHeader(
        [
            .. ConfigurationColumns.IndexColumns, .. _configurationColumns.Settings, ExportColumn.Int64("planned"),
            ExportColumn.Int64("sequences"), ExportColumn.Int64("test_sequences"), ExportColumn.Int64("trials"),
            .. OutcomeTotals.Names.Select(ExportColumn.Int64),
            .. Quantity.ColumnNames.Select(ExportColumn.NullableDouble),
        ]);
        IReadOnlyList<ConfigurationResult> results = LedgerResults.ReadConfigurations(ledger);
        foreach ((int configuration, OutcomeTotals totals) in ledger.ReadTotals().Index())
        {
            rows.WriteRow(
            [
                .. _configurationColumns.GetIndex(configuration), .. _configurationColumns.GetSettings(configuration),
                ledger.Identity.Configurations[configuration].Trials, totals.TrainingSequences, totals.TestSequences,
                totals.Trials, .. totals.Sums,
                .. Quantity.GetColumns(results[configuration].Summary).Select(
                    value => (SqliteValue)(double.IsFinite(value) ? value : double.NaN)),
            ]);
        }

        return ledger.Identity.Configurations.Count;
    }
}
