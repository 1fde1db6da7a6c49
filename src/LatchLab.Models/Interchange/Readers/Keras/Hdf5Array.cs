using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>Reads the shape and the type of an array, and finds its numbers.</summary>
internal static class Hdf5Array
{
    private const int ShapeMessage = 0x01, TypeMessage = 0x03, LayoutMessage = 0x08;

    private const int WholeNumbers = 0, FloatingPoint = 1, Compact = 0, Contiguous = 1;

    /// <summary>The array of an object; null if it is none.</summary>
    public static SourceTensor? TryRead(Hdf5Bytes bytes, Hdf5Header header, string path)
    {
        if (header.Find(ShapeMessage) is not { } shape || header.Find(TypeMessage) is not { } type
            || header.Find(LayoutMessage) is not { } layout)
        {
            return null;
        }

        int[] sizes = ReadShape(bytes, shape.Address);
        ElementType element = ReadType(bytes, type.Address);
        return new(path, element, sizes, sizes.Contains(0) ? default : ReadContent(bytes, layout.Address, path))
        {
            IsBigEndian = (bytes.Byte(type.Address + 1) & 1) != 0,
        };
    }

    /// <summary>The dimensions; a maximum of each may follow.</summary>
    public static int[] ReadShape(Hdf5Bytes bytes, long address)
    {
        const int maximumRank = 32;
        (int version, int rank) = (bytes.Byte(address), bytes.Byte(address + 1));
        if (version is not (1 or 2) || rank > maximumRank)
            throw bytes.Damage($"an array has the unknown shape {version} of {rank} dimensions");
        long start = address + (version == 1 ? 8 : 4);
        return
        [
            .. Enumerable.Range(0, rank).Select(axis => (int)Math.Clamp(
                bytes.Int64(start + (sizeof(long) * axis)), -1, int.MaxValue)),
        ];
    }

    private static ElementType ReadType(Hdf5Bytes bytes, long address)
    {
        (int kind, long size) = (bytes.Byte(address) & 0x0F, bytes.UInt32(address + 4));
        return (kind, size) switch
        {
            (FloatingPoint, 8) => ElementType.Float64,
            (FloatingPoint, 4) => ElementType.Float32,
            (FloatingPoint, 2) => ElementType.Float16,
            (WholeNumbers, 8) => ElementType.Int64,
            (WholeNumbers, 4) => ElementType.Int32,
            (WholeNumbers, 1) => ElementType.Int8,
            _ => new($"HDF5 {kind}", 1),
        };
    }

    private static ReadOnlyMemory<byte> ReadContent(Hdf5Bytes bytes, long address, string path)
    {
        if (bytes.Byte(address) != 3)
            throw bytes.Failure($"has {path} in the unknown layout {bytes.Byte(address)}; write it with h5py or Keras");
        return bytes.Byte(address + 1) switch
        {
            Compact => bytes.Slice(address + 4, bytes.UInt16(address + 2)),
            Contiguous => bytes.Slice(bytes.Int64(address + 2), bytes.Int64(address + 10)),
            _ => throw bytes.Failure($"has {path} in pieces or compressed; write it without compression and chunks"),
        };
    }
}
