using LatchLab.Foundation;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>What is wrong with somebody's own sequences, or not meant for them, is told before anything runs.</summary>
public sealed class DatasetValidatorTests
{
    private const string Learner = "back-propagation";

    [Theory]
    [InlineData("--rule: fresh-sequences is no rule for the task sequences, which has no fresh ones: give sign or " +
        "sign-and-cost", Learner, "rule=fresh-sequences")]
    [InlineData("--learner: a curriculum begins with shorter sequences, and a sequence of a file that is cut may " +
        "have lost what its label depends on: give the learner itself", "curriculum", "")]
    [InlineData("--units: 2 are fewer than the outputs of the task sequences: give at least 3", Learner, "units=2")]
    [InlineData("--label-range: '1;2' is not allowed: give two numbers, the smaller first, such as 0,1", Learner,
        "label-kind=values tolerance=1 label-range=1;2")]
    [InlineData("--tolerance: the targets of the task sequences are numbers: give how near to them an output must be " +
        "to be right, for example 0.1", Learner, "label-kind=values")]
    [InlineData("--test-share: '0.95' is not allowed: give a number from 0 to 0.9", Learner, "test-share=0.95")]
    [InlineData("--presentations: 11 are less than one epoch: give at least the number of sequences, 12", Learner,
        "presentations=11")]
    public void A_mistake_is_told_with_what_would_be_right(string line, string learner, string changes)
        => Assert.Equal([line], MistakesOf(new SampleDatasets.Source(), learner, changes));

    [Fact]
    public void Sequences_too_long_for_a_lane_may_be_cut()
    {
        Dataset set = SampleDatasets.Of((1_000_001, "a"), (1, "b"));
        Assert.Equal(
            ["--length: sequences of 1000001 steps of 1 input do not fit in memory: give at most 1000000, of which " +
                "the last steps are presented"],
            MistakesOf(new Fixed(set), Learner, ""));
        Assert.Empty(MistakesOf(new Fixed(set), Learner, "length=1000"));
    }

    [Fact]
    public void One_class_is_nothing_to_tell_apart_and_too_many_are_values()
    {
        Assert.Equal(
            ["--label: all sequences of made up have the label \"a\": at least two classes are needed"],
            MistakesOf(new Fixed(SampleDatasets.Of((2, "a"), (1, "a"))), Learner, ""));
        Assert.Equal(
            ["--label: all sequences of made up have the label \"a\": at least two classes are needed"],
            MistakesOf(new Fixed(SampleDatasets.Of((1, "a"))), Learner, ""));
        Dataset many = SampleDatasets.Of([.. Enumerable.Range(0, 65).Select(i => (1, $"{i}.5"))]);
        Assert.StartsWith(
            "--label-kind: 65 sequences of made up have 65 classes in \"label\", and a network has an output for each",
            MistakesOf(new Fixed(many), Learner, "")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_split_must_leave_something_of_every_class_to_train()
    {
        Assert.Equal(
            ["--split: no training sequence of given has the label \"b\", which test sequences have"],
            MistakesOf(new Fixed(Given(("a", false), ("b", true))), Learner, ""));
        Assert.Contains(
            "--split: every sequence of given is for the test: at least one must say train",
            MistakesOf(new Fixed(Given(("a", true), ("b", true))), Learner, ""));
        Assert.Empty(MistakesOf(new Fixed(Given(("a", false), ("b", false))), Learner, ""));
    }

    [Fact]
    public void A_range_of_labels_must_hold_them_and_labels_must_differ()
    {
        Assert.StartsWith(
            "--label-range: labels of sample reach from 0.",
            Assert.Single(MistakesOf(
                new SampleDatasets.Source(), Learner, "label-kind=values tolerance=1 label-range=1,2")),
            StringComparison.Ordinal);
        using var builder = new DatasetBuilder("flat", ["x"], ["y"], LabelKind.Values);
        builder.AddStep([1.0]);
        builder.EndSequence([2.5]);
        Assert.Equal(
            ["--label: all labels of flat are 2.5: there is nothing to learn"],
            MistakesOf(new Fixed(builder.Build()), Learner, "label-kind=values tolerance=1"));
    }

    [Fact]
    public void Without_somebody_who_reads_files_there_are_no_sequences()
        => Assert.StartsWith("--file: cannot be read here", MistakesOf(null, Learner, "")[0], StringComparison.Ordinal);

    private static Dataset Given(params (string Class, bool IsTest)[] sequences)
    {
        using var builder = new DatasetBuilder("given", ["x"], ["label"], LabelKind.Classes, hasSplit: true);
        foreach ((string @class, bool isTest) in sequences)
        {
            builder.AddStep([1.0]);
            builder.EndSequence(@class, isTest);
        }

        return builder.Build();
    }

    private static string[] MistakesOf(IDatasetSource? source, string learner, string changes)
    {
        List<ValidationError> errors = [];
        TrainingConfigurationFactory.Create(
            "sequences",
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
