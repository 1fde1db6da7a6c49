using LatchLab.Foundation;
using static SQLitePCL.raw;

namespace LatchLab.Ledger.Sqlite;

/// <summary>What SQLite's result codes mean to a user.</summary>
internal static class SqliteErrors
{
    private const int PrimaryCodeMask = 0xFF;

    /// <summary>Whether SQLite may not repair or open a file that it was given for reading only.</summary>
    public static bool RequiresWriteAccess(int code) => (code & PrimaryCodeMask) is SQLITE_READONLY or SQLITE_CANTOPEN;

    /// <summary>Whether another connection is in the way.</summary>
    public static bool IsBusy(int code) => (code & PrimaryCodeMask) is SQLITE_BUSY or SQLITE_LOCKED;

    /// <summary>The exception for a result code.</summary>
    /// <param name="path">The file.</param>
    /// <param name="code">What SQLite returned.</param>
    /// <param name="message">What SQLite says.</param>
    public static Exception CreateException(string path, int code, string message) => (code & PrimaryCodeMask) switch
    {
        SQLITE_NOTADB => new ValidationException(path, "", "is no ledger: it is not an SQLite file"),
        SQLITE_FULL => new SqliteException(
            code, $"the disk is full; all trials that '{path}' holds are safe. Make room and run the same again"),
        SQLITE_IOERR => new SqliteException(
            code,
            $"'{path}' cannot be read or written ({message}): is the disk full, a quota used up, or a file larger " +
                "than the system allows (ulimit -f)? All trials that it holds are safe; run the same again"),
        SQLITE_CORRUPT => new SqliteException(code, $"'{path}' is damaged ({message})"),
        SQLITE_BUSY or SQLITE_LOCKED => new SqliteException(
            code, $"'{path}' is locked by another program, such as an sqlite3 shell with a transaction open"),
        SQLITE_READONLY or SQLITE_PERM => new SqliteException(code, $"'{path}' cannot be written ({message})"),
        SQLITE_CANTOPEN => new SqliteException(code, $"'{path}' cannot be opened ({message})"),
        SQLITE_NOMEM => new InsufficientMemoryException(),
        _ => new SqliteException(code, $"'{path}': SQLite says: {message} ({code})"),
    };
}

/// <summary>SQLite could not do what it was asked for.</summary>
/// <param name="code">Its extended result code.</param>
/// <param name="message">In words.</param>
internal sealed class SqliteException(int code, string message) : IOException(message)
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code => code;
}
