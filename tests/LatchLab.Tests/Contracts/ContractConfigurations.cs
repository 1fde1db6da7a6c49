using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// Every known task with every known learner, tiny: what all of them promise is tested from these lists, so that a new
/// one is tested the moment it is listed.
/// </summary>
internal static class ContractConfigurations
{
    public const int Trials = 7, Sequences = 6, FreshSequences = 10, Budget = 62;

    public const ulong Seed = 11;

    /// <summary>The task sequences with values for labels.</summary>
    public const string Values = "sequences of values";

    /// <summary>The value at which a parameter is held, and the bounds of another.</summary>
    public const double Held = 0.25, Lowest = -0.1, Highest = 0.15;

    /// <summary>A learner of each kind: targets of values are nothing else to the others of its kind.</summary>
    private static readonly string[] OfValues =
        ["back-propagation", "forward-propagation", "discrete-error-propagation", "random-guessing"];

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
            foreach (string task in (string[])[.. KnownTasks.All.Select(known => known.Name), Values])
            {
                bool isGenerated = KnownTasks.Generated.Any(known => known.Name == task);
                foreach ((string name, LearnerDefinition learner) in Learners)
                {
                    if (isGenerated || (learner is not Curriculum && (task != Values || OfValues.Contains(name))))
                        all.Add(task, name);
                }
            }

            return all;
        }
    }

    /// <summary>A cell for each length, of the task of a name and the learner of a name.</summary>
    public static TrainingConfiguration[] Of(string task, string learner, params IReadOnlyList<int> lengths)
        => [.. (lengths.Count == 0 ? Lengths : lengths).Select(
            length => KnownTasks.Generated.SingleOrDefault(known => known.Name == task) is { } generated
                ? Of(generated with { Length = length }, Learners[learner])
                : Of(Own(task == Values ? LabelKind.Values : LabelKind.Classes, length), Learners[learner]))];

    /// <summary>A cell with units that the learner does not refuse, a held parameter and a bounded one.</summary>
    public static TrainingConfiguration Of(GeneratedTask task, LearnerDefinition learner)
        => Of((TaskDefinition)(task with { Sequences = Sequences }), learner);

    /// <summary>Of sixteen sequences ten are tested on; cells differ in length, delay and noise.</summary>
    private static DatasetTask Own(LabelKind kind, int length)
        => new DatasetTask
        {
            LabelKind = kind,
            TestShare = (double)FreshSequences / (FreshSequences + Sequences),
            Length = length,
            Delay = length % 4,
            Noise = length % 2 == 0 ? 0.0 : 0.1 * length,
        }.WithDataset(kind == LabelKind.Classes ? SampleDatasets.Classes : SampleDatasets.Values);

    private static TrainingConfiguration Of(TaskDefinition task, LearnerDefinition learner)
    {
        NetworkKind kind = task.DefaultNetwork switch
        {
            "latch" => NetworkKind.Latch,
            "parity" => NetworkKind.Parity,
            _ => NetworkKind.FullyConnected,
        };
        var design = new NetworkDesign
        {
            Network = kind,
            Unit = learner.UnsupportedReason("tanh") is null ? "tanh" : "threshold",
            Units = 3,
        };
        IReadOnlyList<string> names = design.GetParameterNames(
            new(task.TrainableInputs, task.InputsPerStep, task.Outputs));
        return new()
        {
            Task = task,
            Network = design with
            {
                Prior = FormattableString.Invariant(
                    $"{names[^1]}:={Held}; {names[0]}>={Lowest}; {names[0]}<={Highest}"),
            },
            Training = learner,
            ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost, FreshSequences = FreshSequences },
            Limits = new()
            {
                Presentations = Budget,
                Tolerance = task.Targets == TargetKind.Values ? 0.5 : 0.0,
            },
        };
    }

    public static SweepOutcomes Run(
        IReadOnlyList<TrainingConfiguration> cells, LaneKind lane, int threads = 1, int trials = Trials,
        ulong seed = Seed)
    {
        int parameters = cells[0].CreateTrialStart(seed: 0, trialIndex: 0).InitialParameters.Count;
        return TrialRunner.Run(
            [new Sweep("test", cells, trials) { StoredParameters = parameters }],
            new RunOptions(seed, threads, lane))[0];
    }
}
