using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>
/// Writes trials, their checks, and what they add to the totals and histograms of their cells, in one transaction: at
/// every moment the totals are what the rows add up to.
/// </summary>
internal sealed class TrialRows : IDisposable
{
    private readonly Database database;
    private readonly IReadOnlyList<LedgerCell> cells;
    private readonly Statement trialRow;
    private readonly Statement checkRow;
    private readonly TotalsRows totals;
    private long[] keys = [];
    private int[] order = [];

    /// <summary>Prepares to write into a ledger.</summary>
    public TrialRows(Database database, IReadOnlyList<LedgerCell> cells)
    {
        (this.database, this.cells) = (database, cells);
        trialRow = database.Prepare(
            "INSERT INTO trials VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
        checkRow = database.Prepare("INSERT INTO checks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        totals = new(database);
    }

    /// <summary>Writes trials, all or none.</summary>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public void Write(List<RecordedTrial> trials)
    {
        Sort(trials);
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            for (int i = 0; i < trials.Count;)
                i = WriteCell(trials, i);
            Commit();
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        trialRow.Dispose();
        checkRow.Dispose();
        totals.Dispose();
    }

    /// <summary>
    /// Rows that come in the order of their table go where the last one went: that is what makes it fast.
    /// </summary>
    private void Sort(List<RecordedTrial> trials)
    {
        if (keys.Length < trials.Count)
            (keys, order) = (new long[trials.Count], new int[trials.Count]);
        for (int i = 0; i < trials.Count; i++)
            (keys[i], order[i]) = (trials[i].Key, i);
        Array.Sort(keys, order, 0, trials.Count);
    }

    /// <summary>Writes the trials of one cell, and returns where the next one begins.</summary>
    private int WriteCell(List<RecordedTrial> trials, int first)
    {
        int cell = trials[order[first]].Cell, i = first;
        var added = new CellTotals(cells[cell].Sequences, cells[cell].TestSequences);
        for (; i < trials.Count && trials[order[i]].Cell == cell; i++)
        {
            RecordedTrial trial = trials[order[i]];
            Write(trial);
            added.Add(trial.Outcome);
        }

        totals.Add(cell, added);
        return i;
    }

    private void Write(in RecordedTrial trial)
    {
        Outcome outcome = trial.Outcome;
        trialRow.Bind(1, trial.Cell);
        trialRow.Bind(2, trial.Trial);
        trialRow.Bind(3, (int)outcome.Ending);
        trialRow.Bind(4, outcome.Presentations);
        trialRow.Bind(5, outcome.JudgingPresentations);
        trialRow.Bind(6, outcome.Cost);
        trialRow.Bind(7, outcome.TrainingError);
        trialRow.Bind(8, outcome.FreshError);
        trialRow.Bind(9, outcome.FreshCost);
        trialRow.Bind(10, outcome.Saved);
        trialRow.Bind(11, outcome.Temperatures);
        trialRow.Bind(12, outcome.Damping);
        trialRow.Bind(13, outcome.Stage);
        trialRow.Run();
        for (int number = 0; number < trial.Checks.Count; number++)
            Write(trial, number, trial.Checks[number]);
    }

    private void Write(in RecordedTrial trial, int number, in TrialCheck check)
    {
        checkRow.Bind(1, trial.Cell);
        checkRow.Bind(2, trial.Trial);
        checkRow.Bind(3, number);
        checkRow.Bind(4, check.Presentations);
        checkRow.Bind(5, check.Cost);
        checkRow.Bind(6, check.Error);
        checkRow.Bind(7, check.GradientNorm);
        checkRow.Bind(8, check.SpectralRadius);
        checkRow.Bind(9, check.OldGradientShare);
        checkRow.Run();
    }

    /// <summary>
    /// Where a reader of a rollback journal is slower than all patience, the trials wait for it: they would be lost.
    /// </summary>
    private void Commit()
    {
        while (true)
        {
            try
            {
                database.Execute("COMMIT");
                return;
            }
            catch (DatabaseException busy) when (DatabaseFailure.IsBusy(busy.Code))
            {
                // The transaction is still open, and whole.
            }
        }
    }

    private void RollBack()
    {
        try
        {
            database.Execute("ROLLBACK");
        }
        catch (IOException)
        {
            // After some failures SQLite has rolled back already.
        }
    }
}
