using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>A field of a message in the wire format of Protocol Buffers.</summary>
/// <param name="Number">Its number in the .proto file.</param>
/// <param name="IsMessage">Whether it is a message, a text, bytes or several numbers, and not one number.</param>
/// <param name="Value">The number, or the bits of a floating-point number.</param>
/// <param name="Content">The message, text or numbers.</param>
internal readonly record struct ProtobufField(int Number, bool IsMessage, long Value, ReadOnlyMemory<byte> Content);

/// <summary>Reads the fields of a message, one after another.</summary>
internal static class ProtobufFields
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;

    /// <summary>More than any model has, and little memory.</summary>
    private const int MaximumFields = 4_000_000;

    /// <summary>The fields, in the order of the file.</summary>
    public static List<ProtobufField> Read(ReadOnlyMemory<byte> message, ModelFindings findings)
    {
        var fields = new List<ProtobufField>();
        while (message.Length > 0)
        {
            if (fields.Count == MaximumFields)
                throw findings.Failure($"has more than the limit of {MaximumFields} parts in one message");
            ulong tag = ReadVarint(ref message, findings);
            int number = (int)(tag >> 3) & 0x1FFFFFFF;
            fields.Add((int)(tag & 7) switch
            {
                Varint => new(number, false, (long)ReadVarint(ref message, findings), default),
                Fixed64 => new(number, false, BitConverter.ToInt64(Take(ref message, 8, findings).Span), default),
                Fixed32 => new(number, false, BitConverter.ToInt32(Take(ref message, 4, findings).Span), default),
                LengthDelimited => new(number, true, 0, Take(ref message, ReadVarint(ref message, findings), findings)),
                _ => throw findings.Damage("it has a field of an unknown kind"),
            });
        }

        return fields;
    }

    /// <summary>Reads whole numbers that are packed in one field.</summary>
    public static List<long> ReadPacked(ReadOnlyMemory<byte> content, ModelFindings findings)
    {
        var values = new List<long>();
        while (content.Length > 0)
            values.Add((long)ReadVarint(ref content, findings));
        return values;
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> message, ulong length, ModelFindings findings)
    {
        if (length > (ulong)message.Length)
            throw findings.Damage("it has a field that is longer than the file");
        ReadOnlyMemory<byte> content = message[..(int)length];
        message = message[(int)length..];
        return content;
    }

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> message, ModelFindings findings)
    {
        ulong value = 0;
        ReadOnlySpan<byte> bytes = message.Span;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                message = message[(i + 1)..];
                return value;
            }
        }

        throw findings.Damage("it has a number without an end");
    }
}
