using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>The tables that can be exported, row after row in the order of their keys (docs/ledger.md).</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="rows">Receives the rows.</param>
internal sealed class ExportTables(LedgerReader ledger, IRowWriter rows)
{
    private static readonly string[] Endings = [.. Enum.GetValues<Ending>().Select(ending => Settings.InWords(ending))];

    private readonly CellColumns cells = new(ledger.Identity.Cells);

    /// <summary>Every trial, and how it ended.</summary>
    /// <returns>How many.</returns>
    public long WriteTrials(CancellationToken cancellation)
    {
        rows.Begin(
        [
            .. CellColumns.Places, ExportColumn.Whole("trial"), .. cells.Settings, new("ending", ColumnKind.Text),
            ExportColumn.Whole("presentations"), ExportColumn.Whole("judging_presentations"),
            ExportColumn.Number("cost"), ExportColumn.Number("training_error"), ExportColumn.Number("fresh_error"),
            ExportColumn.Number("fresh_cost"), ExportColumn.Whole("saved"), ExportColumn.Whole("temperatures"),
            ExportColumn.Number("damping"), ExportColumn.Whole("stage"),
        ]);
        long count = 0;
        foreach (LedgerTrial trial in ledger.Trials())
        {
            cancellation.ThrowIfCancellationRequested();
            Outcome outcome = trial.Outcome;
            cells.WritePlace(rows, trial.Cell);
            rows.Whole(trial.Trial);
            cells.WriteSettings(rows, trial.Cell);
            rows.Text(Endings[(int)outcome.Ending]);
            rows.Whole(outcome.Presentations);
            rows.Whole(outcome.JudgingPresentations);
            rows.Number(outcome.Cost);
            rows.Number(outcome.TrainingError);
            rows.Number(outcome.FreshError);
            rows.Number(outcome.FreshCost);
            rows.Whole(outcome.Saved);
            rows.Whole(outcome.Temperatures);
            rows.Number(outcome.Damping);
            rows.Whole(outcome.Stage);
            rows.EndRow();
            count++;
        }

        return count;
    }

    /// <summary>Every check of the trials that keep a log.</summary>
    /// <returns>How many.</returns>
    public long WriteChecks(CancellationToken cancellation)
    {
        rows.Begin(
        [
            .. CellColumns.Places, ExportColumn.Whole("trial"), ExportColumn.Whole("number"), .. cells.Settings,
            ExportColumn.Whole("presentations"), ExportColumn.Number("cost"), ExportColumn.Number("error"),
            ExportColumn.Number("gradient_norm"), ExportColumn.Number("spectral_radius"),
            ExportColumn.Number("old_gradient_share"),
        ]);
        long count = 0;
        foreach (LedgerCheck check in ledger.Checks())
        {
            cancellation.ThrowIfCancellationRequested();
            cells.WritePlace(rows, check.Cell);
            rows.Whole(check.Trial);
            rows.Whole(check.Number);
            cells.WriteSettings(rows, check.Cell);
            rows.Whole(check.Check.Presentations);
            rows.Number(check.Check.Cost);
            rows.Number(check.Check.Error);
            rows.Number(check.Check.GradientNorm);
            rows.Number(check.Check.SpectralRadius);
            rows.Number(check.Check.OldGradientShare);
            rows.EndRow();
            count++;
        }

        return count;
    }

    /// <summary>Every cell, and the totals of its trials.</summary>
    /// <returns>How many.</returns>
    public long WriteCells()
    {
        rows.Begin(
        [
            .. CellColumns.Places, .. cells.Settings, ExportColumn.Whole("planned"),
            ExportColumn.Whole("sequences"), ExportColumn.Whole("test_sequences"), ExportColumn.Whole("trials"),
            .. Endings.Select(ending => ExportColumn.Whole(ending.Replace('-', '_'))),
            ExportColumn.Whole("tested"), ExportColumn.Whole("test_wrong"), ExportColumn.Whole("test_wrong_squared"),
            ExportColumn.Whole("reviewed"), ExportColumn.Whole("training_wrong"),
            ExportColumn.Whole("presentations"), ExportColumn.Whole("judging_presentations"),
        ]);
        foreach ((int cell, CellTotals totals) in ledger.Totals().Index())
        {
            cells.WritePlace(rows, cell);
            cells.WriteSettings(rows, cell);
            rows.Whole(ledger.Identity.Cells[cell].Trials);
            rows.Whole(totals.Sequences);
            rows.Whole(totals.TestSequences);
            rows.Whole(totals.Trials);
            foreach (Ending ending in Enum.GetValues<Ending>())
                rows.Whole(totals[ending]);
            rows.Whole(totals.Tested);
            rows.Whole(totals.TestWrong);
            rows.Whole(totals.TestWrongSquared);
            rows.Whole(totals.Reviewed);
            rows.Whole(totals.TrainingWrong);
            rows.Whole(totals.Presentations);
            rows.Whole(totals.JudgingPresentations);
            rows.EndRow();
        }

        return ledger.Identity.Cells.Count;
    }
}
