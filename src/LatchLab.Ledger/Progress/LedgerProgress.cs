using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LatchLab.Formats;

namespace LatchLab.Ledger;

/// <summary>
/// How far a run is, as <c>progress.json</c> says it: a small file that is renamed into its place, so that anybody can
/// read it from anywhere while the run writes.
/// </summary>
public sealed record LedgerProgress
{
    private const string Kind = "latchlab-progress";

    // Greek letters stay readable; the file is never a part of a page.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the sweep is called.</summary>
    public required string Name { get; init; }

    /// <summary>What has become of the run.</summary>
    public required LedgerState State { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    public string Message { get; init; } = "";

    /// <summary>Which part of the trials it runs.</summary>
    public required Shard Shard { get; init; }

    /// <summary>Trials that the ledger holds.</summary>
    public required long Done { get; init; }

    /// <summary>Trials that this ledger is for.</summary>
    public required long Planned { get; init; }

    /// <summary>Trials of the whole sweep.</summary>
    public required long PlannedInAll { get; init; }

    /// <summary>Trials that diverged.</summary>
    public required long Failures { get; init; }

    /// <summary>Trials a second since this process began; 0 where nothing is known.</summary>
    public required double Rate { get; init; }

    /// <summary>When this process began.</summary>
    public DateTime? Started { get; init; }

    /// <summary>When this was written.</summary>
    public DateTime? Updated { get; init; }

    /// <summary>The name of the machine.</summary>
    public string Host { get; init; } = "";

    /// <summary>The number of the process.</summary>
    public int Process { get; init; }

    /// <summary>Reads the file of a folder; null where there is none, or none of ours.</summary>
    public static LedgerProgress? TryRead(string folder)
    {
        string path = Path.Combine(folder, LedgerFolder.ProgressName);
        try
        {
            if (!File.Exists(path) || JsonNode.Parse(File.ReadAllText(path)) is not JsonObject document)
                return null;
            return (string?)document["document"] == Kind ? Read(document) : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the file of a folder.</summary>
    /// <exception cref="IOException">The disk is full, say.</exception>
    internal void Write(string folder)
        => OutputFile.Write(Path.Combine(folder, LedgerFolder.ProgressName), Encoding.UTF8.GetBytes(Text()));

    /// <summary>
    /// Writes over the file of a folder, which takes no room where there is none: better than that nobody hears why a
    /// run has ended.
    /// </summary>
    /// <exception cref="IOException">There is no such file, say.</exception>
    internal void Overwrite(string folder)
    {
        byte[] text = Encoding.UTF8.GetBytes(Text());
        using FileStream file = File.OpenWrite(Path.Combine(folder, LedgerFolder.ProgressName));
        file.Write(text);
        file.SetLength(text.Length);
    }

    private string Text()
        => new JsonObject
        {
            ["document"] = Kind,
            ["version"] = 1,
            ["name"] = Name,
            ["state"] = Settings.InWords(State),
            ["message"] = Message,
            ["shard"] = Shard.ToString(),
            ["done"] = Done,
            ["planned"] = Planned,
            ["plannedInAll"] = PlannedInAll,
            ["failures"] = Failures,
            ["rate"] = Math.Round(Rate, 3),
            ["started"] = InWords(Started),
            ["updated"] = InWords(Updated),
            ["host"] = Host,
            ["process"] = Process,
        }.ToJsonString(Readable) + "\n";

    private static LedgerProgress Read(JsonObject document) => new()
    {
        Name = (string?)document["name"] ?? "",
        State = Enum.GetValues<LedgerState>().Single(state => Settings.InWords(state) == (string?)document["state"]),
        Message = (string?)document["message"] ?? "",
        Shard = Shard.Parse((string?)document["shard"] ?? "") ?? throw new FormatException("no shard"),
        Done = (long)document["done"]!,
        Planned = (long)document["planned"]!,
        PlannedInAll = (long)document["plannedInAll"]!,
        Failures = (long)document["failures"]!,
        Rate = (double)document["rate"]!,
        Started = Time((string?)document["started"]),
        Updated = Time((string?)document["updated"]),
        Host = (string?)document["host"] ?? "",
        Process = (int)document["process"]!,
    };

    private static string? InWords(DateTime? time) => time is { } known ? LedgerSession.InWords(known) : null;

    private static DateTime? Time(string? text)
        => text is null
            ? null
            : DateTime.Parse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
}
