using System.Text;

namespace LatchLab.Tests.Robustness;

/// <summary>
/// Damages a file as a disk, a transfer or an editor may: bits flip, bytes are lost, inserted, repeated or overwritten,
/// the end is missing, two words change places, or a number becomes another one. The same random numbers give the same
/// files.
/// </summary>
internal static class FileMutator
{
    private const int MaximumMutations = 4, MaximumRange = 12;

    /// <summary>Bytes that are significant in TOML, JSON or CSV.</summary>
    private static readonly byte[] SignificantBytes
        = Encoding.ASCII.GetBytes("{}[]=,:;.\"'\\/-+eE_#0123456789 \n\r\ttruefalsenullinfNaN");

    /// <summary>Numbers at and beyond the limits of what is allowed.</summary>
    private static readonly byte[][] Numbers =
    [
        .. new[]
        {
            "0", "-1", "1e999", "-1e308", "5e-324", "NaN", "inf", "2147483648", "-9223372036854775808",
            "9223372036854775807", "1e9", "0.1", "99999999999999999999",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>The file with one to four mutations.</summary>
    public static byte[] Mutate(byte[] file, Random random)
    {
        for (int remaining = random.Next(1, MaximumMutations + 1); remaining > 0; remaining--)
            file = MutateOnce(file, random);
        return file;
    }

    private static byte[] MutateOnce(byte[] file, Random random)
    {
        int start = random.Next(file.Length + 1);
        int end = Math.Min(file.Length, start + random.Next(1, MaximumRange + 1));
        byte[] inserted = CreateBytes(random);
        return random.Next(8) switch
        {
            0 => FlipBit(file, start, random.Next(8)),
            1 => [.. file[..start], .. file[end..]],
            2 => [.. file[..start], .. inserted, .. file[start..]],
            3 => [.. file[..start], .. inserted, .. file[Math.Min(file.Length, start + inserted.Length)..]],
            4 => [.. file[..start], .. file[start..end], .. file[start..]],
            5 => random.Next(4) == 0 ? file[..start] : [.. file[..start], .. file[FindLineEnd(file, end)..]],
            6 => SwapTokens(file, random),
            _ => ReplaceNumber(file, random),
        };
    }

    private static byte[] CreateBytes(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 5)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = random.Next(2) == 0 ? (byte)random.Next(256) : random.GetItems(SignificantBytes, 1)[0];
        return bytes;
    }

    private static byte[] FlipBit(byte[] file, int place, int bit)
    {
        byte[] flipped = [.. file];
        if (place < flipped.Length)
            flipped[place] ^= (byte)(1 << bit);
        return flipped;
    }

    private static int FindLineEnd(byte[] file, int from) => Math.Max(from, Array.IndexOf(file, (byte)'\n', from));

    private static byte[] SwapTokens(byte[] file, Random random)
    {
        List<Range> tokens = FindTokens(file, IsWordByte);
        if (tokens.Count < 2)
            return file;
        int first = random.Next(tokens.Count - 1), second = random.Next(first + 1, tokens.Count);
        (Range a, Range b) = (tokens[first], tokens[second]);
        return [.. file[..a.Start], .. file[b], .. file[a.End..b.Start], .. file[a], .. file[b.End..]];
    }

    private static byte[] ReplaceNumber(byte[] file, Random random)
    {
        List<Range> numbers = FindTokens(file, static value => char.IsAsciiDigit((char)value) || value is (byte)'.');
        if (numbers.Count == 0)
            return file;
        Range number = numbers[random.Next(numbers.Count)];
        return [.. file[..number.Start], .. Numbers[random.Next(Numbers.Length)], .. file[number.End..]];
    }

    private static bool IsWordByte(byte value)
        => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'-' or (byte)'_';

    /// <summary>The longest ranges of bytes of a kind.</summary>
    private static List<Range> FindTokens(byte[] file, Func<byte, bool> isPart)
    {
        var tokens = new List<Range>();
        for (int i = 0; i < file.Length; i++)
        {
            int start = i;
            while (i < file.Length && isPart(file[i]))
                i++;
            if (i > start)
                tokens.Add(start..i);
        }

        return tokens;
    }
}
