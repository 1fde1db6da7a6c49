using LatchLab.Learning;
using LatchLab.Learning.Optimizers;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// Small configurations of every known task with every known learner. The contract tests iterate over these lists, so
/// that a new task or learner is tested as soon as it is registered.
/// </summary>
internal static class ContractConfigurations
{
    public const int Trials = 7, Sequences = 6, TestSequences = 10, Budget = 62;

    public const ulong Seed = 11;

    /// <summary>The dataset task with real values as labels.</summary>
    public const string Values = "dataset with values";

    /// <summary>The names of generated tasks with fresh sequences end with this.</summary>
    public const string Fresh = ", fresh";

    /// <summary>The value of the frozen parameter, and the bounds of another parameter.</summary>
    public const double Frozen = 0.25, Minimum = -0.1, Maximum = 0.15;

    /// <summary>One learner of each kind: the other learners of a kind treat value targets identically.</summary>
    private static readonly string[] ValueLearners =
        ["back-propagation", "forward-propagation", "discrete-error-propagation", "random-guessing"];

    private static readonly OptimizerSettings EveryUpdateRule = new()
    {
        Optimizer = string.Join(';', KnownUpdateRules.All.Select(rule => rule.Name)),
    };

    /// <summary>T of the configurations of one sweep.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [9, 5, 12];

    /// <summary>Each known learner, and the variants that select another type or another branch.</summary>
    public static IReadOnlyDictionary<string, LearnerDefinition> Learners { get; } =
        KnownLearners.All.Select(learner => (learner.Name, learner)).Concat(
        [
            ("adaptive pseudo-newton", new PseudoNewton
            {
                Curvature = CurvatureChoice.Full,
                Damping = new(),
                Steps = new() { StepBound = 0.3, Limit = StepLimit.Rescale },
            }),
            ("bounded back-propagation", new Backpropagation { Steps = new() { StepBound = 0.02 } }),
            ("back-propagation with update rules", new Backpropagation { Optimizer = EveryUpdateRule }),
            ("truncated back-propagation", new Backpropagation { Truncation = 3 }),
            ("batch back-propagation", new Backpropagation { Updates = UpdateTime.Batch }),
            ("mini-batches with adam", new Backpropagation
            {
                Updates = UpdateTime.MiniBatch,
                BatchSize = 4,
                Optimizer = new() { Optimizer = "adam" },
            }),
            ("forward propagation with update rules", new ForwardPropagation { Optimizer = EveryUpdateRule }),
            ("curriculum with momentum", new Curriculum
            {
                Learner = new Backpropagation { Optimizer = new() { Optimizer = "momentum 0.5" } },
            }),
            ("time-weighted with bend", new TimeWeightedPseudoNewton { Curvature = CurvatureChoice.Full }),
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
                    if (isGenerated && !CanTrain(KnownTasks.Generated.Single(known => known.Name == task), learner))
                        continue;
                    if (isGenerated || (learner is not Curriculum && (task != Values || ValueLearners.Contains(name))))
                        all.Add(task, name);
                    if (isGenerated && !learner.IsSearch && learner is not Curriculum)
                        all.Add(task + Fresh, name);
                }
            }

            return all;
        }
    }

    /// <summary>Whether a learner has the gradients of the targets of a task.</summary>
    public static bool CanTrain(TaskDefinition task, LearnerDefinition learner)
        => !task.HasTargetsAtEveryStep || learner.SupportsTargetsAtEveryStep;

    /// <summary>One configuration for each length, with the named task and the named learner.</summary>
    public static TrainingConfiguration[] Of(string task, string learner, params IReadOnlyList<int> lengths)
        => [.. (lengths.Count == 0 ? Lengths : lengths).Select(
            length => KnownTasks.Generated.SingleOrDefault(known => known.Name + Fresh == task) is { } fresh
                ? WithFreshSequences(Of(fresh with { Length = length }, Learners[learner]))
                : Of(CreateTask(task, length), Learners[learner]))];

    /// <summary>A configuration with the named task, without rules of prior knowledge.</summary>
    public static TrainingConfiguration Of(string task, LearnerDefinition learner, NetworkDesign network, int length)
        => Of(CreateTask(task, length), learner) with { Network = network };

    private static TaskDefinition CreateTask(string name, int length)
        => KnownTasks.Generated.SingleOrDefault(known => known.Name == name) is { } generated
            ? WithFixedSequences(generated with { Length = length })
            : CreateDatasetTask(name == Values ? LabelKind.Values : LabelKind.Classes, length);

    /// <summary>
    /// A configuration with units that the learner supports, one frozen parameter and one bounded parameter.
    /// </summary>
    public static TrainingConfiguration Of(GeneratedTask task, LearnerDefinition learner)
        => Of((TaskDefinition)WithFixedSequences(task), learner);

    private static GeneratedTask WithFixedSequences(GeneratedTask task)
        => task with { Sequences = Sequences, TrainingSet = TrainingSet.Fixed };

    /// <summary>
    /// The same with fresh sequences, and a rule that some trials meet: half of the test sequences must be correct.
    /// </summary>
    public static TrainingConfiguration WithFreshSequences(TrainingConfiguration configuration) => configuration with
    {
        Task = (GeneratedTask)configuration.Task with { TrainingSet = TrainingSet.Fresh },
        ConvergenceRule = new()
        {
            Rule = ConvergenceRuleKind.TestSequences,
            TestSequences = TestSequences,
            RequiredTestShare = 0.5,
        },
    };

    /// <summary>
    /// Ten of sixteen sequences form the test set. The configurations differ in length, delay and noise.
    /// </summary>
    private static DatasetTask CreateDatasetTask(LabelKind kind, int length)
        => new DatasetTask
        {
            LabelKind = kind,
            TestShare = (double)TestSequences / (TestSequences + Sequences),
            Length = length,
            Delay = length % 4,
            Noise = length % 2 == 0 ? 0.0 : 0.1 * length,
        }.WithDataset(kind == LabelKind.Classes ? SampleDatasets.Classes : SampleDatasets.Values);

    private static TrainingConfiguration Of(TaskDefinition task, LearnerDefinition learner)
    {
        string kind = task.DefaultNetwork;
        var design = new NetworkDesign
        {
            Network = kind,
            Unit = learner.UnsupportedReason("tanh") is null ? "tanh" : "threshold",
            Units = kind == "fully-connected" ? 3 : 5,
        };
        IReadOnlyList<string> names = design.GetParameterNames(
            new(task.TrainableInputs, task.InputsPerStep, task.Outputs));
        return new()
        {
            Task = task,
            Network = design with
            {
                Prior = FormattableString.Invariant(
                    $"{names[^1]}:={Frozen}; {names[0]}>={Minimum}; {names[0]}<={Maximum}"),
            },
            Learner = learner,
            ConvergenceRule = new()
            {
                Rule = ConvergenceRuleKind.SignAndCost,
                TestSequences = task is GeneratedTask ? TestSequences : 200,
            },
            Limits = new()
            {
                Presentations = Budget,
                Tolerance = task.Targets == TargetKind.Values ? 0.5 : 0.0,
            },
        };
    }

    public static SweepOutcomes Run(
        IReadOnlyList<TrainingConfiguration> configurations, LaneKind lane, int threads = 1, int trials = Trials,
        ulong seed = Seed)
    {
        int parameters = configurations[0].CreateTrialStart(seed: 0, trialIndex: 0).InitialParameters.Count;
        return TrialRunner.Run(
            [new Sweep("test", configurations, trials) { StoredParameters = parameters }],
            new RunOptions(seed, threads, lane))[0];
    }
}
