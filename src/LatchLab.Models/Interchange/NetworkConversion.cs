using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Tasks;

namespace LatchLab.Models.Interchange;

/// <summary>
/// Converts networks to files of other programs (docs/reference/conversions.md): a model of ONNX, or its arrays in an
/// .npz file of NumPy or a safetensors file.
/// </summary>
public static class NetworkConversion
{
    internal const string Producer = "LatchLab";

    internal const string NetworkEntry = "network.json";

    private const int StartLength = 256;

    /// <summary>The endings of the names of files, which select the format.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".onnx", ".npz", ".safetensors"];

    /// <summary>Checks that a file can be written; a file of an earlier conversion may be replaced.</summary>
    /// <exception cref="ValidationException">
    /// The file cannot be written, is of another kind, or its ending is unknown.
    /// </exception>
    public static void EnsureWritable(string path)
    {
        if (!Endings.Contains(GetEnding(path)))
        {
            throw new ValidationException(
                path, "", $"has an unknown ending: give a file that ends in {string.Join(", ", Endings)}" +
                    NearestName.FormatSuggestion(GetEnding(path), Endings));
        }

        AtomicFile.EnsureWritable(path, IsConverted, "converted network");
    }

    /// <summary>Checks that a network can be converted to the format of a file.</summary>
    /// <exception cref="ValidationException">The format cannot express the network.</exception>
    public static void EnsureConvertible(NetworkDefinition network, string path)
    {
        if (GetEnding(path) != ".onnx")
            return;
        if (KnownUnits.HasThreshold(network.Unit))
        {
            throw new ValidationException("", "unit", "a threshold unit cannot be converted to ONNX: its nodes have " +
                "no such function, and rounding to 32 bits could change its output from -1 to 1: give .npz or " +
                ".safetensors");
        }

        if (network is LatchDefinition { Classes: 2, TrainableInputs: > 0 }
            or CellDefinition { Size.LearnedInputs: > 0 })
        {
            throw new ValidationException("", "network", "has learned inputs that depend on the class of a sequence, " +
                "which a model of ONNX does not know: give .npz or .safetensors");
        }
    }

    /// <summary>Writes a network.</summary>
    /// <param name="path">The file; its ending selects the format.</param>
    /// <param name="network">The network.</param>
    /// <param name="data">What it needs to read raw data; null for none.</param>
    /// <exception cref="ValidationException">
    /// The format cannot express the network, or the file cannot be written.
    /// </exception>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static void Write(string path, NetworkDefinition network, NetworkData? data)
    {
        EnsureConvertible(network, path);
        EnsureWritable(path);
        string text = NetworkFile.Serialize(network, data);
        AtomicFile.Write(path, GetEnding(path) switch
        {
            ".onnx" => OnnxFile.Serialize(network, data),
            ".npz" => NumpyArchive.Serialize(NamedTensor.ListAll(network, data), (NetworkEntry, text)),
            _ => SafetensorsFile.Serialize(
                NamedTensor.ListAll(network, data), [("producer", Producer), (NetworkEntry, text)]),
        });
    }

    private static string GetEnding(string path) => Path.GetExtension(path).ToLowerInvariant();

    /// <summary>Whether a file begins like one that this class writes.</summary>
    private static bool IsConverted(string path)
    {
        using FileStream file = File.OpenRead(path);
        var start = new byte[StartLength];
        ReadOnlySpan<byte> read = start.AsSpan(0, file.ReadAtLeast(start, StartLength, throwOnEndOfStream: false));
        return GetEnding(path) switch
        {
            ".onnx" => read.StartsWith("\u0008\u0008\u0012\u0008LatchLab"u8), // IR version 8, and the producer
            ".npz" => read.StartsWith("PK"u8) && read.IndexOf("network.json"u8) >= 0,
            _ => read.Length > 8 && read[8..].StartsWith("""{"__metadata__":{"producer":"LatchLab","""u8),
        };
    }
}
