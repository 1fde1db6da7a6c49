using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The modified Gram-Schmidt process for vectors that lie side by side, a lane a vector: each in turn is taken off all
/// later ones, <c>q_w ← q_w − (q_v·q_w / q_v·q_v)·q_v</c>, and lengths are made 1 at the very end. Sums over components
/// run in their order in every lane type, so that all give the same bits.
/// </summary>
/// <remarks>
/// Order of calls: <see cref="Begin"/>; for each vector <see cref="Project"/>, then <see cref="SubtractFromLater"/> or
/// <see cref="MarkZero"/>; <see cref="Normalize"/>.
/// </remarks>
/// <typeparam name="TLane">The numbers it is made of.</typeparam>
/// <param name="components">n.</param>
/// <param name="vectors">k.</param>
internal sealed class GramSchmidt<TLane>(int components, int vectors)
    where TLane : unmanaged, IBitLane<TLane>
{
    private const ulong Sign = 1UL << 63, Exponent = 0x7FF0_0000_0000_0000;

    private readonly int _width = (vectors + TLane.Count - 1) / TLane.Count;
    private readonly LaneMemory<TLane> _scales = Allocate(vectors);     // powers of 2 taken out of the vectors
    private readonly LaneMemory<TLane> _lengths = Allocate(vectors);    // before anything was taken off
    private readonly LaneMemory<TLane> _squares = Allocate(vectors);    // q_v·q_v after all former ones were taken off
    private readonly LaneMemory<TLane> _dots = Allocate(vectors);       // q_v·q_w of the vector v that is at work

    /// <summary>The length of each vector before anything was taken off.</summary>
    public ReadOnlySpan<double> Lengths => _lengths.Doubles[..vectors];

    /// <summary>Takes a power of 2 out of each vector, so that no square overflows, and notes its length.</summary>
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

    /// <summary>The length of a vector after all former ones were taken off it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public double Project(UncheckedSpan<TLane> q, int vector)
    {
        UncheckedSpan<TLane> products = _dots.Slice(0, _width);
        UncheckedSpan<double> x = AsNumbers(q).Slice(vector);
        int b = vector / TLane.Count, stride = _width * TLane.Count;
        for (; b + 4 <= _width; b += 4)
        {
            TLane d0 = default, d1 = default, d2 = default, d3 = default;
            UncheckedSpan<TLane> row = q.Slice(b);
            for (int i = 0; i < components; i++)
            {
                TLane xi = TLane.From(x[i * stride]);
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
                d = TLane.FusedMultiplyAdd(TLane.From(x[i * stride]), q[(i * _width) + b], d);
            products[b] = d;
        }

        double square = _dots.Doubles[vector];
        _squares.Doubles[vector] = square;
        return _scales.Doubles[vector] * Math.Sqrt(square);
    }

    /// <summary>Takes the vector that was projected last off all later ones.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void SubtractFromLater(UncheckedSpan<TLane> q, int vector)
    {
        UncheckedSpan<TLane> products = _dots.Slice(0, _width);
        UncheckedSpan<double> x = AsNumbers(q).Slice(vector);
        int b = vector / TLane.Count, stride = _width * TLane.Count;
        _dots.Doubles[(b * TLane.Count)..(vector + 1)].Clear();      // it and the former ones stay as they are
        TLane inverse = TLane.From(-1.0 / _squares.Doubles[vector]);
        for (; b + 4 <= _width; b += 4)
        {
            TLane c0 = products[b] * inverse, c1 = products[b + 1] * inverse;
            TLane c2 = products[b + 2] * inverse, c3 = products[b + 3] * inverse;
            UncheckedSpan<TLane> row = q.Slice(b);
            for (int i = 0; i < components; i++)
            {
                TLane xi = TLane.From(x[i * stride]);
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
                value = TLane.FusedMultiplyAdd(TLane.From(x[i * stride]), c, value);
            }
        }
    }

    /// <summary>Counts the vector that was projected last as zero.</summary>
    public void MarkZero(int vector) => _squares.Doubles[vector] = 0.0;

    /// <summary>
    /// Makes all lengths 1 (of vectors that were dropped 0) and writes the logarithms of what they were, −∞ for 0.
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

    /// <summary>The same memory, number by number: vector v of component i at [i·width·Count + v].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static UncheckedSpan<double> AsNumbers(UncheckedSpan<TLane> q)
        => new(ref Unsafe.As<TLane, double>(ref q[0]));

    private static LaneMemory<TLane> Allocate(int count) => new((count + TLane.Count - 1) / TLane.Count);
}
