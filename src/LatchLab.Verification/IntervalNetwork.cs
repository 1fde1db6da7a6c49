using System.Numerics;

namespace LatchLab.Verification;

/// <summary>A network in activations, <c>a_t = N(a_{t−1}, u_t)</c>, evaluated on boxes of activations.</summary>
/// <param name="dimension">n, the number of activations that the next step reads.</param>
/// <param name="inputs">m, the number of inputs.</param>
internal abstract class IntervalNetwork(int dimension, int inputs)
{
    public int Dimension => dimension;

    public int Inputs => inputs;

    /// <summary>Bounds of N(a, u).</summary>
    public abstract FixedPointInterval[] Step(FixedPointInterval[] a, FixedPointInterval[] u);
}

/// <summary>The activation functions of the units: f(a) = tanh a, 1/(1 + e⁻ᵃ) or max(0, a).</summary>
/// <param name="names">[unit]: its name.</param>
internal sealed class ActivationFunctions(string[] names)
{
    public static bool IsKnown(string name) => name is "tanh" or "logistic" or "relu";

    public FixedPointInterval Evaluate(int unit, FixedPointInterval a) => names[unit] switch
    {
        "logistic" => a.Logistic(),
        "relu" => a.Rectify(),
        _ => a.Tanh(),
    };
}

/// <summary><c>N(a, u) = W·f(a) + V·u + b</c>.</summary>
internal sealed class FullyConnectedNetwork(ActivationFunctions units, BigInteger[][] w, BigInteger[][] v,
    BigInteger[] b)
    : IntervalNetwork(w.Length, v[0].Length)
{
    public override FixedPointInterval[] Step(FixedPointInterval[] a, FixedPointInterval[] u)
    {
        FixedPointInterval[] x = [.. a.Select((activation, j) => units.Evaluate(j, activation))];
        return [.. b.Select((bias, i) => Sum(w[i], x) + Sum(v[i], u) + FixedPointInterval.Singleton(bias))];
    }

    private static FixedPointInterval Sum(BigInteger[] factors, FixedPointInterval[] values)
        => factors.Zip(values, (factor, value) => factor * value).Aggregate(default(FixedPointInterval),
            (sum, term) => sum + term);
}

/// <summary>
/// The Parity network: <c>N(a, u) = w3·u + w4·f(a) + w5·f(w1·u + w2·f(a) + b1) + b2</c>; its second unit is hidden.
/// </summary>
/// <param name="units">The output unit, then the hidden unit.</param>
/// <param name="w">[w1, w2, b1, w3, w4, w5, b2].</param>
internal sealed class ParityNetwork(ActivationFunctions units, BigInteger[] w) : IntervalNetwork(1, 1)
{
    public override FixedPointInterval[] Step(FixedPointInterval[] a, FixedPointInterval[] u)
    {
        FixedPointInterval y = units.Evaluate(0, a[0]);
        FixedPointInterval hidden = units.Evaluate(1, (w[0] * u[0]) + (w[1] * y) + FixedPointInterval.Singleton(w[2]));
        return [(w[3] * u[0]) + (w[4] * y) + (w[5] * hidden) + FixedPointInterval.Singleton(w[6])];
    }
}
