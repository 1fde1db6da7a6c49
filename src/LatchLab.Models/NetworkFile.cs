using System.Text;
using System.Text.Json;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Json;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Models;

/// <summary>
/// Reads and writes networks and their parameters as JSON files (docs/reference/network-files.md).
/// <see cref="KnownNetworks"/> defines the kinds of networks and their fields.
/// </summary>
public static class NetworkFile
{
    private const string KindField = "network";

    /// <summary>Reads a file of at most 64 MiB.</summary>
    /// <param name="path">The file.</param>
    /// <param name="note">Receives a sentence for each field with a former name; null to read it silently.</param>
    /// <exception cref="ValidationException">
    /// The file cannot be read or is not a valid network. Lists every error with its line.
    /// </exception>
    public static NetworkDefinition Read(string path, Action<string>? note = null) => Read(path, out _, note);

    /// <summary>Reads a network, and what it needs to read raw data.</summary>
    /// <param name="path">The file, of at most 64 MiB.</param>
    /// <param name="data">The section of the data; null if the file has none.</param>
    /// <param name="note">Receives a sentence for each field with a former name; null to read it silently.</param>
    /// <exception cref="ValidationException">
    /// The file cannot be read or is not a valid network. Lists every error with its line.
    /// </exception>
    public static NetworkDefinition Read(string path, out NetworkData? data, Action<string>? note = null)
        => Parse(InputFile.ReadBytes(path), path, out data, note);

    /// <summary>Reads a network of units: an analysis of activations does not support networks of cells.</summary>
    /// <param name="path">The file.</param>
    /// <param name="note">Receives notes about former names of fields.</param>
    /// <exception cref="ValidationException">The file is not a valid network, or one of cells.</exception>
    public static NetworkDefinition ReadUnits(string path, Action<string>? note = null)
        => EnsureUnits(Read(path, note), path);

    /// <summary>Ensures that a network is one of units.</summary>
    /// <exception cref="ValidationException">It is a network of cells.</exception>
    public static NetworkDefinition EnsureUnits(NetworkDefinition network, string path)
        => network.IsOfUnits ? network : throw new ValidationException(
            path, KindField, "a network of cells is not supported: give latch, fully-connected or parity");

    /// <summary>Parses a text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="sourceName">The name of the source in messages, in place of a file name.</param>
    /// <exception cref="ValidationException">
    /// The text is not a valid network. Lists every error with its line.
    /// </exception>
    public static NetworkDefinition Parse(string text, string sourceName) => Parse(text, sourceName, out _);

    /// <summary>Parses a text with what the network needs to read raw data.</summary>
    /// <inheritdoc cref="Parse(string, string)"/>
    public static NetworkDefinition Parse(string text, string sourceName, out NetworkData? data)
        => Parse(Encoding.UTF8.GetBytes(text), sourceName, out data, note: null);

    /// <summary>Checks that a network can be written; an existing network file may be replaced.</summary>
    /// <exception cref="ValidationException">The file cannot be written, or is not a network file.</exception>
    public static void EnsureWritable(string path) => AtomicFile.EnsureWritable(path, IsNetworkFile, "network file");

    /// <summary>Writes a network. Its parameters read back to the same bits.</summary>
    /// <param name="path">The file; an existing network file is replaced.</param>
    /// <param name="network">The network, with finite parameters.</param>
    /// <param name="data">What it needs to read raw data; null for none.</param>
    /// <param name="training">How it was trained; null to omit it.</param>
    /// <exception cref="ValidationException">The file cannot be written, or is not a network file.</exception>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static void Write(
        string path, NetworkDefinition network, NetworkData? data = null, TrainingRecord? training = null)
    {
        EnsureWritable(path);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Serialize(network, data, training)));
    }

    /// <summary>Returns the text of a network file, on one line.</summary>
    /// <param name="network">The network, with finite parameters.</param>
    /// <param name="data">What it needs to read raw data; null for none.</param>
    /// <param name="training">How it was trained; null to omit it.</param>
    public static string Serialize(
        NetworkDefinition network, NetworkData? data = null, TrainingRecord? training = null)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            var fields = new JsonFieldWriter(json);
            fields.WriteString(KindField, network.Kind);
            network.Write(fields);
            if (data is not null)
                NetworkFileSections.Write(json, data);
            if (training is not null)
                NetworkFileSections.Write(json, training);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>Returns the section of the data as the text of a JSON object.</summary>
    internal static string SerializeData(NetworkData data)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            NetworkFileSections.Write(json, data);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
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

    private static NetworkDefinition Parse(
        byte[] utf8, string sourceName, out NetworkData? data, Action<string>? note)
    {
        var source = new SourceText(utf8, sourceName);
        JsonTreeValue root = JsonTree.Parse(source);
        if (root.Kind != JsonTokenType.StartObject)
        {
            string needed = $"an object is needed, such as {KnownNetworks.All[0].Example}";
            throw new ValidationException($"{sourceName}:{root.Line}", "", $"{root.Describe()}, where {needed}");
        }

        return Read(
            root, new ValidationErrors(sourceName), out data,
            note is null ? null : text => note($"{sourceName}:{text}"));
    }

    private static NetworkDefinition Read(
        JsonTreeValue root, ValidationErrors errors, out NetworkData? data, Action<string>? note)
    {
        var names = new JsonFieldTable(root, errors);
        var fields = new JsonFieldReader(names, errors);
        names.Match([KindField]);
        string kind = fields.GetChoice(KindField, [.. KnownNetworks.All.Select(network => network.Name)]);
        if (!fields.IsValid(KindField))
            errors.ThrowIfAny();    // the kind determines the other fields

        NetworkFileKind network = KnownNetworks.All.Single(network => network.Name == kind);
        string[] fieldNames =
        [
            .. network.RequiredFields, .. network.OptionalFields,
            NetworkFileSections.DataField, NetworkFileSections.TrainingField,
        ];
        names.Rename(network.FormerFieldNames, note);
        names.Match(fieldNames);
        names.ReportUnknownFields(network.Name, [KindField, .. fieldNames]);
        NetworkDefinition definition = network.Read(fields);
        JsonTreeValue? section = fields.FindObject(NetworkFileSections.DataField);
        _ = fields.FindObject(NetworkFileSections.TrainingField);
        data = section is null ? null
            : NetworkFileSections.ReadData(section.Value, errors.HasErrors ? null : definition, errors);
        errors.ThrowIfAny();
        return definition;
    }
}
