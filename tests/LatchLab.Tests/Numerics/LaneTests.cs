using CsCheck;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

public class Wide128Tests : LaneTests<Wide128>;

public class Wide256Tests : LaneTests<Wide256>;

public class Wide512Tests : LaneTests<Wide512>;

public class QuadTests : LaneTests<Unrolled4<Wide256>>;

/// <summary>
/// Every lane of a wide type gives the bits of <see cref="Scalar"/>, independently of the values in the other lanes.
/// </summary>
public abstract class LaneTests<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    private static readonly double[] Special =
    [
        0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 3.0, -3.0, 300.0, 709.8, -745.2, 1e300, -1e-300,
        double.Epsilon, -double.Epsilon, 2.2250738585072014E-308, double.MaxValue, double.MinValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN, -double.NaN,
        BitConverter.UInt64BitsToDouble(ulong.MaxValue), BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0001),
        BitConverter.UInt64BitsToDouble(0xFFFF_FFFF), BitConverter.UInt64BitsToDouble(0x8000_0000_8000_0000),
    ];

    private static readonly Gen<double[]> Triples = Gen.Frequency(
        (2, Gen.ULong.Select(BitConverter.UInt64BitsToDouble)),
        (2, Gen.Double[-4.0, 4.0]),
        (1, Gen.Double[-800.0, 800.0]),
        (2, Gen.Int[0, Special.Length - 1].Select(i => Special[i]))).Array[3 * TLane.Count];

    [Fact]
    public void Every_operation_gives_the_bits_of_the_scalar_lane()
        => Triples.Sample(
            abc =>
            {
                foreach (string operation in Lanes.Arithmetic.Concat(Lanes.Bitwise))
                    AssertEqualsScalar(operation, abc);
            },
            iter: 1000);

    [Fact]
    public void Interleaved_lists_have_one_lane_each()
    {
        const int count = 3 * RandomNumbers.FillMultiple, stride = 3;
        double[] source = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];
        var random = new Random(9);
        int[] offsets = [.. Enumerable.Range(0, TLane.Count).Select(_ => random.Next(source.Length - count))];
        var destination = new LaneMemory<TLane>(count * stride);
        TLane.Interleave(source, offsets, count, destination.Slice(1, 1), stride);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(
                offsets.Select(offset => source[offset + i]), Lanes.Numbers(destination.Values[(i * stride) + 1]));
            Assert.All(Lanes.Numbers(destination.Values[i * stride]), number => Assert.Equal(0.0, number));
        }
    }

    [Fact]
    public void Every_pair_of_special_values_gives_the_bits_of_the_scalar_lane()
    {
        var abc = new double[3 * TLane.Count];
        for (int pair = 0; pair < Special.Length * Special.Length; pair++)
        {
            for (int lane = 0; lane < TLane.Count; lane++)
            {
                int number = pair + lane;
                abc[lane] = Special[number / Special.Length % Special.Length];
                abc[lane + TLane.Count] = Special[number % Special.Length];
                abc[lane + 2 * TLane.Count] = Special[number * 7 % Special.Length];
            }

            foreach (string operation in Lanes.Arithmetic.Concat(Lanes.Bitwise))
                AssertEqualsScalar(operation, abc);
        }
    }

    [Fact]
    public void A_lane_does_not_depend_on_its_neighbours()
    {
        foreach (string operation in Lanes.Arithmetic.Concat(Lanes.Bitwise))
        {
            var abc = new double[3 * TLane.Count];
            Array.Fill(abc, 0.75);
            double[] quiet = Result(operation, abc);
            for (int lane = 0; lane < TLane.Count; lane++)
            {
                var loud = (double[])abc.Clone();
                loud[lane] = loud[lane + TLane.Count] = loud[lane + 2 * TLane.Count] = double.NaN;
                double[] result = Result(operation, loud);
                for (int other = 0; other < TLane.Count; other++)
                    Assert.True(other == lane || Bits(result[other]) == Bits(quiet[other]), operation);
            }
        }
    }

    [Fact]
    public void Min_and_max_and_where_less_take_the_second_for_NaN_and_for_equal_values()
    {
        foreach ((double a, double b) in new[]
            { (double.NaN, 1.0), (1.0, double.NaN), (double.NaN, -double.NaN), (0.0, -0.0), (-0.0, 0.0) })
        {
            TLane first = TLane.From(a), second = TLane.From(b);
            foreach (TLane result in new[]
                { TLane.Min(first, second), TLane.Max(first, second), TLane.WhereLess(first, second, first, second) })
            {
                foreach (double x in Lanes.Numbers(result))
                    Assert.Equal(Bits(b), Bits(x));
            }
        }
    }

    [Fact]
    public void Random_numbers_equal_those_of_the_scalar_lane()
        => Gen.Select(Gen.ULong, Gen.UInt.Array[4 * TLane.Count]).Sample(
            (seed, words) =>
            {
                TLane Counter(int word) => Lanes.Load<TLane>(
                    words.AsSpan(word * TLane.Count, TLane.Count).ToArray().Select(Word).ToArray());
                static double Word(uint word) => BitConverter.UInt64BitsToDouble(word);

                var wide = new TLane[4];
                var four = new Scalar[4];
                RandomNumbers.FillGaussians(seed, Counter(0), Counter(1), Counter(2), Counter(3), wide);
                RandomNumbers.GenerateUniforms(
                    seed, Counter(0), Counter(1), Counter(2), Counter(3), out TLane wideFirst, out TLane wideSecond);
                double[] normal = Lanes.Numbers<TLane>(wide), uniform = Lanes.Numbers(wideFirst, wideSecond);
                for (int lane = 0; lane < TLane.Count; lane++)
                {
                    Scalar At(int word) => Scalar.FromBits(words[word * TLane.Count + lane]);
                    RandomNumbers.FillGaussians(seed, At(0), At(1), At(2), At(3), four);
                    RandomNumbers.GenerateUniforms(seed, At(0), At(1), At(2), At(3), out Scalar first,
                        out Scalar second);
                    for (int i = 0; i < 4; i++)
                        Assert.Equal(Bits(four[i].Value), Bits(normal[i * TLane.Count + lane]));
                    Assert.Equal(first.Value, uniform[lane]);
                    Assert.Equal(second.Value, uniform[TLane.Count + lane]);
                }
            },
            iter: 200);

    [Fact]
    public void The_checksum_equals_that_of_the_scalar_lane()
        => Assert.Equal(Lanes.Checksum<Scalar>(), Lanes.Checksum<TLane>());

    private static double[] Result(string operation, double[] abc)
    {
        int n = TLane.Count;
        return Lanes.Numbers(Lanes.Apply(
            operation,
            Lanes.Load<TLane>(abc.AsSpan(0, n)),
            Lanes.Load<TLane>(abc.AsSpan(n, n)),
            Lanes.Load<TLane>(abc.AsSpan(2 * n, n))));
    }

    private static void AssertEqualsScalar(string operation, double[] abc)
    {
        double[] result = Result(operation, abc);
        bool anyNaN = Lanes.Arithmetic.Contains(operation);
        for (int lane = 0; lane < TLane.Count; lane++)
        {
            (double a, double b, double c) = (abc[lane], abc[lane + TLane.Count], abc[lane + 2 * TLane.Count]);
            double expected = Lanes.Apply(operation, new Scalar(a), new Scalar(b), new Scalar(c)).Value;
            bool same = Bits(result[lane]) == Bits(expected)
                || (anyNaN && double.IsNaN(result[lane]) && double.IsNaN(expected));
            Assert.True(same, $"{operation} of {a:R}, {b:R}, {c:R}: {result[lane]:R}, not {expected:R}");
        }
    }

    private static ulong Bits(double x) => BitConverter.DoubleToUInt64Bits(x);
}
