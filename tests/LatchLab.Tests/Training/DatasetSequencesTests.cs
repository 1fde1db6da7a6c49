using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Tests.Numerics;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The presented sequences of a dataset match its settings, in every lane.</summary>
public sealed class DatasetSequencesTests
{
    private const ulong Seed = 5;

    private static readonly DatasetTask[] Variants =
    [
        new DatasetTask().WithDataset(SampleDatasets.Classes),
        new DatasetTask { Length = 4, Delay = 3, Noise = 0.5, Normalisation = Normalisation.Range }
            .WithDataset(SampleDatasets.Classes),
        new DatasetTask { LabelKind = LabelKind.Values, Delay = 2, Noise = 0.1, Target = 0.5 }
            .WithDataset(SampleDatasets.Values),
        new DatasetTask { Normalisation = Normalisation.None, Length = 1 }.WithDataset(SampleDatasets.Classes),
        new DatasetTask { Order = SequenceOrder.Shuffled }.WithDataset(SampleDatasets.Classes),
        new DatasetTask { Order = SequenceOrder.Sorted }.WithDataset(SampleDatasets.Classes),
    ];

    [Theory]
    [InlineData(0, 1_000_000)]
    [InlineData(1, 1_000_000)]
    [InlineData(2, 1_000_000)]
    [InlineData(3, 1_000_000)]
    [InlineData(4, 1_000_000)]
    [InlineData(5, 1_000_000)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    public void Presented_sequences_equal_naive_preparation_for_any_previous_lane_content(
        int variant, int mostKept)
    {
        const int longest = 20;
        TrainingConfiguration[] configurations = [CreateConfiguration(Variants[variant]),
            CreateConfiguration(Variants[variant] with { Delay = 6, Noise = 0.0 })];
        var lanes = new TaskSequences<Wide256>(
            bundles: 2, longest, configurations[0].TrainingSequences, configurations[0].NetworkShape,
            configurations[0].Scoring, isShuffled: Variants[variant].Order != SequenceOrder.Sorted,
            mixesRanks: Variants[variant].Order != SequenceOrder.Sorted, mostKept);
        var random = new Random(2);
        for (int round = 0; round < 8; round++)
        {
            var trials = new PendingTrial[2 * Wide256.Count];
            for (int lane = 0; lane < trials.Length; lane++)
            {
                trials[lane] = new(
                        configurations[random.Next(2)], random.Next(1000), SweepIndex: 0, ResultIndex: 0, Seed);
                lanes.PrepareLane(lane, trials[lane], new TrialProgress(configurations[0]));
            }

            lanes.Deactivate(5);
            for (int p = 0; p < round; p++)    // a pass that stops early
                lanes.GetBatch(p);
            lanes.BeginEpoch();
            for (int p = 0; p < configurations[0].TrainingSequences; p++)
            {
                SequenceBatch<Wide256> presented = lanes.GetBatch(p);
                foreach ((int lane, PendingTrial trial) in trials.Index())
                {
                    if (lane == 5)
                        Assert.True(double.IsNaN(Number(presented.StartOffset[lane / Wide256.Count], lane)));
                    else
                        AreEqual(Naive(trial, p), presented, lane, configurations[0].NetworkShape.Outputs);
                }
            }
        }
    }

    [Fact]
    public void Every_training_sequence_is_presented_once_per_pass_and_every_test_sequence_once_per_test()
    {
        TrainingConfiguration configuration =
            CreateConfiguration(new DatasetTask { TestShare = 0.625 }.WithDataset(SampleDatasets.Classes));
        TrainTestSplit split = TrainTestSplit.Create(SampleDatasets.Classes, 0.625, new(Seed, 0, Trial: 7));
        var trial = new TrialPasses(
            new(configuration, TrialIndex: 7, SweepIndex: 0, ResultIndex: 0, Seed), PresentationOrder.ShuffleRanks(6),
            isShuffled: true);
        var sequences = new DatasetTrialSequences((DatasetTask)configuration.Task, new(Seed, 0, Trial: 7));
        int[] Presented(Purpose purpose) =>
        [
            .. trial.Ranks.ToArray().Select(rank => sequences.GetSequence(purpose, trial.GetNumber(rank))),
        ];
        var progress = new TrialProgress(configuration with { Limits = new() { Presentations = 6 } });
        trial.BeginPass(progress);
        Assert.Equal(split.Training, Presented(Purpose.TrainingSequences).Order());
        progress.EndEpoch(new(CorrectCount: 1, Cost: 1.0));    // budget exhausted: final evaluation and test
        progress.EndEpoch(new(CorrectCount: 1, Cost: 1.0));
        trial.BeginPass(progress);
        int[] first = Presented(Purpose.TestSequences);
        progress.EndEpoch(new(CorrectCount: 1, Cost: 1.0));
        trial.BeginPass(progress);
        int[] second = Presented(Purpose.TestSequences);
        Assert.Equal(4, second.Length);
        Assert.Equal(split.Test, first.Concat(second).Order());
        Assert.True(first.Max(SampleDatasets.Classes.LengthOf) <= second.Min(SampleDatasets.Classes.LengthOf));
    }

    [Theory]
    [InlineData(Normalisation.Standard)]
    [InlineData(Normalisation.Range)]
    public void Test_sequences_do_not_influence_training(Normalisation normalisation)
    {
        DatasetTask task = new() { Normalisation = normalisation, Delay = 2, Noise = 0.1 };
        TrainingConfiguration configuration = CreateConfiguration(task.WithDataset(SampleDatasets.Classes));
        SweepOutcomes expected = ContractConfigurations.Run([configuration], LaneKind.Widest, trials: 4);
        for (int trial = 0; trial < 4; trial++)
        {
            TrainTestSplit split = TrainTestSplit.Create(
                SampleDatasets.Classes, task.TestShare, new(ContractConfigurations.Seed, 0, trial));
            using Dataset changed = SampleDatasets.Changed(
                SampleDatasets.Classes,
                (sequence, steps) => split.Test.Contains(sequence)
                    ? [.. steps.Concat(steps).Select(x => 7.0 - (1e6 * x))]
                    : steps);
            SweepOutcomes actual = ContractConfigurations.Run(
                [configuration with { Task = task.WithDataset(changed) }], LaneKind.Widest, trials: 4);
            Assert.Equal(expected.GetParameters(0, trial).ToArray(), actual.GetParameters(0, trial).ToArray());
            Outcome before = expected.GetOutcomes(0)[trial], after = actual.GetOutcomes(0)[trial];
            Assert.Equal(before with { TestError = 0, TestCost = 0 }, after with { TestError = 0, TestCost = 0 });
            Assert.NotEqual(before.TestCost, after.TestCost);
            int other = (trial + 1) % 4;
            Assert.NotEqual(expected.GetParameters(0, other).ToArray(), actual.GetParameters(0, other).ToArray());
        }
    }

    [Fact]
    public void Initial_networks_do_not_depend_on_delay_length_or_share_and_the_test_error_has_label_units()
    {
        TrainingConfiguration configuration = CreateConfiguration(
            Variants[2] with { Metric = TestMetric.RootMeanSquareError });
        TrainingConfiguration other = CreateConfiguration(Variants[2] with { Delay = 9, Length = 2, TestShare = 0.5 });
        Assert.Equal(configuration.CreateTrialStart(Seed, 3).InitialParameters,
            other.CreateTrialStart(Seed, 3).InitialParameters);
        (double least, double largest) = SampleDatasets.Values.LabelRange;

        // The cost of two outputs, each off by 0.25, is half of the target's 0.5: a quarter of the range.
        Assert.Equal(0.25 * (largest - least), configuration.RootMeanSquareErrorScale * 0.25, 1e-12);
        Assert.Equal(configuration.Limits.Tolerance / (largest - least), configuration.Scoring.Tolerance, 1e-12);
    }

    private static TrainingConfiguration CreateConfiguration(DatasetTask task)
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(task,
            new Backpropagation { LearningRate = 0.01 });
        double tolerance = task.Targets == TargetKind.Values ? 0.2 : 0.0;
        configuration = configuration with { Limits = new() { Presentations = 100, Tolerance = tolerance } };
        Assert.Empty(configuration.Validate());
        return configuration;
    }

