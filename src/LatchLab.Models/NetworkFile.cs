using System.Text;
using System.Text.Json;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Json;
using LatchLab.Networks;

namespace LatchLab.Models;

/// <summary>
/// A network and its parameters in a JSON file (docs/network-files.md). Which networks there are, and what their fields
/// must hold, is said by <see cref="KnownNetworks"/> alone.
/// </summary>
public static class NetworkFile
{
    private const string KindField = "network";

    /// <summary>Reads a file of at most 64 MiB.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ValidationException">It cannot be read, or is no network: every mistake, with its
    /// line.</exception>
    public static NetworkDefinition Read(string path) => Parse(InputFile.ReadBytes(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="sourceName">What messages call it, in place of a file's name.</param>
    /// <exception cref="ValidationException">It is no network: every mistake, with its line.</exception>
    public static NetworkDefinition Parse(string text, string sourceName)
        => Parse(Encoding.UTF8.GetBytes(text), sourceName);

    /// <summary>Finds out whether a network can be written; a network file that is there may be replaced.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ValidationException">It cannot be written, or holds something else.</exception>
    public static void EnsureWritable(string path) => AtomicFile.EnsureWritable(path, IsNetworkFile, "network file");

    /// <summary>Writes a file that reads back to the same bits.</summary>
    /// <param name="path">The file; a network file that is there is replaced.</param>
    /// <param name="network">The network, its parameters finite.</param>
    /// <exception cref="ValidationException">It cannot be written, or holds something else.</exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static void Write(string path, NetworkDefinition network)
    {
        EnsureWritable(path);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Serialize(network)));
    }

    /// <summary>The text of a network file, in one line.</summary>
    /// <param name="network">The network, its parameters finite.</param>
    public static string Serialize(NetworkDefinition network)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            var fields = new JsonFieldWriter(json);
            fields.WriteString(KindField, network.Kind);
            network.Write(fields);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static bool IsNetworkFile(string path)
    {
        try
        {
            Read(path);
            return true;
        }
        catch (ValidationException)
        {
            return false;
        }
    }

    private static NetworkDefinition Parse(byte[] utf8, string sourceName)
    {
        var source = new SourceText(utf8, sourceName);
        JsonTreeValue root = JsonTree.Parse(source);
        if (root.Kind != JsonTokenType.StartObject)
        {
            string needed = $"an object is needed, such as {KnownNetworks.All[0].Example}";
            throw new ValidationException($"{sourceName}:{root.Line}", "", $"{root.Describe()}, where {needed}");
        }

        return Read(root, new ValidationErrors(sourceName));
    }

    private static NetworkDefinition Read(JsonTreeValue root, ValidationErrors errors)
    {
        var names = new JsonFieldTable(root, errors);
        var fields = new JsonFieldReader(names, errors);
        names.Match([KindField]);
        string kind = fields.GetChoice(KindField, [.. KnownNetworks.All.Select(network => network.Name)]);
        if (!fields.IsValid(KindField))
            errors.ThrowIfAny();      // without its kind no other field has a meaning

        NetworkFileKind network = KnownNetworks.All.Single(network => network.Name == kind);
        string[] fieldNames = [.. network.RequiredFields, .. network.OptionalFields];
        names.Match(fieldNames);
        names.ReportUnknownFields(network.Name, [KindField, .. fieldNames]);
        NetworkDefinition definition = network.Read(fields);
        errors.ThrowIfAny();
        return definition;
    }
}
