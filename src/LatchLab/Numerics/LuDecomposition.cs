using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// The decomposition <c>P·A = L·U</c> of an n × n matrix with partial pivoting (Golub and Van Loan 2013, section 3.4),
/// L lower triangular with a diagonal of 1, U upper triangular. The columns are halved recursively (Toledo 1997), so
/// that nearly all work is products of blocks that fit into a cache.
/// </summary>
/// <remarks>
/// Every element is reduced by its terms l_ik·u_kj one after another in the order of k, as in the plain algorithm: the
/// result is the same, to the bit, for every block size and lane type. One object may decompose many matrices.
/// </remarks>
public sealed class LuDecomposition
{
    private const int LeafSize = 8;     // a vector of every lane type divides it

    private readonly PaddedMatrix _factors;  // L below the diagonal, U on and above it
    private readonly int[] _rows;            // the row of A that is row i of P·A
    private readonly LaneKind _lanes;
    private readonly double[] _work;
    private int _permutationSign;

    /// <summary>Allocates memory for n × n matrices.</summary>
    /// <param name="n">n ≥ 1.</param>
    /// <param name="lanes">Null for the widest; no result depends on it.</param>
    public LuDecomposition(int n, LaneKind? lanes = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        (_factors, _rows, _lanes, _work) = (new(n), new int[n], lanes ?? LaneKind.Widest, new double[n]);
    }

    /// <summary>n.</summary>
    public int Size => _factors.Size;

    /// <summary>
    /// The sign of det A: 1, −1, or 0 if a pivot is 0 or not a number. That of a nearly singular matrix may be wrong.
    /// </summary>
    public int DeterminantSign
    {
        get
        {
            int sign = _permutationSign;
            for (int i = 0; i < Size; i++)
            {
                double pivot = _factors.Row(i)[i];
                sign *= double.IsNaN(pivot) ? 0 : Math.Sign(pivot);
            }

            return sign;
        }
    }

    /// <summary>An element of L below the diagonal, or of U.</summary>
    internal double this[int row, int column] => _factors.Row(row)[column];

    /// <summary>The row of A that is a row of P·A.</summary>
    internal int OriginalRow(int row) => _rows[row];

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">A, row by row.</param>
    public void Decompose(ReadOnlySpan<double> matrix)
    {
        _factors.Assign(matrix);
        _permutationSign = 1;
        for (int i = 0; i < Size; i++)
            _rows[i] = i;
        _lanes.Accept(new Elimination(this));
    }

