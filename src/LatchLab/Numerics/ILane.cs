namespace LatchLab.Numerics;

/// <summary>
/// A real number for each of several independent trials: lane <c>i</c> of every value belongs to trial <c>i</c>. A
/// kernel written once over <typeparamref name="TLane"/> runs one trial (<see cref="Scalar"/>), runs many at once
/// (<see cref="Wide256"/>, <see cref="Wide512"/>), or computes derivatives (<see cref="Dual{TLane}"/>).
/// </summary>
/// <remarks>
/// Every arithmetic operation is correctly rounded (IEEE 754 binary64), so that the same kernel gives the same bits in
/// every lane type. A lane cannot branch: use <see cref="WhereLess"/> where lanes must differ. To add one: implement
/// these members and list it in <see cref="LaneKind"/>, from which the contract tests follow.
/// </remarks>
public interface ILane<TLane>
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>Number of trials in one value.</summary>
    static abstract int Count { get; }

    /// <summary>Number of processor vectors in one value.</summary>
    static virtual int VectorCount => 1;

    /// <summary>The same number in every lane.</summary>
    static abstract TLane From(double value);

    /// <summary>A constant in every lane, loaded from memory; faster than <see cref="From"/> in inner loops.</summary>
    static virtual TLane Load(LaneConstant constant) => TLane.From(LaneConstants.Values[(int)constant]);

    /// <summary>Sum, lane by lane.</summary>
    static abstract TLane operator +(TLane a, TLane b);

    /// <summary>Difference, lane by lane.</summary>
    static abstract TLane operator -(TLane a, TLane b);

    /// <summary>Product, lane by lane.</summary>
    static abstract TLane operator *(TLane a, TLane b);

    /// <summary>Quotient, lane by lane.</summary>
    static abstract TLane operator /(TLane a, TLane b);

    /// <summary>Negation, also of zero.</summary>
    static abstract TLane operator -(TLane a);

    /// <summary><c>a·b + c</c>, rounded once.</summary>
    static abstract TLane FusedMultiplyAdd(TLane a, TLane b, TLane c);

    /// <summary>
    /// The same with a in memory: one instruction, while the compiler loads an argument that is passed by value first.
    /// </summary>
    static virtual TLane FusedMultiplyAddFrom(ref readonly TLane a, TLane b, TLane c)
        => TLane.FusedMultiplyAdd(a, b, c);

    /// <summary><c>c − a·b</c>, rounded once.</summary>
    static virtual TLane FusedNegatedMultiplyAdd(TLane a, TLane b, TLane c) => TLane.FusedMultiplyAdd(-a, b, c);

    /// <summary>a², lane by lane; never negative, also over intervals, where a·a may be.</summary>
    static virtual TLane Square(TLane a) => a * a;

    /// <summary><c>c − a²</c>, rounded once; over intervals tighter than with two factors that may differ.</summary>
    static virtual TLane FusedNegatedSquareAdd(TLane a, TLane c) => TLane.FusedNegatedMultiplyAdd(a, a, c);

    /// <summary><c>a − a² = a·(1 − a)</c>, rounded once; over intervals at most ¼.</summary>
    static virtual TLane MultiplyByComplement(TLane a) => TLane.FusedNegatedMultiplyAdd(a, a, a);

    /// <summary>max(0, a); NaN stays NaN.</summary>
    static virtual TLane Rectify(TLane a) => TLane.WhereLess(a, TLane.From(0.0), TLane.From(0.0), a);

    /// <summary>Square root.</summary>
    static abstract TLane Sqrt(TLane a);

    /// <summary>Magnitude.</summary>
    static virtual TLane Abs(TLane a) => TLane.WhereLess(a, TLane.From(0.0), -a, a);

    /// <summary>
    /// In each lane <paramref name="then"/> if <c>a &lt; b</c>, else (also for NaN) <paramref name="otherwise"/>.
    /// </summary>
    static abstract TLane WhereLess(TLane a, TLane b, TLane then, TLane otherwise);

    /// <summary>Whether <c>a &lt; b</c> in any lane: used to skip work that no lane needs.</summary>
    static abstract bool AnyLess(TLane a, TLane b);

    /// <summary>Hyperbolic tangent; within 2 ulp (<see cref="Elementary.Tanh"/>).</summary>
    static abstract TLane Tanh(TLane a);

    /// <summary>Replaces values by their hyperbolic tangents; faster than one after the other.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">Their number.</param>
    static virtual void ReplaceByTanh(UncheckedSpan<TLane> values, nint count)
    {
        for (nint i = 0; i < count; i++)
            values[i] = TLane.Tanh(values[i]);
    }

    /// <summary>Replaces values a by the logistic function, σ(a) = ½ + ½·tanh(½·a), likewise.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">Their number.</param>
    static virtual void ReplaceByLogistic(UncheckedSpan<TLane> values, nint count)
    {
        TLane half = TLane.From(0.5);
        for (nint i = 0; i < count; i++)
            values[i] = TLane.FusedMultiplyAdd(half, TLane.Tanh(half * values[i]), half);
    }

    /// <summary>Exponential function; within 2 ulp (<see cref="Elementary.Exp"/>).</summary>
    static abstract TLane Exp(TLane a);

    /// <summary>Natural logarithm; within 2 ulp (<see cref="Elementary.Log"/>).</summary>
    static abstract TLane Log(TLane a);
}
