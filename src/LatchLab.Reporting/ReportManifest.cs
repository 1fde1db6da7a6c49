using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LatchLab.Figures;

namespace LatchLab.Reporting;

/// <summary>
/// The file that makes a folder a report of ours: what was run, what was found, and the list of files that we wrote and
/// may therefore replace.
/// </summary>
internal static class ReportManifest
{
    /// <summary>Its name in the folder.</summary>
    public const string FileName = "latchlab-report.json";

    private const string Format = "latchlab-report";
    private const int Version = 1;

    // Greek letters and subscripts are to stay readable; the file is never a part of a page.
    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The marker of a report with the given files, relative to the folder, with forward slashes.</summary>
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
    /// Reads which files a folder of ours consists of, the marker itself among them; false if the folder has no marker
    /// or one that we did not write.
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
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
