using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace LatchLab.Numerics;

/// <summary>
/// Linear algebra on n × n matrices in row-major order. MathNet computes factorisations. The eigenvalues of matrices of
/// one or two dimensions, which are needed by the million, have closed forms.
/// </summary>
public static class SquareMatrix
{
    private const int SmallDimension = 16; // dimensions up to which run time does not matter

    /// <summary>The identity matrix.</summary>
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

    /// <summary>A⁻¹; not finite where A is singular.</summary>
    public static double[] Inverse(double[] a, int n)
        => n == 1 ? [1.0 / a[0]] : ToRowMajor(ToDense(a, n).Inverse());

    /// <summary>
    /// L, lower triangular, with L·Lᵀ = A, A symmetric; null if A is not positive definite after rounding.
    /// </summary>
    public static double[]? Cholesky(ReadOnlySpan<double> a, int n)
    {
        var factor = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                    rest -= factor[(i * n) + k] * factor[(j * n) + k];
                if (i == j && !(rest > 0.0))
                    return null;
                factor[(i * n) + j] = i == j ? Math.Sqrt(rest) : rest / factor[(j * n) + j];
            }
        }

        return factor;
    }

    /// <summary>
    /// The eigenvalues by descending modulus, of two conjugates the one with positive imaginary part first; NaN if A is
    /// not finite.
    /// </summary>
    public static Complex[] Eigenvalues(double[] a, int n)
    {
        if (!a.All(double.IsFinite))
            return [.. Enumerable.Repeat(new Complex(double.NaN, double.NaN), n)];
        IEnumerable<Complex> values = n switch
        {
            1 => [a[0]],
            2 => Eigenvalues2x2(a[0], a[1], a[2], a[3]),
            _ => Decompose(a, n).Values,
        };
        return [.. values.OrderByDescending(Modulus).ThenByDescending(value => value.Imaginary)
            .ThenByDescending(value => value.Real)];
    }

    /// <summary>The eigenvalues of a symmetric matrix, the largest first.</summary>
    internal static IEnumerable<double> SymmetricEigenvalues(double[] a, int n)
        => ToDense(a, n).Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).OrderDescending();

    /// <summary>The largest modulus of an eigenvalue.</summary>
    public static double SpectralRadius(double[] a, int n) => Modulus(Eigenvalues(a, n)[0]);

    /// <summary>|λ|, without the hypotenuse function of the library, whose bits differ between systems.</summary>
    public static double Modulus(Complex value)
        => value.Imaginary == 0.0
            ? Math.Abs(value.Real)
            : Math.Sqrt((value.Real * value.Real) + (value.Imaginary * value.Imaginary));

    /// <summary>‖A‖₂, the largest singular value: the norm |M′| of the paper's theorems.</summary>
    public static double SpectralNorm(double[] a, int n)
    {
        if (n == 1)
            return Math.Abs(a[0]);
        double size = a.Max(Math.Abs); // scaling keeps the squares within the range of numbers
        if (!(size > 0.0 && double.IsFinite(size)))
            return size;
        double[] scaled = [.. a.Select(entry => entry / size)];
        double[] square = Multiply(Transpose(scaled, n), scaled, n);
        return size * Math.Sqrt(n <= SmallDimension
            ? SpectralRadius(square, n)
            : ToDense(square, n).Evd(Symmetricity.Symmetric).EigenValues.Max(Modulus));
    }

    /// <summary>√Σ a_ij², at least ‖A‖₂ and at most √n times as much.</summary>
    public static double FrobeniusNorm(ReadOnlySpan<double> a)
    {
        double sum = 0.0;
        foreach (double entry in a)
            sum += entry * entry;
        return Math.Sqrt(sum);
    }

    /// <summary>
    /// An upper bound on how far the eigenvalues of A move if a matrix E of the given norm is added. It is the smaller
    /// of two bounds: (2n − 1)·κ·‖E‖ with the condition κ of the eigenvectors (Bauer and Fike 1960; Stewart and Sun
    /// 1990, Theorem IV.3.3), and (2‖A‖ + ‖E‖)^{1 − 1/n}·‖E‖^{1/n} (Elsner 1985), which holds for a defective A too.
    /// </summary>
    public static double EigenvaluePerturbationBound(double[] a, int n, double perturbation)
    {
        if (n == 1)
            return perturbation;
        double scale = (2.0 * SpectralNorm(a, n)) + perturbation;
        if (!(perturbation > 0.0 && double.IsFinite(scale)))
            return perturbation == 0.0 ? 0.0 : double.PositiveInfinity;
        double elsner = scale * RootUpperBound(perturbation / scale, n);
        return Math.Min(elsner, ((2 * n) - 1) * EigenvectorConditionBound(a, n) * perturbation);
    }

    /// <summary>
    /// A bound on ‖V‖₂·‖V⁻¹‖₂, where V has the eigenvectors as columns: n for a normal matrix, infinite for a defective
    /// one.
    /// </summary>
    private static double EigenvectorConditionBound(double[] a, int n)
    {
        // A conjugate pair has two columns: real, imaginary part.
        (IReadOnlyList<Complex> values, Matrix<double> vectors) = Decompose(a, n);
        for (int j = 0; j < n; j++)
        {
            int width = values[j].Imaginary == 0.0 ? 1 : 2;
            Matrix<double> columns = vectors.SubMatrix(0, n, j, width);
            vectors.SetSubMatrix(0, j, columns / (columns.FrobeniusNorm() / Math.Sqrt(width)));
            j += width - 1;
        }

        double condition = vectors.FrobeniusNorm() * vectors.Inverse().FrobeniusNorm();
        return double.IsFinite(condition) ? condition : double.PositiveInfinity;
    }

    /// <summary>Eigenvalues, with the corresponding columns of eigenvectors.</summary>
    /// <remarks>
    /// The iteration converges if an entry is small relative to its neighbours on the diagonal. If these are 0 too, as
    /// in a matrix of low rank or of zeros, it does not converge. The eigenvalues are then computed as those of A + s·I
    /// minus s, which adds an error of the size of a rounding error of ‖A‖. In small dimensions this is a fallback,
    /// because small eigenvalues may be more accurate without the shift.
    /// </remarks>
    internal static (IReadOnlyList<Complex> Values, Matrix<double> Vectors) Decompose(double[] a, int n)
    {
        Matrix<double> matrix = ToDense(a, n);
        if (n <= SmallDimension)
        {
            try
            {
                var direct = matrix.Evd(Symmetricity.Asymmetric);
                return ([.. direct.EigenValues], direct.EigenVectors);
            }
            catch (NonConvergenceException)
            {
                // Continues with the shifted matrix, see the remarks.
            }
        }

        double norm = FrobeniusNorm(a), shift = norm > 0.0 ? norm : 1.0;
        var shifted = (matrix + Matrix<double>.Build.DenseDiagonal(n, n, shift)).Evd(Symmetricity.Asymmetric);
        return ([.. shifted.EigenValues.Select(value => value - shift)], shifted.EigenVectors);
    }

    /// <summary>An upper bound on the n-th root of a number in [0, 1], by square roots.</summary>
    private static double RootUpperBound(double number, int n)
    {
        double root = number;
        for (int power = 1; power < n; power *= 2)
            root = Math.Sqrt(root);
        return root;
    }

    private static Complex[] Eigenvalues2x2(double a, double b, double c, double d)
    {
        double mean = 0.5 * (a + d), half = 0.5 * (a - d), square = (half * half) + (b * c);
        if (square < 0.0)
            return [new(mean, Math.Sqrt(-square)), new(mean, -Math.Sqrt(-square))];

        // The larger one first; the other from the determinant, to avoid cancellation.
        double larger = mean + Math.CopySign(Math.Sqrt(square), mean);
        double product = b * c, determinant = Math.FusedMultiplyAdd(a, d, -product)
            + Math.FusedMultiplyAdd(-b, c, product); // this term is the rounding error of b·c (Kahan)
        return [larger, larger == 0.0 ? 0.0 : determinant / larger];
    }

    private static Matrix<double> ToDense(double[] a, int n) => Matrix<double>.Build.DenseOfRowMajor(n, n, a);

    private static double[] ToRowMajor(Matrix<double> matrix) => matrix.ToRowMajorArray();
}
