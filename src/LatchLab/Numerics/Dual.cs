namespace LatchLab.Numerics;

/// <summary>
/// A dual number <c>v + s·ε</c>, ε² = 0: a value with its derivative in one direction. A kernel that runs over dual
/// numbers gives derivatives that are exact up to rounding; <c>Dual&lt;Dual&lt;Scalar&gt;&gt;</c> carries second
/// derivatives. The tests check backpropagation against it; the two share no formula.
/// </summary>
/// <typeparam name="TLane">The lane type of both parts.</typeparam>
/// <param name="Value">v.</param>
/// <param name="Derivative">s, the derivative of v in the chosen direction.</param>
public readonly record struct Dual<TLane>(TLane Value, TLane Derivative) : ILane<Dual<TLane>>
    where TLane : unmanaged, ILane<TLane>
{
    public static int Count => TLane.Count;

    public static Dual<TLane> From(double value) => new(TLane.From(value), TLane.From(0.0));

    public static Dual<TLane> operator +(Dual<TLane> a, Dual<TLane> b)
        => new(a.Value + b.Value, a.Derivative + b.Derivative);

    public static Dual<TLane> operator -(Dual<TLane> a, Dual<TLane> b)
        => new(a.Value - b.Value, a.Derivative - b.Derivative);

    public static Dual<TLane> operator *(Dual<TLane> a, Dual<TLane> b)
        => new(a.Value * b.Value, a.Derivative * b.Value + a.Value * b.Derivative);

    public static Dual<TLane> operator /(Dual<TLane> a, Dual<TLane> b)
    {
        TLane quotient = a.Value / b.Value;
        return new(quotient, (a.Derivative - quotient * b.Derivative) / b.Value);
    }

    public static Dual<TLane> operator -(Dual<TLane> a) => new(-a.Value, -a.Derivative);

    public static Dual<TLane> FusedMultiplyAdd(Dual<TLane> a, Dual<TLane> b, Dual<TLane> c)
        => new(
            TLane.FusedMultiplyAdd(a.Value, b.Value, c.Value),
            TLane.FusedMultiplyAdd(a.Derivative, b.Value, TLane.FusedMultiplyAdd(a.Value, b.Derivative, c.Derivative)));

    public static Dual<TLane> Square(Dual<TLane> a)
        => new(TLane.Square(a.Value), a.Derivative * a.Value + a.Value * a.Derivative);

    public static Dual<TLane> FusedNegatedSquareAdd(Dual<TLane> a, Dual<TLane> c)
        => new(TLane.FusedNegatedSquareAdd(a.Value, c.Value), SubtractSquareDerivative(a, c.Derivative));

    public static Dual<TLane> MultiplyByComplement(Dual<TLane> a)
        => new(TLane.MultiplyByComplement(a.Value), SubtractSquareDerivative(a, a.Derivative));

    /// <summary>The derivative is 0 where the value is not positive, also at 0.</summary>
    public static Dual<TLane> Rectify(Dual<TLane> a)
    {
        TLane zero = TLane.From(0.0);
        return new(TLane.Rectify(a.Value), TLane.WhereLess(zero, a.Value, a.Derivative, zero));
    }

    public static Dual<TLane> Sqrt(Dual<TLane> a)
    {
        TLane root = TLane.Sqrt(a.Value);
        return new(root, a.Derivative / (root + root));
    }

    public static Dual<TLane> WhereLess(Dual<TLane> a, Dual<TLane> b, Dual<TLane> then, Dual<TLane> otherwise)
        => new(
            TLane.WhereLess(a.Value, b.Value, then.Value, otherwise.Value),
            TLane.WhereLess(a.Value, b.Value, then.Derivative, otherwise.Derivative));

    /// <summary>Compares the values; derivatives are ignored.</summary>
    public static bool AnyLess(Dual<TLane> a, Dual<TLane> b) => TLane.AnyLess(a.Value, b.Value);

    public static Dual<TLane> Tanh(Dual<TLane> a)
    {
        TLane tanh = TLane.Tanh(a.Value);
        // no cancellation near ±1
        return new(tanh, a.Derivative * TLane.FusedNegatedSquareAdd(tanh, TLane.From(1.0)));
    }

    public static Dual<TLane> Exp(Dual<TLane> a)
    {
        TLane exp = TLane.Exp(a.Value);
        return new(exp, a.Derivative * exp);
    }

    public static Dual<TLane> Log(Dual<TLane> a) => new(TLane.Log(a.Value), a.Derivative / a.Value);

    /// <summary>The derivative of c − a².</summary>
    private static TLane SubtractSquareDerivative(Dual<TLane> a, TLane derivativeOfC)
        => TLane.FusedMultiplyAdd(
            -a.Derivative, a.Value, TLane.FusedMultiplyAdd(-a.Value, a.Derivative, derivativeOfC));
}
