using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace LatchLab.Tests.Models;

/// <summary>Arrays of NumPy, written as numpy.lib.format defines them.</summary>
internal static class NumpyFiles
{
    /// <summary>The bytes of a .npy file.</summary>
    public static byte[] WriteArray<T>(
        string type, string shape, T[] elements, byte version = 1, bool isFortran = false)
        where T : unmanaged
    {
        string order = isFortran ? "True" : "False";
        string header = $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': {shape}, }}\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length)
            : BitConverter.GetBytes(header.Length);
        return [
            0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(header),
            .. MemoryMarshal.AsBytes<T>(elements)];
    }

    /// <summary>Writes a .npz file.</summary>
    public static void WriteArchive(string path, params (string Name, byte[] Bytes)[] arrays)
    {
        using FileStream file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach ((string name, byte[] bytes) in arrays)
        {
            using Stream entry = archive.CreateEntry(name + ".npy").Open();
            entry.Write(bytes);
        }
    }
}
