using System.Buffers;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// A task of Section V-E: sequences of two classes with one noisy input per step, and the class as the target at the
/// last step.
/// </summary>
/// <remarks>
/// Each step of a sequence draws two numbers, one for its content and one for its noise, so that a trial has the same
/// contents with and without noise.
/// </remarks>
public abstract record NoisyTask : GeneratedTask, IConditionalSettings
{
    public override string Title => FormattableString.Invariant($"{base.Title}, noise {Noise}");

    /// <summary>a or s.</summary>
    [Setting("input noise: a of U[−a, a], or the variance if it is Gaussian; 0 for none", "paper, Section V-E",
        Minimum = 0, Maximum = 1e6, Probe = "0.4")]
    public double Noise { get; init; } = 0.2;

    /// <summary>Distribution of the noise.</summary>
    [Setting("distribution of the input noise", "paper, Section V-E: uniform; Section III: Gaussian",
        Probe = "gaussian")]
    public NoiseKind NoiseKind { get; init; } = NoiseKind.Uniform;

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (Noise == 0.0)
            yield return (nameof(NoiseKind), "there is no noise: give noise above 0, too");
    }

    public sealed override void Write(
        TrialRandom random, Purpose purpose, int number, Span<double> inputs, Span<double> targets = default)
    {
        int paddedLength = RandomNumbers.RoundUpToFill(inputs.Length);
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * paddedLength);
        Span<double> contents = buffer.AsSpan(0, paddedLength), noise = buffer.AsSpan(paddedLength, paddedLength);
        random.FillUniforms(purpose, number, FirstContentPair, contents, noise);
        contents[..inputs.Length].CopyTo(inputs);
        noise = noise[..inputs.Length];
        for (int t = 0; t < noise.Length; t++)
            noise[t] = Noise * ((2.0 * noise[t]) - 1.0);
        if (NoiseKind == NoiseKind.Gaussian)
            FillGaussianNoise(random, purpose, number, noise);
        TransformToContent(random, ClassOf(number), inputs);
        for (int t = TrainableInputs; t < inputs.Length; t++)
            inputs[t] += noise[t];
        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Turns uniform numbers into the contents of a sequence of a class.</summary>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="sequenceClass">1 or 0.</param>
    /// <param name="inputs">[t − 1]: numbers uniform in [0, 1), replaced by the contents.</param>
    protected abstract void TransformToContent(TrialRandom random, int sequenceClass, Span<double> inputs);

    private void FillGaussianNoise(TrialRandom random, Purpose purpose, int number, Span<double> noise)
    {
        double standardDeviation = Math.Sqrt(Noise);
        random.FillGaussians(GetNoisePurpose(purpose), number, noise);
        foreach (ref double value in noise)
            value *= standardDeviation;
    }
}

/// <summary>Distributions of input noise.</summary>
public enum NoiseKind
{
    /// <summary>Uniform between −a and a.</summary>
    Uniform,

    /// <summary>Normal with variance s.</summary>
    Gaussian,
}
