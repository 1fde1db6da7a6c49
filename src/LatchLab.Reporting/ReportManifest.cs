using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LatchLab.Figures;

namespace LatchLab.Reporting;

/// <summary>
/// The file that marks a folder as a LatchLab report: it contains the metadata, the claims, and the list of the files
/// that LatchLab wrote and may therefore replace.
/// </summary>
internal static class ReportManifest
{
    /// <summary>Its name in the folder.</summary>
    public const string FileName = "latchlab-report.json";

    private const string Format = "latchlab-report";
    private const int Version = 2; // 2: with the results of the parts

    // Relaxed escaping keeps Greek letters and subscripts readable; the file is never embedded in an HTML page.
    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Serializes the manifest of a report with the given files, relative to the folder.</summary>
    public static string Serialize(Report report, IEnumerable<string> files)
    {
        var document = new JsonObject
        {
            ["format"] = Format,
            ["version"] = Version,
            ["title"] = report.Title,
            ["facts"] = new JsonArray([.. report.Metadata.Select(fact => new JsonObject
            {
                ["name"] = fact.Name, ["value"] = fact.Value,
            })]),
            ["claims"] = ClaimsJson.ToJson(report.Claims),
            ["files"] = new JsonArray([.. files.Order(StringComparer.Ordinal).Select(file => JsonValue.Create(file))]),
        };
        return document.ToJsonString(SerializerOptions) + "\n";
    }

    /// <summary>
    /// Reads the list of a report's files, including the manifest; returns false if the folder has no manifest or an
    /// invalid one.
    /// </summary>
    public static bool TryReadFiles(string folder, out IReadOnlySet<string> files)
    {
        files = new HashSet<string>();
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return false;
        try
        {
            var document = JsonNode.Parse(File.ReadAllText(path));
            if ((string?)document?["format"] != Format || document["files"] is not JsonArray fileArray)
                return false;
            files = fileArray.Select(file => (string)file!).Append(FileName).ToHashSet();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or ArgumentException)
        {
            return false;
        }
    }
}
