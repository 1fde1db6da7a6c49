namespace LatchLab.Ledger;

/// <summary>The table <c>sessions</c>.</summary>
internal static class SessionRows
{
    private const string Columns = "started, host, process, shard, processor, cores, system, lanes, journal";

    /// <summary>Adds sessions; one that is there stays as it is.</summary>
    public static void Insert(Database database, IEnumerable<LedgerSession> sessions)
    {
        using Statement row = database.Prepare(
            $"INSERT OR IGNORE INTO sessions ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        foreach (LedgerSession session in sessions)
        {
            row.Bind(1, session.Started);
            row.Bind(2, session.Host);
            row.Bind(3, session.Process);
            row.Bind(4, session.Shard);
            row.Bind(5, session.Processor);
            row.Bind(6, session.Cores);
            row.Bind(7, session.System);
            row.Bind(8, session.Lanes);
            row.Bind(9, session.Journal);
            row.Run();
        }
    }

    /// <summary>All sessions, in the order of their beginning.</summary>
    public static IReadOnlyList<LedgerSession> Read(Database database)
    {
        using Statement row = database.Prepare($"SELECT {Columns} FROM sessions ORDER BY started, host, process");
        var sessions = new List<LedgerSession>();
        while (row.Step())
        {
            sessions.Add(new(
                row.Text(0),
                row.Text(1),
                (int)row.Whole(2),
                row.Text(3),
                row.Text(4),
                (int)row.Whole(5),
                row.Text(6),
                row.Text(7),
                row.Text(8)));
        }

        return sessions;
    }
}
