using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Progress;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Training;

namespace LatchLab.Ledger.Writing;

/// <summary>
/// The ledger of a running sweep: an SQLite file with a row for each completed trial. Adding a trial only queues it;
/// one thread writes many trials per transaction. If the process is killed, the ledger contains a subset of the added
/// trials, each of them complete and exactly once. Resuming the run repeats the missing trials.
/// </summary>
public sealed class TrialLedger : IDisposable
{
    /// <summary>
    /// The maximum number of rows that are queued or being written (a trial takes one row, plus one for each snapshot):
    /// about 13 MB. <see cref="Add"/> blocks while this number is reached.
    /// </summary>
    public const int MaximumPendingRows = 1 << 17;

    // The maximum delay between the completion of a trial and its transaction. The delay is longer for a rollback
    // journal, because each transaction waits for the disk several times.
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
        (Folder, Identity, Journal, _writerLock) = (folder, identity, journal, writerLock);
        _completedTrials = new(identity.Configurations);
        _completedTrials.Load(database);
        _queue = new(options.MaximumBatchRows);
        _progress = new(folder, identity, _completedTrials.Count,
            database.QueryInt64("SELECT sum(diverged) FROM totals"));
        _writerThread = new(() => RunWriter(database)) { IsBackground = true, Name = "ledger" };
        _writerThread.Start();
    }

    /// <summary>The folder of the ledger; for a shard, <c>shard-I-of-N</c> in the folder of the sweep.</summary>
    public string Folder { get; }

    /// <summary>The identity of the ledger.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>The journal of the ledger, and the reason for it.</summary>
    public JournalChoice Journal { get; }

    /// <summary>The number of trials in the ledger, including queued trials.</summary>
    public long Count => _completedTrials.Count;

    /// <summary>Creates a ledger, or continues a ledger of the same sweep, possibly with more trials.</summary>
    /// <param name="folder">
    /// The folder of the sweep. It may be missing, empty or contain a ledger; parent folders are created.
    /// </param>
    /// <param name="identity">The identity of the sweep.</param>
    /// <param name="options">The options for writing the ledger.</param>
    /// <exception cref="ValidationException">
    /// The folder contains unrelated files or a ledger of another sweep (the errors list the differences), or another
    /// process is writing the ledger.
    /// </exception>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
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
                ? new(requestedMode, "it was requested")
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

    /// <summary>Whether the ledger contains a trial, including queued trials.</summary>
    /// <param name="configuration">The index of the configuration, from 0 across all parts of the sweep.</param>
    /// <param name="trial">The index of the trial in the configuration, from 0.</param>
    public bool Contains(int configuration, int trial) => _completedTrials.Contains(configuration, trial);

    /// <summary>
    /// Adds a completed trial; blocks while too many trials are queued. Thread-safe.
    /// </summary>
    /// <param name="configuration">The index of the configuration.</param>
    /// <param name="trial">The index of the trial in the configuration.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="parameters">
    /// The final parameters; the ledger stores as many leading ones as its configuration requires.
    /// </param>
    /// <param name="snapshots">The diagnostic snapshots; empty if the trial is not logged.</param>
    /// <exception cref="ArgumentException">The ledger already contains the trial.</exception>
    /// <exception cref="IOException">Earlier trials could not be written, for example on a full disk.</exception>
    public void Add(
        int configuration, int trial, in Outcome outcome, ReadOnlySpan<double> parameters,
        IReadOnlyList<DiagnosticSnapshot> snapshots)
    {
        _queue.ThrowIfFailed();
        if (!_completedTrials.Add(configuration, trial))
            throw new ArgumentException(
                FormattableString.Invariant($"Trial {trial} of configuration {configuration} exists already."));
        _queue.Add(new(
            configuration, trial, outcome,
            parameters[..Identity.Configurations[configuration].StoredParameters].ToArray())
        {
            Snapshots = snapshots,
        });
    }

    /// <summary>Waits until all added trials have been written.</summary>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public void Flush() => _queue.Flush();

    /// <summary>
    /// Completes the ledger after all trials have been added. Returns when they are on disk and the file is closed.
    /// </summary>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public void Complete()
    {
        Close(Count == Identity.PlannedTrials ? RunState.Finished : RunState.Interrupted);
        _queue.ThrowIfFailed();
    }

    /// <summary>
    /// Sets what <c>progress.json</c> reports as the time left: of the whole run, which may fill several ledgers.
    /// </summary>
    /// <param name="timeLeft">Estimates the time left; called by the writing thread.</param>
    public void ReportTimeLeft(Func<TimeRange?> timeLeft) => _progress.TimeLeft = timeLeft;

    /// <summary>
    /// Marks the run as failed. <c>progress.json</c> reports the failure after all added trials have been written.
    /// </summary>
    /// <param name="message">The reason, in one line.</param>
    public void SetFailure(string message) => _failure = message;

    /// <summary>Writes queued trials, closes the file and releases the lock.</summary>
    public void Dispose() => Close(RunState.Interrupted);

    /// <summary>Throws if a folder without a ledger contains a different sweep file, which is never replaced.</summary>
    private static void EnsureSweepTextMatches(string folder, string text)
    {
        string path = Path.Combine(folder, LedgerFolder.SweepFileName);
        if (!LedgerFolder.HasLedgerFile(folder) && File.Exists(path) && File.ReadAllText(path) != text)
            throw new ValidationException(path, "",
                "exists with different content; move it or name another folder");
    }

    /// <summary>
    /// Writes the text of the sweep next to the ledger. A file that the user has changed is kept.
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

    /// <summary>The main function of the writer thread.</summary>
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
        List<LedgerTrial> batch = [];
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
