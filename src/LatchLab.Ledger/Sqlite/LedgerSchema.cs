using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Ledger.Sqlite;

/// <summary>
/// The tables of a ledger (docs/reference/ledger.md). Any change of the tables requires a new <see cref="Version"/>.
/// SQLite stores the version as <c>user_version</c>; <c>application_id</c> identifies a LatchLab ledger.
/// </summary>
internal static class LedgerSchema
{
    /// <summary>The version of the tables.</summary>
    public const int Version = 3;

    /// <summary>
    /// The name of <see cref="OutcomeTotals.PresentationsToConvergence"/> in the table of histograms.
    /// </summary>
    public const string PresentationsToConvergence = "presentations_to_convergence";

    /// <summary>The name of <see cref="OutcomeTotals.TestCost"/> in the table of histograms.</summary>
    public const string TestCost = "test_cost";

    /// <summary>The oldest format that is continued; it lacks the cost of the validation.</summary>
    private const int ContinuedVersion = 2;

    private const string ViewWithoutValidation =
        """
        PRAGMA temp_store = MEMORY;
        CREATE TEMP VIEW trials AS SELECT *, NULL AS validation_cost FROM main.trials
        """;

    // The letters L, a, t, c.
    private const int ApplicationId = 0x4C617463;

    private const string CreateTables =
        """
        CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE data_files (file TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE sessions (
            started TEXT NOT NULL,            -- universal time
            host TEXT NOT NULL,
            process INTEGER NOT NULL,
            shard TEXT NOT NULL,              -- I/N
            processor TEXT NOT NULL,
            cores INTEGER NOT NULL,
            system TEXT NOT NULL,
            lanes TEXT NOT NULL,
            journal TEXT NOT NULL,
            PRIMARY KEY (started, host, process)) WITHOUT ROWID;
        CREATE TABLE configurations (
            configuration INTEGER PRIMARY KEY, -- from 0, through all parts of the sweep
            part TEXT NOT NULL,
            trials INTEGER NOT NULL,          -- the requested number
            sequences INTEGER NOT NULL,
            test_sequences INTEGER NOT NULL,
            stored_parameters INTEGER NOT NULL,
            diagnostics TEXT NOT NULL,        -- JSON: the names, ["damping", …]
            settings TEXT NOT NULL            -- JSON: {"task.length": 20, …}
        );
        CREATE TABLE stop_reasons (stop_reason INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE trials (
            configuration INTEGER NOT NULL,
            trial INTEGER NOT NULL,           -- from 0
            stop_reason INTEGER NOT NULL,     -- see stop_reasons
            presentations INTEGER NOT NULL,
            evaluation_presentations INTEGER NOT NULL,
            cost REAL,                        -- NULL: unknown, or not finite
            training_error REAL,
            test_error REAL,
            test_cost REAL,
            skipped_presentations INTEGER NOT NULL,
            diagnostics TEXT,                 -- JSON: {"damping": 0.25, …}; NULL: the learner has none
            parameters TEXT,                  -- JSON: [0.5, …]; NULL: none are stored
            validation_cost REAL,             -- of the rule validation; NULL: without validation, or diverged
            PRIMARY KEY (configuration, trial)) WITHOUT ROWID;
        CREATE TABLE snapshots (
            configuration INTEGER NOT NULL,
            trial INTEGER NOT NULL,
            number INTEGER NOT NULL,          -- from 0
            presentations INTEGER NOT NULL,
            cost REAL,
            error REAL,
            gradient_norm REAL,
            spectral_radius REAL,
            long_term_gradient_share REAL,
            PRIMARY KEY (configuration, trial, number)) WITHOUT ROWID;
        CREATE TABLE totals (                 -- over the completed trials; always the sums of their rows
            configuration INTEGER PRIMARY KEY,
            converged INTEGER NOT NULL DEFAULT 0,
            budget_exhausted INTEGER NOT NULL DEFAULT 0,
            diverged INTEGER NOT NULL DEFAULT 0,
            stuck INTEGER NOT NULL DEFAULT 0,
            tested INTEGER NOT NULL DEFAULT 0,
            incorrect_test_sequences INTEGER NOT NULL DEFAULT 0,
            incorrect_test_sequences_squared INTEGER NOT NULL DEFAULT 0,
            final_evaluations INTEGER NOT NULL DEFAULT 0,
            incorrect_training_sequences INTEGER NOT NULL DEFAULT 0,
            incorrect_training_sequences_squared INTEGER NOT NULL DEFAULT 0,
            training_presentations INTEGER NOT NULL DEFAULT 0,
            evaluation_presentations INTEGER NOT NULL DEFAULT 0,
            trials INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE histograms (
            configuration INTEGER NOT NULL,
            quantity TEXT NOT NULL,
            bin INTEGER NOT NULL,
            lower_bound REAL NOT NULL,        -- the least number of the bin
            count INTEGER NOT NULL,
            PRIMARY KEY (configuration, quantity, bin)) WITHOUT ROWID;
        """;

