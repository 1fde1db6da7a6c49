using CsCheck;
using LatchLab.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>The LU decomposition against the plain algorithm, the bounds of its rounding errors, and MathNet.</summary>
public sealed class LuDecompositionTests
{
    private static readonly Gen<(int N, double[] A)> Matrices =
        from n in Gen.Int[1, 70]
        from seed in Gen.Int
        select (n, Numbers(seed, n * n));

    [Fact]
    public void Every_lane_type_gives_the_bits_of_the_plain_algorithm()
        => Matrices.Sample(sample =>
        {
            (double[] factors, int[] rows) = DecomposePlainly(sample.A, sample.N);
            return LaneKind.All.Where(kind => kind.IsSupported).All(kind =>
            {
                LuDecomposition lu = Decompose(sample.A, sample.N, kind);
                return Enumerable.Range(0, sample.N).All(i => lu.OriginalRow(i) == rows[i]
                    && Enumerable.Range(0, sample.N).All(j => lu[i, j] == factors[(rows[i] * sample.N) + j]));
            });
        }, iter: 100);

    // Higham (2002), Theorem 9.3: |P·A − L·U| ≤ γ_n·|L|·|U|, γ_n = n·u/(1 − n·u). The sums of the test err as much.
    [Fact]
    public void The_factors_multiply_to_the_matrix_within_their_rounding_errors()
        => Matrices.Sample(sample =>
        {
            int n = sample.N;
            LuDecomposition lu = Decompose(sample.A, n);
            double[] bound = MultiplyMagnitudes(lu, n);
            return Enumerable.Range(0, n * n).All(at =>
            {
                (int i, int j) = (at / n, at % n);
                double difference = sample.A[(lu.OriginalRow(i) * n) + j];
                for (int k = 0; k <= Math.Min(i, j); k++)
                    difference -= (k == i ? 1.0 : lu[i, k]) * lu[k, j];
                return Math.Abs(difference) <= 2.0 * Gamma(n + 1) * bound[at];
            });
        }, iter: 50);

    // The same, Theorem 9.4: the solution is that of A + E, |E| ≤ γ_3n·|L|·|U|, so the residual is at most |E|·|x|.
    [Fact]
    public void A_solution_has_a_residual_within_its_rounding_errors()
        => Matrices.Sample(sample =>
        {
            int n = sample.N;
            LuDecomposition lu = Decompose(sample.A, n);
            double[] b = Numbers(n, n), x = [.. b], bound = MultiplyMagnitudes(lu, n);
            lu.Solve(x);
            return Enumerable.Range(0, n).All(i =>
            {
                int row = lu.OriginalRow(i);
                double residual = b[row], size = 0.0, terms = Math.Abs(b[row]);
                for (int j = 0; j < n; j++)
                {
                    residual -= sample.A[(row * n) + j] * x[j];
                    terms += Math.Abs(sample.A[(row * n) + j] * x[j]);
                    size += bound[(i * n) + j] * Math.Abs(x[j]);
                }

                return Math.Abs(residual) <= (Gamma(3 * n) * size) + (Gamma(n + 1) * terms);
            });
        }, iter: 100);

    [Fact]
    public void Solutions_and_determinants_are_those_of_MathNet()
        => Matrices.Sample(sample =>
        {
            int n = sample.N;
            Matrix<double> matrix = Matrix<double>.Build.DenseOfRowMajor(n, n, sample.A);
            double smallest = matrix.Svd().S[n - 1];
            if (smallest < 1e-4)
                return;
            LuDecomposition lu = Decompose(sample.A, n);
            double[] x = Numbers(n, n), transposed = [.. x];
            double[] expected = [.. matrix.Solve(Vector<double>.Build.Dense([.. x]))],
                expectedTransposed = [.. matrix.Transpose().Solve(Vector<double>.Build.Dense([.. x]))];
            lu.Solve(x);
            lu.SolveTransposed(transposed);

            // Both solve A + E exactly, ‖E‖ ≤ γ_3n·‖|L|·|U|‖ each, which moves x by ‖A⁻¹‖·‖E‖·‖x‖ to first order.
            double relative = 4.0 * Gamma(3 * n) * SquareMatrix.FrobeniusNorm(MultiplyMagnitudes(lu, n)) / smallest;
            AssertNear(expected, x, relative);
            AssertNear(expectedTransposed, transposed, relative);
            Assert.Equal(Math.Sign(matrix.Determinant()), lu.DeterminantSign);
            Assert.InRange(lu.EstimateInverseNorm(new double[n]), 0.0, (1.0 + relative) / smallest);
        }, iter: 50);

