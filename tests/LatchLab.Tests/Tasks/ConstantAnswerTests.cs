using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Tasks;

public sealed class ConstantAnswerTests
{
    [Fact]
    public void The_mean_label_has_the_variance_of_the_labels_as_its_mean_squared_error()
    {
        DatasetTask task = Create((1.0, false), (2.0, false), (2.0, false), (7.0, false));
        Assert.Equal((4.0 + 1.0 + 1.0 + 16.0) / 4.0, task.ChanceMeanSquaredError);
    }

    [Fact]
    public void Given_test_sequences_are_answered_with_the_mean_of_the_others()
    {
        DatasetTask task = Create((1.0, false), (3.0, false), (5.0, true), (3.0, true));
        Assert.Equal((9.0 + 1.0) / 2.0, task.ChanceMeanSquaredError);
        Assert.Equal(0.5, task.GetChanceError(tolerance: 1.0)); // 5 and 3 are not both nearer than 1 to a number
        Assert.Equal(0.0, task.GetChanceError(tolerance: 1.25));
    }

    [Fact]
    public void The_best_constant_has_most_labels_within_the_tolerance()
    {
        DatasetTask task = Create((0.0, false), (0.5, false), (0.25, false), (4.0, false), (9.0, false));
        Assert.Equal(0.4, task.GetChanceError(tolerance: 0.5), 1e-15);
        Assert.Equal(0.8, task.GetChanceError(tolerance: 0.0), 1e-15);
    }

    [Fact]
    public void Of_several_labels_the_one_with_the_largest_error_bounds_it_and_classes_keep_that_of_the_most_frequent()
    {
        Dataset values = SampleDatasets.Values;
        var task = new DatasetTask { LabelKind = LabelKind.Values };
        double[] errors = [.. Enumerable.Range(0, 2).Select(label => Create(
            [.. Enumerable.Range(0, values.Count).Select(i => (values.GetLabel(i, label), false))])
            .GetChanceError(tolerance: 0.3))];
        Assert.Equal(errors.Max(), task.WithDataset(values).GetChanceError(tolerance: 0.3));
        Assert.Equal(10.0 / 16.0, new DatasetTask().WithDataset(SampleDatasets.Classes).GetChanceError(0.3));
    }

    private static DatasetTask Create(params (double Label, bool IsTest)[] sequences)
    {
        using var builder = new DatasetBuilder(
            "made up", ["x"], ["label"], LabelKind.Values, sequences.Any(one => one.IsTest));
        foreach ((double label, bool isTest) in sequences)
        {
            builder.AddStep([label]);
            builder.EndSequence([label], isTest);
        }

        return new DatasetTask { LabelKind = LabelKind.Values }.WithDataset(builder.Build());
    }
}
