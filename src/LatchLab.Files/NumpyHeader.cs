using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LatchLab.Files;

/// <summary>
/// What stands before the elements of an array of NumPy: format .npy, versions 1 to 3 (numpy.lib.format).
/// </summary>
/// <param name="IsBigEndian">Whether the first byte of an element is the most significant.</param>
/// <param name="Kind">The letter of the type of the elements, for example f.</param>
/// <param name="Size">The digits of the type: bytes of an element, or characters of a text; may be empty.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="IsFortran">Whether the first axis is the fastest.</param>
public sealed partial record NumpyHeader(
    bool IsBigEndian, char Kind, string Size, IReadOnlyList<int> Shape, bool IsFortran)
{
    private const int MaximumLength = 1 << 20;

    /// <summary>Reads a header, and nothing after it.</summary>
    /// <param name="stream">The array from its start.</param>
    /// <param name="error">Turns a problem into the exception that is thrown.</param>
    public static NumpyHeader Read(Stream stream, Func<string, Exception> error)
    {
        string text = ReadText(stream, error);
        Match type = TypePattern().Match(text), shape = ShapePattern().Match(text);
        return !type.Success || !shape.Success
            ? throw error("has elements of several fields or an unreadable header; save plain numbers")
            : new(
                type.Groups[1].Value == ">", type.Groups[2].Value[0], type.Groups[3].Value,
                [
                    .. shape.Groups[1].Value
                        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Select(length => ParseLength(length, error)),
                ],
                text.Contains("'fortran_order': True", StringComparison.Ordinal));
    }

    /// <summary>Reads bytes of an array, all or none.</summary>
    /// <param name="stream">The array.</param>
    /// <param name="bytes">Receives the bytes.</param>
    /// <param name="error">Turns a problem into the exception that is thrown.</param>
    public static void ReadExactly(Stream stream, Span<byte> bytes, Func<string, Exception> error)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException)
        {
            throw error("ends too soon; it may be incomplete");
        }
        catch (InvalidDataException)
        {
            throw error("is damaged");
        }
    }

    private static string ReadText(Stream stream, Func<string, Exception> error)
    {
        byte[] start = new byte[8];
        ReadExactly(stream, start, error);
        if (start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw error("is no array of NumPy; write it with numpy.save");
        if (start[6] is < 1 or > 3)
            throw error($"has the unknown version {start[6]} of the format; versions 1 to 3 are read");
        byte[] length = new byte[sizeof(uint)];
        ReadExactly(stream, length.AsSpan(0, start[6] == 1 ? sizeof(ushort) : sizeof(uint)), error);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (count > MaximumLength)
            throw error($"has a header of {count} bytes; at most {MaximumLength} are read");
        byte[] header = new byte[count];
        ReadExactly(stream, header, error);
        return Encoding.UTF8.GetString(header);
    }

    private static int ParseLength(string text, Func<string, Exception> error)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length
            : throw error($"has an axis of the length {text}; at most {int.MaxValue} is allowed");

    [GeneratedRegex(@"'descr':\s*'([<>|=]?)([A-Za-z])([0-9]*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape':\s*\(([0-9, ]*)\)")]
    private static partial Regex ShapePattern();
}
