using LatchLab.Foundation;

namespace LatchLab.Networks.Units;

/// <summary>How a threshold unit answers an error signal: the constants of eqs. (8) to (10).</summary>
public sealed record DiscretePropagation
{
    /// <summary>ε &gt; 0.</summary>
    [Setting("how far behind the threshold a flipped activation is to lie, ε of eq. (9)", "decision",
        Minimum = 0, IsMinimumExclusive = true, Maximum = 1000)]
    public double Epsilon { get; init; } = 0.5;

    /// <summary>How a change that the output cannot make is answered.</summary>
    [Setting("what a threshold unit does when it is asked for a change that its output cannot make", "decision")]
    public PropagationInterpretation Propagation { get; init; } = PropagationInterpretation.FeasibleOnly;

    /// <summary>MIN of eq. (10): the error signal is clipped to it.</summary>
    [Setting("MIN of eq. (10); the expectation of S is exact only for −2", "decision (paper: exact expectation)",
        Minimum = -1000, Maximum = 1000)]
    public double MinimumSignal { get; init; } = -2.0;

    /// <summary>MAX of eq. (10): the error signal is clipped to it.</summary>
    [Setting("MAX of eq. (10); the expectation of S is exact only for 2", "decision (paper: exact expectation)",
        Minimum = -1000, Maximum = 1000)]
    public double MaximumSignal { get; init; } = 2.0;
}

/// <summary>
/// The readings of eq. (9) where S asks a unit at +1 for a change of +2, or one at −1 for −2: neither is possible.
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
