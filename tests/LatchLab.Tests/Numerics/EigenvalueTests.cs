using System.Numerics;
using CsCheck;
using LatchLab.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>Eigenvalues with the estimates of their errors.</summary>
public sealed class EigenvalueTests
{
    // A = Q·D·Qᵀ with known eigenvalues: a rotation by 1 radian with the modulus 1.9, real ones, and many small ones.
    [Fact]
    public void The_leading_eigenvalues_of_a_large_matrix_are_found()
    {
        const int n = 300;
        Matrix<double> q = Matrix<double>.Build.DenseOfRowMajor(n, n, Numbers(1, n * n)).QR().Q,
            d = Matrix<double>.Build.Dense(n, n);
        (d[0, 0], d[0, 1], d[1, 0], d[1, 1]) = (1.9 * Math.Cos(1.0), -1.9 * Math.Sin(1.0), 1.9 * Math.Sin(1.0),
            1.9 * Math.Cos(1.0));
        (d[2, 2], d[3, 3]) = (-2.5, 1.2);
        for (int i = 4; i < n; i++)
            d[i, i] = 0.5 * Math.Sin(i);
        double[] a = (q * d * q.Transpose()).ToRowMajorArray();

        // The second of a conjugate pair is added to the two that are requested.
        Eigenvalue[] leading = Eigenvalue.ComputeLeading(a, n, count: 2, perturbation: 1e-6);
        Assert.Equal(3, leading.Length);
        Complex[] expected = [-2.5, Complex.FromPolarCoordinates(1.9, 1.0), Complex.FromPolarCoordinates(1.9, -1.0)];
        for (int i = 0; i < expected.Length; i++)
        {
            // The limit of the residuals, 1e-10 of ‖A‖ ≈ 7, and rounding errors of as many terms.
            Assert.Equal(0.0, (leading[i].Value - expected[i]).Magnitude, 1e-9);

            // A normal matrix: κ = 1 but for the projection, so the error is that of the perturbation.
            Assert.Equal(1e-6, leading[i].Error, 1e-7);
        }
    }

    [Fact]
    public void A_perturbation_moves_eigenvalues_by_no_more_than_their_errors_to_first_order()
        => Gen.Select(Gen.Int[2, 12], Gen.Int).Sample((n, seed) =>
        {
            double[] a = Numbers(seed, n * n), e = Numbers(~seed, n * n);
            double size = 1e-9 / SquareMatrix.FrobeniusNorm(e);
            Eigenvalue[] before = Eigenvalue.ComputeAll(a, n, 1e-9),
                after = Eigenvalue.ComputeAll([.. a.Zip(e, (x, y) => x + (size * y))], n, 0.0);

            // Terms of second order, κ²·‖E‖²/gap, matter where two eigenvalues nearly coincide.
            return before.Max(value => value.Error) > 1e-6 || before.All(value => after.Min(
                other => (other.Value - value.Value).Magnitude) <= (1.01 * value.Error) + 1e-13);
        }, iter: 200);

    [Fact]
    public void A_defective_matrix_has_eigenvalues_with_large_errors()
        => Assert.All(
            Eigenvalue.ComputeAll([1.0, 1.0, 0.0, 1.0], 2, 1e-16), value => Assert.True(value.Error > 1e-9));

    [Fact]
    public void A_Krylov_subspace_that_is_invariant_gives_exact_eigenvalues()
    {
        double[] a = new double[100];
        (a[0], a[11], a[99]) = (3.0, -2.0, 0.5);    // the others are 0: the subspace has four dimensions
        Eigenvalue[] leading = Eigenvalue.ComputeLeading(a, 10, count: 3, perturbation: 0.0);
        Assert.Equal([3.0, -2.0, 0.5], leading.Select(value => Math.Round(value.Value.Real, 12)));
    }

    private static double[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