    /// <summary>Whether a file has no tables, because its process was killed during creation.</summary>
    public static bool IsEmpty(SqliteDatabase database)
        => database.QueryInt64("SELECT count(*) FROM sqlite_schema") == 0;

    /// <summary>Creates the tables. The caller provides the transaction.</summary>
    public static void Create(SqliteDatabase database)
    {
        database.Execute(CreateTables);
        using SqliteStatement row = database.Prepare("INSERT INTO stop_reasons VALUES (?1, ?2)");
        foreach (StopReason reason in Enum.GetValues<StopReason>())
            row.Run((int)reason, Settings.FormatValue(reason));

        database.Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
    }

    /// <summary>Checks that a file is a ledger in a format that can be read, and returns the format.</summary>
    /// <exception cref="ValidationException">The file is not a ledger, or has another format.</exception>
    public static int EnsureReadable(SqliteDatabase database)
    {
        if (database.QueryInt64("PRAGMA application_id") != ApplicationId)
            throw new ValidationException(database.Path, "", "is not a LatchLab ledger, but another SQLite file");
        long version = database.QueryInt64("PRAGMA user_version");
        return version is >= FormerLedgerSchema.Version and <= Version
            ? (int)version
            : throw CreateFormatError(database, version,
                $"LatchLab {ProgramVersion.Text} reads the formats {FormerLedgerSchema.Version} to {Version}");
    }

    /// <summary>Checks that a file is a ledger that can be continued.</summary>
    /// <exception cref="ValidationException">The file is not a ledger, or has another format.</exception>
    public static void EnsureWritable(SqliteDatabase database)
    {
        int version = EnsureReadable(database);
        if (version < ContinuedVersion)
        {
            throw CreateFormatError(database, version,
                $"only formats from {ContinuedVersion} on can be continued; it can be reported, exported and merged");
        }
    }

    /// <summary>Adds to a ledger of format 2 what it lacks. The caller provides the transaction.</summary>
    public static void Upgrade(SqliteDatabase database)
    {
        if (database.QueryInt64("PRAGMA user_version") == Version)
            return;
        database.Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"ALTER TABLE trials ADD COLUMN validation_cost REAL; PRAGMA user_version = {Version}"));
    }

    /// <summary>Gives the tables of an older format the names and columns of the current one, for reading.</summary>
    public static void AttachViews(SqliteDatabase database)
    {
        long version = database.QueryInt64("PRAGMA user_version");
        if (version == FormerLedgerSchema.Version)
            FormerLedgerSchema.Attach(database);
        else if (version < Version)
            database.Execute(ViewWithoutValidation);
    }

    private static ValidationException CreateFormatError(SqliteDatabase database, long version, string allowed)
        => new(database.Path, "format",
            string.Create(CultureInfo.InvariantCulture, $"is {version}, and {allowed}"));
}
