using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>The damping μ of the pseudo-Newton methods, and how it is adapted (Section V-C).</summary>
public sealed record DampingSettings
{
    /// <summary>μ at the beginning.</summary>
    [Setting("damping μ at the beginning", "decision", Minimum = 0, IsMinimumExclusive = true, Maximum = 1e6)]
    public double Damping { get; init; } = 1.0;

    /// <summary>Whether μ is adapted.</summary>
    [Setting("whether μ stays fixed or is adapted on-line", "paper, Section V-C: adaptive for eq. (6)")]
    public DampingAdaptation Adaptation { get; init; } = DampingAdaptation.Adaptive;

    /// <summary>m.</summary>
    [Setting("momentum of μ", "paper, Section V-C", Minimum = 0, Maximum = 0.999999)]
    public double Momentum { get; init; } = 0.8;

    /// <summary>Lower bound of the largest |Δw|.</summary>
    [Setting("lower bound of the largest change of a parameter", "paper, Section V-C", Minimum = 0, Maximum = 1000)]
    public double SmallestChange { get; init; } = 0.001;

    /// <summary>Upper bound of |Δw|.</summary>
    [Setting("upper bound of the largest change of a parameter", "paper, Section V-C", Minimum = 0,
        IsMinimumExclusive = true, Maximum = 1000)]
    public double LargestChange { get; init; } = 0.3;

    /// <summary>What becomes of a step beyond the upper bound.</summary>
    [Setting("whether a step beyond the upper bound is capped parameter by parameter or rescaled as a whole",
        "decision")]
    public StepLimit Limit { get; init; } = StepLimit.Cap;

    /// <summary>What is wrong between the settings; null if nothing is.</summary>
    internal ValidationError? ValidationError
        => SmallestChange < LargestChange
            ? null
            : new("--smallest-change", "", FormattableString.Invariant(
                $"{SmallestChange} is not below the largest change, {LargestChange}: give a smaller one"));

    /// <summary>Writes the state of <see cref="DampedSteps"/>.</summary>
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
    /// <summary>It stays what it is.</summary>
    Fixed,

    /// <summary>It follows the size of the changes.</summary>
    Adaptive,
}

/// <summary>What becomes of a step that is too large.</summary>
public enum StepLimit
{
    /// <summary>Each parameter moves at most that far.</summary>
    Cap,

    /// <summary>All parameters move less, in the same ratio.</summary>
    Rescale,
}
