using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>
/// The minimal task of Section II: two classes of sequences of T inputs. The first L inputs of a class are trainable
/// parameters; the others are Gaussian noise. The target at the last step is +0.8 for class 1 and −0.8 for class 0, so
/// that a bit must be stored for T − L steps in spite of the noise.
/// </summary>
public sealed record MinimalTask : IConditionalSettings
{
    /// <summary>Target of class 1; the target of class 0 is its negative ([P]).</summary>
    public const double Target = 0.8;

    /// <summary>L ≥ 1.</summary>
    [Setting(
        "number L of trainable inputs at the beginning of a sequence",
        "paper, Section III",
        Minimum = 1,
        Maximum = 1000, Probe = "2")]
    public int TrainableInputs { get; init; } = 3;

    /// <summary>T &gt; L.</summary>
    [Setting("sequence length T (Figure 2(b) varies it)", "paper, Section III", Minimum = 2, Maximum = 10_000,
        Probe = "12")]
    public int Length { get; init; } = 20;

    /// <summary>s ≥ 0.</summary>
    [Setting("input noise s (Figure 2(a) varies it)", "paper, Figure 2", Minimum = 0, Maximum = 1e6, Probe = "0.4")]
    public double Noise { get; init; } = 0.2;

    /// <summary>The meaning of s.</summary>
    [Setting("whether s is the variance or the standard deviation of the noise", "paper, Figure 2: variance",
        Probe = "deviation")]
    public NoiseParameter NoiseIs { get; init; } = NoiseParameter.Variance;

    /// <summary>When the noise is drawn.</summary>
    [Setting("whether noise is drawn once for each sequence or anew at every presentation", "decision",
        Probe = "afresh")]
    public NoiseDraw NoiseDrawn { get; init; } = NoiseDraw.Frozen;

    /// <summary>P ≥ 2, half of them of each class; if P is odd, class 1 has one more.</summary>
    [Setting("number of training sequences, half of them of each class", "decision", Minimum = 2, Maximum = 10_000,
        Probe = "8")]
    public int Sequences { get; init; } = 20;

    /// <summary>The order of the training sequences.</summary>
    [Setting("order of the training sequences: drawn anew in each epoch, or the two classes in turn", "decision",
        Probe = "alternating")]
    public ClassOrder ClassOrder { get; init; }

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        const string reason = "there is no noise: give noise above 0, too";
        return Noise == 0.0 ? [(nameof(NoiseIs), reason), (nameof(NoiseDrawn), reason)] : [];
    }

    /// <summary>Standard deviation of the noise.</summary>
    public double StandardDeviation => NoiseIs == NoiseParameter.Variance ? Math.Sqrt(Noise) : Noise;

    /// <summary>The class of a training sequence: classes alternate, class 1 first.</summary>
    public static int ClassOf(int sequence) => sequence % 2 == 0 ? 1 : 0;
}

/// <summary>Meanings of the number s.</summary>
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

/// <summary>The order of training sequences of equal length.</summary>
public enum ClassOrder
{
    /// <summary>Drawn anew in each epoch.</summary>
    Shuffled,

    /// <summary>The classes in turn, the same in every epoch.</summary>
    Alternating,
}
