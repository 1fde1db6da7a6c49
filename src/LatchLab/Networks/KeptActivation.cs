using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// A value that a network keeps of a step and that is a function of an activation: the output of a unit, or a gate or
/// candidate of a cell.
/// </summary>
/// <param name="Index">Its index in what is kept of a step: the state, then the tape.</param>
/// <param name="Function">Name of the function, one of <see cref="KnownUnits.Names"/>.</param>
/// <param name="Name">Its name, such as <c>unit 3</c> or <c>z[2]</c>.</param>
public readonly record struct KeptActivation(int Index, string Function, string Name)
{
    /// <summary>
    /// A gate is saturated below 0.1 and above 0.9 (Karpathy, Johnson and Fei-Fei 2015), within this share of its range
    /// from a bound. So is a tanh unit, whose activation a has the output 2σ(2a) − 1, beyond ±0.8. The derivative there
    /// is 36 % of the largest: 4·0.9·0.1, and 1 − 0.8².
    /// </summary>
    private const double SaturatedShare = 0.1;

    /// <summary>The outputs between which it is not saturated; null if it has no bounds or is a threshold.</summary>
    public (double Lower, double Upper)? UnsaturatedRange
    {
        get
        {
            (double minimum, double maximum) = KnownUnits.GetOutputRange(Function, unit: 0);
            double margin = SaturatedShare * (maximum - minimum);
            return KnownUnits.HasThreshold(Function) || double.IsInfinity(margin) ? null
                : (minimum + margin, maximum - margin);
        }
    }
}
