using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Ledger.Identity;
using LatchLab.Sweeps.Format;
using LatchLab.Training;

namespace LatchLab.Ledger.Folders;

/// <summary>
/// The progress of a run, as stored in <c>progress.json</c>. The file is replaced atomically, so that other processes
/// can read it while the run writes.
/// </summary>
public sealed record RunProgressFile
{
    private const string DocumentKind = "latchlab-progress";

    // Relaxed escaping keeps Greek letters readable; it is safe because the file is never embedded in HTML.
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The name of the sweep.</summary>
    public required string Name { get; init; }

    /// <summary>The state of the run.</summary>
    public required RunState State { get; init; }

    /// <summary>The reason of a failure; empty otherwise.</summary>
    public string Message { get; init; } = "";

    /// <summary>The shard that the run processes.</summary>
    public required Shard Shard { get; init; }

    /// <summary>The number of trials in the ledger.</summary>
    public required long CompletedTrials { get; init; }

    /// <summary>The number of planned trials of the shard.</summary>
    public required long PlannedTrials { get; init; }

    /// <summary>The number of planned trials of the whole sweep.</summary>
    public required long TotalPlannedTrials { get; init; }

    /// <summary>The number of trials that diverged.</summary>
    public required long DivergedTrials { get; init; }

    /// <summary>The trials per second since the process started; 0 if unknown.</summary>
    public required double TrialsPerSecond { get; init; }

    /// <summary>The estimated time left at the time of the update; null if unknown.</summary>
    public TimeRange? TimeLeft { get; init; }

    /// <summary>The start time of the process.</summary>
    public DateTime? Started { get; init; }

    /// <summary>The time of the last update.</summary>
    public DateTime? Updated { get; init; }

    /// <summary>The name of the machine.</summary>
    public string Host { get; init; } = "";

    /// <summary>The process id.</summary>
    public int Process { get; init; }

    /// <summary>Reads the file of a folder; null if it is missing or not a progress file.</summary>
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
            or ArgumentException or OverflowException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the file of a folder.</summary>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    internal void Write(string folder)
        => AtomicFile.Write(Path.Combine(folder, LedgerFolder.ProgressFileName), Encoding.UTF8.GetBytes(Serialize()));

    /// <summary>
    /// Overwrites the file of a folder in place. This needs no additional disk space, so the reason of a failure can be
    /// recorded on a full disk.
    /// </summary>
    /// <exception cref="IOException">Writing failed.</exception>
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
            ["leastSecondsLeft"] = TimeLeft is { } least ? Math.Round(least.Least.TotalSeconds, 3) : null,
            ["mostSecondsLeft"] = TimeLeft is { } most ? Math.Round(most.Most.TotalSeconds, 3) : null,
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
        CompletedTrials = GetCount(document, "done"),
        PlannedTrials = GetCount(document, "planned"),
        TotalPlannedTrials = GetCount(document, "plannedInAll"),
        DivergedTrials = GetCount(document, "failures"),
        TrialsPerSecond = (double)GetValue(document, "rate"),
        TimeLeft = (double?)document["leastSecondsLeft"] is { } least
            && (double?)document["mostSecondsLeft"] is { } most
                ? new(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most)) : null,
        Started = ParseTime((string?)document["started"]),
        Updated = ParseTime((string?)document["updated"]),
        Host = (string?)document["host"] ?? "",
        Process = (int)GetValue(document, "process"),
    };

    private static JsonNode GetValue(JsonObject document, string name)
        => document[name] ?? throw new FormatException($"no {name}");

    private static long GetCount(JsonObject document, string name)
    {
        long count = (long)GetValue(document, name);
        return count is >= 0 and <= SweepFile.MaximumTrials ? count : throw new FormatException($"{count} {name}");
    }

    private static string? FormatTime(DateTime? time) => time is { } known ? LedgerSession.FormatTime(known) : null;

    private static DateTime? ParseTime(string? text)
        => text is null
            ? null
            : DateTime.Parse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
}
