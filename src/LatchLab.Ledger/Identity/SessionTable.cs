using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Identity;

/// <summary>Reads and writes the table <c>sessions</c>.</summary>
internal static class SessionTable
{
    private const string Columns = "started, host, process, shard, processor, cores, system, lanes, journal";

    /// <summary>Adds sessions; existing sessions are unchanged.</summary>
    public static void Insert(SqliteDatabase database, IEnumerable<LedgerSession> sessions)
    {
        using SqliteStatement row = database.Prepare(
            $"INSERT OR IGNORE INTO sessions ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        foreach (LedgerSession session in sessions)
        {
            row.Run(
                session.Started, session.Host, session.Process, session.Shard, session.Processor, session.Cores,
                session.System, session.Lanes, session.Journal);
        }
    }

    /// <summary>Reads all sessions, in the order of their start.</summary>
    public static IReadOnlyList<LedgerSession> Read(SqliteDatabase database)
    {
        using SqliteStatement row = database.Prepare($"SELECT {Columns} FROM sessions ORDER BY started, host, process");
        var sessions = new List<LedgerSession>();
        while (row.Step())
        {
            sessions.Add(new(
                row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.GetString(3), row.GetString(4),
                (int)row.GetInt64(5), row.GetString(6), row.GetString(7), row.GetString(8)));
        }

        return sessions;
    }
}
