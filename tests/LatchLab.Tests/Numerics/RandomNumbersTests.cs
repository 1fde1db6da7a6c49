using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// Distribution and independence of the random numbers. Each comparison allows six standard errors (probability 2e-9).
/// The numbers are the same on every run, so a test that passed once always passes.
/// </summary>
public class RandomNumbersTests
{
    private const int Blocks = 1 << 18;
    private const double Sigmas = 6.0;

    [Fact]
    public void Gaussian_numbers_have_the_first_four_moments_of_the_normal_distribution()
    {
        // Variances of x, x², x³, x⁴ for a standard normal x: 1, 2, 15, 96.
        double[] x = Stream(seed: 1), variances = [1, 2, 15, 96], moments = [0, 1, 0, 3];
        for (int power = 1; power <= 4; power++)
        {
            double mean = x.Average(value => Math.Pow(value, power));
            double tolerance = Sigmas * Math.Sqrt(variances[power - 1] / x.Length);
            Assert.InRange(mean - moments[power - 1], -tolerance, tolerance);
        }
    }

    [Fact]
    public void Gaussian_numbers_pass_the_test_of_Kolmogorov_and_Smirnov()
        => Assert.True(KolmogorovSmirnov(Stream(seed: 2), NormalDistribution) > 1e-6);

    [Fact]
    public void Uniform_numbers_pass_the_test_of_Kolmogorov_and_Smirnov_and_lie_in_the_unit_interval()
    {
        double[] u = Uniforms(seed: 3);
        Assert.True(KolmogorovSmirnov(u, value => value) > 1e-6);
        Assert.All(u, value => Assert.InRange(value, 0.0, 1.0 - Math.ScaleB(1, -52)));
        Assert.All(u, value => Assert.True(double.IsInteger(Math.ScaleB(value, 52)))); // steps of 2⁻⁵²
        Assert.Contains(u, value => double.IsOddInteger(Math.ScaleB(value, 52)));
    }

    [Fact]
    public void Streams_that_differ_in_one_key_component_are_uncorrelated()
    {
        double[][] streams =
        [
            Stream(4), Stream(5), Stream(4UL + (1UL << 32)), Stream(4, purpose: Purpose.TestNoise),
            Stream(4, item: 1), Stream(4, randomWord: 1), Stream(4, trial: 1), Stream(4, randomWord: 1, trial: 1),
        ];
        for (int i = 0; i < streams.Length; i++)
        {
            for (int j = 0; j < i; j++)
                AssertUncorrelated(streams[i], streams[j]);
        }
    }

    [Fact]
    public void Neighbouring_numbers_and_blocks_are_uncorrelated()
    {
        double[] x = Stream(seed: 6);
        for (int lag = 1; lag <= 8; lag++)
            AssertUncorrelated(x.AsSpan(lag), x.AsSpan(..^lag));
    }

    [Fact]
    public void The_four_numbers_of_a_block_and_their_squares_are_uncorrelated()
    {
        double[] x = Stream(seed: 7);
        double[][] four = [.. Enumerable.Range(0, 4).Select(i => x.Where((_, n) => n % 4 == i).ToArray())];

        // (x² − 1)/√2 has mean 0 and variance 1, like x itself.
        double[][] all = [.. four, .. four.Select(v => v.Select(y => (y * y - 1) / Math.Sqrt(2)).ToArray())];
        for (int i = 0; i < all.Length; i++)
        {
            for (int j = 0; j < i; j++)
                AssertUncorrelated(all[i], all[j]);
        }
    }

    [Fact]
    public void No_two_purposes_and_items_share_a_counter_word()
    {
        int[] items = [0, 1, 255, 256, 65535, RandomNumbers.MaximumItem];
        Purpose[] purposes = Enum.GetValues<Purpose>();
        var words = new HashSet<ulong>();
        foreach (Purpose purpose in purposes)
        {
            foreach (int item in items)
                words.Add(RandomNumbers.PurposeWord(purpose, item));
        }

        Assert.Equal(items.Length * purposes.Length, words.Count);
        Assert.All(purposes, purpose => Assert.InRange((int)purpose, 0, 255)); // the item begins at bit 8
        Assert.All(words, word => Assert.InRange(word, 0UL, 0xFFFF_FFFFUL));
    }

    [Fact]
    public void The_streams_have_their_published_numbers()
    {
        Assert.Equal("2", RandomNumbers.Version);
        Assert.Equal(20, Enum.GetValues<Purpose>().Length);
        Assert.Equal(
            [0.59402665976194258, -1.6296278940583411, 0.51605123254467045, 0.032126780726940196], Stream(1994)[..4]);
        Assert.Equal(
            [-1.0348312435637086, 1.7101877220338273, 1.0471214201909329, -0.40556090283291585],
            Stream(1, Purpose.TestNoise, 2, 3, 4)[4..8]);
        Assert.Equal(
            [0.9734639203187532, 0.858016306330285, 0.4935751458192654, 0.4960136738642822], Uniforms(1994)[..4]);
    }

    /// <summary>Gaussian numbers of blocks 0, 1, …, four per block.</summary>
    private static double[] Stream(
        ulong seed, Purpose purpose = Purpose.TrainingNoise, int item = 0, uint randomWord = 0, uint trial = 0)
    {
        var numbers = new Scalar[4 * Blocks];
        for (int block = 0; block < Blocks; block++)
        {
            RandomNumbers.FillGaussians(
                seed, Scalar.FromBits((ulong)block), Scalar.FromBits(RandomNumbers.PurposeWord(purpose, item)),
                Scalar.FromBits(randomWord), Scalar.FromBits(trial), numbers.AsSpan(4 * block, 4));
        }

        return [.. numbers.Select(number => number.Value)];
    }

    private static double[] Uniforms(ulong seed)
    {
        var numbers = new double[2 * Blocks];
        for (int block = 0; block < Blocks; block++)
        {
            RandomNumbers.GenerateUniforms(
                seed, Scalar.FromBits((ulong)block), Scalar.FromBits(RandomNumbers.PurposeWord(Purpose.TestNoise, 0)),
                Scalar.FromBits(0), Scalar.FromBits(0), out Scalar first, out Scalar second);
            (numbers[2 * block], numbers[2 * block + 1]) = (first.Value, second.Value);
        }

        return numbers;
    }

    /// <summary>
    /// The mean product of n independent numbers of mean 0 and variance 1 has the standard error 1/√n.
    /// </summary>
    private static void AssertUncorrelated(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        Assert.InRange(sum / Math.Sqrt(x.Length), -Sigmas, Sigmas);
    }

    /// <summary>The p-value 2·Σ(−1)^{j−1}·e^{−2j²λ²} with λ = √n·sup|F_n − F| (Kolmogorov's limit).</summary>
    private static double KolmogorovSmirnov(double[] sample, Func<double, double> distribution)
    {
        double[] sorted = [.. sample.Order()];
        double largest = 0.0, n = sorted.Length;
        for (int i = 0; i < sorted.Length; i++)
        {
            double f = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(f - i / n, (i + 1) / n - f));
        }

        double lambda = largest * Math.Sqrt(n);
        return 2 * Enumerable.Range(1, 100).Sum(j => (j % 2 == 1 ? 1 : -1) * Math.Exp(-2 * j * j * lambda * lambda));
    }

    /// <summary>Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …) (Marsaglia 2004).</summary>
    private static double NormalDistribution(double x)
    {
        double sum = 0.0, term = x;
        for (int n = 1; sum + term != sum; n += 2, term *= x * x / n)
            sum += term;
        return 0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}
