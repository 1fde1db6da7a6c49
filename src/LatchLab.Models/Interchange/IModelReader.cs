using LatchLab.Foundation;

namespace LatchLab.Models.Interchange;

/// <summary>A format of models. To add one: implement it in a file of its own and list it in
/// <see cref="Readers.ModelFile"/>.</summary>
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
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="ValidationException">What is invalid, where, and what is allowed.</exception>
    ImportedModel Read(string path, ReadOnlyMemory<byte> content);
}
