using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LatchLab.Files;
using LatchLab.Foundation;

namespace LatchLab.Models.Datasets;

/// <summary>
/// An array of NumPy in the format .npy, versions 1 to 3 (numpy.lib.format): integers, floating-point numbers, booleans
/// or text. It is read item by item of its first axis, as a stream; only an array in Fortran order is kept in memory.
/// </summary>
internal sealed class NumpyArray
{
    private readonly Stream _stream;
    private readonly string _location;
    private readonly string _name;
    private readonly char _kind;        // of the type: b, i, u, f, U or S
    private readonly bool _isBigEndian;
    private readonly int _itemSize;     // bytes of an element
    private readonly byte[]? _fortran;  // the whole array, if it is in Fortran order
    private readonly byte[] _row;       // an item of the first axis, in C order
    private int _next;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The array.</param>
    /// <param name="location">The file in messages.</param>
    /// <param name="name">The name of the array in messages; empty if it is the file.</param>
    /// <exception cref="ValidationException">It is no array, or one of another type.</exception>
    public NumpyArray(Stream stream, string location, string name)
    {
        (_stream, _location, _name) = (stream, location, name);
        (_isBigEndian, _kind, string size, Shape, bool isFortran) = NumpyHeader.Read(stream, Error);
        bool isKnown = _kind switch
        {
            'b' or 'i' or 'u' => size is "1" or "2" or "4" or "8",
            'f' => size is "2" or "4" or "8",
            'U' or 'S' => size.Length is > 0 and < 7,
            _ => false,
        };
        if (!isKnown)
        {
            throw Error($"has elements of the type {_kind}{size}; save integers, float32, float64 or " +
                "text, for example x.astype(float)");
        }

        _itemSize = int.Parse(size, CultureInfo.InvariantCulture) * (_kind == 'U' ? 4 : 1);
        long rowBytes = Shape.Skip(1).Aggregate((long)_itemSize, (bytes, length) => checked(bytes * length));
        long bytes = rowBytes * (Shape.Count == 0 ? 1 : Shape[0]);
        isFortran &= Shape.Count > 1;
        if (rowBytes > Array.MaxLength || (isFortran && bytes > Array.MaxLength))
            throw Error("is too large in this order; save it with numpy.ascontiguousarray");
        _row = new byte[rowBytes];
        if (isFortran)
            NumpyHeader.ReadExactly(_stream, _fortran = new byte[bytes], Error);
    }

    /// <summary>The length of each axis.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Whether the elements are text.</summary>
    public bool IsText => _kind is 'U' or 'S';

    /// <summary>Elements of an item of the first axis.</summary>
    public int RowLength => _row.Length / Math.Max(1, _itemSize);

    /// <summary>The shape as in Python.</summary>
    public string FormatShape() => $"[{string.Join(", ", Shape)}]";

    /// <summary>Advances to the next item of the first axis.</summary>
    /// <exception cref="ValidationException">The array ends too soon.</exception>
    public void ReadRow()
    {
        if (_fortran is null)
        {
            NumpyHeader.ReadExactly(_stream, _row, Error);
        }
        else
        {
            for (int element = 0; element < RowLength; element++)
            {
                long source = _next + ((long)Shape[0] * ToFortranIndex(element));
                _fortran.AsSpan((int)(source * _itemSize), _itemSize).CopyTo(_row.AsSpan(element * _itemSize));
            }
        }

        _next++;
    }

    /// <summary>An element of the item: a number.</summary>
    public double GetNumber(int element)
    {
        Span<byte> bytes = stackalloc byte[8];
        ReadOnlySpan<byte> source = _row.AsSpan(element * _itemSize, _itemSize);
        source.CopyTo(bytes);
        if (_isBigEndian)
            bytes[.._itemSize].Reverse();
        ulong bits = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        int unused = 64 - (8 * _itemSize);
        return _kind switch
        {
            'f' when _itemSize == 8 => BitConverter.UInt64BitsToDouble(bits),
            'f' when _itemSize == 4 => BitConverter.UInt32BitsToSingle((uint)bits),
            'f' => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
            'i' => (long)(bits << unused) >> unused,
            _ => bits,
        };
    }

    /// <summary>An element of the item as text, for a class.</summary>
    public string GetText(int element)
    {
        if (!IsText)
            return GetNumber(element).ToString("R", CultureInfo.InvariantCulture);
        Encoding encoding = _kind == 'S' ? Encoding.UTF8 : new UTF32Encoding(_isBigEndian, byteOrderMark: false);
        return encoding.GetString(_row, element * _itemSize, _itemSize).TrimEnd('\0');
    }

    /// <summary>An error of this array.</summary>
    public ValidationException Error(string problem) => new(_location, _name, problem);

    /// <summary>The index among the later axes in Fortran order, where the first of them is the fastest.</summary>
    private long ToFortranIndex(int element)
    {
        long index = 0;
        for (int axis = Shape.Count - 1; axis > 0; axis--)
        {
            int stride = 1;
            for (int earlier = 1; earlier < axis; earlier++)
                stride *= Shape[earlier];
            index += (long)(element % Shape[axis]) * stride;
            element /= Shape[axis];
        }

        return index;
    }
}
