using System.IO.Compression;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Models.Interchange;

namespace LatchLab.Models.Datasets;

/// <summary>Reads the arrays of numbers of a .npy or .npz file of NumPy into memory.</summary>
public static class ArrayFile
{
    private const string Ending = ".npy";

    /// <summary>Reads all arrays; that of a .npy file has no name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ValidationException">It is no file of NumPy, or an array is not of numbers.</exception>
    public static IReadOnlyList<NamedTensor> ReadAll(string path)
    {
        using FileStream file = InputFile.Open(path);
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            return [Read(file, path, "")];
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            var arrays = new List<NamedTensor>();
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (!entry.FullName.EndsWith(Ending, StringComparison.Ordinal))
                    continue;
                using Stream stream = entry.Open();
                arrays.Add(Read(stream, path, entry.FullName[..^Ending.Length]));
            }

            return arrays;
        }
        catch (InvalidDataException)
        {
            throw new ValidationException(path, "", "is no .npz file, or is damaged; write it with numpy.savez");
        }
    }

    private static NamedTensor Read(Stream stream, string path, string name)
    {
        var array = new NumpyArray(stream, path, name);
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
