using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LatchLab.Figures;
using LatchLab.Reporting.Page;

namespace LatchLab.Reporting;

/// <summary>
/// The file of a <see cref="ReportPart"/> in a report, <c>results/ID.json</c>: its figures as data, its claims, facts
/// and settings. It reads back to the same numbers, so that the report can be drawn again from it.
/// </summary>
internal static class ReportPartFile
{
    /// <summary>The folder of the files in the report.</summary>
    public const string Folder = "results/";

    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The path of the file, relative to the report.</summary>
    public static string GetPath(ReportPart part) => $"{Folder}{ReportPaths.ValidateId(part.Id)}.json";

    /// <summary>Returns the content of the file.</summary>
    public static byte[] Serialize(ReportPart part) => JsonSerializer.SerializeToUtf8Bytes(part, SerializerOptions);

    /// <summary>Reads the content of a file.</summary>
    /// <exception cref="JsonException">It is not valid.</exception>
    public static ReportPart Parse(byte[] content)
        => JsonSerializer.Deserialize<ReportPart>(content, SerializerOptions)
            ?? throw new JsonException("The document is null.");
}
