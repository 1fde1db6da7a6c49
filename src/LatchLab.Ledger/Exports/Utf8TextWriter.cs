using System.Globalization;
using System.Text;

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

    /// <summary>Writes a whole number.</summary>
    public void Write(long number) => WriteFormatted(number);

    /// <summary>Writes a finite number.</summary>
    public void Write(double number) => WriteFormatted(number);

    /// <summary>Writes the buffer to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _count);
        _count = 0;
    }

    private void WriteFormatted<TNumber>(TNumber number)
        where TNumber : IUtf8SpanFormattable
    {
        if (_buffer.Length - _count < MaximumNumberLength)
            Flush();
        if (!number.TryFormat(_buffer.AsSpan(_count), out int written, default, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("The formatted number exceeds the maximum length.");
        _count += written;
    }
}
