using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace LatchLab.Models.Interchange;

/// <summary>
/// Writes arrays as an .npz file of NumPy: an uncompressed zip archive of .npy files, version 1.0, of 64-bit
/// numbers. A further entry without the ending is read as bytes.
/// </summary>
internal static class NumpyArchive
{
    /// <summary>The time of every entry, so that equal networks give equal files: the first of zip.</summary>
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Returns the bytes of the file.</summary>
    /// <param name="tensors">The arrays.</param>
    /// <param name="text">The name and the text of the first entry.</param>
    public static byte[] Serialize(IEnumerable<NamedTensor> tensors, (string Name, string Text) text)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            AddEntry(archive, text.Name, Encoding.UTF8.GetBytes(text.Text));
            foreach (NamedTensor tensor in tensors)
            {
                AddEntry(
                    archive, $"{tensor.Name}.npy",
                    [.. CreateHeader(tensor.Shape), .. MemoryMarshal.AsBytes(tensor.Values.AsSpan())]);
            }
        }

        return bytes.ToArray();
    }

    private static void AddEntry(ZipArchive archive, string name, byte[] content)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = Time;
        using Stream stream = entry.Open();
        stream.Write(content);
    }

    /// <summary>Magic number, version, length and description; the values begin at a multiple of 64.</summary>
    private static byte[] CreateHeader(int[] shape)
    {
        string dimensions = string.Concat(shape.Select(size => FormattableString.Invariant($"{size}, "))),
            description = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({dimensions.TrimEnd()}), }}";
        int length = ((10 + description.Length + 1 + 63) / 64 * 64) - 10;
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8),
            .. Encoding.ASCII.GetBytes(description.PadRight(length - 1) + "\n"),
        ];
    }
}
