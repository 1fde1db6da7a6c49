namespace LatchLab.Ledger;

/// <summary>
/// Opens the SQLite file of a ledger for reading, in whatever state it was left: finished, being written, or killed.
/// </summary>
internal static class ReadableFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Opens the file in a folder, with a transaction: what is read later is of this moment.</summary>
    /// <exception cref="InputException">There is no ledger, or one in another format.</exception>
    /// <exception cref="IOException">It is damaged, say.</exception>
    public static Database Open(string folder)
    {
        string path = Path.Combine(folder, LedgerFolder.LedgerName);
        if (!File.Exists(path))
            throw NoLedger(folder);
        Database database = OpenAny(folder, path);
        try
        {
            if (LedgerSchema.IsEmpty(database))
                throw new InputException(folder, "", "holds an empty ledger: its run ended as it began; run it again");
            LedgerSchema.Check(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file in a folder has no tables yet: its run was killed as it began.</summary>
    /// <exception cref="InputException">It is no SQLite file.</exception>
    /// <exception cref="IOException">It is damaged, say.</exception>
    public static bool IsEmpty(string folder)
    {
        using Database database = OpenAny(folder, Path.Combine(folder, LedgerFolder.LedgerName));
        return LedgerSchema.IsEmpty(database);
    }

    private static InputException NoLedger(string folder)
        => new(folder, "", LedgerFolder.Shards(folder).Count == 0
            ? $"holds no ledger: there is no {LedgerFolder.LedgerName} in it"
            : $"holds shards, but no ledger of the whole; merge them first: latchlab merge {folder} {folder}");

    /// <summary>
    /// A process that was killed within a transaction has left a journal, and only a writer may roll that back. While
    /// we do, we hold the writer's lock.
    /// </summary>
    private static Database OpenAny(string folder, string path)
    {
        try
        {
            return Begun(path);
        }
        catch (DatabaseException problem) when (DatabaseFailure.NeedsWriter(problem.Code))
        {
            using (WriterLock.Take(folder))
            {
                using var writing = Database.ForWriting(path, Patience);
                _ = LedgerSchema.IsEmpty(writing); // the first look at it rolls back
            }

            return Begun(path);
        }
    }

    private static Database Begun(string path)
    {
        var database = Database.ForReading(path, Patience);
        try
        {
            database.Execute("PRAGMA cache_size = -512; BEGIN"); // rows are read once, in order
            _ = LedgerSchema.IsEmpty(database); // now the transaction begins
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
