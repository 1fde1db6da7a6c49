using LatchLab.Foundation;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Runs;
using LatchLab.Sweeps.Reports;
using LatchLab.Training;

namespace LatchLab.Ledger.Exports;

/// <summary>Writes the exported tables row by row, in the order of their keys (docs/ledger.md).</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="rows">Receives the rows.</param>
internal sealed class TableExporter(LedgerReader ledger, IRowWriter rows)
{
    private static readonly string[] StopReasons = [
        .. Enum.GetValues<StopReason>().Select(reason => Settings.FormatValue(reason))];

    private readonly ConfigurationColumns _configurationColumns = new(ledger.Identity);

    /// <summary>Writes every trial and its outcome.</summary>
    /// <returns>The number of rows.</returns>
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
            _configurationColumns.WriteIndex(rows, trial.ConfigurationIndex);
            rows.WriteInt64(trial.Trial);
            _configurationColumns.WriteSettings(rows, trial.ConfigurationIndex);
            rows.WriteString(StopReasons[(int)outcome.StopReason]);
            rows.WriteInt64(outcome.Presentations);
            rows.WriteInt64(outcome.EvaluationPresentations);
            rows.WriteDouble(outcome.Cost);
            rows.WriteDouble(outcome.TrainingError);
            rows.WriteDouble(outcome.TestError);
            rows.WriteDouble(outcome.TestCost);
            rows.WriteInt64(outcome.SkippedPresentations);
            foreach (int index in diagnosticIndices[trial.ConfigurationIndex])
                rows.WriteDouble(index < 0 ? double.NaN : outcome.Diagnostics[index]);
            rows.EndRow();
            count++;
        }

        return count;
    }

    /// <summary>Writes every snapshot of the trials that keep a log.</summary>
    /// <returns>The number of rows.</returns>
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
            _configurationColumns.WriteIndex(rows, snapshot.ConfigurationIndex);
            rows.WriteInt64(snapshot.Trial);
            rows.WriteInt64(snapshot.Number);
            _configurationColumns.WriteSettings(rows, snapshot.ConfigurationIndex);
            rows.WriteInt64(snapshot.Snapshot.Presentations);
            rows.WriteDouble(snapshot.Snapshot.Cost);
            rows.WriteDouble(snapshot.Snapshot.Error);
            rows.WriteDouble(snapshot.Snapshot.GradientNorm);
            rows.WriteDouble(snapshot.Snapshot.SpectralRadius);
            rows.WriteDouble(snapshot.Snapshot.LongTermGradientShare);
            rows.EndRow();
            count++;
        }

        return count;
    }

    /// <summary>Writes every configuration, the totals over its trials and their summary with 95 % intervals.</summary>
    /// <returns>The number of rows.</returns>
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
            _configurationColumns.WriteIndex(rows, configuration);
            _configurationColumns.WriteSettings(rows, configuration);
            rows.WriteInt64(ledger.Identity.Configurations[configuration].Trials);
            rows.WriteInt64(totals.TrainingSequences);
            rows.WriteInt64(totals.TestSequences);
            rows.WriteInt64(totals.Trials);
            foreach (long sum in totals.Sums)
                rows.WriteInt64(sum);
            foreach (double value in Quantity.GetColumns(results[configuration].Summary))
                rows.WriteDouble(double.IsFinite(value) ? value : double.NaN);
            rows.EndRow();
        }

        return ledger.Identity.Configurations.Count;
    }
}
