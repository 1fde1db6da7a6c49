using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Training;

namespace LatchLab.Ledger.Writing;

/// <summary>
/// Writes trials and their snapshots, and updates the totals and histograms of their configurations, in one
/// transaction. The totals therefore always equal the sums over the rows.
/// </summary>
internal sealed class TrialTableWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly IReadOnlyList<LedgerConfiguration> _configurations;
    private readonly SqliteStatement _trialRow;
    private readonly SqliteStatement _snapshotRow;
    private readonly TotalsTableWriter _totals;
    private long[] _sortKeys = [];
    private int[] _order = [];

    /// <summary>Prepares the statements for a ledger.</summary>
    public TrialTableWriter(SqliteDatabase database, IReadOnlyList<LedgerConfiguration> configurations)
    {
        (_database, _configurations) = (database, configurations);
        _trialRow = database.Prepare(
            "INSERT INTO trials VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
        _snapshotRow = database.Prepare("INSERT INTO snapshots VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        _totals = new(database);
    }

    /// <summary>Writes trials, either all or none.</summary>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public void Write(List<LedgerTrial> trials)
    {
        Sort(trials);
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            for (int i = 0; i < trials.Count;)
                i = WriteConfiguration(trials, i);
            Commit();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public void Dispose()
    {
        _trialRow.Dispose();
        _snapshotRow.Dispose();
        _totals.Dispose();
    }

    /// <summary>
    /// Sorts the trials by key. Inserting rows in key order is fast, because consecutive rows go to the same page.
    /// </summary>
    private void Sort(List<LedgerTrial> trials)
    {
        if (_sortKeys.Length < trials.Count)
            (_sortKeys, _order) = (new long[trials.Count], new int[trials.Count]);
        for (int i = 0; i < trials.Count; i++)
            (_sortKeys[i], _order[i]) = (trials[i].SortKey, i);
        Array.Sort(_sortKeys, _order, 0, trials.Count);
    }

    /// <summary>Writes the trials of one configuration, and returns the start of the next one.</summary>
    private int WriteConfiguration(List<LedgerTrial> trials, int first)
    {
        int configuration = trials[_order[first]].ConfigurationIndex, i = first;
        var totalsOfBatch = new OutcomeTotals(_configurations[configuration].Sequences,
            _configurations[configuration].TestSequences);
        for (; i < trials.Count && trials[_order[i]].ConfigurationIndex == configuration; i++)
        {
            LedgerTrial trial = trials[_order[i]];
            Write(trial);
            totalsOfBatch.Add(trial.Outcome);
        }

        _totals.Add(configuration, totalsOfBatch);
        return i;
    }

    private void Write(in LedgerTrial trial)
    {
        Outcome outcome = trial.Outcome;
        _trialRow.Run(
            trial.ConfigurationIndex, trial.Trial, (int)outcome.StopReason, outcome.Presentations,
            outcome.EvaluationPresentations, outcome.Cost, outcome.TrainingError, outcome.TestError, outcome.TestCost,
            outcome.SkippedPresentations,
            NumbersJson.Serialize(_configurations[trial.ConfigurationIndex].Diagnostics, outcome.Diagnostics),
            NumbersJson.Serialize(trial.Parameters), outcome.ValidationCost);
        foreach ((int number, DiagnosticSnapshot snapshot) in trial.Snapshots.Index())
        {
            _snapshotRow.Run(
                trial.ConfigurationIndex, trial.Trial, number, snapshot.Presentations, snapshot.Cost, snapshot.Error,
                snapshot.GradientNorm, snapshot.SpectralRadius, snapshot.LongTermGradientShare);
        }
    }

    /// <summary>
    /// Commits the transaction. If a reader of a rollback journal exceeds the busy timeout, the commit is retried,
    /// because the trials would otherwise be lost.
    /// </summary>
    private void Commit()
    {
        while (true)
        {
            try
            {
                _database.Execute("COMMIT");
                return;
            }
            catch (SqliteException exception) when (SqliteErrors.IsBusy(exception.Code))
            {
                // The transaction is still open and complete.
            }
        }
    }

    private void Rollback()
    {
        try
        {
            _database.Execute("ROLLBACK");
        }
        catch (IOException)
        {
            // After some failures SQLite has already rolled back.
        }
    }
}
