using System.Text;
using System.Text.Json.Nodes;
using LatchLab.Dynamics;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Models;

/// <summary>
/// Reads and writes noise certificates as JSON files (docs/explanation/theory.md), which can be verified without
/// LatchLab. A certificate lists the network, its constant inputs, the noise and the boxes that the state never leaves.
/// Every number reads back to the same bits.
/// </summary>
public static class CertificateFile
{
    private const string DocumentKind = "latchlab-noise", RestKind = "latchlab-noise-at-rest";

    /// <summary>Checks that a certificate can be written; an existing certificate may be replaced.</summary>
    /// <exception cref="ValidationException">The file cannot be written, or is not a certificate.</exception>
    public static void EnsureWritable(string path) => AtomicFile.EnsureWritable(path, IsCertificate, "certificate");

    /// <summary>Reads the text of a certificate, for verification.</summary>
    /// <param name="path">The file, of at most 64 MiB.</param>
    /// <exception cref="ValidationException">The file cannot be read.</exception>
    public static string ReadAllText(string path) => Encoding.UTF8.GetString(InputFile.ReadBytes(path));

    /// <summary>Writes a certificate.</summary>
    /// <param name="path">The file; an existing certificate is replaced.</param>
    /// <param name="certificate">The certificate.</param>
    /// <exception cref="ValidationException">The file cannot be written, or is not a certificate.</exception>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static void Write(string path, NoiseCertificate certificate)
    {
        EnsureWritable(path);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Serialize(certificate)));
    }

    /// <summary>Returns the JSON text of a certificate.</summary>
    public static string Serialize(NoiseCertificate certificate)
    {
        JsonObject network = JsonNode.Parse(NetworkFile.Serialize(certificate.Network))!.AsObject();

        // A certificate holds for every start in its boxes.
        network.Remove(ParityDefinition.InitialOutputField);
        network.Remove(FullyConnectedDefinition.InitialStateField);
        var document = new JsonObject
        {
            ["certificate"] = DocumentKind,
            ["version"] = 1,
            ["network"] = network,
            ["held-inputs"] = ToJsonArray(certificate.ConstantInputs),
            ["noise"] = certificate.Noise,
            ["noise-at"] = Settings.FormatValue(certificate.Location),
            ["sets"] = new JsonArray([.. certificate.Sets.Select(set => new JsonObject
            {
                ["boxes"] = new JsonArray([.. set.Select(ToJson)]),
            })]),
        };
        return Format(document);
    }

    /// <summary>Returns the JSON text of the certificates of the states of a network of cells.</summary>
    public static string Serialize(RestCertificates certificates)
        => Format(new()
        {
            ["certificate"] = RestKind,
            ["version"] = 1,
            ["network"] = JsonNode.Parse(NetworkFile.Serialize(certificates.Network)),
            ["held-inputs"] = ToJsonArray(certificates.Input),
            ["states"] = new JsonArray([.. certificates.States.Select(state => new JsonObject
            {
                ["noise"] = state.Noise,
                ["state"] = ToJsonArray(state.State),
                ["disturbances"] = ToJsonArray(state.Disturbances),
                ["half-widths"] = ToJsonArray(state.HalfWidths),
            })]),
        });

    private static string Format(JsonObject document)
        => document.ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";

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
