using LatchLab.Foundation;

namespace LatchLab.Networks.Units;

/// <summary>How a threshold unit backpropagates: the constants of eqs. (8) to (10).</summary>
public sealed record DiscretePropagation
{
    /// <summary>ε &gt; 0.</summary>
    [Setting("distance of a flipped activation from the threshold, ε of eq. (9)", "decision",
        Minimum = 0, IsMinimumExclusive = true, Maximum = 1000, Probe = "0.9")]
    public double Epsilon { get; init; } = 0.5;

    /// <summary>What is propagated if the desired change of the output is impossible.</summary>
    [Setting("what a threshold unit propagates if the desired change of its output is impossible", "decision",
        Probe = "symmetric")]
    public PropagationInterpretation Propagation { get; init; } = PropagationInterpretation.FeasibleOnly;

    /// <summary>MIN of eq. (10): the desired change is clipped to at least this value.</summary>
    [Setting("MIN of eq. (10); the expectation of S is exact only for −2", "decision; paper: exact expectation",
        Minimum = -1000, Maximum = 1000, Probe = "-0.5")]
    public double MinimumSignal { get; init; } = -2.0;

    /// <summary>MAX of eq. (10): the desired change is clipped to at most this value.</summary>
    [Setting("MAX of eq. (10); the expectation of S is exact only for 2", "decision; paper: exact expectation",
        Minimum = -1000, Maximum = 1000, Probe = "0.5")]
    public double MaximumSignal { get; init; } = 2.0;
}

/// <summary>
/// The interpretations of eq. (9) if S requests a change of +2 from a unit at +1, or of −2 from a unit at −1: neither
/// is possible.
/// </summary>
public enum PropagationInterpretation
{
    /// <summary>An impossible change propagates nothing.</summary>
    FeasibleOnly,

    /// <summary>Δa = ±ε − a whatever the sign of a, as eq. (9) is printed; where that is 0, nothing.</summary>
    AsPrinted,

    /// <summary>Δa = ±(ε + |a|): an impossible change drives the activation away from the threshold.</summary>
    Symmetric,
}
