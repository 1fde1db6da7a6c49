using System.Security.Cryptography;
using System.Text;
using LatchLab.Foundation;

namespace LatchLab.Training;

/// <summary>
/// The bytes of a checkpoint: the name and the version of the format, the content, and the SHA-256 of both, so that
/// what is incomplete or was changed is never read.
/// </summary>
internal static class CheckpointBytes
{
    private const string Format = "LatchLab checkpoint ", Version = "2\n";

    /// <summary>Writes a content.</summary>
    public static byte[] Write(Action<BinaryWriter> writeContent)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Encoding.ASCII.GetBytes(Format + Version));
        writeContent(writer);
        writer.Flush();
        return [.. stream.ToArray(), .. SHA256.HashData(stream.ToArray())];
    }

    /// <summary>Whether bytes begin as those of a checkpoint of any version.</summary>
    public static bool HasFormat(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Encoding.ASCII.GetBytes(Format));

    /// <summary>Reads a content.</summary>
    /// <exception cref="ValidationException">The bytes are not those of a checkpoint.</exception>
    public static TContent Read<TContent>(ReadOnlySpan<byte> bytes, Func<BinaryReader, TContent> readContent)
    {
        ReadOnlySpan<byte> beginning = Encoding.ASCII.GetBytes(Format + Version);
        if (!HasFormat(bytes))
            throw new ValidationException("", "", "is not a checkpoint of LatchLab");
        if (!bytes.StartsWith(beginning))
            throw new ValidationException("", "", "is a checkpoint of another version of LatchLab");
        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < beginning.Length || !SHA256.HashData(bytes[..end]).AsSpan().SequenceEqual(bytes[end..]))
            throw new ValidationException("", "", "is incomplete or was changed: give another checkpoint");
        using var reader = new BinaryReader(new MemoryStream(bytes[beginning.Length..end].ToArray()), Encoding.UTF8);
        return readContent(reader);
    }

    /// <summary>Writes words with their number.</summary>
    public static void WriteWords(BinaryWriter writer, IReadOnlyList<ulong> words)
    {
        writer.Write(words.Count);
        foreach (ulong word in words)
            writer.Write(word);
    }

    /// <summary>Reads words with their number.</summary>
    public static ulong[] ReadWords(BinaryReader reader)
    {
        var words = new ulong[reader.ReadInt32()];
        for (int i = 0; i < words.Length; i++)
            words[i] = reader.ReadUInt64();
        return words;
    }
}
