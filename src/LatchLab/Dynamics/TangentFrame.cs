using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// k tangent vectors of a map, propagated along an orbit by its Jacobians, <c>Q ← J·Q</c>, and orthonormalized again,
/// <c>Q ← Q·R⁻¹</c>. The logarithms of the diagonal of R are their growth (Benettin, Galgani, Giorgilli and Strelcyn
/// 1980). A lane is a tangent vector, so that no result depends on the lane width.
/// </summary>
/// <remarks>
/// Several products may be applied between two orthogonalisations, as long as the vectors do not align too closely.
/// <see cref="Orthogonalize"/> returns how close they are to the limit. If they exceed it, <see cref="Restore"/>
/// returns to the vectors at the last <see cref="Save"/>.
/// </remarks>
public sealed class TangentFrame<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>
    /// Maximum ratio of the longest vector to the remainder of any vector after the earlier ones are subtracted. The
    /// rounding errors of the longest vector, 1e-16, are then 1e-11 of the remainder.
    /// </summary>
    public const double MaxSpread = 1e5;

    /// <summary>
    /// Maximum length of the vectors; the minimum is its inverse. Within this range nothing overflows or underflows.
    /// </summary>
    public const double MaxLength = 1e100;

    // A remainder below this share of the longest vector is compared with its rounding errors.
    private const double CollapseThreshold = 1e-8;
    private const double Epsilon = 1.0 / (1L << 52);

    private readonly int _dimension, _vectors, _width;
    private readonly LaneMemory<Scalar> _jacobian;  // padded with zero rows to a multiple of RowsPerPass, like Q
    private readonly LaneMemory<TLane>[] _frames;   // [component][vector]: the current, the saved, an image
    private readonly GramSchmidt<TLane> _gramSchmidt;
    private readonly UniformStream _directions = new(seed: 0, Purpose.TangentDirections, item: 0, randomWord: 0,
        trial: 0);
    private int _current, _saved, _previous, _pendingProducts;

    /// <summary>Creates orthonormal vectors of arbitrary directions, the same for the same n and k.</summary>
    /// <param name="dimension">n ≥ 1.</param>
    /// <param name="vectors">k, 1 … n.</param>
    public TangentFrame(int dimension, int vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vectors, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vectors, dimension);
        (_dimension, _vectors) = (dimension, vectors);
        _width = (vectors + TLane.Count - 1) / TLane.Count;
        const int rowsPerPass = TangentProduct.RowsPerPass;
        int rows = (dimension + rowsPerPass - 1) / rowsPerPass * rowsPerPass;
        _jacobian = new(rows * dimension);
        _frames = [new(rows * _width), new(rows * _width), new(rows * _width)];
        _gramSchmidt = new(dimension, vectors);
        for (int i = 0; i < dimension; i++)
        {
            for (int v = 0; v < vectors; v++)
                _frames[_current].Doubles[IndexOf(i, v)] = _directions.Next(-1.0, 1.0);
        }

        Orthogonalize(new double[vectors]);
    }

    /// <summary>J, n × n, row by row; the caller writes it before <see cref="Multiply"/>.</summary>
    public Span<Scalar> Jacobian => _jacobian.Values[..(_dimension * _dimension)];

    /// <summary>A component of a vector.</summary>
    public double this[int component, int vector] => _frames[_current].Doubles[IndexOf(component, vector)];

    /// <summary>Saves the current vectors.</summary>
    public void Save() => _saved = _current;

    /// <summary>Returns to the saved vectors; at least one product must have been applied since.</summary>
    public void Restore() => (_current, _pendingProducts) = (_saved, 0);

    /// <summary>Q ← J·Q.</summary>
    public void Multiply()
    {
        int image = _current == _saved ? (_current + 1) % 3 : 3 - _current - _saved; // the unused one of 0, 1, 2
        TangentProduct.Multiply(
            _jacobian.Slice(0, _jacobian.Length), GetFrame(_current), GetFrame(image), _jacobian.Length / _dimension,
            _dimension, _width);
        (_previous, _current, _pendingProducts) = (_current, image, _pendingProducts + 1);
    }

    /// <summary>
    /// Makes the vectors orthonormal. A vector has collapsed if its remainder is 0 or, after a single product, no
    /// larger than rounding errors. It is replaced by an arbitrary direction orthogonal to the others.
    /// </summary>
    /// <param name="logarithms">ln R_vv for each vector, −∞ for one that has collapsed; written.</param>
    /// <returns>
    /// The used share of the logarithms of <see cref="MaxSpread"/> and <see cref="MaxLength"/>: above 1 if too many
    /// products were applied, +∞ if a vector has collapsed, NaN if one is not finite.
    /// </returns>
    public double Orthogonalize(Span<double> logarithms)
    {
        double relativeSpread = RemoveProjections();
        _gramSchmidt.Normalize(GetFrame(_current), logarithms);
        if (relativeSpread > 1.0 && _pendingProducts == 1)
        {
            // The block cannot be shorter. Rounding errors as large as the remainder make the vectors not orthogonal; a
            // second pass makes them orthogonal and leaves the reported lengths unchanged.
            _pendingProducts = 0;
            RemoveProjections();
            _gramSchmidt.Normalize(GetFrame(_current), stackalloc double[_vectors]);
        }

        for (int v = 0; v < _vectors; v++)
        {
            if (double.IsNegativeInfinity(logarithms[v]))
                ReplaceCollapsed(v);
        }

        _pendingProducts = 0;
        return relativeSpread;
    }

    /// <summary>
    /// Subtracts from each vector its projections on the earlier ones. Returns the used share of the limits, as
    /// <see cref="Orthogonalize"/> does.
    /// </summary>
    private double RemoveProjections()
    {
        UncheckedSpan<TLane> q = GetFrame(_current);
        _gramSchmidt.Begin(q);
        double longest = 0.0;
        foreach (double length in _gramSchmidt.Lengths)
            longest = Math.Max(longest, length); // NaN propagates
        double shortest = longest;
        for (int v = 0; v < _vectors; v++)
        {
            double remainder = _gramSchmidt.Project(q, v);
            bool collapsed = remainder == 0.0
                || (_pendingProducts == 1 && remainder < CollapseThreshold * longest
                    && remainder <= RoundingErrorBound(v));
            if (collapsed)
                _gramSchmidt.MarkZero(v);
            else
                _gramSchmidt.SubtractFromLater(q, v);
            shortest = Math.Min(shortest, collapsed ? 0.0 : remainder);
        }

        if (!double.IsFinite(longest) || shortest == 0.0)
            return double.IsFinite(longest) ? double.PositiveInfinity : double.NaN;
        return Math.Max(Elementary.Log(longest / shortest) / Elementary.Log(MaxSpread),
            Math.Abs(Elementary.Log(longest)) / Elementary.Log(MaxLength));
    }

    /// <summary>
    /// Bound of the rounding errors of J·q_v and of the subtracted projections: 2n roundings of <c>|J|·|q_v|</c>.
    /// </summary>
    private double RoundingErrorBound(int vector)
    {
        ReadOnlySpan<double> q = _frames[_previous].Doubles, j = _jacobian.Doubles;
        double square = 0.0;
        for (int i = 0; i < _dimension; i++)
        {
            double sum = 0.0;
            for (int k = 0; k < _dimension; k++)
                sum += Math.Abs(j[(i * _dimension) + k] * q[IndexOf(k, vector)]);
            square += sum * sum;
        }

        return _dimension * Epsilon * Math.Sqrt(square);
    }

    /// <summary>Replaces a vector that is zero by a new direction, orthogonal to all others.</summary>
    private void ReplaceCollapsed(int vector)
    {
        Span<double> q = _frames[_current].Doubles;
        for (int i = 0; i < _dimension; i++)
            q[IndexOf(i, vector)] = _directions.Next(-1.0, 1.0);
        const int passes = 2; // the second removes the rounding errors of the first
        for (int other = 0; other < passes * _vectors; other++)
        {
            if (other % _vectors != vector)
                SubtractProjection(q, other % _vectors, vector, Dot(q, other % _vectors, vector));
        }

        double length = Math.Sqrt(Dot(q, vector, vector));
        for (int i = 0; i < _dimension; i++)
            q[IndexOf(i, vector)] /= length;
    }

    private double Dot(ReadOnlySpan<double> q, int v, int w)
    {
        double sum = 0.0;
        for (int i = 0; i < _dimension; i++)
            sum = Math.FusedMultiplyAdd(q[IndexOf(i, v)], q[IndexOf(i, w)], sum);
        return sum;
    }

    private void SubtractProjection(Span<double> q, int v, int w, double coefficient)
    {
        for (int i = 0; i < _dimension; i++)
            q[IndexOf(i, w)] = Math.FusedMultiplyAdd(-coefficient, q[IndexOf(i, v)], q[IndexOf(i, w)]);
    }

    private int IndexOf(int component, int vector) => (component * _width * TLane.Count) + vector;

    private UncheckedSpan<TLane> GetFrame(int frame) => _frames[frame].Slice(0, _frames[frame].Length);
}
