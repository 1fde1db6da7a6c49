using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>The damping μ of the pseudo-Newton methods, and how it is adapted (Section V-C).</summary>
public sealed record DampingSettings : IConditionalSettings
{
    /// <summary>Initial damping μ &gt; 0.</summary>
    [Setting("initial damping μ", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 1e6, Probe = "0.5")]
    public double Damping { get; init; } = 1.0;

    /// <summary>Whether μ is adapted.</summary>
    [Setting("whether μ stays fixed or is adapted on-line", "paper, Section V-C: adaptive for eq. (6)",
        Probe = "fixed")]
    public DampingAdaptation Adaptation { get; init; } = DampingAdaptation.Adaptive;

    /// <summary>Momentum m of the adaptation of μ.</summary>
    [Setting("momentum of μ", "paper, Section V-C", Minimum = 0, Maximum = 0.999999,
        Probe = "0.2",
        ProbeBeside = "learner.adaptation=adaptive; learner.learning-rate=3")]
    public double Momentum { get; init; } = 0.8;

    /// <summary>Lower bound of the largest |Δw|.</summary>
    [Setting("lower bound of the largest change of a parameter", "paper, Section V-C", Minimum = 0, Maximum = 1000,
        Probe = "0.1",
        ProbeBeside = "learner.adaptation=adaptive; learner.learning-rate=3")]
    public double SmallestChange { get; init; } = 0.001;

    /// <summary>Upper bound of |Δw|.</summary>
    [Setting("upper bound of the largest change of a parameter", "paper, Section V-C", Minimum = 0,
        IsMinimumExclusive = true, Maximum = 1000,
        Probe = "0.05",
        ProbeBeside = "learner.adaptation=adaptive; learner.learning-rate=3")]
    public double LargestChange { get; init; } = 0.3;

    /// <summary>How a step beyond the upper bound is limited.</summary>
    [Setting("whether a step beyond the upper bound is capped parameter by parameter or rescaled as a whole",
        "decision",
        Probe = "rescale",
        ProbeBeside = "learner.adaptation=adaptive; learner.learning-rate=3")]
    public StepLimit Limit { get; init; } = StepLimit.Cap;

    /// <summary>The validation error of the combined settings; null if they are valid.</summary>
    internal ValidationError? ValidationError
        => Adaptation == DampingAdaptation.Fixed || SmallestChange < LargestChange
            ? null
            : new("", "smallest-change", FormattableString.Invariant(
                $"{SmallestChange} is not below the largest change, {LargestChange}: give a smaller one"));

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (Adaptation != DampingAdaptation.Fixed)
            yield break;
        yield return (nameof(Momentum), "the damping is fixed: give adaptation adaptive, too");
        yield return (nameof(SmallestChange), "the damping is fixed: give adaptation adaptive, too");
    }

    /// <summary>Writes the initial state of <see cref="DampedSteps"/>.</summary>
    internal void WriteInitialState(Span<double> state)
    {
        state[DampedSteps.DampingIndex] = Damping;
        state[DampedSteps.MomentumIndex] = Adaptation == DampingAdaptation.Fixed ? 1.0 : Momentum;
        state[DampedSteps.MinChangeIndex] = SmallestChange;
        state[DampedSteps.MaxChangeIndex] = LargestChange;
        state[DampedSteps.RescaleIndex] = Limit == StepLimit.Rescale ? 1.0 : 0.0;
    }
}

/// <summary>Whether μ is adapted.</summary>
public enum DampingAdaptation
{
    /// <summary>μ is constant.</summary>
    Fixed,

    /// <summary>μ is adapted to the size of the changes.</summary>
    Adaptive,
}

/// <summary>How a step that is too large is limited.</summary>
public enum StepLimit
{
    /// <summary>The change of each parameter is capped at the bound.</summary>
    Cap,

    /// <summary>All changes are scaled by the same factor.</summary>
    Rescale,
}
