using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Statistics;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The answers of final networks to the test sequences, and those of a constant.</summary>
public sealed class TestPassTests
{
    private const ulong Seed = 5;

    private static readonly int Accuracy = FindMetric("accuracy"), RootMeanSquare = FindMetric("rmse"),
        MeanAbsolute = FindMetric("mae"), Determination = FindMetric("r2");

    private static readonly DatasetTask Classes = new DatasetTask().WithDataset(SampleDatasets.Classes);

    private static readonly DatasetTask Values =
        new DatasetTask { LabelKind = LabelKind.Values, Metric = TestMetric.RootMeanSquareError }
            .WithDataset(SampleDatasets.Values);

    private static readonly TrainingConfiguration Thresholds =
        TrainingConfigurationFactory.CreateDefault(Classes, new DiscreteErrorPropagation());

    /// <summary>Every kind of targets, at the last step and at every step, of fixed and of fresh sequences.</summary>
    private static readonly TaskDefinition[] Tasks =
    [
        new ParityTask { Length = 6, Sequences = 8 }, new MinimalTask { Length = 6, Sequences = 8 },
        new AddingTask { Length = 6, Sequences = 8 },
        new FlipFlopTask { Length = 6, Sequences = 8, ShortestShare = 0.3 }, Classes, Values,
    ];

    public static TheoryData<int> TaskIndices { get; } = [.. Enumerable.Range(0, Tasks.Length)];

    [Theory]
    [MemberData(nameof(TaskIndices))]
    public void The_metrics_have_the_test_error_and_the_test_cost_of_every_trial_on_every_lane_type(int task)
    {
        TrainingConfiguration configuration = Configure(Tasks[task]);
        TrainingResult result = Run(configuration, LaneKind.Scalar, threads: 1),
            other = Run(configuration, LaneKind.Widest, threads: 2);
        bool hasValues = configuration.Task.Targets == TargetKind.Values;
        foreach ((int trial, Outcome outcome) in result.Outcomes.Index())
        {
            IReadOnlyList<double> metrics = result.Tests[trial]!.Network;
            Assert.Equal(metrics, other.Tests[trial]!.Network);
            if (hasValues)
            {
                double expected = configuration.RootMeanSquareErrorScale * Math.Sqrt(outcome.TestCost);
                Assert.InRange(metrics[RootMeanSquare] / expected, 1.0 - 1e-12, 1.0 + 1e-12);
            }
            else
            {
                Assert.Equal(1.0 - outcome.TestError, metrics[Accuracy], 1e-15);
            }
        }

        Assert.Equal(result.Confusion?.Accuracy, other.Confusion?.Accuracy);
        Assert.Equal(
            result.BestConfusion?.Accuracy, hasValues ? null : result.Tests[result.BestTrial]!.Network[Accuracy]);
    }

