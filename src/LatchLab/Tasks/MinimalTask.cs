using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>
/// The minimal task of Section II: two classes of sequences of T inputs. The first L inputs of a class are parameters
/// that learning may choose; the others are Gaussian noise. At the last step the output is to be +0.8 for class 1 and
/// −0.8 for class 0, so a bit must be stored for T − L steps in spite of the noise.
/// </summary>
public sealed record MinimalTask
{
    /// <summary>Target of class 1; that of class 0 is its opposite ([P]).</summary>
    public const double Target = 0.8;

    /// <summary>L ≥ 1.</summary>
    [Setting(
        "number L of trainable inputs at the beginning of a sequence",
        "paper, Section III",
        Minimum = 1,
        Maximum = 1000)]
    public int TrainableInputs { get; init; } = 3;

    /// <summary>T &gt; L.</summary>
    [Setting("sequence length T (Figure 2(b) varies it)", "paper, Section III", Minimum = 2, Maximum = 10_000)]
    public int Length { get; init; } = 20;

    /// <summary>s ≥ 0.</summary>
    [Setting("input noise s (Figure 2(a) varies it)", "paper, Figure 2", Minimum = 0, Maximum = 1e6)]
    public double Noise { get; init; } = 0.2;

    /// <summary>How s is read.</summary>
    [Setting("whether s is the variance or the standard deviation of the noise", "paper, Figure 2: variance")]
    public NoiseParameter NoiseIs { get; init; } = NoiseParameter.Variance;

    /// <summary>When the noise is drawn.</summary>
    [Setting("whether a sequence keeps its noise or draws it afresh at every presentation", "decision")]
    public NoiseDraw NoiseDrawn { get; init; } = NoiseDraw.Frozen;

    /// <summary>P ≥ 2, half of them of each class; an odd one is of class 1.</summary>
    [Setting("number of training sequences, half of them of each class", "decision", Minimum = 2, Maximum = 10_000)]
    public int Sequences { get; init; } = 20;

    /// <summary>Standard deviation of the noise.</summary>
    public double StandardDeviation => NoiseIs == NoiseParameter.Variance ? Math.Sqrt(Noise) : Noise;

    /// <summary>The class of a training sequence: they alternate, class 1 first.</summary>
    public static int ClassOf(int sequence) => sequence % 2 == 0 ? 1 : 0;
}

/// <summary>How the number s is read.</summary>
public enum NoiseParameter
{
    /// <summary>The variance of the noise.</summary>
    Variance,

    /// <summary>Its standard deviation.</summary>
    Deviation,
}

/// <summary>When noise is drawn.</summary>
public enum NoiseDraw
{
    /// <summary>Once for each training sequence.</summary>
    Frozen,

    /// <summary>At every presentation.</summary>
    Afresh,
}