    /// <summary>Solves A·x = b; x is not finite if A is singular.</summary>
    /// <param name="b">b; replaced by x.</param>
    public void Solve(Span<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, Size, nameof(b));
        for (int i = 0; i < Size; i++)
            _work[i] = b[_rows[i]];
        for (int i = 0; i < Size; i++)
            b[i] = Subtract(_work[i], _factors.Row(i)[..i], b);
        for (int i = Size - 1; i >= 0; i--)
        {
            Span<double> row = _factors.Row(i);
            b[i] = Subtract(b[i], row[(i + 1)..], b[(i + 1)..]) / row[i];
        }
    }

    /// <summary>Solves Aᵀ·x = b; x is not finite if A is singular.</summary>
    /// <param name="b">b; replaced by x.</param>
    public void SolveTransposed(Span<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, Size, nameof(b));
        for (int i = 0; i < Size; i++)
        {
            Span<double> row = _factors.Row(i);
            b[i] /= row[i];
            SubtractMultiple(b[i], row[(i + 1)..], b[(i + 1)..]);
        }

        for (int i = Size - 1; i >= 0; i--)
            SubtractMultiple(b[i], _factors.Row(i)[..i], b);
        b.CopyTo(_work);
        for (int i = 0; i < Size; i++)
            b[_rows[i]] = _work[i];
    }

    /// <summary>
    /// An estimate of ‖A⁻¹‖₂ from below, by power iteration with A⁻¹·A⁻ᵀ; +∞ if A is singular.
    /// </summary>
    /// <param name="direction">
    /// Receives the direction of length 1 in which A⁻¹ stretches that much; not finite if A is singular.
    /// </param>
    public double EstimateInverseNorm(Span<double> direction)
    {
        const int iterations = 4; // each adds to the share of the largest singular value; a factor of 2 is enough
        ArgumentOutOfRangeException.ThrowIfNotEqual(direction.Length, Size, nameof(direction));
        for (int i = 0; i < Size; i++)
            direction[i] = 1.0 + (i % 7 / 16.0); // no symmetry of a network makes it orthogonal to a singular vector
        Normalize(direction);
        double norm = double.PositiveInfinity;
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            SolveTransposed(direction);
            norm = Normalize(direction);
            Solve(direction);
            Normalize(direction);
        }

        return double.IsFinite(norm) ? norm : double.PositiveInfinity;
    }

    private static double Normalize(Span<double> x)
    {
        double norm = SquareMatrix.FrobeniusNorm(x);
        foreach (ref double value in x)
            value /= norm;
        return norm;
    }

    private static double Subtract(double value, ReadOnlySpan<double> factors, ReadOnlySpan<double> x)
    {
        for (int k = 0; k < factors.Length; k++)
            value = Math.FusedMultiplyAdd(-factors[k], x[k], value);
        return value;
    }

    private static void SubtractMultiple(double factor, ReadOnlySpan<double> row, Span<double> x)
    {
        for (int k = 0; k < row.Length; k++)
            x[k] = Math.FusedMultiplyAdd(-factor, row[k], x[k]);
    }

    private sealed class Elimination(LuDecomposition lu) : ILaneVisitor<bool>
    {
        private readonly PaddedMatrix _a = lu._factors;

        public bool Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            Eliminate<TLane>(0, _a.Size);
            return true;
        }

        /// <summary>Decomposes some columns, from the row with the index of the first one on.</summary>
        private void Eliminate<TLane>(int first, int width)
            where TLane : unmanaged, ILane<TLane>
        {
            if (width <= LeafSize)
            {
                EliminateLeaf(first, first + width);
                return;
            }

            int half = HalfOf(width), middle = first + half;
            Eliminate<TLane>(first, half);
            int rest = Math.Min(_a.Width, first + width + LeafSize - 1) / LeafSize * LeafSize - middle;
            SolveLeft<TLane>(first, half, middle, rest);
            SubtractProduct<TLane>(middle, first, half, _a.Size - middle, middle, rest);
            Eliminate<TLane>(middle, width - half);
        }

        /// <summary>Multiplies a block of columns by the inverse of a diagonal block of L.</summary>
        private void SolveLeft<TLane>(int first, int size, int column, int width)
            where TLane : unmanaged, ILane<TLane>
        {
            if (size > LeafSize)
            {
                int half = HalfOf(size), middle = first + half;
                SolveLeft<TLane>(first, half, column, width);
                SubtractProduct<TLane>(middle, first, half, size - half, column, width);
                SolveLeft<TLane>(middle, size - half, column, width);
                return;
            }

            for (int k = 1; k < size; k++)
                SubtractProduct<TLane>(first + k, first, k, 1, column, width);
        }

        /// <summary>Subtracts from some rows the product of their elements of L and rows of U.</summary>
        private void SubtractProduct<TLane>(int row, int first, int depth, int rows, int column, int width)
            where TLane : unmanaged, ILane<TLane>
        {
            if (rows > 0)
            {
                BlockProduct.Subtract<TLane>(
                    _a.From(row, column), _a.From(row, first), _a.From(first, column), _a.Stride, rows, depth, width);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void EliminateLeaf(int first, int end)
        {
            int n = _a.Size;
            for (int k = first; k < end; k++)
            {
                SwapRows(k, FindPivot(k));
                ReadOnlySpan<double> pivotRow = _a.Row(k)[k..end];
                double pivot = pivotRow[0];
                if (pivot == 0.0)
                    continue;   // the column is 0 from here on: nothing to eliminate, A is singular
                for (int i = k + 1; i < n; i++)
                {
                    Span<double> row = _a.Row(i)[k..end];
                    double factor = row[0] / pivot;
                    row[0] = factor;
                    for (int j = 1; j < row.Length; j++)
                        row[j] = Math.FusedMultiplyAdd(-factor, pivotRow[j], row[j]);
                }
            }
        }

        /// <summary>The row, on or below the diagonal, with the largest element of a column.</summary>
        private int FindPivot(int column)
        {
            int pivot = column;
            double largest = Math.Abs(_a.Row(column)[column]);
            for (int i = column + 1; i < _a.Size; i++)
            {
                double size = Math.Abs(_a.Row(i)[column]);
                if (size > largest)
                    (pivot, largest) = (i, size);
            }

            return pivot;
        }

        private void SwapRows(int i, int j)
        {
            if (i == j)
                return;
            (lu._rows[i], lu._rows[j]) = (lu._rows[j], lu._rows[i]);
            lu._permutationSign = -lu._permutationSign;
            Span<double> first = _a.PaddedRow(i), second = _a.PaddedRow(j);
            for (int k = 0; k < first.Length; k++)
                (first[k], second[k]) = (second[k], first[k]);
        }

        private static int HalfOf(int size) => ((size / 2) + LeafSize - 1) / LeafSize * LeafSize;
    }
}
