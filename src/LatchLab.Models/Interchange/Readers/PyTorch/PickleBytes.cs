using System.Globalization;
using System.Text;
using LatchLab.Foundation;
using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.PyTorch;

/// <summary>Takes bytes, numbers and lines from pickles that follow one another.</summary>
/// <param name="content">The bytes.</param>
/// <param name="findings">Receives errors.</param>
internal sealed class PickleBytes(ReadOnlyMemory<byte> content, ModelFindings findings)
{
    /// <summary>Where to read on.</summary>
    public int Position { get; private set; }

    /// <summary>Takes a byte.</summary>
    public byte TakeByte() => Take(1)[0];

    /// <summary>Takes a little-endian number, unsigned up to four bytes.</summary>
    public long TakeInteger(int size) => ToInteger(Take(size), isSigned: size > 4);

    /// <summary>Takes bytes.</summary>
    public ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > content.Length - Position)
            throw Damage("more bytes than there are");
        ReadOnlySpan<byte> bytes = content.Span.Slice(Position, (int)length);
        Position += (int)length;
        return bytes;
    }

    /// <summary>Takes a line, without its end.</summary>
    public string TakeLine()
    {
        int length = content.Span[Position..].IndexOf((byte)'\n');
        string line = Encoding.UTF8.GetString(Take(length < 0 ? int.MaxValue : length + 1));
        return line.TrimEnd('\n', '\r');
    }

    /// <summary>Takes a line with a whole number.</summary>
    public long ParseLine()
        => long.TryParse(
            TakeLine().TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value : throw Damage("a number that cannot be read");

    /// <summary>Takes a line with a number.</summary>
    public double ParseNumber()
        => double.TryParse(TakeLine(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value : throw Damage("a number that cannot be read");

    /// <summary>A little-endian number; of one with more than eight bytes, the lowest 64 bits.</summary>
    public static long ToInteger(ReadOnlySpan<byte> bytes, bool isSigned = true)
    {
        long value = isSigned && bytes.Length > 0 && (sbyte)bytes[^1] < 0 ? -1 : 0;
        for (int i = Math.Min(bytes.Length, sizeof(long)) - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }

    /// <summary>The exception for a pickle that is damaged at this place.</summary>
    public ValidationException Damage(string what) => findings.Damage($"its pickle has {what} at byte {Position}");
}
