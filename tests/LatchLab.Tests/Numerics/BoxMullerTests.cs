using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>The Box–Muller transformation of two random words against the high-precision reference.</summary>
public class BoxMullerTests
{
    private static readonly uint[] Edges =
        [0, 1, 2, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xB504F333, 0xFFFFFFFF];

    // Measured on every 37th word: the radius (at most 6.77) is off by up to 8.4e-16, sine and cosine by up to 3.9e-16,
    // and the product rounds by 4.4e-16. So 8.4e-16 + 6.77·3.9e-16 + 4.4e-16 < 4e-15.
    [Fact]
    public void Two_words_give_the_two_numbers_of_the_formula_within_4e_15()
    {
        var random = new Random(1994);
        uint Word() => (uint)random.NextInt64(1L << 32);
        IEnumerable<(uint, uint)> pairs = Edges.SelectMany(_ => Edges, (a, b) => (a, b)).Concat(
            Enumerable.Range(0, 4000).Select(_ => (Word(), Word())));
        foreach ((uint radiusWord, uint angleWord) in pairs)
        {
            (double first, double second) = Transform(radiusWord, angleWord);
            Real log = Reference.Log((radiusWord + 0.5) / 4294967296.0);
            Real radius = Reference.Sqrt(new Real(-2 * log.Digits, log.Exponent));
            (Real cos, Real sin) = Reference.CosSinPi(((angleWord & 0x7FFFFFFF) + 0.5) / 2147483648.0 - 0.5);
            Real signed = angleWord < 0x80000000 ? cos : new Real(-cos.Digits, cos.Exponent);
            Assert.InRange((radius * signed).DistanceTo(first), 0.0, 4e-15);
            Assert.InRange((radius * sin).DistanceTo(second), 0.0, 4e-15);
        }
    }

    [Fact]
    public void Mirrored_angles_give_mirrored_numbers_to_the_last_bit()
    {
        foreach (uint word in Edges)
        {
            (double first, double second) = Transform(12345, word);
            Assert.Equal((-first, second), Transform(12345, word ^ 0x80000000));
            Assert.Equal((first, -second), Transform(12345, word ^ 0x7FFFFFFF));
        }
    }

    [Fact]
    public void The_largest_number_is_below_6_77()
    {
        (double first, _) = Transform(0, 0x40000000);
        Assert.InRange(first, 6.76, 6.77); // √(−2 ln 2⁻³³) = 6.7637
    }

    private static (double First, double Second) Transform(uint radius, uint angle)
    {
        Scalar first = Scalar.FromBits(radius | 0xABCD_0000_0000_0000), second = Scalar.FromBits(angle | (7UL << 40));
        BoxMuller.Transform(new UncheckedSpan<Scalar>(ref first), new UncheckedSpan<Scalar>(ref second), count: 1);
        return (first.Value, second.Value);
    }
}
