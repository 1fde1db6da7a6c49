using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Interchange.Readers.Arrays;
using LatchLab.Models.Interchange.Readers.Keras;
using LatchLab.Models.Interchange.Readers.Onnx;
using LatchLab.Models.Interchange.Readers.PyTorch;

namespace LatchLab.Models.Interchange.Readers;

/// <summary>
/// Reads models of other programs (docs/reference/models.md). No code of a file runs.
/// </summary>
public static class ModelFile
{
    private const int StartLength = 512;

    /// <summary>The readers, in the order in which they are asked.</summary>
    public static IReadOnlyList<IModelReader> Readers { get; } =
    [
        new SafetensorsReader(), new NumpyReader(), new TorchReader(), new OnnxReader(), new KerasReader(),
        new JsonReader(),
    ];

    /// <summary>
    /// Whether a file ends in .json and has arrays of PyTorch, which a network file of LatchLab names otherwise.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ValidationException">The file cannot be read.</exception>
    public static bool IsJsonOfArrays(string path)
        => path.EndsWith(JsonReader.Ending, StringComparison.OrdinalIgnoreCase)
            && InputFile.ReadBytes(path, ModelFindings.MaximumBytes).AsSpan().IndexOf(NamedLayers.Mark) >= 0;

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ValidationException">
    /// The file is not a model, or has no recurrent layer that can be read.
    /// </exception>
    public static ImportedModel Read(string path)
    {
        byte[] content = InputFile.ReadBytes(path, ModelFindings.MaximumBytes);
        return FindReader(path, content).Read(path, content);
    }

    /// <summary>The content decides, and the ending between formats that begin alike, such as zip archives.</summary>
    private static IModelReader FindReader(string path, byte[] content)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        IModelReader? named = Readers.FirstOrDefault(reader => reader.Endings.Contains(ending));
        IModelReader[] known =
        [
            .. Readers.Where(reader => reader.Recognizes(content.AsSpan(0, Math.Min(StartLength, content.Length)))),
        ];
        string endings = string.Join(", ", Readers.SelectMany(reader => reader.Endings));
        return known.FirstOrDefault(reader => reader == named) ?? known switch
        {
            [var only] => only,
            [] when named is not null => throw new ValidationException(
                path, "", $"does not begin like a {named.Format} file: it is incomplete, damaged or of another kind"),
            [] => throw new ValidationException(path, "", $"is of no known format: give a model in {endings}"),
            _ => throw new ValidationException(
                path, "", $"may be of {string.Join(" or ", known.Select(reader => reader.Format))}: its name must " +
                    $"end in {string.Join(", ", known.SelectMany(reader => reader.Endings))}"),
        };
    }
}
