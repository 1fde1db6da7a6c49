using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>The bound of the steps of a gradient method.</summary>
public sealed record StepBoundSettings : IConditionalSettings
{
    /// <summary>Bound of |Δw|; 0 for none.</summary>
    [Setting("largest change of a parameter in a step; 0: not bounded", "decision; paper, Section V-C: 0.3 for eq. (6)",
        Minimum = 0, Maximum = 1e6, Probe = "0.001")]
    public double StepBound { get; init; }

    /// <summary>How a step beyond the bound is limited.</summary>
    [Setting("whether a step beyond its bound is capped parameter by parameter or rescaled as a whole", "decision",
        Probe = "rescale", ProbeBeside = "learner.step-bound=0.001")]
    public StepLimit Limit { get; init; } = StepLimit.Cap;

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (StepBound == 0.0)
            yield return (nameof(Limit), "steps are not bounded: give step-bound, too");
    }

    /// <summary>Writes the state that <see cref="BoundedSteps"/> reads.</summary>
    internal void WriteInitialState(Span<double> state)
    {
        state[BoundedSteps.BoundIndex] = StepBound == 0.0 ? double.PositiveInfinity : StepBound;
        state[BoundedSteps.RescaleIndex] = Limit == StepLimit.Rescale ? 1.0 : 0.0;
    }
}

/// <summary>How a step that is too large is limited.</summary>
public enum StepLimit
{
    /// <summary>The change of each parameter is capped at the bound.</summary>
    Cap,

    /// <summary>All changes are scaled by the same factor.</summary>
    Rescale,
}
