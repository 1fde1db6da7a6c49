using LatchLab.Foundation;
using LatchLab.Models.Interchange;

namespace LatchLab.Models.Datasets;

/// <summary>Reads the arrays of numbers of a .npy or .npz file of NumPy into memory.</summary>
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