    /// <summary>The inputs [step][input] and the targets of the p-th presentation.</summary>
    private static (double[] Steps, double[] Targets) Naive(PendingTrial trial, int p)
    {
        var task = (DatasetTask)(trial.Configuration).Task;
        (Dataset set, int m) = (task.Dataset!, task.Dataset!.InputNames.Count);
        TrialRandom random = new(Seed, RandomWord: 0, trial.TrialIndex);
        TrainTestSplit split = TrainTestSplit.Create(set, task.TestShare, random);
        int[] ranked = PresentationOrder.RankByLength(set, split.Training, Purpose.TrainingSequences, random);
        int[] classEnds = new int[ranked.Length], order = new int[ranked.Length];
        Array.Fill(classEnds, ranked.Length);
        if (task.Order == SequenceOrder.ShuffledByLength)
        {
            PresentationOrder.FindLengthClasses(
                [.. ranked.Select(one => Math.Min(set.LengthOf(one), task.Length == 0 ? 1000 : task.Length))],
                classEnds);
        }

        PresentationOrder.DrawEpoch(random, epoch: 0, classEnds, order);
        int sequence = ranked[task.Order == SequenceOrder.Sorted ? p
            : order[PresentationOrder.ShuffleRanks(ranked.Length)[p]]];
        InputScaling scaling = InputScaling.Fit(
            set, split.Training, task.Length == 0 ? 1000 : task.Length, task.Normalisation);
        double[] steps =
        [
            .. SampleDatasets.Inputs(set, sequence).Chunk(m)
                .TakeLast(task.Length == 0 ? int.MaxValue : task.Length)
                .SelectMany(step => step.Select((x, i) => (x - scaling.Offset[i]) * scaling.Factor[i])),
            .. new double[task.Delay * m],
        ];
        UniformStream noise = random.CreateUniformStream(Purpose.TrainingNoise, sequence);
        for (int i = 0; i < steps.Length; i++)
            steps[i] += task.Noise * ((2.0 * noise.Next()) - 1.0);    // two inputs: one block per step
        double[] targets = [.. Enumerable.Range(0, task.Outputs).Select(k => task.LabelKind == LabelKind.Classes
            ? (set.ClassOf(sequence) == k ? task.Target : -task.Target)
            : task.LabelScale.ToTarget(set.GetLabel(sequence, k)))];
        return (steps, targets);
    }

    private static void AreEqual(
        (double[] Steps, double[] Targets) expected, in SequenceBatch<Wide256> presented, int lane, int outputs)
    {
        int bundle = lane / Wide256.Count, start = (int)Number(presented.StartOffset[bundle], lane);
        Assert.InRange(start, presented.EarliestStart, presented.LatestStart);
        Assert.Equal(expected.Steps.Length, 2 * (presented.Length - start));
        for (int i = 0; i < expected.Steps.Length; i++)
        {
            double actual = Number(presented.Inputs[((start + (i / 2)) * 4) + (bundle * 2) + (i % 2)], lane);
            Assert.Equal(expected.Steps[i], actual);
        }

        for (int k = 0; k < outputs; k++)
            Assert.Equal(expected.Targets[k], Number(presented.Targets[(bundle * outputs) + k], lane));
    }

    private static double Number(Wide256 values, int lane) => Lanes.Numbers(values)[lane % Wide256.Count];
}
