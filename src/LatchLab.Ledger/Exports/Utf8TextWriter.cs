using System.Globalization;
using System.Text;
using LatchLab.Ledger.Sqlite;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// Writes buffered UTF-8 text to a stream. Numbers read back to the same bits.
/// </summary>
internal sealed class Utf8TextWriter(Stream stream)
{
    private const int MaximumNumberLength = 32; // in bytes

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _count;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _count)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                stream.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Writes a text.</summary>
    public void Write(string text)
    {
        if (_buffer.Length - _count < Encoding.UTF8.GetMaxByteCount(text.Length))
            Write(Encoding.UTF8.GetBytes(text));
        else
            _count += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_count));
    }

    /// <summary>Writes the values of a row: numbers as they are, texts in the form of the format.</summary>
    public void WriteValues(
        ReadOnlySpan<SqliteValue> values, ReadOnlySpan<byte> separator, ReadOnlySpan<byte> missing,
        Action<string> writeText)
    {
        for (int column = 0; column < values.Length; column++)
        {
            if (column > 0)
                Write(separator);
            if (values[column].Integer is { } integer)
                WriteNumber(integer);
            else if (values[column].Text is { } text)
                writeText(text);
            else if (double.IsNaN(values[column].Number))
                Write(missing);
            else
                WriteNumber(values[column].Number);
        }
    }

    /// <summary>Writes the buffer to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _count);
        _count = 0;
    }

    private void WriteNumber<TNumber>(TNumber number)
        where TNumber : IUtf8SpanFormattable
    {
        if (_buffer.Length - _count < MaximumNumberLength)
            Flush();
        if (!number.TryFormat(_buffer.AsSpan(_count), out int written, default, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("The formatted number exceeds the maximum length.");
        _count += written;
    }
}
