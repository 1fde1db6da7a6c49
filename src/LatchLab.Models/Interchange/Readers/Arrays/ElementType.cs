using System.Buffers.Binary;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>The type of the elements of an array, with the name that NumPy and PyTorch give it.</summary>
/// <param name="Name">Such as <c>float32</c>.</param>
/// <param name="Size">Bytes of an element.</param>
internal sealed record ElementType(string Name, int Size)
{
    public static readonly ElementType Float64 = new("float64", 8), Float32 = new("float32", 4),
        Float16 = new("float16", 2), BFloat16 = new("bfloat16", 2), Int64 = new("int64", 8), Int32 = new("int32", 4),
        Int16 = new("int16", 2), Int8 = new("int8", 1), UInt8 = new("uint8", 1), Boolean = new("bool", 1);

    /// <summary>Whether numbers of the type can be weights.</summary>
    public bool IsFloatingPoint => this == Float64 || this == Float32 || this == Float16 || this == BFloat16;

    /// <summary>Reads a floating-point number of little-endian bytes; 64 bits hold each of them exactly.</summary>
    public double Read(ReadOnlySpan<byte> bytes)
        => this == Float64 ? BinaryPrimitives.ReadDoubleLittleEndian(bytes)
            : this == Float32 ? BinaryPrimitives.ReadSingleLittleEndian(bytes)
            : this == Float16 ? (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)
            : BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16);
}
