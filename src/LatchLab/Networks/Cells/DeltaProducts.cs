using System.Runtime.CompilerServices;
using LatchLab.Numerics;

namespace LatchLab.Networks.Cells;

/// <summary>
/// Sums over several steps of the products of deltas and values, <c>Σ_t δ_i(t)·x_j(t)</c>, the latest step first: the
/// gradients of weights. Four rows and up to four columns are summed together in registers. The deltas themselves, the
/// gradients of biases, are summed with one or two columns, whose multiplications leave time for these additions.
/// </summary>
/// <param name="deltas">[step][row], the latest step first.</param>
/// <param name="stride">Distance of the deltas of two steps.</param>
/// <param name="count">Number of steps.</param>
/// <param name="biases">[row]: the sums of the deltas.</param>
internal readonly ref struct DeltaProducts<TLane>(
    UncheckedSpan<TLane> deltas, nint stride, int count, UncheckedSpan<TLane> biases)
    where TLane : unmanaged, ILane<TLane>
{
    private readonly UncheckedSpan<TLane> _deltas = deltas, _biases = biases;

    /// <summary>
    /// Whether four columns are summed together. 16 sums and what they are made of need more than the 16 registers that
    /// processors without AVX-512 have.
    /// </summary>
    public static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLane.Count >= 8 && TLane.VectorCount == 1;
    }

    /// <summary>Adds the products of four rows with four values that follow each other.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="column">The first value, and its sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumFour(nint row, in ValueColumn<TLane> column)
    {
        UncheckedSpan<TLane> delta = _deltas.Slice(row), x = column.Values, first = column.SumsOf(row);
        nint width = column.Width, back = column.Back;
        UncheckedSpan<TLane> second = first.Slice(width), third = second.Slice(width), fourth = third.Slice(width);
        TLane a0 = first[0], b0 = first[1], c0 = first[2], d0 = first[3],
            a1 = second[0], b1 = second[1], c1 = second[2], d1 = second[3],
            a2 = third[0], b2 = third[1], c2 = third[2], d2 = third[3],
            a3 = fourth[0], b3 = fourth[1], c3 = fourth[2], d3 = fourth[3];
        for (int remaining = count; remaining > 0; remaining--)
        {
            TLane xa = x[0], xb = x[1], xc = x[2], xd = x[3], e = delta[0];
            a0 = TLane.FusedMultiplyAdd(e, xa, a0);
            b0 = TLane.FusedMultiplyAdd(e, xb, b0);
            c0 = TLane.FusedMultiplyAdd(e, xc, c0);
            d0 = TLane.FusedMultiplyAdd(e, xd, d0);
            e = delta[1];
            a1 = TLane.FusedMultiplyAdd(e, xa, a1);
            b1 = TLane.FusedMultiplyAdd(e, xb, b1);
            c1 = TLane.FusedMultiplyAdd(e, xc, c1);
            d1 = TLane.FusedMultiplyAdd(e, xd, d1);
            e = delta[2];
            a2 = TLane.FusedMultiplyAdd(e, xa, a2);
            b2 = TLane.FusedMultiplyAdd(e, xb, b2);
            c2 = TLane.FusedMultiplyAdd(e, xc, c2);
            d2 = TLane.FusedMultiplyAdd(e, xd, d2);
            e = delta[3];
            a3 = TLane.FusedMultiplyAdd(e, xa, a3);
            b3 = TLane.FusedMultiplyAdd(e, xb, b3);
            c3 = TLane.FusedMultiplyAdd(e, xc, c3);
            d3 = TLane.FusedMultiplyAdd(e, xd, d3);
            x = x.Slice(back);
            delta = delta.Slice(stride);
        }

        (first[0], first[1], first[2], first[3]) = (a0, b0, c0, d0);
        (second[0], second[1], second[2], second[3]) = (a1, b1, c1, d1);
        (third[0], third[1], third[2], third[3]) = (a2, b2, c2, d2);
        (fourth[0], fourth[1], fourth[2], fourth[3]) = (a3, b3, c3, d3);
    }

    /// <summary>Adds the products of four rows with two columns.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="first">A column.</param>
    /// <param name="second">Another column.</param>
    /// <param name="withBiases">Whether the deltas are also summed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumTwo(nint row, in ValueColumn<TLane> first, in ValueColumn<TLane> second, bool withBiases)
    {
        UncheckedSpan<TLane> delta = _deltas.Slice(row), x = first.Values, y = second.Values,
            a = first.SumsOf(row), b = second.SumsOf(row), c = _biases.Slice(row);
        nint p = first.Width, q = second.Width, xBack = first.Back, yBack = second.Back;
        TLane a0 = a[0], b0 = b[0], a1 = a[p], b1 = b[q], a2 = a[2 * p], b2 = b[2 * q], a3 = a[3 * p],
            b3 = b[3 * q], c0 = default, c1 = default, c2 = default, c3 = default;
        if (withBiases)
            (c0, c1, c2, c3) = (c[0], c[1], c[2], c[3]);
        for (int remaining = count; remaining > 0; remaining--)
        {
            TLane xt = x[0], yt = y[0], e0 = delta[0], e1 = delta[1], e2 = delta[2], e3 = delta[3];
            a0 = TLane.FusedMultiplyAdd(e0, xt, a0);
            b0 = TLane.FusedMultiplyAdd(e0, yt, b0);
            a1 = TLane.FusedMultiplyAdd(e1, xt, a1);
            b1 = TLane.FusedMultiplyAdd(e1, yt, b1);
            a2 = TLane.FusedMultiplyAdd(e2, xt, a2);
            b2 = TLane.FusedMultiplyAdd(e2, yt, b2);
            a3 = TLane.FusedMultiplyAdd(e3, xt, a3);
            b3 = TLane.FusedMultiplyAdd(e3, yt, b3);
            if (withBiases)
                (c0, c1, c2, c3) = (c0 + e0, c1 + e1, c2 + e2, c3 + e3);
            x = x.Slice(xBack);
            y = y.Slice(yBack);
            delta = delta.Slice(stride);
        }

        (a[0], b[0], a[p], b[q]) = (a0, b0, a1, b1);
        (a[2 * p], b[2 * q], a[3 * p], b[3 * q]) = (a2, b2, a3, b3);
        if (withBiases)
            (c[0], c[1], c[2], c[3]) = (c0, c1, c2, c3);
    }

    /// <summary>Adds the products of four rows with one column.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="column">The column.</param>
    /// <param name="withBiases">Whether the deltas are also summed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumOne(nint row, in ValueColumn<TLane> column, bool withBiases)
    {
        UncheckedSpan<TLane> delta = _deltas.Slice(row), x = column.Values, a = column.SumsOf(row),
            c = _biases.Slice(row);
        nint width = column.Width, back = column.Back;
        TLane a0 = a[0], a1 = a[width], a2 = a[2 * width], a3 = a[3 * width], c0 = default, c1 = default,
            c2 = default, c3 = default;
        if (withBiases)
            (c0, c1, c2, c3) = (c[0], c[1], c[2], c[3]);
        for (int remaining = count; remaining > 0; remaining--)
        {
            TLane xt = x[0], e0 = delta[0], e1 = delta[1], e2 = delta[2], e3 = delta[3];
            a0 = TLane.FusedMultiplyAdd(e0, xt, a0);
            a1 = TLane.FusedMultiplyAdd(e1, xt, a1);
            a2 = TLane.FusedMultiplyAdd(e2, xt, a2);
            a3 = TLane.FusedMultiplyAdd(e3, xt, a3);
            if (withBiases)
                (c0, c1, c2, c3) = (c0 + e0, c1 + e1, c2 + e2, c3 + e3);
            x = x.Slice(back);
            delta = delta.Slice(stride);
        }

        (a[0], a[width], a[2 * width], a[3 * width]) = (a0, a1, a2, a3);
        if (withBiases)
            (c[0], c[1], c[2], c[3]) = (c0, c1, c2, c3);
    }

    /// <summary>Adds the products of one row with a column.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumSingle(nint row, in ValueColumn<TLane> column)
    {
        UncheckedSpan<TLane> delta = _deltas.Slice(row), x = column.Values;
        ref TLane sum = ref column.SumsOf(row)[0];
        nint back = column.Back;
        TLane a = sum;
        for (int remaining = count; remaining > 0; remaining--)
        {
            a = delta.MultiplyAdd(0, x[0], a);
            x = x.Slice(back);
            delta = delta.Slice(stride);
        }

        sum = a;
    }

    /// <summary>Adds the deltas of one row.</summary>
    /// <param name="row">The row.</param>
    public void SumBias(nint row)
    {
        TLane sum = _biases[row];
        for (nint step = 0; step < count; step++)
            sum += _deltas[row + (step * stride)];
        _biases[row] = sum;
    }
}

/// <summary>A value that is multiplied with all deltas of a step, in several steps, and the sums of products.</summary>
/// <param name="values">The value of the latest step.</param>
/// <param name="back">Distance to the value of the step before it.</param>
/// <param name="sums">The sum of the first row.</param>
/// <param name="width">Distance of the sums of two rows.</param>
internal readonly ref struct ValueColumn<TLane>(
    UncheckedSpan<TLane> values, nint back, UncheckedSpan<TLane> sums, nint width)
    where TLane : unmanaged, ILane<TLane>
{
    private readonly UncheckedSpan<TLane> _sums = sums;

    public UncheckedSpan<TLane> Values { get; } = values;

    public nint Back => back;

    public nint Width => width;

    public UncheckedSpan<TLane> SumsOf(nint row) => _sums.Slice(row * width);
}
