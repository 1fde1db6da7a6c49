using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Writing;

/// <summary>The SQLite file of a ledger, opened for writing: made, or found to be of the same sweep.</summary>
internal static class WritableLedgerFile
{
    // Pages that are kept in memory, and pages after which a write-ahead log is brought home: 32 MB and 16 MB.
    private const int CacheKibibytes = 32 << 10, CheckpointPages = 4000;

    // A reader of a ledger with a rollback journal is in the way of its writer: an export of ten million rows may be.
    // When this is over, a batch that is to be committed waits on.
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Opens the file in a folder of which this process has the lock.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="identity">What the ledger is to be about.</param>
    /// <param name="journalMode">How it is to be kept whole.</param>
    /// <param name="previousText">The text of the sweep that the ledger had; null where it has just been made.</param>
    /// <exception cref="ValidationException">It is a ledger of another sweep, or no ledger.</exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static SqliteDatabase Open(string folder, LedgerIdentity identity, JournalMode journalMode,
        out string? previousText)
    {
        var database = SqliteDatabase.OpenForWriting(Path.Combine(folder, LedgerFolder.LedgerFileName), BusyTimeout);
        try
        {
            // Nothing of a file that is not ours, or of another sweep, is changed. (In exclusive mode SQLite can read a
            // write-ahead log on a shared folder, too: it then needs no memory that processes share.)
            if (journalMode == JournalMode.Rollback)
                database.Execute("PRAGMA locking_mode = EXCLUSIVE");
            previousText = null;
            if (!LedgerSchema.IsEmpty(database))
            {
                LedgerSchema.EnsureSupported(database);
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
    /// Closes the file. What is left is a single file without a log beside it, which can be read anywhere; where
    /// somebody reads it at this moment, the log stays, and that is as good.
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

    /// <exception cref="ValidationException">The sweeps differ, or there are to be fewer trials.</exception>
    private static void EnsureSameSweep(string folder, LedgerIdentity existing, LedgerIdentity given)
    {
        var problems = given.CompareWith(existing, "in the ledger", "now")
            .Select(difference => new ValidationError(folder, difference.Field, difference.Difference))
            .ToList();
        if (problems.Count > 0)
        {
            problems.Add(new(folder, "", "holds another sweep; name another folder, or give the same sweep"));
            throw new ValidationException(problems);
        }

        foreach ((int i, (LedgerConfiguration existingConfiguration,
            LedgerConfiguration givenConfiguration)) in existing.Configurations.Zip(given.Configurations).Index())
        {
            if (givenConfiguration.Trials < existingConfiguration.Trials)
            {
                string field = FormattableString.Invariant($"cell {i}: trials");
                throw new ValidationException(folder, field, string.Create(
                    CultureInfo.InvariantCulture,
                    $"is {existingConfiguration.Trials} in the ledger and {givenConfiguration.Trials} now; there can " +
                        $"be more trials, but not fewer"));
            }
        }
    }

    /// <summary>Sets the journal; a ledger that was written with the other one is brought home first.</summary>
    private static void SetJournalMode(SqliteDatabase database, JournalMode journalMode)
    {
        // A journal that is cut to nothing needs no change of its directory, which is slow on shared folders.
        string requested = journalMode == JournalMode.WriteAheadLog ? "wal" : "truncate";
        string actual = database.QueryString($"PRAGMA journal_mode = {requested}");
        if (actual != requested)
            throw new IOException($"'{database.Path}' cannot have the journal '{requested}', only '{actual}'");

        // Few transactions a second wait for the disk; in return, all that are complete survive a power cut.
        database.Execute("PRAGMA synchronous = FULL");
        database.Execute(FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {CheckpointPages}"));
        database.Execute(FormattableString.Invariant($"PRAGMA cache_size = -{CacheKibibytes}"));
        database.Execute("PRAGMA locking_mode = NORMAL");
    }
}
