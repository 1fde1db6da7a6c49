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
