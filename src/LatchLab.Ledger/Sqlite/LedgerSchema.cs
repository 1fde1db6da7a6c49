using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Sweeps;
using LatchLab.Training;

namespace LatchLab.Ledger.Sqlite;

/// <summary>
/// The tables of a ledger (docs/ledger.md). Any change of the tables requires a new <see cref="Version"/>. SQLite
/// stores the version as <c>user_version</c>; <c>application_id</c> identifies a LatchLab ledger.
/// </summary>
internal static class LedgerSchema
{
    /// <summary>The version of the tables.</summary>
    public const int Version = 1;

    /// <summary>
    /// The name of <see cref="ConfigurationTotals.PresentationsToConvergence"/> in the table of histograms.
    /// </summary>
    public const string PresentationsToConvergence = "presentations_to_convergence";

    /// <summary>The name of <see cref="ConfigurationTotals.TestCost"/> in the table of histograms.</summary>
    public const string TestCost = "test_cost";

    // The name in format 1 of the tables; exports and reports say budget-exhausted.
    private const string BudgetExhausted = "out-of-presentations";

    // The letters L, a, t, c.
    private const int ApplicationId = 0x4C617463;

    private const string CreateTables =
        """
        CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE data_files (file TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE sessions (
            started TEXT NOT NULL,    -- universal time
            host TEXT NOT NULL,
            process INTEGER NOT NULL,
            shard TEXT NOT NULL,      -- I/N
            processor TEXT NOT NULL,
            cores INTEGER NOT NULL,
            system TEXT NOT NULL,
            lanes TEXT NOT NULL,
            journal TEXT NOT NULL,
            PRIMARY KEY (started, host, process)) WITHOUT ROWID;
        CREATE TABLE cells (
            cell INTEGER PRIMARY KEY, -- from 0, through all parts of the sweep
            part TEXT NOT NULL,
            trials INTEGER NOT NULL,  -- how many are wanted
            sequences INTEGER NOT NULL,
            test_sequences INTEGER NOT NULL,
            settings TEXT NOT NULL    -- JSON: {"task.length": 20, …}
        );
        CREATE TABLE endings (ending INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE trials (
            cell INTEGER NOT NULL,
            trial INTEGER NOT NULL,   -- from 0
            ending INTEGER NOT NULL,  -- see endings
            presentations INTEGER NOT NULL,
            judging_presentations INTEGER NOT NULL,
            cost REAL,                -- NULL: not known, or not finite
            training_error REAL,
            fresh_error REAL,
            fresh_cost REAL,
            saved INTEGER NOT NULL,
            temperatures INTEGER NOT NULL,
            damping REAL,
            stage INTEGER NOT NULL,
            PRIMARY KEY (cell, trial)) WITHOUT ROWID;
        CREATE TABLE checks (
            cell INTEGER NOT NULL,
            trial INTEGER NOT NULL,
            number INTEGER NOT NULL,  -- from 0
            presentations INTEGER NOT NULL,
            cost REAL,
            error REAL,
            gradient_norm REAL,
            spectral_radius REAL,
            old_gradient_share REAL,
            PRIMARY KEY (cell, trial, number)) WITHOUT ROWID;
        CREATE TABLE totals (         -- of the trials of a cell that have ended; always what their rows add up to
            cell INTEGER PRIMARY KEY,
            trials INTEGER NOT NULL DEFAULT 0,
            converged INTEGER NOT NULL DEFAULT 0,
            out_of_presentations INTEGER NOT NULL DEFAULT 0,
            diverged INTEGER NOT NULL DEFAULT 0,
            stuck INTEGER NOT NULL DEFAULT 0,
            tested INTEGER NOT NULL DEFAULT 0,
            test_wrong INTEGER NOT NULL DEFAULT 0,
            test_wrong_squared INTEGER NOT NULL DEFAULT 0,
            reviewed INTEGER NOT NULL DEFAULT 0,
            training_wrong INTEGER NOT NULL DEFAULT 0,
            presentations INTEGER NOT NULL DEFAULT 0,
            judging_presentations INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE histograms (
            cell INTEGER NOT NULL,
            quantity TEXT NOT NULL,
            interval INTEGER NOT NULL,
            least REAL NOT NULL,      -- the least number of the interval
            count INTEGER NOT NULL,
            PRIMARY KEY (cell, quantity, interval)) WITHOUT ROWID;
        """;

    /// <summary>Whether a file has no tables, because its process was killed during creation.</summary>
    public static bool IsEmpty(SqliteDatabase database)
        => database.QueryInt64("SELECT count(*) FROM sqlite_schema") == 0;

    /// <summary>Creates the tables. The caller provides the transaction.</summary>
    public static void Create(SqliteDatabase database)
    {
        database.Execute(CreateTables);
        using SqliteStatement row = database.Prepare("INSERT INTO endings VALUES (?1, ?2)");
        foreach (StopReason reason in Enum.GetValues<StopReason>())
        {
            row.Bind(1, (int)reason);
            row.Bind(2, reason == StopReason.BudgetExhausted ? BudgetExhausted : Settings.FormatValue(reason));
            row.Run();
        }

        database.Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
    }

    /// <summary>Checks that a file is a ledger in a supported format.</summary>
    /// <exception cref="ValidationException">The file is not a ledger, or has another format.</exception>
    public static void EnsureSupported(SqliteDatabase database)
    {
        if (database.QueryInt64("PRAGMA application_id") != ApplicationId)
            throw new ValidationException(database.Path, "", "is not a LatchLab ledger, but another SQLite file");
        long version = database.QueryInt64("PRAGMA user_version");
        if (version != Version)
        {
            throw new ValidationException(
                database.Path,
                "format",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"is {version}, and LatchLab {ProgramVersion.Text} supports format {Version} only"));
        }
    }
}
