using LatchLab.Foundation;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Invalid datasets, and datasets that do not fit the settings, are reported before anything runs.</summary>
public sealed class DatasetValidatorTests
{
    private const string Learner = "back-propagation";

    [Theory]
    [InlineData("rule.rule: the task dataset does not support test-sequences, because it cannot generate test " +
        "sequences: give sign, sign-and-cost or validation", Learner, "rule=test-sequences")]
    [InlineData("learner.name: a curriculum begins with shortened sequences, and a shortened sequence of a dataset " +
        "may lose the steps that its label depends on: give the learner itself", "curriculum", "")]
    [InlineData("network.units: 2 are fewer than the outputs of the task dataset: give at least 3", Learner, "units=2")]
    [InlineData("task.label-range: '1;2' is not allowed: give two numbers, the smaller first, such as 0,1", Learner,
        "label-kind=values tolerance=1 label-range=1;2")]
    [InlineData("rule.tolerance: the targets of the task dataset are numbers: give the largest distance between a " +
        "correct output and its target, for example 0.1", Learner, "label-kind=values")]
    [InlineData("task.test-share: '0.95' is not allowed: give a number from 0 to 0.9", Learner, "test-share=0.95")]
    [InlineData("rule.presentations: 11 are less than one epoch: give at least the number of sequences, 12", Learner,
        "presentations=11")]
    public void An_error_is_reported_with_what_is_allowed(string line, string learner, string changes)
        => Assert.Equal([line], ErrorsOf(new SampleDatasets.Source(), learner, changes));

    [Fact]
    public void Sequences_too_long_for_a_lane_can_be_truncated()
    {
        Dataset set = SampleDatasets.Of((1_000_001, "a"), (1, "b"));
        Assert.Equal(
            ["task.length: sequences of 1000001 steps of 1 input do not fit in memory: give at most 1000000, so " +
                "that only the last steps are presented"],
            ErrorsOf(new Fixed(set), Learner, ""));
        Assert.Empty(ErrorsOf(new Fixed(set), Learner, "length=1000"));
    }

    [Fact]
    public void One_class_is_too_few_and_too_many_classes_are_values()
    {
        Assert.Equal(
            ["task.label: all sequences of made up have the label \"a\": at least two classes are needed"],
            ErrorsOf(new Fixed(SampleDatasets.Of((2, "a"), (1, "a"))), Learner, ""));
        Assert.Equal(
            ["task.label: all sequences of made up have the label \"a\": at least two classes are needed"],
            ErrorsOf(new Fixed(SampleDatasets.Of((1, "a"))), Learner, ""));
        Dataset many = SampleDatasets.Of([.. Enumerable.Range(0, 1001).Select(i => (1, $"{i}.5"))]);
        Assert.Contains(
            ErrorsOf(new Fixed(many), Learner, ""),
            error => error.StartsWith(
                "task.label-kind: 1001 sequences of made up have 1001 classes in \"label\", and a network has an " +
                "output for each", StringComparison.Ordinal));
    }

    [Fact]
    public void A_given_split_must_leave_training_sequences_of_every_class()
    {
        Assert.Equal(
            ["task.split: no training sequence of given has the label \"b\", which test sequences have"],
            ErrorsOf(new Fixed(CreateDataset(("a", false), ("b", true))), Learner, ""));
        Assert.Contains(
            "task.split: every sequence of given is a test sequence: at least one must have the value train",
            ErrorsOf(new Fixed(CreateDataset(("a", true), ("b", true))), Learner, ""));
        Assert.Empty(ErrorsOf(new Fixed(CreateDataset(("a", false), ("b", false))), Learner, ""));
    }

    [Fact]
    public void A_label_range_must_contain_the_labels_and_labels_must_differ()
    {
        Assert.StartsWith(
            "task.label-range: labels of sample range from 0.",
            Assert.Single(ErrorsOf(
                new SampleDatasets.Source(), Learner, "label-kind=values tolerance=1 label-range=1,2")),
            StringComparison.Ordinal);
        using var builder = new DatasetBuilder("flat", ["x"], ["y"], LabelKind.Values);
        builder.AddStep([1.0]);
        builder.EndSequence([2.5]);
        Assert.Equal(
            ["task.label: all labels of flat are 2.5: there is nothing to learn"],
            ErrorsOf(new Fixed(builder.Build()), Learner, "label-kind=values tolerance=1"));
    }

    [Fact]
    public void Without_a_dataset_source_there_are_no_sequences()
        => Assert.StartsWith("task.file: cannot be read here", ErrorsOf(null, Learner, "")[0],
            StringComparison.Ordinal);

    private static Dataset CreateDataset(params (string Class, bool IsTest)[] sequences)
    {
        using var builder = new DatasetBuilder("given", ["x"], ["label"], LabelKind.Classes, hasSplit: true);
        foreach ((string @class, bool isTest) in sequences)
        {
            builder.AddStep([1.0]);
            builder.EndSequence(@class, isTest);
        }

        return builder.Build();
    }

    private static string[] ErrorsOf(IDatasetSource? source, string learner, string changes)
    {
        List<ValidationError> errors = [];
        TrainingConfigurationFactory.Create(
            "dataset",
            learner,
            changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(change => change.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]),
            errors,
            source);
        return [.. errors.Select(error => error.ToString())];
    }

    private sealed class Fixed(Dataset set) : IDatasetSource
    {
        public Dataset Read(DatasetTask task, ICollection<ValidationError> errors) => set;
    }
}
