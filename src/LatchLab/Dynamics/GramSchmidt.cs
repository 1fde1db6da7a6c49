using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The modified Gram-Schmidt process for vectors that are stored side by side, one vector per lane. The projection on
/// each vector in turn is subtracted from all later ones, <c>q_w ← q_w − (q_v·q_w / q_v·q_v)·q_v</c>; the vectors are
/// normalized at the end. Sums over components have the same order in every lane type, so that the results are
/// bit-identical.
/// </summary>
/// <remarks>
/// Order of calls: <see cref="Begin"/>; for each vector <see cref="Project"/>, then <see cref="SubtractFromLater"/> or
/// <see cref="MarkZero"/>; <see cref="Normalize"/>.
/// </remarks>
/// <param name="components">Number n of components.</param>
/// <param name="vectors">Number k of vectors.</param>
internal sealed class GramSchmidt<TLane>(int components, int vectors)
    where TLane : unmanaged, IBitLane<TLane>
{
    private const ulong Sign = 1UL << 63, Exponent = 0x7FF0_0000_0000_0000;

    private readonly int _width = (vectors + TLane.Count - 1) / TLane.Count;
    private readonly LaneMemory<TLane> _scales = Allocate(vectors);   // powers of 2 taken out of the vectors
    private readonly LaneMemory<TLane> _lengths = Allocate(vectors);  // before any subtraction
    private readonly LaneMemory<TLane> _squares = Allocate(vectors);  // q_v·q_v after subtraction of the earlier ones
    private readonly LaneMemory<TLane> _dots = Allocate(vectors);     // q_v·q_w of the current vector v

    /// <summary>The length of each vector before any subtraction.</summary>
    public ReadOnlySpan<double> Lengths => _lengths.Doubles[..vectors];

    /// <summary>Divides each vector by a power of 2, so that no square overflows, and stores its length.</summary>
    /// <param name="q">The vectors, [component][vector].</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Begin(UncheckedSpan<TLane> q)
    {
        TLane zero = TLane.From(0.0), one = TLane.From(1.0);
        for (int b = 0; b < _width; b++)
        {
            UncheckedSpan<TLane> column = q.Slice(b);
            TLane largest = zero;
            for (int i = 0; i < components; i++)
                largest = TLane.Max(largest, column[i * _width] & TLane.FromBits(~Sign));

            TLane scale = largest & TLane.FromBits(Exponent);
            scale = TLane.WhereLess(zero, scale, scale, one);
            TLane inverse = one / scale, square = zero;
            for (int i = 0; i < components; i++)
            {
                TLane scaled = column[i * _width] * inverse;
                column[i * _width] = scaled;
                square = TLane.FusedMultiplyAdd(scaled, scaled, square);
            }

            _scales.Values[b] = scale;
            _lengths.Values[b] = scale * TLane.Sqrt(square);
        }
    }

    /// <summary>
    /// Computes the products of a vector with all others. Returns its length after subtraction of the earlier ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public double Project(UncheckedSpan<TLane> q, int vector)
    {
        UncheckedSpan<TLane> products = _dots.Slice(0, _width);
        UncheckedSpan<Scalar> x = AsNumbers(q).Slice(vector);
        int b = vector / TLane.Count, stride = _width * TLane.Count;
        for (; b + 4 <= _width; b += 4)
        {
            TLane d0 = default, d1 = default, d2 = default, d3 = default;
            UncheckedSpan<TLane> row = q.Slice(b);
            for (int i = 0; i < components; i++)
            {
                TLane xi = TLane.From(x[i * stride].Value);
                d0 = TLane.FusedMultiplyAdd(xi, row[0], d0);
                d1 = TLane.FusedMultiplyAdd(xi, row[1], d1);
                d2 = TLane.FusedMultiplyAdd(xi, row[2], d2);
                d3 = TLane.FusedMultiplyAdd(xi, row[3], d3);
                row = row.Slice(_width);
            }

            (products[b], products[b + 1], products[b + 2], products[b + 3]) = (d0, d1, d2, d3);
        }

        for (; b < _width; b++)
        {
            TLane d = default;
            for (int i = 0; i < components; i++)
                d = TLane.FusedMultiplyAdd(TLane.From(x[i * stride].Value), q[(i * _width) + b], d);
            products[b] = d;
        }

        double square = _dots.Doubles[vector];
        _squares.Doubles[vector] = square;
        return _scales.Doubles[vector] * Math.Sqrt(square);
    }

    /// <summary>Subtracts the projection on the last projected vector from all later vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void SubtractFromLater(UncheckedSpan<TLane> q, int vector)
    {
        UncheckedSpan<TLane> products = _dots.Slice(0, _width);
        UncheckedSpan<Scalar> x = AsNumbers(q).Slice(vector);
        int b = vector / TLane.Count, stride = _width * TLane.Count;
        _dots.Doubles[(b * TLane.Count)..(vector + 1)].Clear();    // it and the earlier ones do not change
        TLane inverse = TLane.From(-1.0 / _squares.Doubles[vector]);
        for (; b + 4 <= _width; b += 4)
        {
            TLane c0 = products[b] * inverse, c1 = products[b + 1] * inverse;
            TLane c2 = products[b + 2] * inverse, c3 = products[b + 3] * inverse;
            UncheckedSpan<TLane> row = q.Slice(b);
            for (int i = 0; i < components; i++)
            {
                TLane xi = TLane.From(x[i * stride].Value);
                row[0] = TLane.FusedMultiplyAdd(xi, c0, row[0]);
                row[1] = TLane.FusedMultiplyAdd(xi, c1, row[1]);
                row[2] = TLane.FusedMultiplyAdd(xi, c2, row[2]);
                row[3] = TLane.FusedMultiplyAdd(xi, c3, row[3]);
                row = row.Slice(_width);
            }
        }

        for (; b < _width; b++)
        {
            TLane c = products[b] * inverse;
            for (int i = 0; i < components; i++)
            {
                ref TLane value = ref q[(i * _width) + b];
                value = TLane.FusedMultiplyAdd(TLane.From(x[i * stride].Value), c, value);
            }
        }
    }

    /// <summary>Marks the last projected vector as zero.</summary>
    public void MarkZero(int vector) => _squares.Doubles[vector] = 0.0;

    /// <summary>
    /// Normalizes the vectors to length 1 (0 for those marked as zero) and writes the logarithms of their previous
    /// lengths, −∞ for 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Normalize(UncheckedSpan<TLane> q, Span<double> logarithms)
    {
        TLane zero = TLane.From(0.0);
        for (int b = 0; b < _width; b++)
        {
            TLane length = TLane.Sqrt(_squares.Values[b]);
            TLane inverse = TLane.WhereLess(zero, length, TLane.From(1.0) / length, zero);
            for (int i = 0; i < components; i++)
                q[(i * _width) + b] *= inverse;
            _dots.Values[b] = TLane.Log(_scales.Values[b] * length);
        }

        _dots.Doubles[..vectors].CopyTo(logarithms);
    }

    /// <summary>The same memory as single numbers: component i of vector v at [i·width·Count + v].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UncheckedSpan<Scalar> AsNumbers(UncheckedSpan<TLane> q)
        => new(ref Unsafe.As<TLane, Scalar>(ref q[0]));

    private static LaneMemory<TLane> Allocate(int count) => new((count + TLane.Count - 1) / TLane.Count);
}
