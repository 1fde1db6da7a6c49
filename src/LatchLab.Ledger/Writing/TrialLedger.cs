using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Progress;
using LatchLab.Ledger.Sqlite;
using LatchLab.Training;

namespace LatchLab.Ledger.Writing;

/// <summary>
/// The ledger of a sweep while its trials run: a row of an SQLite file for each trial that has ended. Whoever adds
/// hands over and goes on; one thread writes, many trials in a transaction. Whenever the process is killed, the ledger
/// holds some of the trials that were added, each whole and once, and goes on with the others when it is opened again.
/// </summary>
public sealed class TrialLedger : IDisposable
{
    /// <summary>
    /// The most rows that wait to be written or are being written (a trial is a row, and each of its checks is): some
    /// 13 MB. Whoever adds more waits.
    /// </summary>
    public const int MaximumPendingRows = 1 << 17;

    // How long a trial that has ended waits for others before it is written. Every transaction of a rollback journal
    // waits for the disk several times, so there it is longer.
    private static readonly TimeSpan ShortFlushInterval = TimeSpan.FromMilliseconds(250),
        LongFlushInterval = TimeSpan.FromSeconds(1);

    private readonly WriterLock _writerLock;
    private readonly CompletedTrials _completedTrials;
    private readonly CompletedTrialQueue _queue;
    private readonly ProgressWriter _progress;
    private readonly Thread _writerThread;
    private string _failure = "";
    private bool _isClosed;

    private TrialLedger(
        string folder,
        LedgerIdentity identity,
        JournalChoice journal,
        LedgerOptions options,
        WriterLock writerLock,
        SqliteDatabase database)
    {
        (Folder, Identity, Journal, this._writerLock) = (folder, identity, journal, writerLock);
        _completedTrials = new(identity.Configurations);
        _completedTrials.Load(database);
        _queue = new(options.MaximumBatchRows);
        _progress = new(folder, identity, _completedTrials.Count,
            database.QueryInt64("SELECT sum(diverged) FROM totals"));
        _writerThread = new(() => RunWriter(database)) { IsBackground = true, Name = "ledger" };
        _writerThread.Start();
    }

    /// <summary>The folder of the ledger itself; of a shard, <c>shard-I-of-N</c> in that of the whole.</summary>
    public string Folder { get; }

    /// <summary>What it is about.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>How it is kept whole, and why.</summary>
    public JournalChoice Journal { get; }

    /// <summary>How many trials it holds, those included that are still on their way to the disk.</summary>
    public long Count => _completedTrials.Count;

