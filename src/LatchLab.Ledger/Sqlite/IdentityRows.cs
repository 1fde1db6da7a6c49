using System.Globalization;
using System.Text.Json;
using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>The identity of a ledger in its tables <c>run</c>, <c>data_files</c> and <c>cells</c>.</summary>
internal static class IdentityRows
{
    /// <summary>Writes the identity of a new ledger, within a transaction of the caller.</summary>
    public static void Insert(Database database, LedgerIdentity identity)
    {
        WriteRun(database, identity);
        using Statement file = database.Prepare("INSERT INTO data_files VALUES (?1, ?2)");
        foreach ((string name, string fingerprint) in identity.DataFiles)
        {
            file.Bind(1, name);
            file.Bind(2, fingerprint);
            file.Run();
        }

        using Statement row = database.Prepare("INSERT INTO cells VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        using Statement totals = database.Prepare("INSERT INTO totals (cell) VALUES (?1)");
        foreach ((int i, LedgerCell cell) in identity.Cells.Index())
        {
            row.Bind(1, i);
            row.Bind(2, cell.Part);
            row.Bind(3, cell.Trials);
            row.Bind(4, cell.Sequences);
            row.Bind(5, cell.TestSequences);
            row.Bind(6, SettingsJson.Of(cell.Settings));
            row.Run();
            totals.Bind(1, i);
            totals.Run();
        }
    }

    /// <summary>
    /// Writes what may change in a ledger that goes on: more trials, another name or text. Within a transaction of the
    /// caller.
    /// </summary>
    public static void Update(Database database, LedgerIdentity identity)
    {
        WriteRun(database, identity);
        using Statement row = database.Prepare("UPDATE cells SET trials = ?2 WHERE cell = ?1");
        foreach ((int i, LedgerCell cell) in identity.Cells.Index())
        {
            row.Bind(1, i);
            row.Bind(2, cell.Trials);
            row.Run();
        }
    }

    /// <summary>Reads the identity of a ledger.</summary>
    public static LedgerIdentity Read(Database database)
    {
        Dictionary<string, string> run = Pairs(database, "SELECT key, value FROM run").ToDictionary();
        return new()
        {
            Program = run["program"],
            RandomStreams = run["random_streams"],
            Seed = ulong.Parse(run["seed"], CultureInfo.InvariantCulture),
            LoggedTrials = int.Parse(run["logged_trials"], CultureInfo.InvariantCulture),
            Name = run["name"],
            SweepText = run["sweep"],
            Layout = JsonSerializer.Deserialize<SweepLayout>(run["layout"], JsonSerializerOptions.Web)!,
            Shard = Shard.Parse(run["shard"]) ?? Shard.Whole,
            DataFiles = [.. Pairs(database, "SELECT file, fingerprint FROM data_files ORDER BY file")],
            Cells = Cells(database),
        };
    }

    private static void WriteRun(Database database, LedgerIdentity identity)
    {
        using Statement row = database.Prepare("INSERT OR REPLACE INTO run VALUES (?1, ?2)");
        Write("format", LedgerSchema.Version.ToString(CultureInfo.InvariantCulture));
        Write("program", identity.Program);
        Write("random_streams", identity.RandomStreams);
        Write("seed", identity.Seed.ToString(CultureInfo.InvariantCulture));
        Write("logged_trials", identity.LoggedTrials.ToString(CultureInfo.InvariantCulture));
        Write("name", identity.Name);
        Write("sweep", identity.SweepText);
        Write("layout", JsonSerializer.Serialize(identity.Layout, JsonSerializerOptions.Web));
        Write("shard", identity.Shard.ToString());

        void Write(string key, string value)
        {
            row.Bind(1, key);
            row.Bind(2, value);
            row.Run();
        }
    }

    private static List<LedgerCell> Cells(Database database)
    {
        using Statement row = database.Prepare(
            "SELECT part, trials, sequences, test_sequences, settings FROM cells ORDER BY cell");
        var cells = new List<LedgerCell>();
        while (row.Step())
        {
            cells.Add(new(
                row.Text(0),
                (int)row.Whole(1),
                (int)row.Whole(2),
                (int)row.Whole(3),
                SettingsJson.Read(row.Text(4))));
        }

        return cells;
    }

    private static IEnumerable<(string Name, string Value)> Pairs(Database database, string sql)
    {
        using Statement row = database.Prepare(sql);
        while (row.Step())
            yield return (row.Text(0), row.Text(1));
    }
}
