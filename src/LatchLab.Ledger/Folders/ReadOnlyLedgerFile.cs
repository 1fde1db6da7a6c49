using LatchLab.Foundation;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Folders;

/// <summary>
/// Opens the SQLite file of a ledger for reading, in any state: finished, being written, or left by a killed process.
/// </summary>
internal static class ReadOnlyLedgerFile
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Opens the file in a folder and starts a transaction, so that all reads see the same state.</summary>
    /// <exception cref="ValidationException">There is no ledger, or it has an unsupported format.</exception>
    /// <exception cref="IOException">The file cannot be read, for example because it is damaged.</exception>
    public static SqliteDatabase Open(string folder)
    {
        string path = Path.Combine(folder, LedgerFolder.LedgerFileName);
        if (!File.Exists(path))
            throw CreateNoLedgerException(folder);
        SqliteDatabase database = OpenWithRecovery(folder, path);
        try
        {
            if (LedgerSchema.IsEmpty(database))
                throw new ValidationException(folder, "",
                    "holds an empty ledger: its run was stopped at the start; run it again");
            LedgerSchema.EnsureReadable(database);
            LedgerSchema.AttachViews(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file in a folder has no tables, because its run was killed at the start.</summary>
    /// <exception cref="ValidationException">The file is not an SQLite file.</exception>
    /// <exception cref="IOException">The file cannot be read, for example because it is damaged.</exception>
    public static bool IsEmpty(string folder)
    {
        using SqliteDatabase database = OpenWithRecovery(folder, Path.Combine(folder, LedgerFolder.LedgerFileName));
        return LedgerSchema.IsEmpty(database);
    }

    private static ValidationException CreateNoLedgerException(string folder)
        => new(folder, "", LedgerFolder.FindShards(folder).Count == 0
            ? $"holds no ledger: there is no {LedgerFolder.LedgerFileName} in it"
            : $"holds shards, but no ledger of the whole; merge them first: latchlab merge {folder} {folder}");

    /// <summary>
    /// A process that was killed within a transaction leaves a journal, which only a writer can roll back. The rollback
    /// here holds the writer lock.
    /// </summary>
    private static SqliteDatabase OpenWithRecovery(string folder, string path)
    {
        try
        {
            return OpenSnapshot(path);
        }
        catch (SqliteException exception) when (SqliteErrors.RequiresWriteAccess(exception.Code))
        {
            using (WriterLock.Acquire(folder))
            {
                using var writable = SqliteDatabase.OpenForWriting(path, BusyTimeout);
                _ = LedgerSchema.IsEmpty(writable); // the first access rolls back
            }

            return OpenSnapshot(path);
        }
    }

    private static SqliteDatabase OpenSnapshot(string path)
    {
        var database = SqliteDatabase.OpenForReading(path, BusyTimeout);
        try
        {
            database.Execute("PRAGMA cache_size = -512; BEGIN"); // rows are read once, in order
            _ = LedgerSchema.IsEmpty(database); // starts the deferred transaction
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
