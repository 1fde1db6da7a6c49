using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>Tails and quantiles of the normal, Student's and the beta distribution against closed forms.</summary>
public sealed class DistributionTests
{
    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(0.9999997133484281, 5.0)] // 1 − 2.866515718791939e-7
    public void Normal_quantiles_equal_the_published_ones(double probability, double quantile)
    {
        // Near 1 the probability itself is rounded to 2⁻⁵³, and the density at 5 is 1.5e-6: 1e-10.
        Assert.Equal(quantile, NormalDistribution.Quantile(probability), 1e-10);
        Assert.Equal(-quantile, NormalDistribution.Quantile(1.0 - probability), 1e-9);
    }

    [Fact]
    public void Normal_quantiles_invert_the_tail()
        => Gen.Double[-37.0, 0.0].Sample(
            z => Assert.Equal(z, NormalDistribution.Quantile(NormalDistribution.UpperTail(-z)), 1e-13 * (1.0 - z)));

    [Theory]
    [InlineData(0.995)]
    [InlineData(0.6)]
    [InlineData(0.0001)]
    [InlineData(1e-9)]
    public void Quantiles_with_one_two_and_four_degrees_of_freedom_equal_closed_forms(double probability)
    {
        double a = (2.0 * probability) - 1.0, alpha = 4.0 * probability * (1.0 - probability);
        double q = Math.Cos(Math.Acos(Math.Sqrt(alpha)) / 3.0) / Math.Sqrt(alpha);
        AssertRelative(-1.0 / Math.Tan(Math.PI * probability), StudentDistribution.Quantile(probability, 1.0));
        AssertRelative(a * Math.Sqrt(2.0 / alpha), StudentDistribution.Quantile(probability, 2.0));
        AssertRelative(Math.Sign(a) * 2.0 * Math.Sqrt(q - 1.0), StudentDistribution.Quantile(probability, 4.0));

        static void AssertRelative(double expected, double actual)
            => Assert.Equal(expected, actual, 1e-10 * Math.Abs(expected));
    }

    [Fact]
    public void Tails_of_whole_degrees_of_freedom_equal_the_finite_sums()
        => Gen.Select(Gen.Double[0.0, 8.0], Gen.Int[1, 60]).Sample(
            (t, degrees) => Assert.Equal(FiniteSum(t, degrees), StudentDistribution.UpperTail(t, degrees), 1e-13));

    [Theory]
    [InlineData(10.0)]
    [InlineData(1e4)]
    [InlineData(1e8)]
    public void Far_tails_have_full_relative_accuracy(double t)
    {
        double root = Math.Sqrt(2.0 + (t * t));
        double first = Math.Atan(1.0 / t) / Math.PI, second = 1.0 / (root * (root + t));
        Assert.Equal(first, StudentDistribution.UpperTail(t, 1.0), 1e-13 * first);
        Assert.Equal(second, StudentDistribution.UpperTail(t, 2.0), 1e-13 * second);
    }

    [Fact]
    public void Student_quantiles_invert_the_tail()
        => Gen.Select(Gen.Double[-12.0, -0.31], Gen.Double[0.0, 5.0]).Sample(
            (exponent, logDegrees) =>
            {
                double tail = Math.Pow(10.0, exponent), degrees = Math.Pow(10.0, logDegrees);
                double t = -StudentDistribution.Quantile(tail, degrees);

                // The tail changes relatively by at most min(degrees, t²) times the relative change of t. Its logarithm
                // is a sum of terms of up to n·ln n/2 for n degrees, each of which is rounded.
                double inverted = StudentDistribution.UpperTail(t, degrees);
                double rounding = 4.0 * Math.ScaleB(1.0, -53) * degrees * Math.Log(1.0 + degrees);
                Assert.Equal(tail, inverted, tail * ((1e-12 * (1.0 + Math.Min(degrees, t * t))) + rounding));
            });

    [Fact]
    public void With_many_degrees_of_freedom_the_quantile_follows_the_expansion_around_the_normal_one()
    {
        const double z = 2.5758293035489004, z2 = z * z, n = 1e5;
        const double first = z * (z2 + 1.0) / 4.0, second = z * ((((5.0 * z2) + 16.0) * z2) + 3.0) / 96.0;

        // The next term is about z⁷/128/n³ = 6e-15.
        Assert.Equal(z + (first / n) + (second / n / n), StudentDistribution.Quantile(0.995, n), 1e-12);
    }

    [Fact]
    public void The_approximate_95_percent_quantile_is_within_its_stated_error()
        => Assert.All(Enumerable.Range(1, 200), degrees =>
        {
            double exact = StudentDistribution.Quantile(0.975, degrees);
            Assert.InRange(StudentDistribution.TwoSided95Quantile(degrees), exact * 0.999, exact * 1.0000001);
        });

    [Fact]
    public void The_beta_distribution_equals_binomial_tails()
        => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Double[0.001, 0.999]).Sample(
            (a, b, p) =>
            {
                // I_p(a, b) = P(Bin(a + b − 1, p) ≥ a), a sum of positive terms.
                double tail = Enumerable.Range(a, b).Sum(k => BinomialProbability.Of(k, a + b - 1, p));
                Assert.Equal(tail, BetaDistribution.LowerTail(a, b, p, 1.0 - p), 1e-11 * tail);
            });

    [Fact]
    public void Beta_quantiles_invert_the_distribution()
        => Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], Gen.Double[-9.0, -0.1]).Sample(
            (a, b, exponent) =>
            {
                double probability = Math.Pow(10.0, exponent), x = BetaDistribution.Quantile(a, b, probability);
                Assert.Equal(probability, BetaDistribution.LowerTail(a, b, x, 1.0 - x), 1e-10 * probability);
            });

    [Fact]
    public void Invalid_arguments_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.Quantile(0.5, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.UpperTail(1.0, 0.0));
    }

    /// <summary>Abramowitz and Stegun 1964, 26.7.3 and 26.7.4.</summary>
    private static double FiniteSum(double t, int degrees)
    {
        double angle = Math.Atan(t / Math.Sqrt(degrees)), sine = Math.Sin(angle), cosine = Math.Cos(angle);
        bool isOdd = degrees % 2 == 1;
        double term = isOdd ? cosine : 1.0, sum = 0.0;
        for (int k = isOdd ? 3 : 2; k <= degrees; k += 2)
        {
            sum += term;
            term *= cosine * cosine * (k - 1) / k;
        }

        double inside = isOdd ? 2.0 / Math.PI * (angle + (sine * sum)) : sine * sum;
        return 0.5 * (1.0 - inside);
    }
}
