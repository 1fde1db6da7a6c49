using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Identity;

namespace LatchLab.Ledger.Folders;

/// <summary>
/// How far a run is, as <c>progress.json</c> says it: a small file that is renamed into its place, so that anybody can
/// read it from anywhere while the run writes.
/// </summary>
public sealed record RunProgressFile
{
    private const string DocumentKind = "latchlab-progress";

    // Greek letters stay readable; the file is never a part of a page.
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the sweep is called.</summary>
    public required string Name { get; init; }

    /// <summary>What has become of the run.</summary>
    public required RunState State { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    public string Message { get; init; } = "";

    /// <summary>Which part of the trials it runs.</summary>
    public required Shard Shard { get; init; }

    /// <summary>Trials that the ledger holds.</summary>
    public required long CompletedTrials { get; init; }

    /// <summary>Trials that this ledger is for.</summary>
    public required long PlannedTrials { get; init; }

    /// <summary>Trials of the whole sweep.</summary>
    public required long TotalPlannedTrials { get; init; }

    /// <summary>Trials that diverged.</summary>
    public required long DivergedTrials { get; init; }

    /// <summary>Trials a second since this process began; 0 where nothing is known.</summary>
    public required double TrialsPerSecond { get; init; }

    /// <summary>When this process began.</summary>
    public DateTime? Started { get; init; }

    /// <summary>When this was written.</summary>
    public DateTime? Updated { get; init; }

    /// <summary>The name of the machine.</summary>
    public string Host { get; init; } = "";

    /// <summary>The number of the process.</summary>
    public int Process { get; init; }

    /// <summary>Reads the file of a folder; null where there is none, or none of ours.</summary>
    public static RunProgressFile? TryRead(string folder)
    {
        string path = Path.Combine(folder, LedgerFolder.ProgressFileName);
        try
        {
            if (!File.Exists(path) || JsonNode.Parse(File.ReadAllText(path)) is not JsonObject document)
                return null;
            return (string?)document["document"] == DocumentKind ? Deserialize(document) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the file of a folder.</summary>
    /// <exception cref="IOException">The disk is full, say.</exception>
    internal void Write(string folder)
        => AtomicFile.Write(Path.Combine(folder, LedgerFolder.ProgressFileName), Encoding.UTF8.GetBytes(Serialize()));

    /// <summary>
    /// Writes over the file of a folder, which takes no room where there is none: better than that nobody hears why a
    /// run has ended.
    /// </summary>
    /// <exception cref="IOException">There is no such file, say.</exception>
    internal void OverwriteInPlace(string folder)
    {
        byte[] text = Encoding.UTF8.GetBytes(Serialize());
        using FileStream file = File.OpenWrite(Path.Combine(folder, LedgerFolder.ProgressFileName));
        file.Write(text);
        file.SetLength(text.Length);
    }

    private string Serialize()
        => new JsonObject
        {
            ["document"] = DocumentKind,
            ["version"] = 1,
            ["name"] = Name,
            ["state"] = Settings.FormatValue(State),
            ["message"] = Message,
            ["shard"] = Shard.ToString(),
            ["done"] = CompletedTrials,
            ["planned"] = PlannedTrials,
            ["plannedInAll"] = TotalPlannedTrials,
            ["failures"] = DivergedTrials,
            ["rate"] = Math.Round(TrialsPerSecond, 3),
            ["started"] = FormatTime(Started),
            ["updated"] = FormatTime(Updated),
            ["host"] = Host,
            ["process"] = Process,
        }.ToJsonString(JsonOptions) + "\n";

    private static RunProgressFile Deserialize(JsonObject document) => new()
    {
        Name = (string?)document["name"] ?? "",
        State = Enum.GetValues<RunState>().Single(state => Settings.FormatValue(state) == (string?)document["state"]),
        Message = (string?)document["message"] ?? "",
        Shard = Shard.ParseOrNull((string?)document["shard"] ?? "") ?? throw new FormatException("no shard"),
        CompletedTrials = (long)document["done"]!,
        PlannedTrials = (long)document["planned"]!,
        TotalPlannedTrials = (long)document["plannedInAll"]!,
        DivergedTrials = (long)document["failures"]!,
        TrialsPerSecond = (double)document["rate"]!,
        Started = ParseTime((string?)document["started"]),
        Updated = ParseTime((string?)document["updated"]),
        Host = (string?)document["host"] ?? "",
        Process = (int)document["process"]!,
    };

    private static string? FormatTime(DateTime? time) => time is { } known ? LedgerSession.FormatTime(known) : null;

    private static DateTime? ParseTime(string? text)
        => text is null
            ? null
            : DateTime.Parse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
}
