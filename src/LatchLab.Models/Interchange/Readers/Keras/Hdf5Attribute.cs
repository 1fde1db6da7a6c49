namespace LatchLab.Models.Interchange.Readers.Keras;

/// <summary>Reads attributes that are texts, of fixed or variable length.</summary>
internal static class Hdf5Attribute
{
    private const int Text = 3, VariableLength = 9, ReferenceSize = 16;

    /// <summary>The name and the texts; no texts for numbers.</summary>
    public static (string Name, string[] Texts) Read(Hdf5Bytes bytes, Hdf5Message message)
    {
        long place = message.Address;
        int version = bytes.Byte(place), nameSize = bytes.UInt16(place + 2), typeSize = bytes.UInt16(place + 4),
            shapeSize = bytes.UInt16(place + 6);
        if (version is < 1 or > 3)
            throw bytes.Damage($"an attribute has the unknown version {version}");
        int Pad(int size) => version == 1 ? (size + 7) / 8 * 8 : size;
        long name = place + (version == 3 ? 9 : 8), type = name + Pad(nameSize), shape = type + Pad(typeSize),
            data = shape + Pad(shapeSize);
        long count = Hdf5Array.ReadShape(bytes, shape).Aggregate(1L, (product, size) => Math.Min(
            product * Math.Max(size, 0), int.MaxValue));
        (int kind, long size) = (bytes.Byte(type) & 0x0F, bytes.UInt32(type + 4));
        string[] texts = kind switch
        {
            Text when size > 0 && bytes.Slice(data, count * size).Length >= 0
                => [.. Enumerable.Range(0, (int)count).Select(index => bytes.Text(data + (index * size), size))],
            VariableLength when bytes.Slice(data, count * ReferenceSize).Length >= 0
                => [.. Enumerable.Range(0, (int)count).Select(
                    index => ReadText(bytes, data + (index * ReferenceSize)))],
            _ => [],
        };
        return (bytes.Text(name, nameSize), texts);
    }

    /// <summary>Length, heap, and the number of the text within it.</summary>
    private static string ReadText(Hdf5Bytes bytes, long reference)
    {
        const int heapHeader = 16, objectHeader = 16;
        (long length, long heap, long index) =
            (bytes.UInt32(reference), bytes.Int64(reference + 4), bytes.UInt32(reference + 12));
        if (length == 0)
            return "";
        bytes.Expect(heap, "GCOL");
        long end = heap + bytes.Slice(heap, bytes.Int64(heap + 8)).Length;
        for (long place = heap + heapHeader; place + objectHeader <= end;)
        {
            int number = bytes.UInt16(place);
            long size = bytes.Int64(place + 8);
            if (number == index)
            {
                return bytes.Text(
                    place + objectHeader, Math.Min(length, bytes.Slice(place + objectHeader, size).Length));
            }

            if (number == 0 || size < 0 || size > bytes.Length)
                break;
            place += objectHeader + ((size + 7) / 8 * 8);
        }

        throw bytes.Damage("a text of an attribute is missing");
    }
}
