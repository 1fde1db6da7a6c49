using System.Buffers;
using System.Text;
using System.Text.Unicode;
using LatchLab.Foundation;

namespace LatchLab.Files;

/// <summary>
/// The UTF-8 text of a file, without a byte order mark. Maps byte offsets to lines and columns.
/// </summary>
public sealed class SourceText
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private List<int>? _lineStarts;

    /// <summary>Validates the encoding of a text.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <exception cref="ValidationException">The text is empty or not UTF-8.</exception>
    public SourceText(ReadOnlyMemory<byte> bytes, string name)
    {
        Name = name;
        ReadOnlySpan<byte> byteOrderMark = Encoding.UTF8.Preamble;
        _bytes = bytes.Span.StartsWith(byteOrderMark) ? bytes[byteOrderMark.Length..] : bytes;
        if (!Utf8.IsValid(Bytes))
            throw new ValidationException(FormatLocation(FindInvalidByte()), "",
                "is not UTF-8 text; save the file with that encoding");
        if (Bytes.Trim(" \t\r\n"u8).IsEmpty)
            throw new ValidationException(name, "", "is empty");
    }

    /// <summary>The name of the file in messages.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Returns the line of a byte, from 1.</summary>
    public int LineAt(int offset)
    {
        int index = LineStarts().BinarySearch(offset);
        return index >= 0 ? index + 1 : ~index;
    }

    /// <summary>Returns the column of a byte in its line, from 1, in characters.</summary>
    public int ColumnAt(int offset)
    {
        int start = LineStarts()[LineAt(offset) - 1];
        return 1 + Encoding.UTF8.GetCharCount(Bytes[start..offset]);
    }

    /// <summary>Returns <c>file:line</c>.</summary>
    public string FormatLocation(int offset) => $"{Name}:{LineAt(offset)}";

    /// <summary>Computed on first use: only error messages need lines.</summary>
    private List<int> LineStarts()
    {
        if (_lineStarts is not null)
            return _lineStarts;
        _lineStarts = [0];
        ReadOnlySpan<byte> bytes = Bytes;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
                _lineStarts.Add(i + 1);
        }

        return _lineStarts;
    }

    private int FindInvalidByte()
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(Bytes[offset..], out _, out int length) == OperationStatus.Done)
            offset += length;
        return offset;
    }
}
