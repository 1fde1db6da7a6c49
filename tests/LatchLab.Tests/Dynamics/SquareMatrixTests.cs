using System.Numerics;
using CsCheck;
using LatchLab.Numerics;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Eigenvalues and norms against cases worked by hand, and error bounds that must be valid.</summary>
public sealed class SquareMatrixTests
{
    private const double Rounding = 2.3e-16;

    [Theory]
    [InlineData(new[] { 2.0, 0, 0, 3 }, new[] { 3.0, 0, 2, 0 })]
    [InlineData(new[] { 0.0, -1, 1, 0 }, new[] { 0.0, 1, 0, -1 })]
    [InlineData(new[] { 1.0, -1, -1, 1 }, new[] { 2.0, 0, 0, 0 })]
    [InlineData(new[] { 0.0, 2, 2, 0 }, new[] { 2.0, 0, -2, 0 })]
    [InlineData(new[] { 0.0, 0, 0, 0 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData(new[] { 0.0, 1, 0, 0, 0, 1, 6, -11, 6 }, new[] { 3.0, 0, 2, 0, 1, 0 })] // (λ − 1)(λ − 2)(λ − 3)
    [InlineData(new[] { 0.6, -0.8, 0, 0.8, 0.6, 0, 0, 0, 2 }, new[] { 2.0, 0, 0.6, 0.8, 0.6, -0.8 })]
    public void Eigenvalues_equal_those_worked_by_hand(double[] matrix, double[] expected)
    {
        Complex[] values = SquareMatrix.Eigenvalues(matrix, (int)Math.Sqrt(matrix.Length));

        // The companion matrix has eigenvectors of condition 40 and a norm of 14: 600 ulp.
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[2 * i], values[i].Real, 600 * Rounding);
            Assert.Equal(expected[(2 * i) + 1], values[i].Imaginary, 600 * Rounding);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(50)]
    [InlineData(100)]
    public void Eigenvalues_of_zero_and_low_rank_matrices_are_found(int n)
    {
        // Σ s·sᵀ/n of patterns s of ±1, as in an associative memory, has as many eigenvalues as patterns with a known
        // trace, and otherwise zeros. With derivatives as column factors, the trace is theirs. The rounding is one ulp
        // of the norm for each of n entries.
        var random = new Random(n);
        for (int trial = 0; trial < 20; trial++)
        {
            double[] pattern = [.. Enumerable.Range(0, n).Select(_ => random.Next(2) == 0 ? -1.0 : 1.0)];
            double[] derivatives = [.. pattern.Select(_ => random.NextDouble())];
            double[] matrix =
                [.. pattern.SelectMany(s => pattern.Select((other, j) => s * other * derivatives[j] / n))];
            Complex[] values = SquareMatrix.Eigenvalues(matrix, n);
            Assert.Equal(derivatives.Average(), values[0].Real, n * n * Rounding);
            Assert.All(values.Skip(1), value => Assert.InRange(SquareMatrix.Modulus(value), 0.0, n * n * Rounding));
        }

        Assert.All(SquareMatrix.Eigenvalues(new double[n * n], n), value => Assert.Equal(Complex.Zero, value));
    }

    [Fact]
    public void A_zero_eigenvalue_is_exact_despite_rounded_products()
    {
        // [[1 + e, 1 + e], [1 − e, 1 − e]] is singular with trace 2; with e = 2⁻³⁰ neither product is a double.
        double e = Math.ScaleB(1.0, -30);
        Assert.Equal(
            [new(2.0, 0.0), Complex.Zero], SquareMatrix.Eigenvalues([1.0 + e, 1.0 + e, 1.0 - e, 1.0 - e], 2));
    }

    [Fact]
    public void Norms_are_the_largest_singular_values()
    {
        // golden ratio
        Assert.Equal(0.5 * (1.0 + Math.Sqrt(5.0)), SquareMatrix.SpectralNorm([1, 1, 0, 1], 2), 4 * Rounding);
        Assert.Equal(3.0, SquareMatrix.SpectralNorm([-3.0], 1));

        // Rotations about two axes around diag(5, 1, 0.1): the norm is 5, after three products of numbers up to 5.
        double[] about = [0.6, -0.8, 0, 0.8, 0.6, 0, 0, 0, 1], other = [1, 0, 0, 0, 0.28, -0.96, 0, 0.96, 0.28];
        double[] matrix = SquareMatrix.Multiply(
            SquareMatrix.Multiply(about, [5, 0, 0, 0, 1, 0, 0, 0, 0.1], 3), other, 3);
        Assert.Equal(5.0, SquareMatrix.SpectralNorm(matrix, 3), 200 * Rounding);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void A_norm_is_correct_although_squares_overflow_or_underflow(double size)
        => Assert.Equal(
            0.5 * (1.0 + Math.Sqrt(5.0)), SquareMatrix.SpectralNorm([size, size, 0.0, size], 2) / size, 8 * Rounding);

    [Fact]
    public void Eigenvalues_move_no_further_than_their_bound()
        => Gen.Select(Gen.Int[2, 5], Gen.Int, Gen.Bool, Gen.Double[-12.0, -1.0]).Sample((
            n, seed, isDefective, decade) =>
        {
            var random = new Random(seed);
            double[] a = isDefective
                ? [.. Enumerable.Range(0, n * n).Select(i => i % (n + 1) == 0 ? 0.7 : i % (n + 1) == 1 ? 1.0 : 0.0)]
                : Samples.Numbers(random, n * n, 1.0);
            double[] change = Samples.Numbers(random, n * n, Math.Pow(10.0, decade));
            double[] changed = [.. a.Zip(change, (x, y) => x + y)];

            // Both sets are computed. Each is exact for a matrix at a distance of a few n·ulp·‖A‖, which counts as
            // change.
            double whole = SquareMatrix.FrobeniusNorm(change)
                + (20 * n * Rounding * (SquareMatrix.FrobeniusNorm(a) + SquareMatrix.FrobeniusNorm(change)));
            double bound = SquareMatrix.EigenvaluePerturbationBound(a, n, whole);
            Complex[] before = SquareMatrix.Eigenvalues(a, n), after = SquareMatrix.Eigenvalues(changed, n);
            return after.All(value => before.Min(other => Complex.Abs(other - value)) <= bound)
                && before.All(value => after.Min(other => Complex.Abs(other - value)) <= bound)
                && Math.Abs(SquareMatrix.SpectralRadius(a, n) - SquareMatrix.SpectralRadius(changed, n)) <= bound;
        }, iter: 2000);

    [Fact]
    public void The_bound_is_useful_for_good_and_for_defective_matrices()
    {
        // Symmetric: κ = n in the Frobenius norm, times 2n − 1 = 3. Defective: the root of 1e-14, times about 3.
        Assert.InRange(SquareMatrix.EigenvaluePerturbationBound([2, 1, 1, 3], 2, 1e-14), 1e-14, 7e-14);
        Assert.InRange(SquareMatrix.EigenvaluePerturbationBound([0.5, 1, 0, 0.5], 2, 1e-14), 1e-7, 3e-7);
        Assert.Equal(1e-14, SquareMatrix.EigenvaluePerturbationBound([0.5], 1, 1e-14));
        Assert.Equal(double.PositiveInfinity, SquareMatrix.EigenvaluePerturbationBound([1, 2, 3, 4], 2, double.NaN));
    }

    [Fact]
    public void A_Cholesky_factor_if_it_exists_reproduces_the_matrix()
    {
        double[] factor = SquareMatrix.Cholesky([4, 2, 2, 5], 2)!;
        Assert.Equal([2.0, 0.0, 1.0, 2.0], factor);
        Assert.Null(SquareMatrix.Cholesky([1, 2, 2, 1], 2));
        Assert.Null(SquareMatrix.Cholesky([double.NaN], 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Non_finite_matrices_have_NaN_eigenvalues(int n)
    {
        double[] matrix = [.. Enumerable.Repeat(1.0, n * n)];
        matrix[^1] = double.NaN;
        Assert.All(SquareMatrix.Eigenvalues(matrix, n), value => Assert.True(double.IsNaN(value.Real)));
        Assert.True(double.IsNaN(SquareMatrix.SpectralNorm(matrix, n)));
    }
}
