using System.Buffers;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// A task of Section V-E: a distribution over labelled sequences with one scalar input per step and a target at the
/// last step only. A sequence is a pure function of the trial, its purpose and its number, so that any number of test
/// sequences can be generated.
/// </summary>
/// <remarks>
/// Each step of a sequence draws two numbers, one for its content and one for its noise, so that a trial has the same
/// contents with and without noise. To add one: derive from this class in a file of its own, and list it in
/// <see cref="KnownTasks"/>.
/// </remarks>
public abstract record GeneratedTask : TaskDefinition, IConditionalSettings
{
    // Numbers come in pairs: a step has one for its content and one for its noise. The pair before them has the number
    // of the length and an unused one.
    private const int FirstStepPair = 1;

    public override string Title => FormattableString.Invariant($"{Name}, T = {Length}, noise {Noise}");

    /// <summary>T ≥ 2.</summary>
    [Setting("largest sequence length T (Figure 4 varies it)", "paper, Section V-E", Minimum = 2, Maximum = 100_000,
        Probe = "12")]
    public int Length { get; init; } = 20;

    /// <summary>Shortest length as a share of T.</summary>
    [Setting("shortest sequence length as a share of T; lengths are drawn uniformly between it and T",
        "paper, Section V-E", Minimum = 0, Maximum = 1, Probe = "0.8")]
    public double ShortestShare { get; init; } = 0.5;

    /// <summary>a or s.</summary>
    [Setting("input noise: a of U[−a, a], or the variance if it is Gaussian; 0 for none", "paper, Section V-E",
        Minimum = 0, Maximum = 1e6, Probe = "0.4")]
    public double Noise { get; init; } = 0.2;

    /// <summary>Distribution of the noise.</summary>
    [Setting("distribution of the input noise", "paper, Section V-E: uniform; Section III: Gaussian",
        Probe = "gaussian")]
    public NoiseKind NoiseKind { get; init; } = NoiseKind.Uniform;

    /// <summary>P ≥ 2, half of them of each class; if P is odd, class 1 has one more.</summary>
    [Setting("number of training sequences, half of them of each class", "decision", Minimum = 2, Maximum = 10_000,
        Probe = "8")]
    public int Sequences { get; init; } = 30;

    public sealed override int MaximumLength => Length;

    public sealed override int TrainingSequences => Sequences;

    IEnumerable<(string Setting, string Reason)> IConditionalSettings.FindIdleSettings()
    {
        if (Noise == 0.0)
            yield return (nameof(NoiseKind), "there is no noise: give noise above 0, too");
    }

    /// <summary>⌈share·T⌉, but at least <see cref="TaskDefinition.MinimumLength"/>.</summary>
    public int GetShortestLength(int maxLength)
        => Math.Clamp((int)Math.Ceiling(ShortestShare * maxLength), Math.Min(MinimumLength, maxLength), maxLength);

    /// <summary>The class of a sequence: classes alternate, class 1 first.</summary>
    public static int ClassOf(int number) => number % 2 == 0 ? 1 : 0;

    /// <summary>The length of a sequence.</summary>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="purpose">Training or test sequences.</param>
    /// <param name="number">Number of the sequence.</param>
    /// <param name="maxLength">T; a curriculum begins with smaller ones.</param>
    public int LengthOf(TrialRandom random, Purpose purpose, int number, int maxLength)
    {
        int minLength = GetShortestLength(maxLength);
        Span<double> first = stackalloc double[RandomNumbers.FillMultiple];
        Span<double> second = stackalloc double[RandomNumbers.FillMultiple];
        random.FillUniforms(purpose, number, firstPair: 0, first, second);
        return minLength + (int)(first[0] * (maxLength - minLength + 1));
    }

    /// <summary>Writes the inputs of a sequence, [t − 1].</summary>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="purpose">Training or test sequences.</param>
    /// <param name="number">Number of the sequence.</param>
    /// <param name="inputs">Receives the inputs; <see cref="LengthOf"/> gives their number.</param>
    public void Write(TrialRandom random, Purpose purpose, int number, Span<double> inputs)
    {
        int paddedLength = (inputs.Length + RandomNumbers.FillMultiple - 1) / RandomNumbers.FillMultiple
            * RandomNumbers.FillMultiple;
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * paddedLength);
        Span<double> contents = buffer.AsSpan(0, paddedLength), noise = buffer.AsSpan(paddedLength, paddedLength);
        random.FillUniforms(purpose, number, FirstStepPair, contents, noise);
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
        Purpose noisePurpose = purpose == Purpose.TrainingSequences ? Purpose.TrainingNoise : Purpose.TestNoise;
        double standardDeviation = Math.Sqrt(Noise);
        Span<Scalar> normals = stackalloc Scalar[4];
        for (int t = 0; t < noise.Length; t++)
        {
            if (t % 4 == 0)
            {
                RandomNumbers.FillGaussians(
                    random.Seed,
                    Scalar.FromBits((ulong)(t / 4)),
                    Scalar.FromBits(RandomNumbers.PurposeWord(noisePurpose, number)),
                    Scalar.FromBits(random.RandomWord),
                    Scalar.FromBits((uint)random.Trial),
                    normals);
            }

            noise[t] = standardDeviation * normals[t % 4].Value;
        }
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
