using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Ledger.Reading;

/// <summary>
/// Reads a consistent state of a ledger, as of the time of opening, even while another process writes. Trials and
/// snapshots are streamed in the order of configurations, trials and snapshots, so that the output does not depend on
/// the order of writing.
/// </summary>
public sealed class LedgerReader : IDisposable
{
    private static readonly int StopReasonCount = Enum.GetValues<StopReason>().Length;

    private readonly SqliteDatabase _database;

    private readonly bool _isFormerFormat;

    private LedgerReader(string folder, SqliteDatabase database)
    {
        (Folder, _database) = (folder, database);
        _isFormerFormat = database.QueryInt64("PRAGMA user_version") == FormerLedgerSchema.Version;
        Identity = IdentityTables.Read(database);
    }

    /// <summary>The folder of the ledger.</summary>
    public string Folder { get; }

    /// <summary>The identity of the ledger.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>The processes that have written the ledger.</summary>
    public IReadOnlyList<LedgerSession> Sessions => SessionTable.Read(_database);

    /// <summary>The number of trials in the ledger, from its totals.</summary>
    public long TrialCount => _database.QueryInt64("SELECT sum(trials) FROM totals");

    /// <summary>The number of those trials that diverged.</summary>
    public long DivergedTrialCount => _database.QueryInt64("SELECT sum(diverged) FROM totals");

    /// <summary>Opens the ledger of a folder.</summary>
    /// <exception cref="ValidationException">There is no ledger, or its format is not supported.</exception>
    /// <exception cref="IOException">The file cannot be read, for example because it is damaged.</exception>
    public static LedgerReader Open(string folder)
    {
        SqliteDatabase database = ReadOnlyLedgerFile.Open(folder);
        try
        {
            return new(folder, database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Reads the totals of every configuration, in order.</summary>
    public IReadOnlyList<OutcomeTotals> ReadTotals()
    {
        OutcomeTotals[] totals =
            [.. Identity.Configurations.Select(
                configurationTotals => new OutcomeTotals(configurationTotals.Sequences,
                    configurationTotals.TestSequences))];
        using SqliteStatement row = _database.Prepare(
            $"SELECT configuration, {string.Join(", ", OutcomeTotals.Names)} FROM totals");
        while (row.Step())
        {
            Span<long> sums = totals[row.GetIndex(0, totals.Length, "the configuration")].Sums;
            for (int i = 0; i < sums.Length; i++)
                sums[i] = row.GetCount(i + 1);
        }

        AddHistograms(totals);
        return totals;
    }

    /// <summary>Reads every trial, in the order of configurations and trials.</summary>
    public IEnumerable<LedgerTrial> ReadTrials()
    {
        using SqliteStatement row = _database.Prepare(
            $"""
            SELECT configuration, trial, stop_reason, presentations, evaluation_presentations, cost, training_error,
                test_error, test_cost, skipped_presentations, parameters, validation_cost,
                {(_isFormerFormat ? FormerLedgerSchema.DiagnosticColumnList : "diagnostics")}
            FROM trials ORDER BY configuration, trial
            """);
        while (row.Step())
        {
            int configuration = GetConfiguration(row);
            LedgerConfiguration details = Identity.Configurations[configuration];
            var reason = (StopReason)row.GetIndex(2, StopReasonCount, "the stop reason");
            var outcome = new Outcome(reason, (int)row.GetInt64(3), (int)row.GetInt64(4), row.GetDouble(5))
            {
                TrainingError = row.GetDouble(6),
                TestError = row.GetDouble(7),
                TestCost = row.GetDouble(8),
                ValidationCost = row.GetDouble(11),
                SkippedPresentations = row.GetInt64(9),
                Diagnostics = _isFormerFormat ? FormerLedgerSchema.ReadDiagnostics(row, 12, details.Diagnostics)
                    : new(ReadNumbers(row, 12, details.Diagnostics.Count)),
            };
            yield return new(configuration, (int)row.GetInt64(1), outcome,
                ReadNumbers(row, 10, details.StoredParameters));
        }
    }

    /// <summary>Reads the indices of every trial, in the same order; faster than reading the outcomes.</summary>
    public IEnumerable<(int Configuration, int Trial)> ReadTrialKeys()
    {
        using SqliteStatement row = _database.Prepare(
            "SELECT configuration, trial FROM trials ORDER BY configuration, trial");
        while (row.Step())
            yield return (GetConfiguration(row), (int)row.GetInt64(1));
    }

    /// <summary>Finds the configurations with a log, in order; each by one search, not by reading every log.</summary>
    public IReadOnlyList<int> FindLoggedConfigurations()
    {
        using SqliteStatement row = _database.Prepare(
            """
            WITH RECURSIVE found(configuration) AS (
                SELECT min(configuration) FROM snapshots
                UNION ALL
                SELECT (SELECT min(configuration) FROM snapshots WHERE configuration > found.configuration)
                FROM found WHERE configuration IS NOT NULL)
            SELECT configuration FROM found WHERE configuration IS NOT NULL
            """);
        List<int> configurations = [];
        while (row.Step())
            configurations.Add(GetConfiguration(row));
        return configurations;
    }

    /// <summary>Reads every snapshot, in the order of configurations, trials and snapshots.</summary>
    /// <param name="configuration">The index of the only configuration to read; null for all.</param>
    public IEnumerable<LedgerSnapshot> ReadSnapshots(int? configuration = null)
    {
        string filter = configuration is { } index ? FormattableString.Invariant($"WHERE configuration = {index}") : "";
        using SqliteStatement row = _database.Prepare(
            $"""
            SELECT configuration, trial, number, presentations, cost, error, gradient_norm, spectral_radius,
                long_term_gradient_share
            FROM snapshots {filter} ORDER BY configuration, trial, number
            """);
        while (row.Step())
        {
            var snapshot = new DiagnosticSnapshot(
                (int)row.GetInt64(3), row.GetDouble(4), row.GetDouble(5), row.GetDouble(6), row.GetDouble(7),
                row.GetDouble(8));
            yield return new(GetConfiguration(row), (int)row.GetInt64(1), (int)row.GetInt64(2), snapshot);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private int GetConfiguration(SqliteStatement row)
        => row.GetIndex(0, Identity.Configurations.Count, "the configuration");

    private double[] ReadNumbers(SqliteStatement row, int column, int count)
        => NumbersJson.TryParse(row.GetString(column), count)
            ?? throw _database.CreateDamageException($"'{row.GetString(column)}'");

    private void AddHistograms(OutcomeTotals[] totals)
    {
        using SqliteStatement row = _database.Prepare(
            "SELECT configuration, quantity, bin, count FROM histograms");
        while (row.Step())
        {
            OutcomeTotals configurationTotals = totals[row.GetIndex(0, totals.Length, "the configuration")];
            Histogram histogram = row.GetString(1) == LedgerSchema.TestCost
                ? configurationTotals.TestCost
                : configurationTotals.PresentationsToConvergence;
            histogram.Add(row.GetIndex(2, Histogram.BinCount, "the bin"), row.GetCount(3));
        }
    }
}
