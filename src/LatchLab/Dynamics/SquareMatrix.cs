using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace LatchLab.Dynamics;

/// <summary>
/// What this room needs of linear algebra, on n × n matrices that lie row by row. Factorisations are MathNet's; the
/// eigenvalues of one or two dimensions, which are needed by the million, are written out.
/// </summary>
internal static class SquareMatrix
{
    /// <summary>1 on the diagonal.</summary>
    public static double[] Identity(int n)
    {
        var identity = new double[n * n];
        for (int i = 0; i < n; i++)
            identity[(i * n) + i] = 1.0;
        return identity;
    }

    /// <summary>A·B.</summary>
    public static double[] Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int n)
    {
        var product = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                double factor = a[(i * n) + k];
                for (int j = 0; j < n; j++)
                    product[(i * n) + j] += factor * b[(k * n) + j];
            }
        }

        return product;
    }

    /// <summary>Aᵀ.</summary>
    public static double[] Transpose(ReadOnlySpan<double> a, int n)
    {
        var transposed = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                transposed[(j * n) + i] = a[(i * n) + j];
        }

        return transposed;
    }

    /// <summary>A·v.</summary>
    public static double[] Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> v)
    {
        int n = v.Length;
        var product = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                product[i] += a[(i * n) + j] * v[j];
        }

        return product;
    }

    /// <summary>A⁻¹; not finite where A is singular.</summary>
    public static double[] Inverse(double[] a, int n)
        => n == 1 ? [1.0 / a[0]] : Rows(Dense(a, n).Inverse());

    /// <summary>L with L·Lᵀ = A, A symmetric and positive definite.</summary>
    public static double[] Cholesky(double[] a, int n)
        => n == 1 ? [Math.Sqrt(a[0])] : Rows(Dense(a, n).Cholesky().Factor);

    /// <summary>The eigenvalues, the largest modulus first, of two conjugates the upper one.</summary>
    public static Complex[] Eigenvalues(double[] a, int n)
    {
        IEnumerable<Complex> values = n switch
        {
            1 => [a[0]],
            2 => OfTwo(a[0], a[1], a[2], a[3]),
            _ => Dense(a, n).Evd(Symmetricity.Asymmetric).EigenValues,
        };
        return [.. values.OrderByDescending(Modulus).ThenByDescending(value => value.Imaginary)
            .ThenByDescending(value => value.Real)];
    }

    /// <summary>The largest modulus of an eigenvalue.</summary>
    public static double SpectralRadius(double[] a, int n) => Modulus(Eigenvalues(a, n)[0]);

    /// <summary>|λ|, without the library's hypotenuse, whose bits differ between systems.</summary>
    public static double Modulus(Complex value)
        => value.Imaginary == 0.0
            ? Math.Abs(value.Real)
            : Math.Sqrt((value.Real * value.Real) + (value.Imaginary * value.Imaginary));

    /// <summary>‖A‖₂, the largest singular value: the norm |M′| of the paper's theorems.</summary>
    public static double Norm(double[] a, int n)
        => n == 1 ? Math.Abs(a[0]) : Math.Sqrt(SpectralRadius(Multiply(Transpose(a, n), a, n), n));

    /// <summary>√Σ a_ij², at least ‖A‖₂ and at most √n times as much.</summary>
    public static double FrobeniusNorm(ReadOnlySpan<double> a)
    {
        double sum = 0.0;
        foreach (double entry in a)
            sum += entry * entry;
        return Math.Sqrt(sum);
    }

    /// <summary>
    /// How far the eigenvalues of A move at most where A is changed by a matrix of norm 1: the condition of its
    /// eigenvectors, ‖V‖·‖V⁻¹‖ (Bauer and Fike 1960); 1 for a normal matrix, infinite for a defective one.
    /// </summary>
    public static double EigenvalueCondition(double[] a, int n)
    {
        if (n == 1)
            return 1.0;
        var decomposition = Dense(a, n).Evd(Symmetricity.Asymmetric);
        Matrix<double> vectors = decomposition.EigenVectors; // a conjugate pair has two columns: real, imaginary part
        for (int j = 0; j < n; j++)
        {
            int width = decomposition.EigenValues[j].Imaginary == 0.0 ? 1 : 2;
            Matrix<double> columns = vectors.SubMatrix(0, n, j, width);
            vectors.SetSubMatrix(0, j, columns / (columns.FrobeniusNorm() / Math.Sqrt(width)));
            j += width - 1;
        }

        double condition = vectors.FrobeniusNorm() * vectors.Inverse().FrobeniusNorm() / n;
        return double.IsFinite(condition) ? Math.Max(1.0, n * condition) : double.PositiveInfinity;
    }

    private static Complex[] OfTwo(double a, double b, double c, double d)
    {
        double mean = 0.5 * (a + d), half = 0.5 * (a - d), square = (half * half) + (b * c);
        if (square < 0.0)
            return [new(mean, Math.Sqrt(-square)), new(mean, -Math.Sqrt(-square))];

        // The larger one first; the other from the determinant, so that nothing cancels.
        double larger = mean + Math.CopySign(Math.Sqrt(square), mean);
        double determinant = Math.FusedMultiplyAdd(a, d, -(b * c));
        return [larger, larger == 0.0 ? 0.0 : determinant / larger];
    }

    private static Matrix<double> Dense(double[] a, int n) => Matrix<double>.Build.DenseOfRowMajor(n, n, a);

    private static double[] Rows(Matrix<double> matrix) => matrix.ToRowMajorArray();
}
