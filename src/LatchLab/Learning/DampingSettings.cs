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

    /// <summary>Upper bound of the largest |Δw|.</summary>
    [Setting("upper bound of the largest change of a parameter", "paper, Section V-C", Minimum = 0,
        IsMinimumExclusive = true, Maximum = 1000,
        Probe = "0.05",
        ProbeBeside = "learner.adaptation=adaptive; learner.learning-rate=3")]
    public double LargestChange { get; init; } = 0.3;

    /// <summary>Newton steps for μ after a presentation.</summary>
    [Setting("Newton steps that approach the μ of the violated bound after a presentation", "decision", Minimum = 1,
        Maximum = 100,
        Probe = "3",
        ProbeBeside = "learner.adaptation=adaptive; learner.learning-rate=3")]
    public int NewtonSteps { get; init; } = 1;

    /// <summary>Returns the errors of the combined settings.</summary>
    internal IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate()
    {
        if (Adaptation == DampingAdaptation.Fixed || SmallestChange < LargestChange)
            yield break;
        yield return (["learner.largest-change", "learner.adaptation"], new("", "learner.smallest-change",
            FormattableString.Invariant(
                $"{SmallestChange} is not below the largest change, {LargestChange}: give a smaller one")));
    }

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (Adaptation != DampingAdaptation.Fixed)
            yield break;
        foreach (string name in new[]
        {
            nameof(Momentum), nameof(SmallestChange), nameof(LargestChange), nameof(NewtonSteps),
        })
            yield return (name, "the damping is fixed: give adaptation adaptive, too");
    }

    /// <summary>Writes the initial state of <see cref="DampedSteps"/>.</summary>
    internal void WriteInitialState(Span<double> state)
    {
        state[DampedSteps.DampingIndex] = Damping;
        state[DampedSteps.MomentumIndex] = Adaptation == DampingAdaptation.Fixed ? 1.0 : Momentum;
        state[DampedSteps.MinChangeIndex] = SmallestChange;
        state[DampedSteps.MaxChangeIndex] = LargestChange;
        state[DampedSteps.NewtonStepsIndex] = NewtonSteps;
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
