using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Tasks;

/// <summary>
/// A distribution over labelled sequences. A sequence is a pure function of the trial, its purpose and its number, so
/// that any number of training and test sequences can be generated.
/// </summary>
/// <remarks>
/// The first pair of random numbers of a sequence has the number of its length and an unused one; its content begins at
/// <see cref="FirstContentPair"/>. To add a task: derive from this class, or from <see cref="NoisyTask"/> if a step has
/// one noisy input and the target is a sign, in a file of its own, and list it in <see cref="KnownTasks"/>.
/// </remarks>
public abstract record GeneratedTask : TaskDefinition
{
    /// <summary>Index of the first pair of random numbers for the content of a sequence.</summary>
    protected const int FirstContentPair = 1;

    // Training sequences of up to 64 lanes per thread take 512 bytes a step: 512 MB in all.
    private const long MaxInputValues = 1_000_000;

    /// <summary>T ≥ 2.</summary>
    [Setting("largest sequence length T (Figure 4 varies it)", "paper, Section V-E", Minimum = 2, Maximum = 100_000,
        Probe = "12")]
    public int Length { get; init; } = 20;

    /// <summary>Shortest length as a share of T.</summary>
    [Setting("shortest sequence length as a share of T; lengths are drawn uniformly between it and T",
        "paper, Section V-E", Minimum = 0, Maximum = 1, Probe = "0.8")]
    public double ShortestShare { get; init; } = 0.5;

    /// <summary>P ≥ 2. With two classes, half of them are of each class; if P is odd, class 1 has one more.</summary>
    [Setting("number of training sequences, half of them of each class; in a fresh training set, the number of new " +
        "sequences after which convergence is considered", "decision", Minimum = 2, Maximum = 10_000, Probe = "8")]
    public int Sequences { get; init; } = 30;

    /// <summary>Whether training repeats its sequences.</summary>
    [Setting("whether training repeats a fixed set of sequences in each epoch, or every presentation is a new sequence",
        "paper: fixed", Probe = "fresh")]
    public TrainingSet TrainingSet { get; init; }

    public override string Title => FormattableString.Invariant($"{Name}, T = {Length}");

    public sealed override int MaximumLength => Length;

    public sealed override int TrainingSequences => Sequences;

    public sealed override bool HasFreshSequences => TrainingSet == TrainingSet.Fresh;

    /// <summary>⌈share·T⌉, but at least <see cref="TaskDefinition.MinimumLength"/>.</summary>
    public int GetShortestLength(int maxLength)
        => Math.Clamp((int)Math.Ceiling(ShortestShare * maxLength), Math.Min(MinimumLength, maxLength), maxLength);

    /// <summary>The class of a sequence if the target is a sign: classes alternate, class 1 first.</summary>
    public static int ClassOf(int number) => number % 2 == 0 ? 1 : 0;

    /// <summary>The purpose of the noise of sequences that are not drawn anew.</summary>
    protected static Purpose GetNoisePurpose(Purpose sequences) => sequences switch
    {
        Purpose.TestSequences => Purpose.TestNoise,
        Purpose.ValidationSequences => Purpose.ValidationNoise,
        _ => Purpose.TrainingNoise,
    };

    /// <summary>The length of a sequence.</summary>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="purpose">Training or test sequences.</param>
    /// <param name="number">Number of the sequence.</param>
    /// <param name="maxLength">T; a curriculum begins with smaller ones.</param>
    public int LengthOf(TrialRandom random, Purpose purpose, int number, int maxLength)
    {
        int minLength = GetShortestLength(maxLength);
        if (minLength == maxLength)
            return maxLength;
        Span<double> first = stackalloc double[RandomNumbers.FillMultiple];
        Span<double> second = stackalloc double[RandomNumbers.FillMultiple];
        random.FillUniforms(purpose, number, firstPair: 0, first, second);
        return minLength + (int)(first[0] * (maxLength - minLength + 1));
    }

    /// <summary>Writes a sequence.</summary>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="purpose">Training or test sequences.</param>
    /// <param name="number">Number of the sequence.</param>
    /// <param name="inputs">[t − 1][input]: receives the inputs; <see cref="LengthOf"/> gives their number.</param>
    /// <param name="targets">
    /// [output], or [t − 1][output] if there are targets at every step: receives the targets as shares of half the
    /// range of an output. Empty if the target is a sign: <see cref="ClassOf"/> gives it.
    /// </param>
    public abstract void Write(
        TrialRandom random, Purpose purpose, int number, Span<double> inputs, Span<double> targets = default);

    public override TrialSequences CreateSequences(TrialRandom random) => new Generator(this, random);

    public override IEnumerable<(string[] RelatedSettings, ValidationError Error)> FindConflicts()
    {
        int valuesPerStep = InputsPerStep + (HasTargetsAtEveryStep ? Outputs : 0);
        if ((long)Sequences * Length * valuesPerStep > MaxInputValues)
        {
            yield return (["task.length"],
                new("", "task.sequences", $"{Sequences} sequences of {Length} steps do not fit in memory: together " +
                $"at most {MaxInputValues / valuesPerStep} steps"));
        }
    }

    private sealed class Generator(GeneratedTask task, TrialRandom random) : TrialSequences
    {
        public override TrialRandom Random => random;

        public override int LengthOf(Purpose purpose, int number, int maxLength)
            => task.LengthOf(random, purpose, number, maxLength);

        public override void Write(Purpose purpose, int number, Span<double> inputs, Span<double> labels)
        {
            bool isSign = task.Targets == TargetKind.Sign;
            if (isSign)
                labels[0] = ClassOf(number) == 1 ? 1.0 : -1.0;
            task.Write(random, purpose, number, inputs, isSign ? [] : labels);
        }
    }
}

/// <summary>How training sequences are chosen.</summary>
public enum TrainingSet
{
    /// <summary>The same P sequences are presented in each epoch.</summary>
    Fixed,

    /// <summary>Every presentation is a new sequence, and none is presented twice.</summary>
    Fresh,
}
