using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>The Box–Muller transformation of two random words against the high-precision reference.</summary>
public class BoxMullerTests
{
    private static readonly uint[] Edges =
        [0, 1, 2, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xB504F333, 0xFFFFFFFF];

    // The polynomials are off by up to 4.3e-12 (of −4·artanh(s)/s, relative), 2.2e-10 (of cos πv) and 5.4e-11 (of
    // sin(πv)/v, where |v| < ½). So the radius is off by less than 2e-12, and since it is at most 6.77, the numbers by
    // less than 2e-12 + 6.77·2.2e-10 < 1.5e-9 and 2e-12 + 6.77·2.7e-11 < 2e-10. Rounding is far below.
    [Fact]
    public void Two_words_give_the_two_numbers_of_the_formula_within_the_errors_of_its_polynomials()
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
            Assert.InRange((radius * signed).DistanceTo(first), 0.0, 1.5e-9);
            Assert.InRange((radius * sin).DistanceTo(second), 0.0, 2e-10);
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
