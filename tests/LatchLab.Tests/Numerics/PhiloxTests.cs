using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>The known-answer tests of Random123 for philox4x32-10 (its file tests/kat_vectors).</summary>
public class PhiloxTests
{
    [Theory]
    [InlineData("00000000 00000000 00000000 00000000 00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void The_published_counters_and_keys_give_the_published_words(string counterAndKey, string words)
    {
        ulong[] given = Words(counterAndKey);
        Assert.Equal(Words(words), Block(given[4] | (given[5] << 32), given));
    }

    [Fact]
    public void Bits_above_the_lower_32_of_a_counter_word_are_ignored()
        => Assert.Equal(
            Block(42, [1, 2, 3, 4]),
            Block(42, [1 | (7UL << 32), 2 | (0xFFFFFFFFUL << 32), 3 | (0x7FF00000UL << 32), 4 | (1UL << 63)]));

    private static ulong[] Words(string hexadecimal)
        => [.. hexadecimal.Split(' ').Select(word => Convert.ToUInt64(word, 16))];

    private static ulong[] Block(ulong key, ulong[] counter)
    {
        Scalar c0 = Scalar.FromBits(counter[0]), c1 = Scalar.FromBits(counter[1]);
        Scalar c2 = Scalar.FromBits(counter[2]), c3 = Scalar.FromBits(counter[3]);
        Philox.GenerateBlock(key, ref c0, ref c1, ref c2, ref c3);
        return [.. new[] { c0, c1, c2, c3 }.Select(
            word => BitConverter.DoubleToUInt64Bits(Philox.LowWord(word).Value))];
    }
}
