using System.Globalization;
using System.Text.Json;
using LatchLab.Ledger.Sqlite;
using LatchLab.Sweeps;

namespace LatchLab.Ledger.Identity;

/// <summary>
/// Reads and writes the identity of a ledger in its tables <c>run</c>, <c>data_files</c> and <c>configurations</c>.
/// </summary>
internal static class IdentityTables
{
    private static readonly JsonSerializerOptions LayoutOptions = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes the identity of a new ledger. The caller provides the transaction.</summary>
    public static void Insert(SqliteDatabase database, LedgerIdentity identity)
    {
        WriteRun(database, identity);
        using SqliteStatement dataFileRow = database.Prepare("INSERT INTO data_files VALUES (?1, ?2)");
        foreach ((string name, string fingerprint) in identity.DataFiles)
            dataFileRow.Run(name, fingerprint);
        using SqliteStatement configurationRow = database.Prepare(
            "INSERT INTO configurations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        using SqliteStatement totalsRow = database.Prepare("INSERT INTO totals (configuration) VALUES (?1)");
        foreach ((int i, LedgerConfiguration configuration) in identity.Configurations.Index())
        {
            configurationRow.Run(
                i, configuration.Part, configuration.Trials, configuration.Sequences, configuration.TestSequences,
                configuration.StoredParameters, JsonSerializer.Serialize(configuration.Diagnostics),
                SettingsJson.Serialize(configuration.Settings));
            totalsRow.Run(i);
        }
    }

    /// <summary>
    /// Updates the values that may change when a ledger is continued: the numbers of trials, the name and the text. The
    /// caller provides the transaction.
    /// </summary>
    public static void Update(SqliteDatabase database, LedgerIdentity identity)
    {
        WriteRun(database, identity);
        using SqliteStatement row = database.Prepare("UPDATE configurations SET trials = ?2 WHERE configuration = ?1");
        foreach ((int i, LedgerConfiguration configuration) in identity.Configurations.Index())
            row.Run(i, configuration.Trials);
    }

    /// <summary>Reads the identity of a ledger.</summary>
    /// <exception cref="IOException">The file is damaged.</exception>
    public static LedgerIdentity Read(SqliteDatabase database)
    {
        try
        {
            return ReadTables(database);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or ArgumentException or FormatException
            or OverflowException or JsonException or InvalidOperationException)
        {
            throw database.CreateDamageException("the description of its run");
        }
    }

    private static LedgerIdentity ReadTables(SqliteDatabase database)
    {
        Dictionary<string, string> run = ReadPairs(database, "SELECT key, value FROM run").ToDictionary();
        return new()
        {
            Program = run["program"],
            RandomStreams = run["random_streams"],
            Seed = ulong.Parse(run["seed"], CultureInfo.InvariantCulture),
            LoggedTrials = int.Parse(run["logged_trials"], CultureInfo.InvariantCulture),
            Name = run["name"],
            SweepText = run["sweep"],
            Layout = (JsonSerializer.Deserialize<SweepLayout>(run["layout"], LayoutOptions)
                ?? throw new JsonException("There is no layout.")).WithCurrentNames(),
            Shard = Shard.ParseOrNull(run["shard"]) ?? Shard.Whole,
            DataFiles = [.. ReadPairs(database, "SELECT file, fingerprint FROM data_files ORDER BY file")],
            Configurations = ReadConfigurations(database),
        };
    }

    private static void WriteRun(SqliteDatabase database, LedgerIdentity identity)
    {
        using SqliteStatement row = database.Prepare("INSERT OR REPLACE INTO run VALUES (?1, ?2)");
        row.Run("format", LedgerSchema.Version.ToString(CultureInfo.InvariantCulture));
        row.Run("program", identity.Program);
        row.Run("random_streams", identity.RandomStreams);
        row.Run("seed", identity.Seed.ToString(CultureInfo.InvariantCulture));
        row.Run("logged_trials", identity.LoggedTrials.ToString(CultureInfo.InvariantCulture));
        row.Run("name", identity.Name);
        row.Run("sweep", identity.SweepText);
        row.Run("layout", JsonSerializer.Serialize(identity.Layout, JsonSerializerOptions.Web));
        row.Run("shard", identity.Shard.ToString());
    }

    private static List<LedgerConfiguration> ReadConfigurations(SqliteDatabase database)
    {
        using SqliteStatement row = database.Prepare(
            """
            SELECT part, trials, sequences, test_sequences, stored_parameters, diagnostics, settings
            FROM configurations ORDER BY configuration
            """);
        var configurations = new List<LedgerConfiguration>();
        while (row.Step())
        {
            IReadOnlyList<(string, string)> settings = SettingsJson.Deserialize(row.GetString(6));
            configurations.Add(new(
                row.GetString(0), (int)row.GetCount(1, int.MaxValue), (int)row.GetCount(2, int.MaxValue),
                (int)row.GetCount(3, int.MaxValue), settings)
            {
                StoredParameters = (int)row.GetCount(4, int.MaxValue),
                Diagnostics = row.GetString(5) is { Length: > 0 } names
                    ? JsonSerializer.Deserialize<string[]>(names, LayoutOptions)!
                    : FormerLedgerSchema.FindDiagnostics(settings),
            });
        }

        return configurations;
    }

    private static IEnumerable<(string Name, string Value)> ReadPairs(SqliteDatabase database, string sql)
    {
        using SqliteStatement row = database.Prepare(sql);
        while (row.Step())
            yield return (row.GetString(0), row.GetString(1));
    }
}
