using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>A stream returns the numbers of the counter-based generator in counter order.</summary>
public sealed class UniformStreamTests
{
    [Fact]
    public void The_stream_returns_both_numbers_of_every_block_in_order()
    {
        var draws = new UniformStream(1994, Purpose.Search, item: 3, randomWord: 0xFFFF_FFFF, trial: 7);
        for (ulong block = 0; block < 50; block++)
        {
            RandomNumbers.GenerateUniforms(
                1994,
                Scalar.FromBits(block),
                Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.Search, 3)),
                Scalar.FromBits(0xFFFF_FFFFUL),
                Scalar.FromBits(7UL),
                out Scalar first,
                out Scalar second);
            Assert.Equal(first.Value, draws.Next());
            Assert.Equal(second.Value, draws.Next());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(40)]
    public void Filling_a_span_equals_drawing_one_number_at_a_time(int count)
    {
        var random = new TrialRandom(1994, RandomWord: 0xFFFF_FFFF, Trial: 7);
        UniformStream draws = random.CreateUniformStream(Purpose.TestSequences, item: 5);
        double[] numbers = [.. Enumerable.Range(0, 2 * (count + 3)).Select(_ => draws.Next())];
        (double, double)[] expected = [.. numbers.Chunk(2).Skip(3).Select(pair => (pair[0], pair[1]))];

        (double[] first, double[] second) = (new double[count], new double[count]);
        random.FillUniforms(Purpose.TestSequences, item: 5, firstPair: 3, first, second);
        Assert.Equal(expected, first.Zip(second));
        Assert.Equal(expected, OnLanes<Scalar>(count));
        Assert.Equal(expected, OnLanes<Wide128>(count));
        Assert.Equal(expected, OnLanes<Wide256>(count));
        Assert.Equal(expected, OnLanes<Wide512>(count));

        static IEnumerable<(double First, double Second)> OnLanes<TLane>(int count)
            where TLane : unmanaged, IBitLane<TLane>
        {
            (double[] first, double[] second) = (new double[count], new double[count]);
            RandomNumbers.FillUniforms<TLane>(
                1994, RandomNumbers.PurposeWord(Purpose.TestSequences, 5), 0xFFFF_FFFF, 7, 3, first, second);
            return first.Zip(second);
        }
    }

    [Fact]
    public void Numbers_in_a_range_stay_within_it()
    {
        var draws = new UniformStream(1, Purpose.Search, item: 0, randomWord: 0, trial: 0);
        double[] narrow = [.. Enumerable.Range(0, 1000).Select(_ => draws.Next(1.0, Math.BitIncrement(1.0)))];
        Assert.All(narrow, number => Assert.InRange(number, 1.0, Math.BitIncrement(1.0)));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(draws.Next(-3.0, -1.0), -3.0, -1.0));
        Assert.Equal(2.5, draws.Next(2.5, 2.5));
    }
}
