namespace LatchLab.Numerics;

/// <summary>Temporary.</summary>
public readonly record struct Interval(double Lower, double Upper) : ILane<Interval>
{
    /// <inheritdoc/>
    public static int Count => 1;
    /// <inheritdoc/>
    public static Interval From(double value) => new(value, value);
    private static Interval Out(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? new(double.NegativeInfinity, double.PositiveInfinity) : new(Math.BitDecrement(a), Math.BitIncrement(b));
    /// <inheritdoc/>
    public static Interval operator +(Interval a, Interval b) => Out(a.Lower + b.Lower, a.Upper + b.Upper);
    /// <inheritdoc/>
    public static Interval operator -(Interval a, Interval b) => a + -b;
    /// <inheritdoc/>
    public static Interval operator -(Interval a) => new(-a.Upper, -a.Lower);
    private static double P(double a, double b) => a == 0 || b == 0 ? 0 : a * b;
    /// <inheritdoc/>
    public static Interval operator *(Interval a, Interval b)
    {
        double p = P(a.Lower, b.Lower), q = P(a.Lower, b.Upper), r = P(a.Upper, b.Lower), s = P(a.Upper, b.Upper);
        return Out(Math.Min(Math.Min(p, q), Math.Min(r, s)), Math.Max(Math.Max(p, q), Math.Max(r, s)));
    }
    /// <inheritdoc/>
    public static Interval operator /(Interval a, Interval b) => b.Contains(0.0) ? new(double.NegativeInfinity, double.PositiveInfinity) : a * Out(1 / b.Upper, 1 / b.Lower);
    /// <inheritdoc/>
    public static Interval FusedMultiplyAdd(Interval a, Interval b, Interval c) => a * b + c;
    /// <inheritdoc/>
    public static Interval Sqrt(Interval a) => Out(Math.Sqrt(a.Lower), Math.Sqrt(a.Upper));
    /// <inheritdoc/>
    public static Interval WhereLess(Interval a, Interval b, Interval then, Interval otherwise) => a.Upper < b.Lower ? then : a.Lower >= b.Upper ? otherwise : new(Math.Min(then.Lower, otherwise.Lower), Math.Max(then.Upper, otherwise.Upper));
    /// <inheritdoc/>
    public static bool AnyLess(Interval a, Interval b) => a.Lower < b.Upper;
    private static double T(double a) => Elementary.Tanh(new Scalar(a)).Value;
    /// <inheritdoc/>
    public static Interval Tanh(Interval a) => new(Math.Max(-1, T(a.Lower) - 4e-16), Math.Min(1, T(a.Upper) + 4e-16));
    /// <inheritdoc/>
    public static Interval Exp(Interval a) => throw new NotSupportedException();
    /// <inheritdoc/>
    public static Interval Log(Interval a) => throw new NotSupportedException();
    /// <summary>.</summary>
    public bool Contains(double x) => Lower <= x && x <= Upper;
    /// <summary>.</summary>
    public double Width => Upper - Lower;
    /// <summary>.</summary>
    public double Midpoint => 0.5 * (Lower + Upper);
    /// <summary>.</summary>
    public double Magnitude => Math.Max(Math.Abs(Lower), Math.Abs(Upper));
}
