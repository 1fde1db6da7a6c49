using LatchLab.Ledger.Identity;
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
            "INSERT INTO trials VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
        _snapshotRow = database.Prepare("INSERT INTO snapshots VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        _totals = new(database);
    }

    /// <summary>Writes trials, either all or none.</summary>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public void Write(List<RecordedTrial> trials)
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

    /// <inheritdoc/>
    public void Dispose()
    {
        _trialRow.Dispose();
        _snapshotRow.Dispose();
        _totals.Dispose();
    }

    /// <summary>
    /// Sorts the trials by key. Inserting rows in key order is fast, because consecutive rows go to the same page.
    /// </summary>
    private void Sort(List<RecordedTrial> trials)
    {
        if (_sortKeys.Length < trials.Count)
            (_sortKeys, _order) = (new long[trials.Count], new int[trials.Count]);
        for (int i = 0; i < trials.Count; i++)
            (_sortKeys[i], _order[i]) = (trials[i].SortKey, i);
        Array.Sort(_sortKeys, _order, 0, trials.Count);
    }

    /// <summary>Writes the trials of one configuration, and returns the start of the next one.</summary>
    private int WriteConfiguration(List<RecordedTrial> trials, int first)
    {
        int configuration = trials[_order[first]].ConfigurationIndex, i = first;
        var totalsOfBatch = new OutcomeTotals(_configurations[configuration].Sequences,
            _configurations[configuration].TestSequences);
        for (; i < trials.Count && trials[_order[i]].ConfigurationIndex == configuration; i++)
        {
            RecordedTrial trial = trials[_order[i]];
            Write(trial);
            totalsOfBatch.Add(trial.Outcome);
        }

        _totals.Add(configuration, totalsOfBatch);
        return i;
    }

    private void Write(in RecordedTrial trial)
    {
        Outcome outcome = trial.Outcome;
        _trialRow.Bind(1, trial.ConfigurationIndex);
        _trialRow.Bind(2, trial.Trial);
        _trialRow.Bind(3, (int)outcome.StopReason);
        _trialRow.Bind(4, outcome.Presentations);
        _trialRow.Bind(5, outcome.EvaluationPresentations);
        _trialRow.Bind(6, outcome.Cost);
        _trialRow.Bind(7, outcome.TrainingError);
        _trialRow.Bind(8, outcome.TestError);
        _trialRow.Bind(9, outcome.TestCost);
        _trialRow.Bind(10, outcome.SkippedPresentations);
        _trialRow.Bind(11, NumbersJson.Serialize(
            _configurations[trial.ConfigurationIndex].Diagnostics, outcome.Diagnostics));
        _trialRow.Bind(12, NumbersJson.Serialize(trial.Parameters));
        _trialRow.Run();
        for (int number = 0; number < trial.Snapshots.Count; number++)
            Write(trial, number, trial.Snapshots[number]);
    }

    private void Write(in RecordedTrial trial, int number, in DiagnosticSnapshot snapshot)
    {
        _snapshotRow.Bind(1, trial.ConfigurationIndex);
        _snapshotRow.Bind(2, trial.Trial);
        _snapshotRow.Bind(3, number);
        _snapshotRow.Bind(4, snapshot.Presentations);
        _snapshotRow.Bind(5, snapshot.Cost);
        _snapshotRow.Bind(6, snapshot.Error);
        _snapshotRow.Bind(7, snapshot.GradientNorm);
        _snapshotRow.Bind(8, snapshot.SpectralRadius);
        _snapshotRow.Bind(9, snapshot.LongTermGradientShare);
        _snapshotRow.Run();
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
