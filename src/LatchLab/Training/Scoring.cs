using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>How the outputs of a network are compared with its targets.</summary>
/// <param name="Midpoint">The output between the classes.</param>
/// <param name="TargetDistance">Distance of the targets from it: class 1 above, class 0 below.</param>
public sealed record Scoring(double Midpoint, double TargetDistance)
{
    /// <summary>Half the range of the output.</summary>
    public double HalfRange { get; init; } = 1.0;

    /// <summary>The paper's: ±0.8 around 0.</summary>
    public static Scoring Symmetric { get; } = new(0.0, 0.8);

    /// <summary>What the targets of a sequence say; <see cref="TargetDistance"/> is that of a sign.</summary>
    public TargetKind Targets { get; init; } = TargetKind.Sign;

    /// <summary>
    /// A sequence is right if every output is nearer to its target than this; 0: if the output is on its side of the
    /// middle, or the output of its class the largest.
    /// </summary>
    public double Tolerance { get; init; }

    /// <summary>The error criterion whose gradient is descended.</summary>
    public ErrorCriterion Criterion { get; init; } = ErrorCriterion.Squared;

    /// <summary>Whether a sequence that was right sends no error back.</summary>
    public bool SkipsCorrectSequences { get; init; }
}

/// <summary>Error criteria at the last output; the paper's results hold for any (Section VI).</summary>
public enum ErrorCriterion
{
    /// <summary>½(x − d)², the paper's.</summary>
    Squared,

    /// <summary>|x − d|.</summary>
    Absolute,

    /// <summary>
    /// Cross-entropy of the output as a probability, (1 + x)/2 for units between −1 and 1: a saturated output that is
    /// wrong has a large gradient.
    /// </summary>
    CrossEntropy,
}
