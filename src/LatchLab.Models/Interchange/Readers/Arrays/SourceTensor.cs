namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>An array of a file whose numbers are not read yet.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Bytes">The bytes, from those of the first element on.</param>
internal sealed record SourceTensor(string Name, ElementType Type, int[] Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The distance of neighbours along each dimension, in elements; null for row by row.</summary>
    public long[]? Strides { get; init; }

    /// <summary>Whether the most significant byte of an element is the first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The shape as in Python.</summary>
    public string FormatShape() => $"[{string.Join(", ", Shape)}]";

    /// <summary>Elements, or −1 if the bytes are too few for the shape.</summary>
    public int Count
    {
        get
        {
            Int128 count = 1, last = 0;
            long available = Bytes.Length / Type.Size;
            for (int axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] == 0)
                    return 0;
                last += (Shape[axis] - 1) * (Int128)(Strides?[axis] ?? (long)count);
                count *= Shape[axis];
                if (Shape[axis] < 0 || count > available || last >= available || Strides?[axis] < 0)
                    return -1;
            }

            return available > 0 ? (int)count : -1;
        }
    }

    /// <summary>Reads the numbers, row by row.</summary>
    public double[] Decode()
    {
        var values = new double[Count];
        var index = new int[Shape.Length];
        Span<byte> element = stackalloc byte[sizeof(double)];
        element = element[..Type.Size];
        for (int i = 0; i < values.Length; i++)
        {
            long place = Strides is null ? i : Locate(index);
            Bytes.Span.Slice((int)place * Type.Size, Type.Size).CopyTo(element);
            if (IsBigEndian)
                element.Reverse();
            values[i] = Type.Read(element);
            Advance(index);
        }

        return values;
    }

    /// <summary>The index of an element, as in Python.</summary>
    public string FormatIndex(int element)
    {
        var index = new int[Shape.Length];
        for (int axis = Shape.Length - 1; axis >= 0; axis--)
            (element, index[axis]) = Math.DivRem(element, Shape[axis]);
        return $"[{string.Join(", ", index)}]";
    }

    private long Locate(int[] index)
    {
        long place = 0;
        for (int axis = 0; axis < index.Length; axis++)
            place += index[axis] * Strides![axis];
        return place;
    }

    private void Advance(int[] index)
    {
        for (int axis = Shape.Length - 1; axis >= 0 && ++index[axis] == Shape[axis]; axis--)
            index[axis] = 0;
    }
}
