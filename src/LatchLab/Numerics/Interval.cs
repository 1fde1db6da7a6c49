namespace LatchLab.Numerics;

/// <summary>
/// The real numbers from <c>Lower</c> to <c>Upper</c>. Every operation gives an interval that contains all results for
/// arguments in its operands (interval arithmetic with outward rounding, R. E. Moore 1966), so a kernel that runs over
/// it gives proved bounds of what it computes.
/// </summary>
/// <remarks>
/// An infinite end means "without bound": [−∞, ∞] is any number, and the result of everything that is not defined for
/// all arguments: division by what may be 0, the root of what may be negative. A sum, product, quotient or root is the
/// smallest interval of numbers that can be had, except near the limits of the exponent. Bounds concern the exact
/// function: a <see cref="Scalar"/> kernel may be off by its own rounding errors where it calls tanh, exp or log.
/// </remarks>
/// <param name="Lower">Lower end, not above <paramref name="Upper"/>, not +∞.</param>
/// <param name="Upper">Upper end, not −∞.</param>
public readonly record struct Interval(double Lower, double Upper) : ILane<Interval>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <summary>Any number.</summary>
    public static Interval Entire => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>An upper bound of <c>Upper − Lower</c>.</summary>
    public double Width => -DirectedRounding.AddDown(Lower, -Upper);

    /// <summary>A number near the middle, finite where an end is.</summary>
    public double Midpoint
        => Lower == -Upper ? 0.0
        : double.IsInfinity(Lower) ? Upper
        : double.IsInfinity(Upper) ? Lower
        : Math.Clamp((0.5 * Lower) + (0.5 * Upper), Lower, Upper);

    /// <summary>The largest |x| in it.</summary>
    public double Magnitude => Math.Max(Math.Abs(Lower), Math.Abs(Upper));

    /// <summary>The interval of one number; beyond the largest number if that is infinite; everything if NaN.</summary>
    public static Interval From(double value)
        => FromBounds(Math.Min(value, double.MaxValue), Math.Max(value, double.MinValue));

    /// <inheritdoc/>
    public static Interval operator +(Interval a, Interval b)
        => FromBounds(DirectedRounding.AddDown(a.Lower, b.Lower), -DirectedRounding.AddDown(-a.Upper, -b.Upper));

    /// <inheritdoc/>
    public static Interval operator -(Interval a, Interval b) => a + -b;

    /// <inheritdoc/>
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

    /// <summary>Quotient; everything where <paramref name="b"/> holds 0.</summary>
    public static Interval operator /(Interval a, Interval b)
        => b.Upper < 0.0 ? -a / -b
        : b.Lower > 0.0 ? FromBounds(
            DirectedRounding.DivideDown(a.Lower, a.Lower < 0.0 ? b.Lower : b.Upper),
            -DirectedRounding.DivideDown(-a.Upper, a.Upper < 0.0 ? b.Upper : b.Lower))
        : Entire;

    /// <inheritdoc/>
    public static Interval operator -(Interval a) => new(-a.Upper, -a.Lower);

    /// <inheritdoc/>
    public static Interval FusedMultiplyAdd(Interval a, Interval b, Interval c)
        => a.Lower >= 0.0 ? FromBounds(
            DirectedRounding.FusedMultiplyAddDown(b.Lower < 0.0 ? a.Upper : a.Lower, b.Lower, c.Lower),
            -DirectedRounding.FusedMultiplyAddDown(b.Upper < 0.0 ? -a.Lower : -a.Upper, b.Upper, -c.Upper))
        : a.Upper <= 0.0 ? FusedMultiplyAdd(-a, -b, c)
        : b.Lower >= 0.0 || b.Upper <= 0.0 ? FusedMultiplyAdd(b, a, c)
        : (a * b) + c;

    /// <summary>The squares of its numbers: never negative, unlike a product.</summary>
    public static Interval Square(Interval a)
    {
        double mignitude = a.Lower > 0.0 ? a.Lower : a.Upper < 0.0 ? a.Upper : 0.0, magnitude = a.Magnitude;
        return FromBounds(DirectedRounding.MultiplyDown(mignitude, mignitude),
            -DirectedRounding.MultiplyDown(-magnitude, magnitude));
    }

    /// <summary>Square root; everything where <paramref name="a"/> holds a negative number.</summary>
    public static Interval Sqrt(Interval a)
        => a.Lower >= 0.0 ? FromBounds(DirectedRounding.SqrtDown(a.Lower), DirectedRounding.SqrtUp(a.Upper)) : Entire;

    /// <summary>
    /// <paramref name="then"/> if all of <paramref name="a"/> is below all of <paramref name="b"/>,
    /// <paramref name="otherwise"/> if none is, and the hull of both where it is not decided.
    /// </summary>
    public static Interval WhereLess(Interval a, Interval b, Interval then, Interval otherwise)
        => a.Upper < b.Lower ? then : a.Lower >= b.Upper ? otherwise : Hull(then, otherwise);

    /// <summary>
    /// Whether <c>a &lt; b</c> is possible, not whether it is certain: work that is left out on this answer is not
    /// needed for any number in the intervals.
    /// </summary>
    public static bool AnyLess(Interval a, Interval b) => !(a.Lower >= b.Upper);

    /// <summary>The numbers tanh x; proved bounds within [−1, 1].</summary>
    public static Interval Tanh(Interval a)
        => a.Lower <= a.Upper
            ? FromBounds(IntervalFunctions.Tanh(a.Lower).Lower, IntervalFunctions.Tanh(a.Upper).Upper)
            : Entire;

    /// <summary>The numbers eˣ; proved bounds, the lower not below 0.</summary>
    public static Interval Exp(Interval a)
        => a.Lower <= a.Upper
            ? FromBounds(IntervalFunctions.Exp(a.Lower).Lower, IntervalFunctions.Exp(a.Upper).Upper)
            : Entire;

    /// <summary>The numbers log x; proved bounds. Everything where <paramref name="a"/> may be negative.</summary>
    public static Interval Log(Interval a)
        => a.Lower >= 0.0
            ? FromBounds(IntervalFunctions.Log(a.Lower).Lower, IntervalFunctions.Log(a.Upper).Upper)
            : Entire;

    /// <summary>The smallest interval that contains both.</summary>
    public static Interval Hull(Interval a, Interval b)
        => FromBounds(Math.Min(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <summary>What both have in common; null if that is nothing.</summary>
    public static Interval? Intersect(Interval a, Interval b)
    {
        var intersection = new Interval(Math.Max(a.Lower, b.Lower), Math.Min(a.Upper, b.Upper));
        return intersection.Lower <= intersection.Upper ? intersection : null;
    }

    /// <summary>Whether a number lies in it, ends included; NaN lies in none.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>Whether it contains another one, which may share ends with it.</summary>
    public bool Contains(Interval other) => Lower <= other.Lower && other.Upper <= Upper;

    /// <summary>Whether it lies in another one without touching its ends.</summary>
    public bool IsInInterior(Interval other) => other.Lower < Lower && Upper < other.Upper;

    /// <summary>The interval of these ends, where NaN, a bound that could not be found, makes it everything.</summary>
    private static Interval FromBounds(double lower, double upper)
        => double.IsNaN(lower) || double.IsNaN(upper) ? Entire : new(lower, upper);
}
