using System.Numerics;

namespace LatchLab.Verification;

/// <summary>
/// A quantity of a step over a box of states: bounds of its value, and of its derivative by each value of the state,
/// computed forwards by the rules of differentiation.
/// </summary>
/// <param name="Value">Bounds of the value.</param>
/// <param name="Gradient">Bounds of the derivatives.</param>
internal sealed record Differential(FixedPointInterval Value, FixedPointInterval[] Gradient)
{
    /// <summary>A value of the state.</summary>
    public static Differential OfState(FixedPointInterval value, int index, int dimension)
    {
        var gradient = new FixedPointInterval[dimension];
        gradient[index] = FixedPointInterval.Singleton(FixedPointInterval.One);
        return new(value, gradient);
    }

    /// <summary>A sum of exact multiples.</summary>
    public static Differential Sum(BigInteger[] factors, Differential[] terms, int dimension)
    {
        FixedPointInterval value = default;
        var gradient = new FixedPointInterval[dimension];
        for (int j = 0; j < terms.Length; j++)
        {
            value += factors[j] * terms[j].Value;
            FixedPointInterval[] inner = terms[j].Gradient;
            for (int k = 0; k < dimension; k++)
            {
                if (!inner[k].Lower.IsZero || !inner[k].Upper.IsZero)
                    gradient[k] += factors[j] * inner[k];
            }
        }

        return new(value, gradient);
    }

    public static Differential operator +(Differential a, Differential b)
        => new(a.Value + b.Value, Combine(a, b, (x, y) => x + y));

    public static Differential operator *(Differential a, Differential b)
        => new(a.Value * b.Value, Combine(a, b, (x, y) => (b.Value * x) + (a.Value * y)));

    /// <summary>
    /// (1 − z)·g + z·h for z in [0, 1]: its ends are among those of z, because it is increasing in g and in h.
    /// </summary>
    public static Differential Blend(Differential z, Differential g, Differential h)
    {
        FixedPointInterval difference = h.Value - g.Value;
        FixedPointInterval[] gradient = Combine(g, h, (x, y) => Blend(z.Value, x, y));
        for (int k = 0; k < gradient.Length; k++)
            gradient[k] += difference * z.Gradient[k];
        return new(Blend(z.Value, g.Value, h.Value), gradient);
    }

    /// <summary>tanh a, with the derivative 1 − tanh² a.</summary>
    public Differential Tanh()
    {
        FixedPointInterval value = Value.Tanh();
        return Compose(value, FixedPointInterval.Singleton(FixedPointInterval.One) - value.Square());
    }

    /// <summary>σ(a) = 1/(1 + e⁻ᵃ), with the derivative σ(1 − σ) = ¼ − (σ − ½)².</summary>
    public Differential Logistic()
    {
        BigInteger half = FixedPointInterval.One >> 1;
        FixedPointInterval value = Value.Logistic();
        return Compose(
            value, FixedPointInterval.Singleton(half >> 1) - (value - FixedPointInterval.Singleton(half)).Square());
    }

    /// <summary>max(0, a), with the derivative 0 or 1; over its kink, anything between.</summary>
    public Differential Rectify()
        => Compose(Value.Rectify(), new(
            Value.Lower.Sign > 0 ? FixedPointInterval.One : 0, Value.Upper.Sign > 0 ? FixedPointInterval.One : 0));

    private Differential Compose(FixedPointInterval value, FixedPointInterval derivative)
        => new(value, [.. Gradient.Select(entry => derivative * entry)]);

    private static FixedPointInterval[] Combine(
        Differential a, Differential b, Func<FixedPointInterval, FixedPointInterval, FixedPointInterval> rule)
        => [.. a.Gradient.Zip(b.Gradient, rule)];

    private static FixedPointInterval Blend(FixedPointInterval z, FixedPointInterval g, FixedPointInterval h)
    {
        BigInteger Mix(BigInteger share, BigInteger x, BigInteger y)
            => ((FixedPointInterval.One - share) * x) + (share * y);
        return new(
            FixedPointInterval.Floor(
                BigInteger.Min(Mix(z.Lower, g.Lower, h.Lower), Mix(z.Upper, g.Lower, h.Lower))),
            FixedPointInterval.Ceiling(
                BigInteger.Max(Mix(z.Lower, g.Upper, h.Upper), Mix(z.Upper, g.Upper, h.Upper))));
    }
}
