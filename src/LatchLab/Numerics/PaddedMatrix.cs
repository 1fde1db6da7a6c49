using System.Runtime.CompilerServices;

namespace LatchLab.Numerics;

/// <summary>
/// An n × n matrix, row by row, whose rows begin at cache lines and are padded with zeros to whole vectors of every
/// lane type. Products run over lanes along the rows; each element is summed in the order of its terms, so that no
/// result depends on the lane width.
/// </summary>
/// <remarks>
/// The distance of two rows is an odd number of cache lines: rows at a power of two would share a few sets of the
/// cache.
/// </remarks>
internal sealed class PaddedMatrix
{
    private const int CacheLine = 8;    // numbers

    private readonly LaneMemory<Scalar> _memory;

    /// <summary>Allocates a matrix of zeros.</summary>
    /// <param name="n">n ≥ 1.</param>
    public PaddedMatrix(int n)
    {
        Size = n;
        int lines = (n + CacheLine - 1) / CacheLine;
        Width = lines * CacheLine;
        Stride = (lines | 1) * CacheLine;
        _memory = new(n * Stride);
    }

    /// <summary>n.</summary>
    public int Size { get; }

    /// <summary>n, rounded up to whole cache lines: numbers of a row that a product computes.</summary>
    public int Width { get; }

    /// <summary>Distance of two rows, in numbers.</summary>
    public int Stride { get; }

    /// <summary>The n elements of a row.</summary>
    public Span<double> Row(int row) => _memory.Doubles.Slice(row * Stride, Size);

    /// <summary>A row with its padding.</summary>
    public Span<double> PaddedRow(int row) => _memory.Doubles.Slice(row * Stride, Width);

    /// <summary>Copies a matrix.</summary>
    /// <param name="matrix">n × n, row by row.</param>
    public void Assign(ReadOnlySpan<double> matrix)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.Length, Size * Size, nameof(matrix));
        for (int row = 0; row < Size; row++)
            matrix.Slice(row * Size, Size).CopyTo(Row(row));
    }

    /// <summary>The elements from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan<Scalar> From(int row, int column) => _memory.Slice((row * Stride) + column, 1);

    /// <summary>C ← C − A·B.</summary>
    /// <param name="a">A, of the same size.</param>
    /// <param name="b">B, of the same size.</param>
    /// <param name="lanes">Null for the widest; the result does not depend on it.</param>
    public void SubtractProduct(PaddedMatrix a, PaddedMatrix b, LaneKind? lanes = null)
        => (lanes ?? LaneKind.Widest).Accept(new Product(this, a, b));

    private sealed class Product(PaddedMatrix c, PaddedMatrix a, PaddedMatrix b) : ILaneVisitor<bool>
    {
        public bool Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            BlockProduct.Subtract<TLane>(
                c.From(0, 0), a.From(0, 0), b.From(0, 0), c.Stride, c.Size, c.Size, c.Width);
            return true;
        }
    }
}
