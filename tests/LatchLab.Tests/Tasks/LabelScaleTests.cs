using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Tasks;

public sealed class LabelScaleTests
{
    [Fact]
    public void The_output_of_the_class_has_the_positive_target_and_all_others_the_negative()
    {
        DatasetTask task = new DatasetTask { Target = 0.75 }.WithDataset(SampleDatasets.Classes);
        var targets = new double[3];
        task.LabelScale.WriteTargets(task.Dataset!, sequence: 4, targets);
        Assert.Equal([-0.75, 0.75, -0.75], targets);
    }

    [Fact]
    public void Values_lie_linearly_between_the_targets_of_the_least_and_the_largest()
    {
        DatasetTask task = new DatasetTask { LabelKind = LabelKind.Values, LabelRange = " -1, 4" }
            .WithDataset(SampleDatasets.Values);
        LabelScale scale = task.LabelScale;
        Assert.Equal(
            [-0.8, 0.8, 0.0, 0.8 * 1.2],
            ((double[])[-1.0, 4.0, 1.5, 4.5]).Select(value => Math.Round(scale.ToTarget(value), 14)));
        Assert.Equal(2.5 / 0.8, scale.LabelUnitsPerHalfRange);
        var targets = new double[2];
        scale.WriteTargets(task.Dataset!, sequence: 3, targets);
        Assert.Equal([scale.ToTarget(task.Dataset!.GetLabel(3, 0)), scale.ToTarget(task.Dataset!.GetLabel(3, 1))],
            targets);
    }

    [Fact]
    public void Without_a_given_range_all_labels_of_the_file_define_it()
    {
        Dataset set = SampleDatasets.Values;
        LabelScale scale = new DatasetTask { LabelKind = LabelKind.Values }.WithDataset(set).LabelScale;
        double[] all = [.. Enumerable.Range(0, 2 * set.Count).Select(i => set.GetLabel(i / 2, i % 2))];
        Assert.Equal((all.Min(), all.Max(), 0.8), (scale.Minimum, scale.Maximum, scale.Target));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1,1")]
    [InlineData("2,1")]
    [InlineData("0,inf")]
    [InlineData("0,1,2")]
    public void An_invalid_range_is_rejected(string text) => Assert.Null(LabelScale.ParseRange(text));
}
