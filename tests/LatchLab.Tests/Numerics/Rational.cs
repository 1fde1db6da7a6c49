using System.Numerics;

namespace LatchLab.Tests.Numerics;

/// <summary>The exact quotient of two whole numbers: the oracle of interval arithmetic.</summary>
internal readonly record struct Rational
{
    private readonly BigInteger _above, _below; // below > 0

    private Rational(BigInteger above, BigInteger below)
        => (this._above, this._below) = below.Sign < 0 ? (-above, -below) : (above, below);

    public static Rational Of(double x) => Of(Real.Of(x));

    public static Rational Of(Real x)
        => x.Exponent < 0 ? new(x.Digits, BigInteger.One << -x.Exponent) : new(x.Digits << x.Exponent, BigInteger.One);

    public static implicit operator Rational(int x) => new(x, BigInteger.One);

    public static Rational operator +(Rational a, Rational b)
        => new((a._above * b._below) + (b._above * a._below), a._below * b._below);

    public static Rational operator -(Rational a, Rational b) => a + (-1 * b);

    public static Rational operator *(Rational a, Rational b) => new(a._above * b._above, a._below * b._below);

    public static Rational operator /(Rational a, Rational b) => new(a._above * b._below, a._below * b._above);

    public static bool operator <=(Rational a, Rational b) => a._above * b._below <= b._above * a._below;

    public static bool operator >=(Rational a, Rational b) => b <= a;

    /// <summary>Whether it lies between two ends, infinite ones too.</summary>
    public bool IsWithin(double lower, double upper)
        => (double.IsNegativeInfinity(lower) || Of(lower) <= this)
            && (double.IsPositiveInfinity(upper) || this <= Of(upper));
}
