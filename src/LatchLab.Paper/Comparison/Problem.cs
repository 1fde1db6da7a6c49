using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// A problem of Section V-E under one interpretation. The id is its name in files, the title in figures and claims.
/// </summary>
public sealed record Problem(string Id, string Title, NoisyTask Task, NetworkDesign Network)
{
    /// <summary>The noise of the paper: U[−0.2, 0.2].</summary>
    public const double PaperNoise = 0.2;

    /// <summary>Elements of a key in the second interpretation of 2-Sequence.</summary>
    public const int KeyLength = 5;

    /// <summary>
    /// The id of the problem of the paper that this one interprets: itself, unless it is another interpretation. The
    /// settings tuned for that problem apply, so that only the interpretation differs.
    /// </summary>
    public string BaseId { get; private init; } = Id;

    /// <summary>
    /// Whether its network has many parameters, so that a search that changes one at a time needs a larger budget.
    /// </summary>
    public bool HasManyParameters { get; private init; }

    /// <summary>The Latch problem.</summary>
    public static Problem Latch { get; } = new(
        "latch", "Latch", new LatchTask(), new() { Network = "latch" });

    /// <summary>The 2-Sequence problem with keys as long as the sequences.</summary>
    public static Problem TwoSequence { get; } = new(
        "two-sequence", "2-Sequence", new TwoSequenceTask(), new() { Network = "fully-connected" })
    {
        HasManyParameters = true,
    };

    /// <summary>The Parity problem.</summary>
    public static Problem Parity { get; } = new(
        "parity", "Parity", new ParityTask(), new() { Network = "parity" });

    /// <summary>The 2-Sequence problem with short keys, which must be remembered to the end of the sequence.</summary>
    public static Problem ShortKeys { get; } = TwoSequence with
    {
        Id = "two-sequence-short-keys",
        Title = $"2-Sequence, keys of {KeyLength}",
        Task = new TwoSequenceTask { KeyLength = KeyLength },
    };

    /// <summary>The Latch problem with the Gaussian noise of Section III.</summary>
    public static Problem GaussianLatch { get; } = Latch with
    {
        Id = "latch-gaussian",
        Title = "Latch, Gaussian noise",
        Task = new LatchTask { NoiseKind = NoiseKind.Gaussian },
    };

    /// <summary>The Parity problem with the output for an even number, −1, before the first step.</summary>
    public static Problem ParityInitialOutput { get; } = Parity with
    {
        Id = "parity-initial-output",
        Title = "Parity, y_0 = −1",
        Network = Parity.Network with { InitialOutput = -1.0 },
    };

    /// <summary>
    /// The three problems with training sequences sorted by length, the shortest first, instead of a fresh random order
    /// in each epoch. Searches evaluate a candidate on all sequences, so the order has no effect on them.
    /// </summary>
    public static IReadOnlyList<Problem> Sorted { get; } =
    [
        .. new[] { Latch, TwoSequence, Parity }.Select(problem => problem with
        {
            Id = $"{problem.Id}-sorted",
            Title = $"{problem.Title}, sorted by length",
            Task = problem.Task with { Order = SequenceOrder.Sorted },
        }),
    ];

    /// <summary>The three problems of the paper.</summary>
    public static IReadOnlyList<Problem> FromPaper { get; } = [Latch, TwoSequence, Parity];

    /// <summary>The problems under other interpretations.</summary>
    public static IReadOnlyList<Problem> AlternativeInterpretations { get; } =
        [ShortKeys, GaussianLatch, ParityInitialOutput, .. Sorted];

    /// <summary>All problems.</summary>
    public static IReadOnlyList<Problem> All { get; } = [.. FromPaper, .. AlternativeInterpretations];

    /// <summary>The fields of a configuration that a comparison of algorithms on problems varies.</summary>
    internal static IReadOnlyList<string> VariedFields { get; } =
    [
        "task.name", "task.length", "task.noise", "network.network", "learner.name",
        TrainingConfigurationFactory.InnerLearnerPath, "rule.presentations",
    ];

    /// <summary>
    /// Creates the sweep of an experiment over the noises and, for each, the lengths: the runs of an algorithm with the
    /// learner of each noise.
    /// </summary>
    internal Sweep CreateSweep(
        string experiment, Algorithm algorithm, Func<double, LearnerDefinition> learnerAt, IReadOnlyList<int> lengths,
        IReadOnlyList<double> noises, int budget, int trials)
        => new(
            $"{experiment}, {Title}, {algorithm.Name}",
            [.. from noise in noises
                let learner = learnerAt(noise)
                from length in lengths
                select CreateConfiguration(algorithm, learner, length, noise, budget)],
            trials);

    /// <summary>
    /// Creates the configuration of an algorithm at one length. The noise is a of U[−a, a], or the variance of Gaussian
    /// noise.
    /// </summary>
    public TrainingConfiguration CreateConfiguration(
        Algorithm algorithm, LearnerDefinition learner, int length, double noise, int budget) => new()
        {
            Task = Task with { Length = length, Noise = noise },
            Network = Network with { Unit = algorithm.Learner.DefaultUnit },
            Learner = learner,
            ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost },
            Limits = new() { Presentations = budget },
        };
}