    [Fact]
    public void The_norm_of_the_inverse_of_a_nearly_singular_matrix_is_found()
    {
        // A rotation between diagonal matrices; the smallest singular value is far from the others.
        var matrix = Matrix<double>.Build.Dense(20, 20, (i, j) => Numbers(3, 400)[(i * 20) + j]).QR().Q;
        double[] singular = [.. Enumerable.Range(0, 20).Select(i => i == 7 ? 1e-6 : 1.0 + i)];
        Matrix<double> diagonal = Matrix<double>.Build.DenseOfDiagonalArray(singular);
        double[] a = (matrix * diagonal * matrix.Transpose()).ToRowMajorArray();

        // The other directions are 1e-6 of it after one iteration; rounding errors are κ·ε = 2e7·1e-16 of it.
        Assert.Equal(1e6, Decompose(a, 20).EstimateInverseNorm(new double[20]), 1.0);
    }

    [Fact]
    public void A_singular_matrix_has_the_determinant_0_and_no_inverse()
    {
        LuDecomposition lu = Decompose([1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 1.0, 1.0, 1.0], 3);
        Assert.Equal(0, lu.DeterminantSign);
        Assert.Equal(double.PositiveInfinity, lu.EstimateInverseNorm(new double[3]));
        Assert.Equal(0, Decompose([double.NaN, 1.0, 1.0, 1.0], 2).DeterminantSign);
    }

    private static double Gamma(int n) => n * 1.2e-16 / (1.0 - (n * 1.2e-16));

    private static LuDecomposition Decompose(double[] a, int n, LaneKind? lanes = null)
    {
        var lu = new LuDecomposition(n, lanes);
        lu.Decompose(a);
        return lu;
    }

    /// <summary>|L|·|U|.</summary>
    private static double[] MultiplyMagnitudes(LuDecomposition lu, int n)
    {
        var product = new double[n * n];
        for (int at = 0; at < n * n; at++)
        {
            (int i, int j) = (at / n, at % n);
            for (int k = 0; k <= Math.Min(i, j); k++)
                product[at] += (k == i ? 1.0 : Math.Abs(lu[i, k])) * Math.Abs(lu[k, j]);
        }

        return product;
    }

    /// <summary>Column by column on rows that stay in place: L and U, and the order of the rows.</summary>
    private static (double[] Factors, int[] Rows) DecomposePlainly(double[] matrix, int n)
    {
        double[] a = [.. matrix];
        int[] rows = [.. Enumerable.Range(0, n)];
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[(rows[i] * n) + k]));
            (rows[k], rows[pivot]) = (rows[pivot], rows[k]);
            foreach (int row in rows[(k + 1)..])
            {
                a[(row * n) + k] /= a[(rows[k] * n) + k];
                for (int j = k + 1; j < n; j++)
                {
                    a[(row * n) + j] = Math.FusedMultiplyAdd(
                        -a[(row * n) + k], a[(rows[k] * n) + j], a[(row * n) + j]);
                }
            }
        }

        return (a, rows);
    }

    private static void AssertNear(double[] expected, double[] actual, double relative)
    {
        double size = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], relative * Math.Sqrt(expected.Length) * size);
    }

    private static double[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
