using System.Globalization;
using System.Text;

namespace LatchLab.Ledger;

/// <summary>
/// Text on its way into a stream, as UTF-8. Numbers are written so that they read back to the same bits.
/// </summary>
/// <param name="stream">The stream.</param>
internal sealed class Utf8Output(Stream stream)
{
    private const int Longest = 32; // of a number

    private readonly byte[] buffer = new byte[1 << 16];
    private int used;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - used)
        {
            Flush();
            if (bytes.Length > buffer.Length)
            {
                stream.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    /// <summary>Writes a text.</summary>
    public void Write(string text)
    {
        if (buffer.Length - used < Encoding.UTF8.GetMaxByteCount(text.Length))
            Write(Encoding.UTF8.GetBytes(text));
        else
            used += Encoding.UTF8.GetBytes(text, buffer.AsSpan(used));
    }

    /// <summary>Writes a whole number.</summary>
    public void Write(long number) => Format(number);

    /// <summary>Writes a finite number.</summary>
    public void Write(double number) => Format(number);

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        stream.Write(buffer, 0, used);
        used = 0;
    }

    private void Format<TNumber>(TNumber number)
        where TNumber : IUtf8SpanFormattable
    {
        if (buffer.Length - used < Longest)
            Flush();
        if (!number.TryFormat(buffer.AsSpan(used), out int count, default, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("The number is longer than any number is.");
        used += count;
    }
}
