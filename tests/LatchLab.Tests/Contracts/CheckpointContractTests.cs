using System.Collections.Concurrent;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Learning.Optimizers;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// A trial that continues from a checkpoint ends like one that was not interrupted, bit for bit: for every task,
/// learner and update rule, from any pass, and with another lane type than the one that saved it.
/// </summary>
public sealed class CheckpointContractTests
{
    private const int Trials = 2;

    private static readonly TrainingConfiguration Sample =
        ContractConfigurations.Of(new LatchTask { Length = 9 }, new Backpropagation());

    private static readonly LaneKind[] Lanes = [.. SlowTests.LaneKinds.Where(lane => lane.IsSupported)];

    public static TheoryData<string, string> All => ContractConfigurations.All;

    public static TheoryData<string> UpdateRules => [.. KnownUpdateRules.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_learner_continues_from_any_pass(string task, string learner)
        => AssertContinues(ContractConfigurations.Of(task, learner));

    [Theory]
    [MemberData(nameof(UpdateRules))]
    public void Every_update_rule_continues_from_any_pass(string rule)
    {
        OptimizerSettings optimizer = new() { Optimizer = rule };
        AssertContinues(
        [
            .. from learner in (LearnerDefinition[])
               [
                   new Backpropagation { Optimizer = optimizer },
                   new Backpropagation { Optimizer = optimizer, Updates = UpdateTime.MiniBatch, BatchSize = 4 },
                   new ForwardPropagation { Optimizer = optimizer },
               ]
               select ContractConfigurations.Of(new LatchTask { Length = 9 }, learner),
        ]);
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Networks_of_cells_continue_from_any_pass(string kind)
        => Assert.All(CellConfigurations.Of(kind, "mini-batches"), AssertContinues);

    [Fact]
    public void A_trial_with_validations_continues_from_any_pass()
    {
        ConvergenceRule rule = new() { Rule = ConvergenceRuleKind.Validation, Patience = 2, TestSequences = 10 };
        TrainingConfiguration dataset = ContractConfigurations.Of("dataset", "mini-batches with adam")[0];
        AssertContinues(
        [
            Sample with { ConvergenceRule = rule },
            dataset with
            {
                Task = (DatasetTask)dataset.Task with { TestShare = 0.25, ValidationShare = 0.5 },
                ConvergenceRule = rule with { TestSequences = 200 },
            },
        ]);
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused_with_every_difference()
    {
        Run before = Start([Sample]);
        TrainingConfiguration changed = Sample with
        {
            Task = (GeneratedTask)Sample.Task with { Length = 8 },
            Learner = new Backpropagation { LearningRate = 0.5 },
        };
        Assert.Equal(
            [
                "task.length: is '9' in the checkpoint and '8' now: give the same to continue",
                "learner.learning-rate: is '0.03' in the checkpoint and '0.5' now: give the same to continue",
            ],
            Assert.Throws<ValidationException>(() => Start([changed], before)).Errors.Select(error => $"{error}"));
        changed = Sample with { Learner = new MultigridRandomSearch() };
        Assert.Equal(
            ["learner"],
            Assert.Throws<ValidationException>(() => Start([changed], before)).Errors.Select(error => error.Field));
    }

    [Fact]
    public void Bytes_that_are_incomplete_or_changed_are_refused()
    {
        byte[] bytes = Start([Sample]).FirstBytes;
        Assert.Equal(bytes, TrialCheckpoint.FromBytes(bytes).ToBytes());
        for (int length = 0; length < bytes.Length; length += 7)
            Assert.Throws<ValidationException>(() => TrialCheckpoint.FromBytes(bytes.AsSpan(0, length)));
        for (int position = 0; position < bytes.Length; position += 7)
        {
            byte[] changed = [.. bytes];
            changed[position] ^= 1;
            Assert.Throws<ValidationException>(() => TrialCheckpoint.FromBytes(changed));
        }
    }

    [Fact]
    public void A_cancelled_run_saves_its_running_trials()
    {
        using var source = new CancellationTokenSource();
        var run = new Run(before: null, new Random(7))
        {
            Pass = progress =>
            {
                if (progress.Epochs == 4)
                    source.Cancel();
            },
        };
        Assert.Throws<OperationCanceledException>(() => TrialRunner.Run(
            [new("", [Sample], Trials)], new(ContractConfigurations.Seed, 1, LaneKind.Widest), run, filter: null,
            cancellation: source.Token));
        Assert.Equal(Trials, run.SavedTrials);
        Run rest = Start([Sample], run);
        Assert.Equal(Trials, rest.ContinuedTrials);
        Assert.Equal(Start([Sample]).Results.Order(), rest.Results.Order());
    }

    private static Run Start(TrainingConfiguration[] configurations, Run? before = null)
        => Run.Start(configurations, LaneKind.Widest, before, new Random(7));

    /// <summary>Runs without interruption, then twice from a random checkpoint of the run before.</summary>
    private static void AssertContinues(TrainingConfiguration[] configurations)
    {
        var random = new Random(7);
        int lane = random.Next(Lanes.Length);
        Run uninterrupted = Run.Start(configurations, Lanes[lane], before: null, random), run = uninterrupted;
        for (int interruption = 0; interruption < 2; interruption++)
        {
            lane = (lane + 1) % Lanes.Length;
            run = Run.Start(configurations, Lanes[lane], run, random);
            Assert.NotEqual(0, run.ContinuedTrials);
            Assert.Equal(uninterrupted.Results.Order(), run.Results.Order());
        }
    }

    /// <summary>A run that keeps a checkpoint of every pass.</summary>
    private sealed class Run(Run? before, Random random) : ITrialSink, ICheckpointStore
    {
        private readonly ConcurrentDictionary<int, List<byte[]>> _saved = [];

        public ConcurrentBag<string> Results { get; } = [];

        public int ContinuedTrials { get; private set; }

        public int SavedTrials => _saved.Count;

        public byte[] FirstBytes => _saved[0][0];

        /// <summary>Called after each pass; null to keep a checkpoint of each.</summary>
        public Action<TrialProgress>? Pass { get; init; }

        public ICheckpointStore Checkpoints => this;

        public static Run Start(TrainingConfiguration[] configurations, LaneKind lane, Run? before, Random random)
        {
            var run = new Run(before, random);
            TrialRunner.Run(
                [new("", configurations, Trials)], new(ContractConfigurations.Seed, Threads: 1, lane), run,
                filter: null, cancellation: TestContext.Current.CancellationToken);
            return run;
        }

        public DiagnosticDetail GetDetail(in PendingTrial trial)
            => trial.TrialIndex == 0 ? DiagnosticDetail.Errors : DiagnosticDetail.None;

        public TrialCheckpoint? Find(in PendingTrial trial)
        {
            if (before?._saved.TryGetValue(trial.ResultIndex, out List<byte[]>? saved) != true)
                return null;
            ContinuedTrials++;
            return TrialCheckpoint.FromBytes(saved![random.Next(saved.Count)]);
        }

        public bool IsDue(in PendingTrial trial, TrialProgress progress)
        {
            Pass?.Invoke(progress);
            return Pass is null;
        }

        public void Save(in PendingTrial trial, TrialCheckpoint checkpoint)
            => _saved.GetOrAdd(trial.ResultIndex, _ => []).Add(checkpoint.ToBytes());

        public void Record(
            in PendingTrial trial, in Outcome outcome, ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> snapshots)
            => Results.Add($"{trial.ResultIndex}: {outcome} {string.Join(' ', parameters.ToArray())} " +
                string.Join(' ', snapshots));
    }
}
