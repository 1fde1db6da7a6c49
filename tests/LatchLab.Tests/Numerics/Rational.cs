using System.Numerics;

namespace LatchLab.Tests.Numerics;

/// <summary>An exact quotient of two integers: the reference for interval arithmetic.</summary>
internal readonly record struct Rational
{
    private readonly BigInteger _numerator, _denominator; // denominator > 0

    private Rational(BigInteger numerator, BigInteger denominator)
        => (_numerator, _denominator) = denominator.Sign < 0
            ? (-numerator, -denominator)
            : (numerator, denominator);

    public static Rational Of(double x) => Of(Real.Of(x));

    public static Rational Of(Real x)
        => x.Exponent < 0 ? new(x.Digits, BigInteger.One << -x.Exponent) : new(x.Digits << x.Exponent, BigInteger.One);

    public static implicit operator Rational(int x) => new(x, BigInteger.One);

    public static Rational operator +(Rational a, Rational b)
        => new((a._numerator * b._denominator) + (b._numerator * a._denominator), a._denominator * b._denominator);

    public static Rational operator -(Rational a, Rational b) => a + (-1 * b);

    public static Rational operator *(Rational a, Rational b)
        => new(a._numerator * b._numerator, a._denominator * b._denominator);

    public static Rational operator /(Rational a, Rational b)
        => new(a._numerator * b._denominator, a._denominator * b._numerator);

    public static bool operator <=(Rational a, Rational b)
        => a._numerator * b._denominator <= b._numerator * a._denominator;

    public static bool operator >=(Rational a, Rational b) => b <= a;

    /// <summary>Whether the number lies between two endpoints, which may be infinite.</summary>
    public bool IsWithin(double lower, double upper)
        => (double.IsNegativeInfinity(lower) || Of(lower) <= this)
            && (double.IsPositiveInfinity(upper) || this <= Of(upper));
}
