using SQLitePCL;
using static SQLitePCL.raw;

namespace LatchLab.Ledger;

/// <summary>
/// A connection to an SQLite file, for one thread at a time. It is SQLite's own interface: the general one of .NET for
/// databases takes three times as long for a row (docs/decisions.md).
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 handle;

    static Database() => Batteries_V2.Init();

    private Database(string path, int flags, TimeSpan patience)
    {
        Path = path;
        int code = sqlite3_open_v2(path, out handle, flags | SQLITE_OPEN_NOMUTEX, null);
        if (code != SQLITE_OK)
        {
            Exception failure = Failure(code);
            handle.Dispose();
            throw failure;
        }

        Check(sqlite3_extended_result_codes(handle, 1));
        SetPatience(patience);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Opens a file for reading and writing, and makes it if it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long to wait for others.</param>
    public static Database ForWriting(string path, TimeSpan patience)
        => new(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, patience);

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file, which exists.</param>
    /// <param name="patience">How long to wait for others.</param>
    public static Database ForReading(string path, TimeSpan patience)
        => new(path, SQLITE_OPEN_READONLY, patience);

    /// <summary>How long to wait for others who have locked the file.</summary>
    public void SetPatience(TimeSpan patience)
        => Check(sqlite3_busy_timeout(handle, (int)patience.TotalMilliseconds));

    /// <summary>Prepares a statement.</summary>
    public Statement Prepare(string sql)
    {
        Check(sqlite3_prepare_v2(handle, sql, out sqlite3_stmt statement));
        return new(this, statement);
    }

    /// <summary>Runs statements that return nothing.</summary>
    public void Execute(string sql) => Check(sqlite3_exec(handle, sql));

    /// <summary>The first column of the first row, as a whole number; 0 where there is none.</summary>
    public long Whole(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.Whole(0) : 0;
    }

    /// <summary>The first column of the first row, as text; empty where there is none.</summary>
    public string Text(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Throws unless all went well.</summary>
    public void Check(int code)
    {
        if (code != SQLITE_OK)
            throw Failure(code);
    }

    /// <summary>What to throw for a result code.</summary>
    public Exception Failure(int code) => DatabaseFailure.Of(Path, code, sqlite3_errmsg(handle).utf8_to_string());

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
