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
            throw new InputException(folder, "", $"holds no ledger: there is no {LedgerFolder.LedgerName} in it");
        try
        {
            return Begun(Database.ForReading(path, Patience));
        }
        catch (DatabaseException problem) when (DatabaseFailure.NeedsWriter(problem.Code))
        {
            return IsAlone(path) ? Begun(Database.Unchanging(path)) : Repaired(folder, path);
        }
    }

    private static Database Begun(Database database)
    {
        try
        {
            database.Execute("PRAGMA cache_size = -512; BEGIN"); // rows are read once, in order
            if (LedgerSchema.IsEmpty(database))
                throw new InputException(database.Path, "", "is empty: its run ended as it began; run it again");
            LedgerSchema.Check(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Whether all of it is in the file itself, as in a finished ledger in a folder that we cannot write.</summary>
    private static bool IsAlone(string path)
        => IsNothing($"{path}-wal") && IsNothing($"{path}-journal");

    private static bool IsNothing(string path) => new FileInfo(path) is { Exists: false } or { Length: 0 };

    /// <summary>
    /// A process that was killed within a transaction has left a journal, and only a writer may roll that back. While
    /// we do, we hold the writer's lock.
    /// </summary>
    private static Database Repaired(string folder, string path)
    {
        using (WriterLock.Take(folder))
        {
            using var writing = Database.ForWriting(path, Patience);
            _ = LedgerSchema.IsEmpty(writing); // the first look at it rolls back
        }

        return Begun(Database.ForReading(path, Patience));
    }
}