    [Fact]
    public void The_baseline_is_the_most_frequent_class_of_the_training_sequences_of_the_trial_on_its_test()
    {
        TrainingResult result = Run(Configure(Classes), LaneKind.Scalar, threads: 1);
        Dataset dataset = SampleDatasets.Classes;
        foreach ((int trial, TrialMetrics? test) in result.Tests.Index())
        {
            TrainTestSplit split = Split(Classes, dataset, trial);
            int mostFrequent = split.Training.GroupBy(dataset.ClassOf).OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key).First().Key;
            Assert.Equal(
                split.Test.Average(sequence => dataset.ClassOf(sequence) == mostFrequent ? 1.0 : 0.0),
                test!.Baseline[Accuracy], 1e-15);
        }
    }

    [Fact]
    public void The_baseline_of_numbers_is_the_mean_label_of_the_training_sequences_of_the_trial_on_its_test()
    {
        TrainingResult result = Run(Configure(Values), LaneKind.Scalar, threads: 1);
        Dataset dataset = SampleDatasets.Values;
        foreach ((int trial, TrialMetrics? test) in result.Tests.Index())
        {
            TrainTestSplit split = Split(Values, dataset, trial);
            double[] errors = [.. from label in Enumerable.Range(0, 2)
                               let mean = split.Training.Average(sequence => dataset.GetLabel(sequence, label))
                               from sequence in split.Test
                               select dataset.GetLabel(sequence, label) - mean];
            double[] deviations = [.. from label in Enumerable.Range(0, 2)
                                   let mean = split.Test.Average(sequence => dataset.GetLabel(sequence, label))
                                   from sequence in split.Test
                                   select dataset.GetLabel(sequence, label) - mean];
            IReadOnlyList<double> baseline = test!.Baseline;
            Assert.Equal(Math.Sqrt(errors.Average(error => error * error)), baseline[RootMeanSquare], 1e-12);
            Assert.Equal(errors.Average(Math.Abs), baseline[MeanAbsolute], 1e-12);
            Assert.Equal(
                1.0 - (errors.Sum(error => error * error) / deviations.Sum(deviation => deviation * deviation)),
                baseline[Determination], 1e-12);
        }
    }

    [Fact]
    public void The_baseline_of_labels_per_step_counts_the_steps_of_the_trial()
    {
        Dataset classes = SampleDatasets.OfSteps(LabelKind.Classes), values = SampleDatasets.OfSteps(LabelKind.Values);
        var task = new DatasetTask { LabelPer = LabelPer.Step, Length = 3 };
        foreach ((int trial, TrialMetrics? test) in Run(
            Configure(task.WithDataset(classes)), LaneKind.Scalar, threads: 1).Tests.Index())
        {
            TrainTestSplit split = Split(task, classes, trial);
            double[] trained = [.. split.Training.SelectMany(sequence => Presented(classes, sequence))],
                tested = [.. split.Test.SelectMany(sequence => Presented(classes, sequence))];
            double mostFrequent = 2 * trained.Count(label => label == 1.0) > trained.Length ? 1.0 : 0.0;
            Assert.Equal(
                tested.Average(label => label == mostFrequent ? 1.0 : 0.0), test!.Baseline[Accuracy], 1e-15);
        }

        task = task with { LabelKind = LabelKind.Values };
        foreach ((int trial, TrialMetrics? test) in Run(
            Configure(task.WithDataset(values)), LaneKind.Scalar, threads: 1).Tests.Index())
        {
            TrainTestSplit split = Split(task, values, trial);
            double mean = split.Training.Average(sequence => Presented(values, sequence).Average());
            Assert.Equal(
                split.Test.Average(sequence => Presented(values, sequence).Average(label => Math.Abs(label - mean))),
                test!.Baseline[MeanAbsolute], 1e-12);
        }

        static IEnumerable<double> Presented(Dataset set, int sequence)
            => SampleDatasets.StepLabels(set, sequence).TakeLast(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_chance_level_of_labels_per_step_counts_presented_steps_and_sequences_without_another_class(
        int length)
    {
        Dataset set = SampleDatasets.OfSteps(LabelKind.Classes);
        var task = new DatasetTask { LabelPer = LabelPer.Step, Length = length }.WithDataset(set);
        double[][] labels = [.. Enumerable.Range(0, set.Count).Select(sequence => SampleDatasets
            .StepLabels(set, sequence).TakeLast(length == 0 ? int.MaxValue : length).ToArray())];
        Assert.Equal(
            labels.SelectMany(sequence => sequence).Average(label => label == 0.0 ? 0.0 : 1.0), task.ChanceStepError,
            1e-15);
        Assert.Equal(
            labels.Average(sequence => sequence.All(label => label == 0.0) ? 0.0 : 1.0), task.ChanceError, 1e-15);
        Assert.Equal(double.NaN, new DatasetTask { LabelPer = LabelPer.Step, LabelKind = LabelKind.Values }
            .WithDataset(SampleDatasets.OfSteps(LabelKind.Values)).ChanceStepError);
    }

    [Fact]
    public void A_metric_is_summarized_over_the_tested_trials()
    {
        TrainingResult result = Run(Configure(Classes), LaneKind.Scalar, threads: 1);
        Estimate accuracy = result.Metrics[0].Estimate, error = result.Summary.TestError;
        Assert.Equal(1.0 - error.Value, accuracy.Value, 1e-14);
        Assert.Equal(1.0 - error.Upper, accuracy.Lower, 1e-14);
        Assert.Equal(1.0 - error.Lower, accuracy.Upper, 1e-14);
        TrainingResult values = Run(Configure(Values), LaneKind.Scalar, threads: 1);
        double[] determinations = [.. values.Tests.Select(test => test!.Network[Determination]).Order()];
        Estimate determination = values.Metrics[^1].Estimate;
        Assert.Equal(determinations[5], determination.Value, 1e-15);    // the sixth of eleven
        Assert.Equal(determinations[1], determination.Lower, 1e-15);    // ranks that the sign test gives
        Assert.Equal(determinations[9], determination.Upper, 1e-15);
        Assert.Equal(Estimate.Unknown, Metric.OfClasses[0].Summarize([]).Estimate);
    }

    [Fact]
    public void Equal_outputs_are_no_answer_and_a_larger_one_is()
    {
        // Without weights every threshold unit answers its bias: three equal outputs, or one above the others.
        double[] parameters = new double[Thresholds.ParameterNames.Count];
        ConfusionMatrix matrix = Test(parameters);
        Assert.Equal(matrix.Count, matrix.Unanswered);
        for (int unit = 0; unit < Thresholds.Network.UnitCount; unit++)
        {
            double bias = unit == Thresholds.Network.UnitCount - 1 ? 1.0 : -1.0;
            parameters[Thresholds.ParameterNames.ToList().IndexOf($"b[{unit}]")] = bias;
        }

        matrix = Test(parameters);
        Assert.Equal(matrix.Count, matrix.CountAnswers(2));

        static ConfusionMatrix Test(double[] values)
            => TestPass.Run(
                [(new(Thresholds, TrialIndex: 0, SweepIndex: 0, ResultIndex: 0, Seed), values)], LaneKind.Scalar,
                TestContext.Current.CancellationToken)[0].Network.Classes!;
    }

    [Fact]
    public void Ties_are_reported_only_where_the_error_exceeds_that_of_guessing()
    {
        TrainingResult poor = Run(Thresholds with { Limits = new() { Presentations = 600 } }, LaneKind.Scalar, 1);
        Assert.InRange(poor.Summary.TestError.Value, Thresholds.ChanceError, 1.0);
        Assert.InRange(poor.TiedTestShare, 0.1, poor.Summary.TestError.Value);

        Dataset set = SampleDatasets.Of([.. Enumerable.Range(0, 16).Select(i => (2, i < 8 ? "low" : "high"))]);
        TrainingResult good = Run(Configure(new DatasetTask().WithDataset(set)), LaneKind.Scalar, threads: 1);
        Assert.InRange(good.Summary.TestError.Value, 0.0, 0.49);
        Assert.Equal(double.NaN, good.TiedTestShare);
    }

    private static int FindMetric(string name)
        => Metric.OfClasses.Concat(Metric.OfValues).Single(metric => metric.Name == name).Index;

    private static TrainingConfiguration Configure(TaskDefinition task)
    {
        TrainingConfiguration configuration =
            TrainingConfigurationFactory.CreateDefault(task, new Backpropagation());
        double tolerance = task.Targets == TargetKind.Values && task.DefaultTolerance == 0.0 ? 0.3
            : task.DefaultTolerance;
        return configuration with { Limits = new() { Presentations = 600, Tolerance = tolerance } };
    }

    private static TrainTestSplit Split(DatasetTask task, Dataset dataset, int trial)
        => TrainTestSplit.Create(dataset, task.TestShare, new(Seed, RandomWord: 0, trial));

    private static TrainingResult Run(TrainingConfiguration configuration, LaneKind lane, int threads)
        => new TrainingRun(configuration, trialCount: 11).Run(
            new(Seed, threads, lane), TestContext.Current.CancellationToken);
}
