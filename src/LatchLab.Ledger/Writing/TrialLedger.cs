using System.Text;
using LatchLab.Experiments;
using LatchLab.Formats;

namespace LatchLab.Ledger;

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
    public const int MostWaitingRows = 1 << 17;

    // How long a trial that has ended waits for others before it is written. Every transaction of a rollback journal
    // waits for the disk several times, so there it is longer.
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250), Seldom = TimeSpan.FromSeconds(1);

    private readonly WriterLock writerLock;
    private readonly HeldTrials held;
    private readonly TrialQueue queue;
    private readonly ProgressWriter progress;
    private readonly Thread writer;
    private string failure = "";
    private bool isClosed;

    private TrialLedger(
        string folder,
        LedgerIdentity identity,
        JournalChoice journal,
        LedgerOptions options,
        WriterLock writerLock,
        Database database)
    {
        (Folder, Identity, Journal, this.writerLock) = (folder, identity, journal, writerLock);
        held = new(identity.Cells);
        held.Read(database);
        queue = new(options.BatchRows);
        progress = new(folder, identity, held.Count, database.Whole("SELECT sum(diverged) FROM totals"));
        writer = new(() => Write(database)) { IsBackground = true, Name = "ledger" };
        writer.Start();
    }

    /// <summary>The folder of the ledger itself; of a shard, <c>shard-I-of-N</c> in that of the whole.</summary>
    public string Folder { get; }

    /// <summary>What it is about.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>How it is kept whole, and why.</summary>
    public JournalChoice Journal { get; }

    /// <summary>How many trials it holds, those included that are still on their way to the disk.</summary>
    public long Count => held.Count;

    /// <summary>Makes a ledger, or goes on with one of the same sweep, which may have had fewer trials.</summary>
    /// <param name="folder">
    /// The folder of the whole sweep. It may be missing, empty, or hold a ledger of ours; parents are made.
    /// </param>
    /// <param name="identity">What is run.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="InputException">
    /// The folder holds something else, the ledger of another sweep (it says how they differ), or is being written by
    /// another process.
    /// </exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static TrialLedger Open(string folder, LedgerIdentity identity, LedgerOptions? options = null)
    {
        options ??= new();
        string own = LedgerFolder.Of(folder, identity.Shard);
        LedgerFolder.Claim(folder);
        if (!identity.Shard.IsWhole)
            ShardNeighbours.Check(folder, identity);
        LedgerFolder.Claim(own);
        WriterLock writerLock = WriterLock.Take(own);
        Database? database = null;
        try
        {
            JournalChoice journal = options.Journal is { } asked
                ? new(asked, "it was asked for")
                : JournalChoice.For(own);
            RefuseSweep(own, identity.SweepText);
            database = LedgerFile.Open(own, identity, journal.Kind, out string? before);
            WriteSweep(own, identity.SweepText, before);
            SessionRows.Insert(
                database, options.Sessions ?? [LedgerSession.Begin(identity.Shard, options.Lanes, journal)]);
            return new(own, identity, journal, options, writerLock, database);
        }
        catch
        {
            database?.Dispose();
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Whether it holds a trial.</summary>
    /// <param name="cell">Its cell, from 0 through all parts of the sweep.</param>
    /// <param name="trial">Its number in the cell, from 0.</param>
    public bool Holds(int cell, int trial) => held.Holds(cell, trial);

    /// <summary>
    /// Adds a trial that has ended; waits where too many are on their way. Any number of threads may.
    /// </summary>
    /// <param name="cell">Its cell.</param>
    /// <param name="trial">Its number in the cell.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="checks">The log of its checks; empty where none is kept.</param>
    /// <exception cref="ArgumentException">The ledger holds it.</exception>
    /// <exception cref="IOException">Trials before it could not be written: the disk is full, say.</exception>
    public void Add(int cell, int trial, in Outcome outcome, IReadOnlyList<TrialCheck> checks)
    {
        queue.ThrowIfFailed();
        if (!held.Add(cell, trial))
            throw new ArgumentException(FormattableString.Invariant($"Trial {trial} of cell {cell} is there already."));

        // What is no finite number has no place in a histogram.
        bool isFinite = double.IsFinite(outcome.FreshCost);
        queue.Add(new(cell, trial, isFinite ? outcome : outcome with { FreshCost = double.NaN }, checks));
    }

    /// <summary>Waits until everything that was added is in the ledger.</summary>
    /// <exception cref="IOException">It could not be written: the disk is full, say.</exception>
    public void Flush() => queue.Flush();

    /// <summary>
    /// To be called when everything has been added: returns when it is on the disk, and the file closed.
    /// </summary>
    /// <exception cref="IOException">It could not be written: the disk is full, say.</exception>
    public void Complete()
    {
        Close(Count == Identity.Planned ? LedgerState.Finished : LedgerState.Interrupted);
        queue.ThrowIfFailed();
    }

    /// <summary>
    /// Lets <c>progress.json</c> say that the run has failed, once everything that was added is written.
    /// </summary>
    /// <param name="message">Why, in one line.</param>
    public void Fail(string message) => failure = message;

    /// <summary>Writes what was added, if that is still to be done, and lets go of the folder.</summary>
    public void Dispose() => Close(LedgerState.Interrupted);

    /// <summary>A folder that is new to us may have a text of this name already, which is somebody's.</summary>
    private static void RefuseSweep(string folder, string text)
    {
        string path = Path.Combine(folder, LedgerFolder.SweepName);
        if (!LedgerFolder.HasFile(folder) && File.Exists(path) && File.ReadAllText(path) != text)
            throw new InputException(path, "", "is there and says something else; move it away or name another folder");
    }

    /// <summary>
    /// Writes the text of the sweep beside the ledger, where people look for it; one that somebody has changed stays.
    /// </summary>
    private static void WriteSweep(string folder, string text, string? before)
    {
        string path = Path.Combine(folder, LedgerFolder.SweepName);
        if (!File.Exists(path) || (text != before && File.ReadAllText(path) == before))
            OutputFile.Write(path, Encoding.UTF8.GetBytes(text));
    }

    private void Close(LedgerState state)
    {
        if (isClosed)
            return;
        isClosed = true;
        queue.End();
        writer.Join();
        progress.End(failure.Length > 0 ? LedgerState.Failed : state, failure);
        writerLock.Dispose();
    }

    /// <summary>The whole life of the thread that writes.</summary>
    private void Write(Database database)
    {
        try
        {
            WriteBatches(database);
            LedgerFile.Close(database);
        }
        catch (Exception problem)
        {
            database.Dispose();
            failure = problem.Message;
            queue.Fail(problem);
        }
    }

    private void WriteBatches(Database database)
    {
        using var rows = new TrialRows(database, Identity.Cells);
        TimeSpan patience = Journal.Kind == JournalKind.WriteAheadLog ? Often : Seldom;
        List<RecordedTrial> batch = [];
        bool hasMore;
        do
        {
            hasMore = queue.Take(ref batch, patience);
            if (batch.Count > 0)
                rows.Write(batch);
            progress.Add(batch.Count, batch.Count(trial => trial.Outcome.Ending == Ending.Diverged));
        }
        while (hasMore);
    }
}
