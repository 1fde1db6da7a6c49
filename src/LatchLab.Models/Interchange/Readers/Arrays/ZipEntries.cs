using System.IO.Compression;
using System.Runtime.InteropServices;
using LatchLab.Files;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>
/// The entries of a zip archive. Each is compared with its checksum; none allocates more memory than it really has.
/// </summary>
internal sealed class ZipEntries : IDisposable
{
    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(ComputeRemainder)];

    private readonly ModelFindings _findings;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];
    private long _bytesLeft = ModelFindings.MaximumBytes;

    /// <summary>Reads the directory.</summary>
    public ZipEntries(ReadOnlyMemory<byte> content, ModelFindings findings)
    {
        _findings = findings;
        MemoryMarshal.TryGetArray(content, out ArraySegment<byte> bytes);
        _archive = Translate("its directory", () =>
        {
            var archive = new ZipArchive(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false));
            foreach (ZipArchiveEntry entry in archive.Entries)
                _entries.TryAdd(entry.FullName, entry);
            return archive;
        });
    }

    /// <summary>The names, in the order of the file.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Reads an entry.</summary>
    public byte[] Read(string name)
    {
        ZipArchiveEntry entry = _entries.GetValueOrDefault(name)
            ?? throw _findings.Damage($"the archive has no entry {Escape.Text(name)}");
        byte[] content = Translate(Escape.Text(name), () => ReadAll(entry));
        uint remainder = uint.MaxValue;
        foreach (byte value in content)
            remainder = Remainders[(byte)(remainder ^ value)] ^ (remainder >> 8);
        return ~remainder == entry.Crc32 ? content
            : throw _findings.Damage($"{Escape.Text(name)} differs from its checksum");
    }

    public void Dispose() => _archive.Dispose();

    private byte[] ReadAll(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            if ((_bytesLeft -= count) < 0)
            {
                throw _findings.Failure(
                    $"has more than the limit of {ModelFindings.MaximumBytes >> 20} MiB when it is decompressed");
            }

            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }

    private T Translate<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or ArgumentException
            or OverflowException or NotSupportedException)
        {
            throw _findings.Damage($"{what} cannot be read");
        }
    }

    /// <summary>The remainder of a byte in CRC-32 (IEEE 802.3), least significant bit first.</summary>
    private static uint ComputeRemainder(int value)
    {
        uint remainder = (uint)value;
        for (int bit = 0; bit < 8; bit++)
            remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
        return remainder;
    }
}
