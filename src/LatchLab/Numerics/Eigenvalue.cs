using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace LatchLab.Numerics;

/// <summary>
/// An eigenvalue λ of a real matrix A, with an estimate of its error. If A is perturbed by E, a simple eigenvalue moves
/// by at most <c>κ·‖E‖</c> to first order, where κ is the product of the lengths of its right and left eigenvectors,
/// scaled to the product 1 (Wilkinson 1965; Golub and Van Loan 2013, section 7.2.2).
/// </summary>
/// <param name="Value">λ.</param>
/// <param name="Error">The estimate; infinite for an eigenvalue of a defective matrix.</param>
public readonly record struct Eigenvalue(Complex Value, double Error)
{
    private const int FirstKrylovDimension = 64, MaxKrylovDimension = 256;

    // Residuals of the leading eigenvalues, relative to ‖A‖, that need no larger subspace.
    private const double Convergence = 1e-10;

    /// <summary>|λ|.</summary>
    public double Modulus => SquareMatrix.Modulus(Value);

    /// <summary>The eigenvalues, the largest modulus first.</summary>
    /// <param name="a">A, n × n, row by row; finite.</param>
    /// <param name="n">n ≥ 1.</param>
    /// <param name="perturbation">‖E‖ ≥ 0.</param>
    public static Eigenvalue[] ComputeAll(double[] a, int n, double perturbation)
        => [.. Sort(Decompose(a, n).Select(pair => new Eigenvalue(pair.Value, pair.Condition * perturbation)))];

    /// <summary>
    /// The leading eigenvalues, the largest modulus first, by Arnoldi's method (Golub and Van Loan 2013, section 10.5):
    /// those of A on a Krylov subspace, which is enlarged until their residuals are small. Their errors contain these.
    /// </summary>
    /// <param name="a">A, n × n, row by row; finite.</param>
    /// <param name="n">n ≥ 1.</param>
    /// <param name="count">Number of eigenvalues, 1 … n; one more if the last has a conjugate.</param>
    /// <param name="perturbation">‖E‖ ≥ 0.</param>
    public static Eigenvalue[] ComputeLeading(double[] a, int n, int count, double perturbation)
    {
        double limit = Convergence * SquareMatrix.FrobeniusNorm(a);
        var subspace = new KrylovSubspace(a, n, Math.Min(n, MaxKrylovDimension));
        for (int dimension = Math.Min(n, FirstKrylovDimension); ; dimension = Math.Min(2 * dimension, n))
        {
            double coupling = subspace.Extend(dimension);
            int size = subspace.Dimension;
            var pairs = Decompose(subspace.Projection(), size)
                .Select(pair => (pair.Value, pair.Condition, Residual: coupling * pair.LastShare))
                .OrderByDescending(pair => SquareMatrix.Modulus(pair.Value)).ToArray();
            int last = Math.Min(count, size) - 1;
            last += last + 1 < size && pairs[last].Value.Imaginary != 0.0
                && pairs[last].Value == Complex.Conjugate(pairs[last + 1].Value) ? 1 : 0;
            var leading = pairs[..(last + 1)];
            if (size < dimension || dimension >= Math.Min(n, MaxKrylovDimension)
                || leading.All(pair => pair.Residual <= limit))
            {
                return [.. Sort(leading.Select(
                    pair => new Eigenvalue(pair.Value, pair.Condition * (pair.Residual + perturbation))))];
            }
        }
    }

    private static IEnumerable<Eigenvalue> Sort(IEnumerable<Eigenvalue> values)
        => values.OrderByDescending(value => value.Modulus).ThenByDescending(value => value.Value.Imaginary)
            .ThenByDescending(value => value.Value.Real);

    /// <summary>
    /// The eigenvalues, the condition κ of each, and the share of its eigenvector in the last component.
    /// </summary>
    private static IEnumerable<(Complex Value, double Condition, double LastShare)> Decompose(double[] a, int n)
    {
        // A conjugate pair has two columns: the real and the imaginary part of its eigenvector.
        (IReadOnlyList<Complex> values, Matrix<double> vectors) = SquareMatrix.Decompose(a, n);
        Matrix<double> inverse = vectors.Inverse();
        for (int j = 0; j < n; j++)
        {
            int width = j + 1 < n && values[j].Imaginary != 0.0 ? 2 : 1;
            double right = vectors.SubMatrix(0, n, j, width).FrobeniusNorm(),
                left = inverse.SubMatrix(j, width, 0, n).FrobeniusNorm() / width;
            double condition = right * left, share = vectors.SubMatrix(n - 1, 1, j, width).FrobeniusNorm() / right;
            condition = double.IsFinite(condition) ? condition : double.PositiveInfinity;
            for (int k = 0; k < width; k++)
                yield return (values[j + k], condition, double.IsNaN(share) ? 1.0 : share);
            j += width - 1;
        }
    }
}
