namespace LatchLab.Numerics;

/// <summary>
/// The real numbers from <c>Lower</c> to <c>Upper</c>. Every operation gives an interval that contains all results for
/// arguments in its operands (interval arithmetic with outward rounding, R. E. Moore 1966), so that a kernel that runs
/// over intervals gives proved bounds of its results.
/// </summary>
/// <remarks>
/// An infinite endpoint means "unbounded": [−∞, ∞] contains all numbers. It is also the result of an operation that is
/// not defined for all its arguments: division by an interval that contains 0, or the root of one that contains a
/// negative number. A sum, product, quotient or root is the smallest interval of representable numbers, except near the
/// limits of the exponent. The bounds are those of the exact function: a <see cref="Scalar"/> kernel that calls tanh,
/// exp or log may be outside them by its own rounding errors.
/// </remarks>
/// <param name="Lower">Lower endpoint, not above <paramref name="Upper"/>, not +∞.</param>
/// <param name="Upper">Upper endpoint, not −∞.</param>
public readonly record struct Interval(double Lower, double Upper) : ILane<Interval>
{
    public static int Count => 1;

    /// <summary>All numbers.</summary>
    public static Interval Entire => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>An upper bound of <c>Upper − Lower</c>.</summary>
    public double Width => -DirectedRounding.AddDown(Lower, -Upper);

    /// <summary>A number near the middle, finite if an endpoint is finite.</summary>
    public double Midpoint
        => Lower == -Upper ? 0.0
        : double.IsInfinity(Lower) ? Upper
        : double.IsInfinity(Upper) ? Lower
        : Math.Clamp((0.5 * Lower) + (0.5 * Upper), Lower, Upper);

    /// <summary>The largest |x| in it.</summary>
    public double Magnitude => Math.Max(Math.Abs(Lower), Math.Abs(Upper));

    /// <summary>The smallest |x| in it; 0 if it contains 0.</summary>
    public double Mignitude => Lower > 0.0 ? Lower : Upper < 0.0 ? -Upper : 0.0;

    /// <summary>
    /// The interval of one number; for ±∞ all numbers beyond the largest finite one, for NaN <see cref="Entire"/>.
    /// </summary>
    public static Interval From(double value)
        => FromBounds(Math.Min(value, double.MaxValue), Math.Max(value, double.MinValue));

    public static Interval operator +(Interval a, Interval b)
        => FromBounds(DirectedRounding.AddDown(a.Lower, b.Lower), -DirectedRounding.AddDown(-a.Upper, -b.Upper));

    public static Interval operator -(Interval a, Interval b) => a + -b;

    public static Interval operator *(Interval a, Interval b)
        => a.Lower >= 0.0 ? FromBounds(
            DirectedRounding.MultiplyDown(b.Lower < 0.0 ? a.Upper : a.Lower, b.Lower),
            -DirectedRounding.MultiplyDown(b.Upper < 0.0 ? -a.Lower : -a.Upper, b.Upper))
        : a.Upper <= 0.0 ? -a * -b
        : b.Lower >= 0.0 || b.Upper <= 0.0 ? b * a
        : FromBounds(
            Math.Min(DirectedRounding.MultiplyDown(a.Lower, b.Upper), DirectedRounding.MultiplyDown(a.Upper, b.Lower)),
            -Math.Min(DirectedRounding.MultiplyDown(-a.Lower, b.Lower),
                DirectedRounding.MultiplyDown(-a.Upper, b.Upper)));

    /// <summary>Quotient; <see cref="Entire"/> if <paramref name="b"/> contains 0.</summary>
    public static Interval operator /(Interval a, Interval b)
        => b.Upper < 0.0 ? -a / -b
        : b.Lower > 0.0 ? FromBounds(
            DirectedRounding.DivideDown(a.Lower, a.Lower < 0.0 ? b.Lower : b.Upper),
            -DirectedRounding.DivideDown(-a.Upper, a.Upper < 0.0 ? b.Upper : b.Lower))
        : Entire;

    public static Interval operator -(Interval a) => new(-a.Upper, -a.Lower);

    public static Interval FusedMultiplyAdd(Interval a, Interval b, Interval c)
        => a.Lower >= 0.0 ? FromBounds(
            DirectedRounding.FusedMultiplyAddDown(b.Lower < 0.0 ? a.Upper : a.Lower, b.Lower, c.Lower),
            -DirectedRounding.FusedMultiplyAddDown(b.Upper < 0.0 ? -a.Lower : -a.Upper, b.Upper, -c.Upper))
        : a.Upper <= 0.0 ? FusedMultiplyAdd(-a, -b, c)
        : b.Lower >= 0.0 || b.Upper <= 0.0 ? FusedMultiplyAdd(b, a, c)
        : (a * b) + c;

    /// <summary>The squares of its numbers: never negative, unlike the product of an interval with itself.</summary>
    public static Interval Square(Interval a)
    {
        double mignitude = a.Mignitude, magnitude = a.Magnitude;
        return FromBounds(DirectedRounding.MultiplyDown(mignitude, mignitude),
            -DirectedRounding.MultiplyDown(-magnitude, magnitude));
    }

    public static Interval FusedNegatedSquareAdd(Interval a, Interval c)
    {
        double mignitude = a.Mignitude, magnitude = a.Magnitude;
        return FromBounds(DirectedRounding.FusedMultiplyAddDown(-magnitude, magnitude, c.Lower),
            -DirectedRounding.FusedMultiplyAddDown(mignitude, mignitude, -c.Upper));
    }

    /// <summary>The parabola a − a² increases up to a = ½, where it is ¼, and decreases from there.</summary>
    public static Interval MultiplyByComplement(Interval a)
    {
        static double Down(double x) => DirectedRounding.FusedMultiplyAddDown(-x, x, x);
        static double Up(double x) => -DirectedRounding.FusedMultiplyAddDown(x, x, -x);
        return FromBounds(
            Math.Min(Down(a.Lower), Down(a.Upper)),
            a.Contains(0.5) ? 0.25 : a.Upper < 0.5 ? Up(a.Upper) : Up(a.Lower));
    }

    public static Interval Rectify(Interval a) => FromBounds(Math.Max(a.Lower, 0.0), Math.Max(a.Upper, 0.0));

    /// <summary>Square root; <see cref="Entire"/> if <paramref name="a"/> contains a negative number.</summary>
    public static Interval Sqrt(Interval a)
        => a.Lower >= 0.0 ? FromBounds(DirectedRounding.SqrtDown(a.Lower), DirectedRounding.SqrtUp(a.Upper)) : Entire;

    /// <summary>
    /// <paramref name="then"/> if all of <paramref name="a"/> is below all of <paramref name="b"/>,
    /// <paramref name="otherwise"/> if none is, and the hull of both if the comparison is undecided.
    /// </summary>
    public static Interval WhereLess(Interval a, Interval b, Interval then, Interval otherwise)
        => a.Upper < b.Lower ? then : a.Lower >= b.Upper ? otherwise : Hull(then, otherwise);

    /// <summary>
    /// Whether <c>a &lt; b</c> is possible, not whether it is certain. If it is impossible, dependent work can be
    /// skipped for all numbers in the intervals.
    /// </summary>
    public static bool AnyLess(Interval a, Interval b) => !(a.Lower >= b.Upper);

    /// <summary>Proved bounds of tanh x, within [−1, 1].</summary>
    public static Interval Tanh(Interval a)
        => a.Lower <= a.Upper
            ? FromBounds(IntervalFunctions.Tanh(a.Lower).Lower, IntervalFunctions.Tanh(a.Upper).Upper)
            : Entire;

    /// <summary>Proved bounds of eˣ, the lower not below 0.</summary>
    public static Interval Exp(Interval a)
        => a.Lower <= a.Upper
            ? FromBounds(IntervalFunctions.Exp(a.Lower).Lower, IntervalFunctions.Exp(a.Upper).Upper)
            : Entire;

    /// <summary>
    /// Proved bounds of log x; <see cref="Entire"/> if <paramref name="a"/> contains a negative number.
    /// </summary>
    public static Interval Log(Interval a)
        => a.Lower >= 0.0
            ? FromBounds(IntervalFunctions.Log(a.Lower).Lower, IntervalFunctions.Log(a.Upper).Upper)
            : Entire;

    /// <summary>The smallest interval that contains both.</summary>
    public static Interval Hull(Interval a, Interval b)
        => FromBounds(Math.Min(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <summary>Whether it contains a number, endpoints included; false for NaN.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>Whether it contains another interval, which may share endpoints with it.</summary>
    public bool Contains(Interval other) => Lower <= other.Lower && other.Upper <= Upper;

    /// <summary>
    /// The interval with these endpoints; <see cref="Entire"/> if one of them is NaN, an unknown bound.
    /// </summary>
    private static Interval FromBounds(double lower, double upper)
        => double.IsNaN(lower) || double.IsNaN(upper) ? Entire : new(lower, upper);
}
