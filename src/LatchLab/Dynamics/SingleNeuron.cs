using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The autonomous neuron <c>x_t = tanh(w·x_{t−1})</c> and the inputs that can switch it (Section III). For w &gt; 1 it
/// has two attractors ±x̄. An input that stays below h* preserves the sign of the state; an input above h* switches it
/// in finitely many steps.
/// </summary>
/// <param name="Weight">w.</param>
/// <param name="Attractor">x̄ &gt; 0 with x̄ = tanh(w·x̄); null for w ≤ 1, as are all following values.</param>
/// <param name="CriticalInput">h* = √(w(w − 1)) − arcosh √w.</param>
/// <param name="Derivative">w(1 − x̄²), the derivative of the map at the attractor.</param>
/// <param name="TransientLength">
/// Number of steps under the constant input h from the attractor of the other sign until |x| &gt; x̄ with the sign of
/// h; null if |h| is at most h*, or h is not given.
/// </param>
public sealed record SingleNeuron(
    double Weight, double? Attractor, double? CriticalInput, double? Derivative, long? TransientLength)
{
    private const double SeriesThreshold = 0.5;
    private const int FractionDepth = 16;

    /// <summary>Analyses the neuron.</summary>
    /// <param name="weight">w, finite.</param>
    /// <param name="input">The constant input h that is to switch it; null for none.</param>
    /// <exception cref="ValidationException">The input would take more than 10⁸ steps.</exception>
    public static SingleNeuron Analyze(double weight, double? input = null)
    {
        if (!(weight > 1.0))
            return new(weight, null, null, null, null);
        double activation = SolveFixedPoint(weight);
        double x = activation / weight;
        double critical = ComputeCriticalInput(weight);
        double exp = Elementary.Exp(-2.0 * activation);
        double derivative = 4.0 * weight * exp / ((1.0 + exp) * (1.0 + exp)); // w/cosh²ā: no cancellation near |x̄| = 1
        return new(weight, x, critical, derivative,
            input is { } h && Math.Abs(h) > critical ? CountTransientSteps(weight, activation, Math.Abs(h)) : null);
    }

    /// <summary>ā = w·x̄ &gt; 0, where ā·coth ā = w: by bisection down to neighbouring numbers.</summary>
    private static double SolveFixedPoint(double w)
    {
        double low = 0.0, high = w; // ā = w·tanh ā < w, and the left-hand side increases
        while (true)
        {
            double middle = low + (0.5 * (high - low));
            if (middle <= low || middle >= high)
                return high;
            if (CothExcess(middle) < w - 1.0)
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>a·coth a − 1; for small a by the fraction a²/(3 + a²/(5 + …)), whose terms do not cancel.</summary>
    private static double CothExcess(double a)
    {
        if (a > 1.0)
            return (a / Elementary.Tanh(a)) - 1.0;
        double z = a * a, fraction = (2 * FractionDepth) + 1;
        for (int n = FractionDepth - 1; n >= 1; n--)
            fraction = (2 * n) + 1 + (z / fraction);
        return z / fraction;
    }

    /// <summary>
    /// h* = w·σ − artanh σ with σ = √(1 − 1/w), the state where the derivative of the map is 1. Near w = 1 the two
    /// parts cancel; there the series Σ σ^{2k+1}·2k/(2k + 1) is used.
    /// </summary>
    private static double ComputeCriticalInput(double w)
    {
        double square = (w - 1.0) / w, sigma = Math.Sqrt(square);
        if (sigma > SeriesThreshold)
            return (Math.Sqrt(w) * Math.Sqrt(w - 1.0)) - Elementary.Log(Math.Sqrt(w) + Math.Sqrt(w - 1.0));
        double sum = 0.0, power = sigma * square;
        for (int k = 1; power > 1e-18 * sum; k++)
        {
            sum += power * 2 * k / ((2 * k) + 1);
            power *= square;
        }

        return sum;
    }

    /// <summary>
    /// Number of steps of a ← w·tanh a + h from −ā until a &gt; ā. This means x &gt; x̄, but a does not round to 1.
    /// </summary>
    private static long? CountTransientSteps(double w, double fixedActivation, double input)
    {
        const int maxSteps = 100_000_000;
        double a = -fixedActivation;
        for (int steps = 1; steps <= maxSteps; steps++)
        {
            double next = (w * Elementary.Tanh(a)) + input;
            if (next > fixedActivation)
                return steps;
            if (next <= a)
                return null; // h exceeds h* by less than a rounding error: the state no longer changes
            a = next;
        }

        throw new ValidationException("", "input",
            $"{input} exceeds h* by so little that switching takes more than {maxSteps} steps: give a larger one");
    }
}
