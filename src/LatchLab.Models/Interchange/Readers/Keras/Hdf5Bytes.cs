using System.Buffers.Binary;
using System.Text;
using LatchLab.Foundation;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>The bytes of an HDF5 file; every address in it is checked.</summary>
/// <param name="content">The bytes.</param>
/// <param name="findings">Receives errors.</param>
internal sealed class Hdf5Bytes(ReadOnlyMemory<byte> content, ModelFindings findings)
{
    /// <summary>Bytes of all texts together: many attributes may name the same one.</summary>
    private long _textLeft = 4L * content.Length;

    /// <summary>The bytes of the file.</summary>
    public int Length => content.Length;

    public byte Byte(long address) => Slice(address, 1).Span[0];

    public int UInt16(long address) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(address, 2).Span);

    public long UInt32(long address) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(address, 4).Span);

    public long Int64(long address) => BinaryPrimitives.ReadInt64LittleEndian(Slice(address, 8).Span);

    /// <summary>Some bytes.</summary>
    public ReadOnlyMemory<byte> Slice(long address, long length)
        => address >= 0 && length >= 0 && address <= content.Length && length <= content.Length - address
            ? content.Slice((int)address, (int)length)
            : throw Damage($"it refers to byte {address}, and has {content.Length}");

    /// <summary>A text up to its first zero.</summary>
    public string Text(long address, long maximumLength = long.MaxValue)
    {
        ReadOnlySpan<byte> bytes = Slice(address, Math.Min(maximumLength, content.Length - address)).Span;
        int end = bytes.IndexOf((byte)0);
        if ((_textLeft -= end < 0 ? bytes.Length : end) < 0)
            throw Damage("its texts are longer than the file");
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>Checks that a block begins with its signature.</summary>
    public void Expect(long address, string signature)
    {
        if (Encoding.ASCII.GetString(Slice(address, signature.Length).Span) != signature)
            throw Damage($"there is no {signature} at byte {address}");
    }

    /// <summary>The exception for a file that contradicts itself.</summary>
    public ValidationException Damage(string what) => findings.Damage(what);

    /// <summary>The exception for a file that is valid, but of an unknown kind.</summary>
    public ValidationException Failure(string problem) => findings.Failure(problem);
}