    /// <summary>Makes a ledger, or goes on with one of the same sweep, which may have had fewer trials.</summary>
    /// <param name="folder">
    /// The folder of the whole sweep. It may be missing, empty, or hold a ledger of ours; parents are made.
    /// </param>
    /// <param name="identity">What is run.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="ValidationException">
    /// The folder holds something else, the ledger of another sweep (it says how they differ), or is being written by
    /// another process.
    /// </exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static TrialLedger Open(string folder, LedgerIdentity identity, LedgerOptions? options = null)
    {
        options ??= new();
        string ledgerFolder = LedgerFolder.GetShardFolder(folder, identity.Shard);
        LedgerFolder.EnsureUsable(folder);
        if (!identity.Shard.IsWhole)
            ShardConsistency.Check(folder, identity);
        LedgerFolder.EnsureUsable(ledgerFolder);
        WriterLock writerLock = WriterLock.Acquire(ledgerFolder);
        SqliteDatabase? database = null;
        try
        {
            JournalChoice journal = options.Journal is { } requestedMode
                ? new(requestedMode, "it was asked for")
                : JournalChoice.ForFolder(ledgerFolder);
            EnsureSweepTextMatches(ledgerFolder, identity.SweepText);
            database = WritableLedgerFile.Open(ledgerFolder, identity, journal.Mode, out string? previousText);
            WriteSweepText(ledgerFolder, identity.SweepText, previousText);
            SessionTable.Insert(
                database, options.Sessions ?? [LedgerSession.CreateCurrent(identity.Shard, options.Lanes, journal)]);
            return new(ledgerFolder, identity, journal, options, writerLock, database);
        }
        catch
        {
            database?.Dispose();
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Whether it holds a trial.</summary>
    /// <param name="configuration">Its cell, from 0 through all parts of the sweep.</param>
    /// <param name="trial">Its number in the cell, from 0.</param>
    public bool Contains(int configuration, int trial) => _completedTrials.Contains(configuration, trial);

    /// <summary>
    /// Adds a trial that has ended; waits where too many are on their way. Any number of threads may.
    /// </summary>
    /// <param name="configuration">Its cell.</param>
    /// <param name="trial">Its number in the cell.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="snapshots">The log of its checks; empty where none is kept.</param>
    /// <exception cref="ArgumentException">The ledger holds it.</exception>
    /// <exception cref="IOException">Trials before it could not be written: the disk is full, say.</exception>
    public void Add(int configuration, int trial, in Outcome outcome, IReadOnlyList<DiagnosticSnapshot> snapshots)
    {
        _queue.ThrowIfFailed();
        if (!_completedTrials.Add(configuration, trial))
            throw new ArgumentException(
                FormattableString.Invariant($"Trial {trial} of cell {configuration} is there already."));

        // What is no finite number has no place in a histogram.
        bool isFinite = double.IsFinite(outcome.TestCost);
        _queue.Add(new(configuration, trial, isFinite ? outcome : outcome with { TestCost = double.NaN }, snapshots));
    }

    /// <summary>Waits until everything that was added is in the ledger.</summary>
    /// <exception cref="IOException">It could not be written: the disk is full, say.</exception>
    public void Flush() => _queue.Flush();

    /// <summary>
    /// To be called when everything has been added: returns when it is on the disk, and the file closed.
    /// </summary>
    /// <exception cref="IOException">It could not be written: the disk is full, say.</exception>
    public void Complete()
    {
        Close(Count == Identity.PlannedTrials ? RunState.Finished : RunState.Interrupted);
        _queue.ThrowIfFailed();
    }

    /// <summary>
    /// Lets <c>progress.json</c> say that the run has failed, once everything that was added is written.
    /// </summary>
    /// <param name="message">Why, in one line.</param>
    public void SetFailure(string message) => _failure = message;

    /// <summary>Writes what was added, if that is still to be done, and lets go of the folder.</summary>
    public void Dispose() => Close(RunState.Interrupted);

    /// <summary>A folder that is new to us may have a text of this name already, which is somebody's.</summary>
    private static void EnsureSweepTextMatches(string folder, string text)
    {
        string path = Path.Combine(folder, LedgerFolder.SweepFileName);
        if (!LedgerFolder.HasLedgerFile(folder) && File.Exists(path) && File.ReadAllText(path) != text)
            throw new ValidationException(path, "",
                "is there and says something else; move it away or name another folder");
    }

    /// <summary>
    /// Writes the text of the sweep beside the ledger, where people look for it; one that somebody has changed stays.
    /// </summary>
    private static void WriteSweepText(string folder, string text, string? previousText)
    {
        string path = Path.Combine(folder, LedgerFolder.SweepFileName);
        if (!File.Exists(path) || (text != previousText && File.ReadAllText(path) == previousText))
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(text));
    }

    private void Close(RunState state)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _queue.CompleteAdding();
        _writerThread.Join();
        _progress.Complete(_failure.Length > 0 ? RunState.Failed : state, _failure);
        _writerLock.Dispose();
    }

    /// <summary>The whole life of the thread that writes.</summary>
    private void RunWriter(SqliteDatabase database)
    {
        try
        {
            WriteBatches(database);
            WritableLedgerFile.Close(database);
        }
        catch (Exception exception)
        {
            database.Dispose();
            _failure = exception.Message;
            _queue.Fail(exception);
        }
    }

    private void WriteBatches(SqliteDatabase database)
    {
        using var rows = new TrialTableWriter(database, Identity.Configurations);
        TimeSpan flushInterval = Journal.Mode == JournalMode.WriteAheadLog ? ShortFlushInterval : LongFlushInterval;
        List<RecordedTrial> batch = [];
        bool hasMore;
        do
        {
            hasMore = _queue.TakeBatch(ref batch, flushInterval);
            if (batch.Count > 0)
                rows.Write(batch);
            _progress.Add(batch.Count, batch.Count(trial => trial.Outcome.StopReason == StopReason.Diverged));
        }
        while (hasMore);
    }
}
