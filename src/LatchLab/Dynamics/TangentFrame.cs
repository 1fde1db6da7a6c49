using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// k tangent vectors of a map, carried along an orbit by its Jacobians, <c>Q ← J·Q</c>, and made orthonormal again,
/// <c>Q ← Q·R⁻¹</c>: the logarithms of the diagonal of R say how much they grew (Benettin, Galgani, Giorgilli and
/// Strelcyn 1980). A lane is a tangent vector, so that no result depends on the width of the lanes.
/// </summary>
/// <remarks>
/// Several products may pass between two orthogonalisations, as long as the vectors stay apart:
/// <see cref="Orthogonalize"/> says how near they came to the limit, and if they passed it, <see cref="Restore"/> goes
/// back to where <see cref="Save"/> was called.
/// </remarks>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
public sealed class TangentFrame<TLane>
    where TLane : unmanaged, IBitLane<TLane>
{
    /// <summary>
    /// How much longer the longest vector may be than what is left of any when the former ones are taken off: its
    /// rounding errors, 1e-16, are then 1e-11 of what is left.
    /// </summary>
    public const double MaxSpread = 1e5;

    /// <summary>How long the vectors may become, and its inverse how short, without overflow and underflow.</summary>
    public const double MaxLength = 1e100;

    // Below this share of the longest vector, what is left of one is compared with its rounding errors.
    private const double CollapseThreshold = 1e-8;
    private const double Epsilon = 1.0 / (1L << 52);

    private readonly int _dimension, _vectors, _width;
    private readonly LaneMemory<Scalar> _jacobian;   // with rows of zeros to a multiple of the rows in one pass, as Q
    private readonly LaneMemory<TLane>[] _frames;    // [component][vector]: the present one, the kept one, an image
    private readonly GramSchmidt<TLane> _gramSchmidt;
    private readonly UniformStream _directions = new(seed: 0, Purpose.TangentDirections, item: 0, randomWord: 0,
        trial: 0);
    private int _current, _saved, _previous, _pendingProducts;

    /// <summary>Orthonormal vectors of arbitrary directions, the same for the same n and k.</summary>
    /// <param name="dimension">n ≥ 1.</param>
    /// <param name="vectors">k, 1 … n.</param>
    public TangentFrame(int dimension, int vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vectors, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vectors, dimension);
        (this._dimension, this._vectors) = (dimension, vectors);
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

    /// <summary>J, n × n, row by row: to be written before <see cref="Multiply"/>.</summary>
    public Span<Scalar> Jacobian => _jacobian.Values[..(_dimension * _dimension)];

    /// <summary>A component of a vector.</summary>
    public double this[int component, int vector] => _frames[_current].Doubles[IndexOf(component, vector)];

    /// <summary>Notes the vectors as they are.</summary>
    public void Save() => _saved = _current;

    /// <summary>Goes back to the vectors as they were when they were kept; products must have passed since.</summary>
    public void Restore() => (_current, _pendingProducts) = (_saved, 0);

    /// <summary>Q ← J·Q.</summary>
    public void Multiply()
    {
        int image = _current == _saved ? (_current + 1) % 3 : 3 - _current - _saved; // the one of 0, 1, 2 that is free
        TangentProduct.Multiply(
            _jacobian.Slice(0, _jacobian.Length), GetFrame(_current), GetFrame(image), _jacobian.Length / _dimension,
            _dimension, _width);
        (_previous, _current, _pendingProducts) = (_current, image, _pendingProducts + 1);
    }

    /// <summary>
    /// Makes the vectors orthonormal. One of which nothing is left, and after a single product not more than rounding
    /// errors, has collapsed: an arbitrary direction that is orthogonal to the others takes its place.
    /// </summary>
    /// <param name="logarithms">ln R_vv for each vector, −∞ for one that has collapsed; written.</param>
    /// <returns>
    /// How much of <see cref="MaxSpread"/> and <see cref="MaxLength"/> was used, a share of their logarithms:
    /// above 1 if too many products have passed, +∞ if a vector has collapsed, NaN if one is not finite.
    /// </returns>
    public double Orthogonalize(Span<double> logarithms)
    {
        double relativeSpread = RemoveProjections();
        _gramSchmidt.Normalize(GetFrame(_current), logarithms);
        if (relativeSpread > 1.0 && _pendingProducts == 1)
        {
            // There was no shorter way. Rounding errors as large as what was left make the vectors lean; another pass
            // sets them upright and leaves their lengths as they are.
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

    /// <summary>The vectors without what they share with former ones; how they bore it.</summary>
    private double RemoveProjections()
    {
        UncheckedSpan<TLane> q = GetFrame(_current);
        _gramSchmidt.Begin(q);
        double longest = 0.0;
        foreach (double length in _gramSchmidt.Lengths)
            longest = Math.Max(longest, length); // NaN remains
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
        return Math.Max(Log(longest / shortest) / Log(MaxSpread), Math.Abs(Log(longest)) / Log(MaxLength));
    }

    /// <summary>
    /// Bound of the rounding errors of J·q_v and of what was taken off it: 2n roundings of <c>|J|·|q_v|</c>.
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

    /// <summary>Gives a vector that is zero a new direction, orthogonal to all others.</summary>
    private void ReplaceCollapsed(int vector)
    {
        Span<double> q = _frames[_current].Doubles;
        for (int i = 0; i < _dimension; i++)
            q[IndexOf(i, vector)] = _directions.Next(-1.0, 1.0);
        const int passes = 2; // the second takes off what the rounding errors of the first left
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

    private static double Log(double x) => Elementary.Log(new Scalar(x)).Value;
}
