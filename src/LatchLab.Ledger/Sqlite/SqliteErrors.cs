using LatchLab.Foundation;
using static SQLitePCL.raw;

namespace LatchLab.Ledger.Sqlite;

/// <summary>Translates SQLite's result codes to exceptions with messages for users.</summary>
internal static class SqliteErrors
{
    private const int PrimaryCodeMask = 0xFF;

    /// <summary>Whether SQLite cannot open or repair a file that was opened read-only.</summary>
    public static bool RequiresWriteAccess(int code) => (code & PrimaryCodeMask) is SQLITE_READONLY or SQLITE_CANTOPEN;

    /// <summary>Whether another connection holds a lock.</summary>
    public static bool IsBusy(int code) => (code & PrimaryCodeMask) is SQLITE_BUSY or SQLITE_LOCKED;

    /// <summary>Creates the exception for a result code.</summary>
    public static Exception CreateException(string path, int code, string message) => (code & PrimaryCodeMask) switch
    {
        SQLITE_NOTADB => new ValidationException(path, "", "is not a ledger: it is not an SQLite file"),
        SQLITE_FULL => new SqliteException(
            code, $"the disk is full; all trials that '{path}' holds are safe. Free some space and run it again"),
        SQLITE_IOERR => new SqliteException(
            code,
            $"'{path}' cannot be read or written ({message}): the disk may be full, a quota used up, or the file " +
                "larger than the system allows (ulimit -f). All trials that it holds are safe; run the command again"),
        SQLITE_CORRUPT => new SqliteException(code, $"'{path}' is damaged ({message})"),
        SQLITE_BUSY or SQLITE_LOCKED => new SqliteException(
            code, $"'{path}' is locked by another program, such as an sqlite3 shell with a transaction open"),
        SQLITE_READONLY or SQLITE_PERM => new SqliteException(code, $"'{path}' cannot be written ({message})"),
        SQLITE_CANTOPEN => new SqliteException(code, $"'{path}' cannot be opened ({message})"),
        SQLITE_NOMEM => new InsufficientMemoryException(),
        _ => new SqliteException(code, $"'{path}': SQLite reports: {message} ({code})"),
    };
}

/// <summary>An SQLite operation failed.</summary>
internal sealed class SqliteException(int code, string message) : IOException(message)
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code => code;
}
