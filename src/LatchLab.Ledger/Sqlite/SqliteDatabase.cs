using SQLitePCL;
using static SQLitePCL.raw;

namespace LatchLab.Ledger.Sqlite;

/// <summary>
/// A connection to an SQLite file, for one thread at a time. It uses SQLite's native interface, because ADO.NET takes
/// three times as long per row (docs/explanation/decisions.md).
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(string path, int flags, TimeSpan busyTimeout)
    {
        Path = path;
        int code = sqlite3_open_v2(path, out _handle, flags | SQLITE_OPEN_NOMUTEX, null);
        if (code != SQLITE_OK)
        {
            Exception exception = CreateException(code);
            _handle.Dispose();
            throw exception;
        }

        ThrowOnError(sqlite3_extended_result_codes(_handle, 1));
        SetBusyTimeout(busyTimeout);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens a file for reading and writing; creates it if it does not exist.</summary>
    public static SqliteDatabase OpenForWriting(string path, TimeSpan busyTimeout)
        => new(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busyTimeout);

    /// <summary>Opens a file for reading.</summary>
    public static SqliteDatabase OpenForReading(string path, TimeSpan busyTimeout)
        => new(path, SQLITE_OPEN_READONLY, busyTimeout);

    /// <summary>Sets the maximum wait for other connections that have locked the file.</summary>
    public void SetBusyTimeout(TimeSpan busyTimeout)
        => ThrowOnError(sqlite3_busy_timeout(_handle, (int)busyTimeout.TotalMilliseconds));

    /// <summary>Prepares a statement.</summary>
    public SqliteStatement Prepare(string sql)
    {
        ThrowOnError(sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt statement));
        return new(this, statement);
    }

    /// <summary>Runs statements that return nothing.</summary>
    public void Execute(string sql) => ThrowOnError(sqlite3_exec(_handle, sql));

    /// <summary>Returns the first column of the first row as a whole number; 0 if there is no row.</summary>
    public long QueryInt64(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.GetInt64(0) : 0;
    }

    /// <summary>Returns the first column of the first row as text; empty if there is no row.</summary>
    public string QueryString(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.GetString(0) : "";
    }

    /// <summary>Throws if a result code is an error.</summary>
    public void ThrowOnError(int code)
    {
        if (code != SQLITE_OK)
            throw CreateException(code);
    }

    /// <summary>Creates the exception for a result code.</summary>
    public Exception CreateException(int code)
        => SqliteErrors.CreateException(Path, code, sqlite3_errmsg(_handle).utf8_to_string());

    /// <summary>Creates the exception for a value that LatchLab has not written.</summary>
    /// <param name="value">What the value is, in words.</param>
    public Exception CreateDamageException(string value)
        => SqliteErrors.CreateException(Path, SQLITE_CORRUPT, $"{value} is not valid");

    public void Dispose() => _handle.Dispose();
}
