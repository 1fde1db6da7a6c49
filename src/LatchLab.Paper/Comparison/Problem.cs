using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// A problem of Section V-E under one interpretation. The id is its name in files, the title in figures and claims.
/// </summary>
public sealed record Problem(string Id, string Title, GeneratedTask Task, NetworkKind Network)
{
    /// <summary>The noise of the paper: U[−0.2, 0.2].</summary>
    public const double PaperNoise = 0.2;

    /// <summary>Elements of a key in the second interpretation of 2-Sequence.</summary>
    public const int KeyLength = 5;

    /// <summary>The Latch problem.</summary>
    public static Problem Latch { get; } = new("latch", "Latch", new LatchTask(), NetworkKind.Latch);

    /// <summary>The 2-Sequence problem with keys as long as the sequences.</summary>
    public static Problem TwoSequence { get; } = new(
        "two-sequence", "2-Sequence", new TwoSequenceTask(), NetworkKind.FullyConnected);

    /// <summary>The Parity problem.</summary>
    public static Problem Parity { get; } = new("parity", "Parity", new ParityTask(), NetworkKind.Parity);

    /// <summary>The 2-Sequence problem with short keys, which must be remembered to the end of the sequence.</summary>
    public static Problem ShortKeys { get; } = new(
        "two-sequence-short-keys",
        $"2-Sequence, keys of {KeyLength}",
        new TwoSequenceTask { KeyLength = KeyLength },
        NetworkKind.FullyConnected);

    /// <summary>The Latch problem with the Gaussian noise of Section III.</summary>
    public static Problem GaussianLatch { get; } = new(
        "latch-gaussian",
        "Latch, Gaussian noise",
        new LatchTask { NoiseKind = NoiseKind.Gaussian },
        NetworkKind.Latch);

    /// <summary>The three problems of the paper.</summary>
    public static IReadOnlyList<Problem> FromPaper { get; } = [Latch, TwoSequence, Parity];

    /// <summary>The problems under other interpretations.</summary>
    public static IReadOnlyList<Problem> AlternativeInterpretations { get; } = [ShortKeys, GaussianLatch];

    /// <summary>All problems.</summary>
    public static IReadOnlyList<Problem> All { get; } = [.. FromPaper, .. AlternativeInterpretations];

    /// <summary>
    /// Creates the sweep of an experiment over the noises and, for each, the lengths: the runs of an algorithm.
    /// </summary>
    internal Sweep CreateSweep(
        string experiment, Algorithm algorithm, Learning.LearnerDefinition learner, IReadOnlyList<int> lengths,
        IReadOnlyList<double> noises, int budget, int trials)
        => new(
            $"{experiment}, {Title}, {algorithm.Name}",
            [.. from noise in noises
                from length in lengths
                select CreateConfiguration(algorithm, learner, length, noise, budget)],
            trials);

    /// <summary>
    /// Creates the configuration of an algorithm at one length. The noise is a of U[−a, a], or the variance of Gaussian
    /// noise.
    /// </summary>
    public TrainingConfiguration CreateConfiguration(
        Algorithm algorithm, Learning.LearnerDefinition learner, int length, double noise, int budget) => new()
        {
            Task = Task with { Length = length, Noise = noise },
            Network = new() { Network = Network, Unit = algorithm.Learner.DefaultUnit },
            Training = learner,
            ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost },
            Limits = new() { Presentations = budget },
        };
}
