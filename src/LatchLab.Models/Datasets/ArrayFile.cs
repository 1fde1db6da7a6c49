using System.IO.Compression;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Interchange;

namespace LatchLab.Models.Datasets;

/// <summary>Reads and writes arrays of numbers as files of NumPy, .npy or .npz, all in memory.</summary>
public static class ArrayFile
{
    /// <summary>Reads all arrays; that of a .npy file has no name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ValidationException">It is no file of NumPy, or an array is not of numbers.</exception>
    public static IReadOnlyList<NamedTensor> ReadAll(string path)
    {
        using var file = new NumpyFile(path);
        return [.. file.Names.Select(name => Read(file.Open(name), name))];
    }

    /// <summary>Checks that arrays can be written; an existing .npz file of the same kind is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="textName">The name of the text, which tells the kind of file.</param>
    /// <param name="kind">The kind of file, for messages.</param>
    /// <exception cref="ValidationException">
    /// The file cannot be written, is of another kind, or does not end in .npz.
    /// </exception>
    public static void EnsureWritable(string path, string textName, string kind)
    {
        AtomicFile.EnsureWritable(path, existing => HasEntry(existing, textName), kind);
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            throw new ValidationException(path, "", "must end in .npz");
    }

    /// <summary>Writes an .npz file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="arrays">The arrays.</param>
    /// <param name="text">The name and the content of a text in it.</param>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static void Write(string path, IEnumerable<NamedTensor> arrays, (string Name, string Text) text)
        => AtomicFile.Write(path, NumpyArchive.Serialize(arrays, text));

    private static bool HasEntry(string path, string name)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            return archive.GetEntry(name) is not null;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static NamedTensor Read(NumpyArray array, string name)
    {
        if (array.IsText)
            throw array.Error("is text; numbers are expected");
        if (array.Shape.Count == 0)
            throw array.Error("is a single number; an array is expected");
        var values = new List<double>();    // grows with what is read, not with what a header claims
        for (int row = 0; row < array.Shape[0]; row++)
        {
            array.ReadRow();
            for (int i = 0; i < array.RowLength; i++)
                values.Add(array.GetNumber(i));
        }

        return new(name, [.. array.Shape], [.. values]);
    }
}
