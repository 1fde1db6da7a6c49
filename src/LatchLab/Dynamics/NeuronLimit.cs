using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Where the neuron <c>x ← tanh(w·x + h)</c> with w ≤ 1, which stores no sign, goes under a constant input h: to a
/// fixed point, or for w &lt; −1 and <c>|h| &lt; √(|w|(|w| − 1)) + arcosh √|w|</c> to an orbit of period 2.
/// </summary>
/// <remarks>
/// <c>tanh(w·x + h) − x</c> does not increase, so there is one fixed point. At the bound of |h| its derivative
/// w(1 − x²) is −1. As tanh has a negative Schwarzian derivative, there is no orbit of period 2 beside a stable fixed
/// point, and only one beside an unstable one. For w &lt; 0 the map decreases, so there are no longer periods.
/// </remarks>
/// <param name="Lowest">The fixed point, or the lower state of the orbit of period 2.</param>
/// <param name="Highest">The fixed point, or the upper state.</param>
public sealed record NeuronLimit(double Lowest, double Highest)
{
    /// <summary>Whether the state alternates between two values in the long run.</summary>
    public bool Alternates => Lowest < Highest;

    /// <summary>Computes the states by bisection, down to neighbouring numbers.</summary>
    /// <param name="weight">w ≤ 1.</param>
    /// <param name="input">h.</param>
    /// <exception cref="ArgumentOutOfRangeException">w is above 1.</exception>
    public static NeuronLimit Find(double weight, double input)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, 1.0);
        double Step(double x) => Elementary.Tanh((weight * x) + input);
        double fixedPoint = Bisect(-1.0, x => Step(x) - x);
        if (!(weight < -1.0 && Math.Abs(input) < ComputeLargestAlternatingInput(-weight)))
            return new(fixedPoint, fixedPoint);
        double highest = Bisect(fixedPoint, x => Step(Step(x)) - x);
        return new(Step(highest), highest);
    }

    /// <summary>h = w·σ + artanh σ with σ = √(1 − 1/w), the state where the derivative has the magnitude 1.</summary>
    private static double ComputeLargestAlternatingInput(double w)
        => (Math.Sqrt(w) * Math.Sqrt(w - 1.0)) + Elementary.Log(Math.Sqrt(w) + Math.Sqrt(w - 1.0));

    /// <summary>The state up to 1 where an excess, positive just above the lower end, has its sign change.</summary>
    private static double Bisect(double low, Func<double, double> computeExcess)
    {
        double high = 1.0;
        while (true)
        {
            double middle = low + (0.5 * (high - low));
            if (middle <= low || middle >= high)
                return middle;
            double excess = computeExcess(middle);
            if (excess == 0.0)
                return middle;
            if (excess > 0.0)
                low = middle;
            else
                high = middle;
        }
    }
}
