using LatchLab.Foundation;

namespace LatchLab.Models.Interchange;

/// <summary>
/// Reads models of other programs (docs/reference/models.md): PyTorch, ONNX, Keras, safetensors and NumPy. No code of
/// a file runs.
/// </summary>
public static class ModelFile
{
    /// <summary>The readers, in the order in which they are asked.</summary>
    public static IReadOnlyList<IModelReader> Readers { get; } = [];

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ValidationException">The file is not a model, or has no recurrent layer that can be read.</exception>
    public static ImportedModel Read(string path) => throw new ValidationException(path, "", "is of no known format");
}

/// <summary>A format of models. To add one: implement it in a file of its own and list it in
/// <see cref="ModelFile.Readers"/>.</summary>
public interface IModelReader
{
    /// <summary>Name of the format, such as <c>safetensors</c>.</summary>
    string Format { get; }

    /// <summary>The endings of its files, such as <c>.onnx</c>.</summary>
    IReadOnlyList<string> Endings { get; }

    /// <summary>Whether a file begins like one of the format.</summary>
    /// <param name="start">Up to the first 512 bytes.</param>
    bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file, for messages and for further files that it names.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="ValidationException">What is invalid, where, and what is allowed.</exception>
    ImportedModel Read(string path, ReadOnlyMemory<byte> content);
}
