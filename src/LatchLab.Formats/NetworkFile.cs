using System.Text;
using System.Text.Json;
using LatchLab.Formats.Json;
using LatchLab.Networks;

namespace LatchLab.Formats;

/// <summary>
/// A network and its parameters in a JSON file (docs/network-files.md). Which networks there are, and what their fields
/// must hold, is said by <see cref="KnownNetworks"/> alone.
/// </summary>
public static class NetworkFile
{
    private const string KindField = "network";

    /// <summary>Reads a file of at most 64 MiB.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be read, or is no network: every mistake, with its line.</exception>
    public static NetworkDefinition Read(string path) => Parse(InputFile.ReadBytes(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="nameForMessages">What messages call it, in place of a file's name.</param>
    /// <exception cref="InputException">It is no network: every mistake, with its line.</exception>
    public static NetworkDefinition Parse(string text, string nameForMessages)
        => Parse(Encoding.UTF8.GetBytes(text), nameForMessages);

    /// <summary>Finds out whether a network can be written; a network file that is there may be replaced.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be written, or holds something else.</exception>
    public static void CheckWritable(string path) => OutputFile.Check(path, IsNetwork, "network file");

    /// <summary>Writes a file that reads back to the same bits.</summary>
    /// <param name="path">The file; a network file that is there is replaced.</param>
    /// <param name="network">The network, its parameters finite.</param>
    /// <exception cref="InputException">It cannot be written, or holds something else.</exception>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static void Write(string path, NetworkDefinition network)
    {
        CheckWritable(path);
        OutputFile.Write(path, Encoding.UTF8.GetBytes(Text(network)));
    }

    /// <summary>The text of a network file, in one line.</summary>
    /// <param name="network">The network, its parameters finite.</param>
    public static string Text(NetworkDefinition network)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            var fields = new FieldWriter(json);
            fields.Word(KindField, network.Kind);
            network.Write(fields);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static bool IsNetwork(string path)
    {
        try
        {
            Read(path);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static NetworkDefinition Parse(byte[] utf8, string nameForMessages)
    {
        var source = new SourceText(utf8, nameForMessages);
        JsonValue root = JsonTree.Parse(source);
        if (root.Kind != JsonTokenType.StartObject)
        {
            string needed = $"an object is needed, such as {KnownNetworks.All[0].Example}";
            throw new InputException($"{nameForMessages}:{root.Line}", "", $"{root.Describe()}, where {needed}");
        }

        return Read(root, new Mistakes(nameForMessages));
    }

    private static NetworkDefinition Read(JsonValue root, Mistakes mistakes)
    {
        var names = new FieldNames(root, mistakes);
        var fields = new FieldReader(names, mistakes);
        names.Claim([KindField]);
        string kind = fields.Word(KindField, [.. KnownNetworks.All.Select(network => network.Name)]);
        if (!fields.IsSound(KindField))
            mistakes.ThrowIfAny();      // without its kind no other field has a meaning

        KnownNetwork network = KnownNetworks.All.Single(network => network.Name == kind);
        string[] all = [.. network.Fields, .. network.OptionalFields];
        names.Claim(all);
        names.RefuseOthers(network.Name, [KindField, .. all]);
        NetworkDefinition definition = network.Read(fields);
        mistakes.ThrowIfAny();
        return definition;
    }
}
