using LatchLab.Experiments;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// Every known task with every known learner, tiny: what all of them promise is tested from these lists, so that a new
/// one is tested the moment it is listed.
/// </summary>
internal static class ContractCells
{
    public const int Trials = 7, Sequences = 6, FreshSequences = 10, Budget = 62;

    public const ulong Seed = 11;

    /// <summary>The value at which a parameter is held, and the bounds of another.</summary>
    public const double Held = 0.25, Lowest = -0.1, Highest = 0.15;

    /// <summary>T of the cells of one sweep.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [9, 5, 12];

    /// <summary>Each known learner, and those of its choices that are another type or another branch.</summary>
    public static IReadOnlyDictionary<string, LearnerDefinition> Learners { get; } =
        KnownLearners.All.Select(learner => (learner.Name, learner)).Concat(
        [
            ("adaptive pseudo-newton", new PseudoNewton
            {
                Curvature = CurvatureChoice.WithBend,
                Damping = new() { Limit = StepLimit.Rescale },
            }),
            ("time-weighted with bend", new TimeWeightedPseudoNewton { Curvature = CurvatureChoice.WithBend }),
            ("curriculum of guesses", new Curriculum { Learner = new RandomGuessing { GuessRange = 4 } }),
        ]).ToDictionary();

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (GeneratedTask task in KnownTasks.Generated)
            {
                foreach (string learner in Learners.Keys)
                    all.Add(task.Name, learner);
            }

            return all;
        }
    }

    /// <summary>A cell for each length, of the task of a name and the learner of a name.</summary>
    public static ProblemCell[] Of(string task, string learner, params IReadOnlyList<int> lengths)
        => [.. (lengths.Count == 0 ? Lengths : lengths).Select(length => Of(
            KnownTasks.Generated.Single(known => known.Name == task) with { Length = length }, Learners[learner]))];

    /// <summary>A cell with units that the learner does not refuse, a held parameter and a bounded one.</summary>
    public static ProblemCell Of(GeneratedTask task, LearnerDefinition learner)
    {
        NetworkKind kind = task.Network switch
        {
            "latch" => NetworkKind.Latch,
            "parity" => NetworkKind.Parity,
            _ => NetworkKind.FullyConnected,
        };
        var design = new NetworkDesign
        {
            Network = kind,
            Unit = learner.Refuses("tanh") is null ? "tanh" : "threshold",
            Units = 3,
        };
        IReadOnlyList<string> names = design.ParameterNames(new(task.TrainableInputs));
        return new()
        {
            Task = task with { Sequences = Sequences },
            Network = design with
            {
                Prior = FormattableString.Invariant(
                    $"{names[^1]}:={Held}; {names[0]}>={Lowest}; {names[0]}<={Highest}"),
            },
            Training = learner,
            Rule = new() { Rule = RuleKind.SignAndCost, FreshSequences = FreshSequences },
            Limits = new() { Presentations = Budget },
        };
    }

    public static SweepOutcomes Run(
        IReadOnlyList<ProblemCell> cells, LaneKind lane, int threads = 1, int trials = Trials, ulong seed = Seed)
    {
        int parameters = cells[0].StartOf(seed: 0, trial: 0).Values.Count;
        return Runner.Run(
            [new Sweep("test", cells, trials) { KeptParameters = parameters }],
            new RunOptions(seed, threads, lane))[0];
    }
}
