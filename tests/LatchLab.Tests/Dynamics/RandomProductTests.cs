using LatchLab.Dynamics;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Products of matrices with entries N(0, g²/N): the exponents are known for every N (Newman 1986).</summary>
public sealed class RandomProductTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1.0)]
    [InlineData(6, 3.0)]
    public void The_exponents_equal_the_formula_of_Newman(int n, double gain)
    {
        // Commun. Math. Phys. 103, 121: λ_i = ln g + ½(ln(2/N) + ψ((N − i + 1)/2)), because R_ii² of a step is g²/N
        // times a χ² variable with N − i + 1 degrees of freedom, independent of all others. ½·ln χ² has the variance
        // ¼·ψ′(k/2) ≤ π²/8. The tolerance is four standard errors.
        const int steps = 10_000;
        var options = new LyapunovOptions { Exponents = LyapunovOptions.All, Steps = steps, Transient = 0 };
        LyapunovSpectrum spectrum =
            LyapunovExponents.Compute(GaussianMatrices.Sequence(n, gain, seed: 1), options);
        for (int i = 1; i <= n; i++)
        {
            double expected = Math.Log(gain) + (0.5 * (Math.Log(2.0 / n) + Digamma((n - i + 1) / 2.0)));
            Assert.Equal(expected, spectrum.Exponents[i - 1].Value, 4.0 * Math.PI / Math.Sqrt(8.0 * steps));
        }
    }

    [Fact]
    public void Intervals_have_their_nominal_coverage()
    {
        // Steps are independent, and means of 20 steps are nearly normal, so 95 % of the intervals contain λ_1. Four
        // standard errors of a proportion in 600 are 0.036.
        const int runs = 600;
        double expected = 0.5 * (Math.Log(2.0 / 2) + Digamma(1.0));
        var options = new LyapunovOptions { Steps = 20 * LyapunovExponents.Batches, Transient = 0 };
        int covered = Enumerable.Range(0, runs).Count(run =>
        {
            LyapunovExponent exponent = LyapunovExponents.Compute(
                GaussianMatrices.Sequence(2, 1.0, seed: 100 + (ulong)run), options).Exponents[0];
            return exponent.Lower < expected && expected < exponent.Upper;
        });
        Assert.Equal(0.95, (double)covered / runs, 0.036);
    }

    /// <summary>
    /// ψ(x): by the recursion ψ(x) = ψ(x + 1) − 1/x up to 20, and from there by four terms of its asymptotic series.
    /// </summary>
    private static double Digamma(double x)
    {
        double sum = 0.0;
        for (; x < 20.0; x++)
            sum -= 1.0 / x;
        double z = 1.0 / (x * x);
        return sum + Math.Log(x) - (0.5 / x) - (z * ((1.0 / 12.0) - (z * ((1.0 / 120.0) - (z / 252.0)))));
    }
}
