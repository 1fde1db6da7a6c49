using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>How the outputs of a network are compared with their targets.</summary>
/// <param name="Midpoint">The output between the classes.</param>
/// <param name="TargetDistance">Distance of the targets from the midpoint: class 1 above, class 0 below.</param>
public sealed record Scoring(double Midpoint, double TargetDistance)
{
    /// <summary>Half the range of the output.</summary>
    public double HalfRange { get; init; } = 1.0;

    /// <summary>The kind of targets; <see cref="TargetDistance"/> applies to <see cref="TargetKind.Sign"/>.</summary>
    public TargetKind Targets { get; init; } = TargetKind.Sign;

    /// <summary>
    /// Whether there are targets at every step. A sequence is then correct if every step is, and its cost is the mean
    /// over its steps.
    /// </summary>
    public bool HasTargetsAtEveryStep { get; init; }

    /// <summary>
    /// A sequence is correct if every output is closer to its target than this value. If it is 0, a sequence is correct
    /// if its output is on the side of the midpoint of its class, or if the output of its class is the largest.
    /// </summary>
    public double Tolerance { get; init; }

    /// <summary>The error criterion whose gradient is descended.</summary>
    public ErrorCriterion Criterion { get; init; } = ErrorCriterion.Squared;

    /// <summary>The weights of the classes in the gradient, not in the cost; null for none.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Whether correct sequences are skipped in training: their output gradient is 0.</summary>
    public bool SkipsCorrectSequences { get; init; }
}

/// <summary>Error criteria at a step with targets; the paper's results hold for any of them (Section VI).</summary>
public enum ErrorCriterion
{
    /// <summary>½(x − d)², the criterion of the paper.</summary>
    Squared,

    /// <summary>|x − d|.</summary>
    Absolute,

    /// <summary>
    /// Cross-entropy of the output as a probability, (1 + x)/2 for units between −1 and 1. A saturated incorrect output
    /// has a large gradient.
    /// </summary>
    CrossEntropy,
}
