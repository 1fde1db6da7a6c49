using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Writing;

/// <summary>
/// Opens the SQLite file of a ledger for writing: creates it, or checks that it belongs to the same sweep.
/// </summary>
internal static class WritableLedgerFile
{
    // The size of the page cache, and the size of the write-ahead log that triggers a checkpoint: 32 MB and 16 MB.
    private const int CacheKibibytes = 32 << 10, CheckpointPages = 4000;

    // With a rollback journal a reader blocks the writer, for example during an export of ten million rows. After this
    // timeout the commit of a batch is retried.
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Opens the file in a folder. The process must hold the writer lock of the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="identity">The identity of the sweep.</param>
    /// <param name="journalMode">The journal.</param>
    /// <param name="previousText">The previous text of the sweep; null for a new ledger.</param>
    /// <exception cref="ValidationException">The file is a ledger of another sweep, or not a ledger.</exception>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static SqliteDatabase Open(string folder, LedgerIdentity identity, JournalMode journalMode,
        out string? previousText)
    {
        var database = SqliteDatabase.OpenForWriting(Path.Combine(folder, LedgerFolder.LedgerFileName), BusyTimeout);
        try
        {
            // A file that is not a ledger of this sweep is left unchanged. (In exclusive mode SQLite can read a
            // write-ahead log on a shared folder, too, because it then needs no shared memory.)
            if (journalMode == JournalMode.Rollback)
                database.Execute("PRAGMA locking_mode = EXCLUSIVE");
            previousText = null;
            if (!LedgerSchema.IsEmpty(database))
            {
                LedgerSchema.EnsureWritable(database);
                LedgerIdentity existing = IdentityTables.Read(database);
                EnsureSameSweep(folder, existing, identity);
                previousText = existing.SweepText;
            }

            SetJournalMode(database, journalMode);
            database.Execute("BEGIN IMMEDIATE");
            if (previousText is null)
            {
                LedgerSchema.Create(database);
                IdentityTables.Insert(database, identity);
            }
            else
            {
                LedgerSchema.Upgrade(database);
                IdentityTables.Update(database, identity);
            }

            database.Execute("COMMIT");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Closes the file. The result is a single file without a write-ahead log, which can be read anywhere. If a reader
    /// has the file open, the log stays, which is also valid.
    /// </summary>
    public static void Close(SqliteDatabase database)
    {
        try
        {
            database.SetBusyTimeout(TimeSpan.Zero);
            database.Execute("PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException exception) when (SqliteErrors.IsBusy(exception.Code))
        {
            // See above.
        }
        finally
        {
            database.Dispose();
        }
    }

    /// <exception cref="ValidationException">The sweeps differ, or fewer trials are requested.</exception>
    private static void EnsureSameSweep(string folder, LedgerIdentity existing, LedgerIdentity given)
    {
        given.EnsureSameSweep(existing, folder, "in the ledger");
        foreach ((int i, (LedgerConfiguration existingConfiguration,
            LedgerConfiguration givenConfiguration)) in existing.Configurations.Zip(given.Configurations).Index())
        {
            if (givenConfiguration.Trials < existingConfiguration.Trials)
            {
                string field = FormattableString.Invariant($"configuration {i}: trials");
                throw new ValidationException(folder, field, string.Create(
                    CultureInfo.InvariantCulture,
                    $"is {existingConfiguration.Trials} in the ledger and {givenConfiguration.Trials} now; the " +
                        $"number of trials can increase, but not decrease"));
            }
        }
    }

    /// <summary>Sets the journal. SQLite first checkpoints a write-ahead log of an earlier run.</summary>
    private static void SetJournalMode(SqliteDatabase database, JournalMode journalMode)
    {
        // Truncating the journal avoids a directory update, which is slow on shared folders.
        string requested = journalMode == JournalMode.WriteAheadLog ? "wal" : "truncate";
        string actual = database.QueryString($"PRAGMA journal_mode = {requested}");
        if (actual != requested)
            throw new IOException($"'{database.Path}' does not support the journal '{requested}', only '{actual}'");

        // Each transaction waits for the disk, at a few transactions per second; in return, committed transactions
        // survive a power failure.
        database.Execute("PRAGMA synchronous = FULL");
        database.Execute(FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {CheckpointPages}"));
        database.Execute(FormattableString.Invariant($"PRAGMA cache_size = -{CacheKibibytes}"));
        database.Execute("PRAGMA locking_mode = NORMAL");
    }
}
