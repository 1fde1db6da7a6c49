namespace LatchLab.Ledger;

/// <summary>The SQLite file of a ledger, opened for writing: made, or found to be of the same sweep.</summary>
internal static class LedgerFile
{
    // Pages that are kept in memory, and pages after which a write-ahead log is brought home: 32 MB and 16 MB.
    private const int CacheKibibytes = 32 << 10, CheckpointPages = 4000;

    // A reader of a ledger with a rollback journal is in the way of its writer: an export of ten million rows may be.
    // When this is over, a batch that is to be committed waits on.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Opens the file in a folder of which this process has the lock.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="identity">What the ledger is to be about.</param>
    /// <param name="journal">How it is to be kept whole.</param>
    /// <param name="before">The text of the sweep that the ledger had; null where it has just been made.</param>
    /// <exception cref="InputException">It is a ledger of another sweep, or no ledger.</exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static Database Open(string folder, LedgerIdentity identity, JournalKind journal, out string? before)
    {
        var database = Database.ForWriting(Path.Combine(folder, LedgerFolder.LedgerName), Patience);
        try
        {
            // Nothing of a file that is not ours, or of another sweep, is changed. (In exclusive mode SQLite can read a
            // write-ahead log on a shared folder, too: it then needs no memory that processes share.)
            if (journal == JournalKind.Rollback)
                database.Execute("PRAGMA locking_mode = EXCLUSIVE");
            before = null;
            if (!LedgerSchema.IsEmpty(database))
            {
                LedgerSchema.Check(database);
                LedgerIdentity known = IdentityRows.Read(database);
                RefuseOther(folder, known, identity);
                before = known.SweepText;
            }

            SetJournal(database, journal);
            database.Execute("BEGIN IMMEDIATE");
            if (before is null)
            {
                LedgerSchema.Create(database);
                IdentityRows.Insert(database, identity);
            }
            else
            {
                IdentityRows.Update(database, identity);
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
    public static void Close(Database database)
    {
        try
        {
            database.SetPatience(TimeSpan.Zero);
            database.Execute("PRAGMA journal_mode = DELETE");
        }
        catch (DatabaseException busy) when (DatabaseFailure.IsBusy(busy.Code))
        {
            // See above.
        }
        finally
        {
            database.Dispose();
        }
    }

    /// <exception cref="InputException">The sweeps differ, or there are to be fewer trials.</exception>
    private static void RefuseOther(string folder, LedgerIdentity known, LedgerIdentity given)
    {
        var problems = given.DifferencesFrom(known, "in the ledger", "now")
            .Select(different => new InputError(folder, different.Field, different.Difference))
            .ToList();
        if (problems.Count > 0)
        {
            problems.Add(new(folder, "", "holds another sweep; name another folder, or give the same sweep"));
            throw new InputException(problems);
        }

        foreach ((int i, (LedgerCell before, LedgerCell now)) in known.Cells.Zip(given.Cells).Index())
        {
            if (now.Trials < before.Trials)
            {
                string field = FormattableString.Invariant($"cell {i}: trials");
                throw new InputException(folder, field, FormattableString.Invariant(
                    $"is {before.Trials} in the ledger and {now.Trials} now; there can be more trials, but not fewer"));
            }
        }
    }

    /// <summary>Sets the journal; a ledger that was written with the other one is brought home first.</summary>
    private static void SetJournal(Database database, JournalKind journal)
    {
        // A journal that is cut to nothing needs no change of its directory, which is slow on shared folders.
        string wanted = journal == JournalKind.WriteAheadLog ? "wal" : "truncate";
        string got = database.Text($"PRAGMA journal_mode = {wanted}");
        if (got != wanted)
            throw new IOException($"'{database.Path}' cannot have the journal '{wanted}', only '{got}'");

        // Few transactions a second wait for the disk; in return, all that are complete survive a power cut.
        database.Execute("PRAGMA synchronous = FULL");
        database.Execute(FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {CheckpointPages}"));
        database.Execute(FormattableString.Invariant($"PRAGMA cache_size = -{CacheKibibytes}"));
        database.Execute("PRAGMA locking_mode = NORMAL");
    }
}
