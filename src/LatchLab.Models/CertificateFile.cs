using System.Text;
using System.Text.Json.Nodes;
using LatchLab.Dynamics;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Models;

/// <summary>
/// A noise certificate in a JSON file (docs/theory.md), which anybody can check without LatchLab: the network, its
/// constant inputs, the noise, and the boxes that it does not lead out of. Every number reads back to the same bits.
/// </summary>
public static class CertificateFile
{
    private const string DocumentKind = "latchlab-noise";

    /// <summary>Finds out whether a certificate can be written; one that is there may be replaced.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ValidationException">It cannot be written, or holds something else.</exception>
    public static void EnsureWritable(string path) => AtomicFile.EnsureWritable(path, IsCertificate, "certificate");

    /// <summary>The text of a certificate, for whoever checks it.</summary>
    /// <param name="path">The file, of at most 64 MiB.</param>
    /// <exception cref="ValidationException">It cannot be read.</exception>
    public static string ReadAllText(string path) => Encoding.UTF8.GetString(InputFile.ReadBytes(path));

    /// <summary>Writes one.</summary>
    /// <param name="path">The file; a certificate that is there is replaced.</param>
    /// <param name="certificate">The certificate.</param>
    /// <exception cref="ValidationException">It cannot be written, or holds something else.</exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static void Write(string path, NoiseCertificate certificate)
    {
        EnsureWritable(path);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Serialize(certificate)));
    }

    /// <summary>The text of the file.</summary>
    public static string Serialize(NoiseCertificate certificate)
    {
        var document = new JsonObject
        {
            ["certificate"] = DocumentKind,
            ["version"] = 1,
            ["network"] = JsonNode.Parse(NetworkFile.Serialize(certificate.Network)),
            ["held-inputs"] = ToJsonArray(certificate.ConstantInputs),
            ["noise"] = certificate.Noise,
            ["noise-at"] = Settings.FormatValue(certificate.Location),
            ["sets"] = new JsonArray([.. certificate.Sets.Select(set => new JsonObject
            {
                ["boxes"] = new JsonArray([.. set.Select(ToJson)]),
            })]),
        };
        return document.ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonObject ToJson(Interval[] box)
        => new()
        {
            ["lower"] = ToJsonArray(box.Select(interval => interval.Lower)),
            ["upper"] = ToJsonArray(box.Select(interval => interval.Upper)),
        };

    private static JsonArray ToJsonArray(IEnumerable<double> values)
        => [.. values.Select(value => (JsonNode)JsonValue.Create(value))];

    private static bool IsCertificate(string path)
    {
        try
        {
            return (string?)JsonNode.Parse(InputFile.ReadBytes(path))?["certificate"] == DocumentKind;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
