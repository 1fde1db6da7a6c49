using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>Labels of every step, and missing numbers.</summary>
public sealed class LabelledStepsTests : IDisposable
{
    private const string Missing =
        "sequence,label,x,y\n1,a,1,\n1,a,3,5\n2,b,NA,6\n2,b,5,7\n3,a,7,8\n4,,9,9\n5,b,11,10\n";

    private static readonly DatasetTask EveryStep = new() { LabelPer = LabelPer.Step, TestShare = 0 };

    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sequence,label,x\n1,b,1\n1,a,2\n1,b,3\n2,c,4\n", false)]
    [InlineData("label1,label2,label3,x1,x2,x3\nb,a,b,1,2,3\nc,,,4,,\n", true)]
    public void Every_step_has_the_target_of_its_class(string text, bool isWide)
    {
        DatasetTask task = EveryStep with { Layout = isWide ? TableLayout.Wide : TableLayout.Long };
        Dataset set = Read(text, task);
        Assert.Equal(["a", "b", "c"], set.ClassNames);
        Assert.Equal([1, 2, 1], set.ClassSizes);
        task = task.WithDataset(set);
        Assert.True(task.HasTargetsAtEveryStep);
        Assert.Equal([-0.8, 0.8, -0.8, 0.8, -0.8, -0.8, -0.8, 0.8, -0.8], TargetsOf(task, length: 3));
        Assert.Equal([-0.8, -0.8, 0.8], TargetsOf(task, length: 1));
        Assert.Equal([0.8, -0.8, -0.8, -0.8, 0.8, -0.8], TargetsOf(task with { Length = 2 }, length: 2));
        Assert.Contains("at every step: classes a 1, b 2, c 1; the largest output wins",
            task.DataSummary.Select(line => line.Text));
    }

    [Fact]
    public void Every_step_has_the_target_of_its_values()
    {
        DatasetTask task = EveryStep with { LabelKind = LabelKind.Values, Label = "u,v" };
        task = task.WithDataset(Read("sequence,u,v,x\n1,0,4,1\n1,2,1,2\n2,3,3,3\n", task));
        Assert.Equal([-0.8, 0.8, 0, -0.4], TargetsOf(task, length: 2));
    }

    [Fact]
    public void The_digest_distinguishes_the_classes_of_steps()
    {
        string[] digests = [DigestOf("a", "b"), DigestOf("b", "a"), DigestOf("a", "a")];
        Assert.Equal(digests.Distinct(), digests);

        string DigestOf(string first, string second)
            => Read($"sequence,x,label\n1,0,{first}\n1,0,{second}\n2,0,a\n3,0,b\n", EveryStep).Digest;
    }

    [Fact]
    public void A_step_without_a_label_and_settings_without_effect_are_errors()
    {
        Assert.Equal(["data.csv:3: label: is missing; with label-per=step every step has a label"],
            ErrorsOf("sequence,label,x\n1,b,1\n1,,2\n", EveryStep));
        Assert.Equal(["data.csv:1: the labels have 1 steps and the inputs 2; with label-per=step every step has a " +
            "label"], ErrorsOf("label1,x1,x2\na,1,2\n", EveryStep with { Layout = TableLayout.Wide }));
        Assert.Equal(["task.label: data.csv has no column \"lebel1\" for the label of the first step; did you mean " +
            "\"label\"?"], ErrorsOf("label1,x1\na,1\n", EveryStep with { Layout = TableLayout.Wide, Label = "lebel" }));
        Assert.Equal(["delay", "labels"], Settings.FindIdle(EveryStep).Keys.Intersect(["delay", "labels"]).Order());
    }

    [Fact]
    public void Missing_numbers_are_errors_by_default()
        => Assert.Equal(
            [
                "data.csv:2: y: is missing; give a number, or missing=drop, mean or zero",
                "data.csv:4: x: \"NA\" is a missing number; give a number, or missing=drop, mean or zero",
                "data.csv:7: label: no row of the sequence \"4\" has one",
            ],
            ErrorsOf(Missing, new()));

    [Fact]
    public void Sequences_with_a_missing_number_or_label_are_dropped_and_counted()
    {
        DatasetTask task = new() { Missing = MissingNumbers.Drop };
        Dataset set = Read(Missing, task);
        Assert.Equal([[7, 8], [11, 10]], Enumerable.Range(0, set.Count).Select(i => SampleDatasets.Inputs(set, i)));
        Assert.Equal(("missing", "3 of 5 sequences dropped, which have a missing number or label"),
            task.WithDataset(set).DataSummary[0]);
        Assert.Equal(["data.csv: has a missing number or label in every one of its 1 sequence; with missing=drop " +
            "none is left"], ErrorsOf("sequence,label,x\n1,a,\n", task));
    }

    [Fact]
    public void Missing_numbers_become_zero_before_or_the_mean_after_normalisation()
    {
        string text = Missing.Replace("4,,", "4,b,", StringComparison.Ordinal);
        DatasetTask zero = new() { Missing = MissingNumbers.Zero },
            mean = new() { Missing = MissingNumbers.Mean, TestShare = 0 };
        Dataset set = Read(text, zero);
        Assert.Equal([1, 0, 3, 5], SampleDatasets.Inputs(set, 0));
        Assert.Equal(("missing", "2 missing numbers replaced by 0"), zero.WithDataset(set).DataSummary[0]);
        set = Read(text, mean);
        Assert.Equal("2 missing numbers replaced by the mean of their input over the training sequences",
            mean.WithDataset(set).DataSummary[0].Text);

        // The mean of the x of the first three sequences is (1 + 3 + 5 + 7)/4, that of y (5 + 6 + 7 + 8)/4.
        foreach (Normalisation normalisation in Enum.GetValues<Normalisation>())
        {
            double[] steps = [double.NaN, double.NaN, 4, 6.5];
            InputScaling.Fit(set, [0, 1, 2], maxSteps: 2, normalisation, MissingNumbers.Mean).Normalise(steps);
            Assert.Equal(steps[2..], steps[..2]);
        }

        // What a trial presents.
        DatasetTask presented = mean.WithDataset(set);
        TrialSequences sequences = presented.CreateSequences(new TrialRandom(Seed: 1, RandomWord: 0, Trial: 0));
        foreach (int number in Enumerable.Range(0, presented.TrainingSequences))
        {
            var inputs = new double[sequences.LengthOf(Purpose.TrainingSequences, number, 2) * 2];
            sequences.Write(Purpose.TrainingSequences, number, inputs, new double[presented.Outputs]);
            Assert.All(inputs, value => Assert.True(double.IsFinite(value)));
        }
    }

    /// <summary>The targets of the training sequence that has a length, also without its inputs.</summary>
    private static double[] TargetsOf(DatasetTask task, int length)
    {
        TrialSequences sequences = task.CreateSequences(new TrialRandom(Seed: 1, RandomWord: 0, Trial: 0));
        int number = Enumerable.Range(0, task.TrainingSequences)
            .First(p => sequences.LengthOf(Purpose.TrainingSequences, p, task.MaximumLength) == length);
        double[] inputs = new double[length * task.InputsPerStep], targets = new double[length * task.Outputs];
        sequences.Write(Purpose.TrainingSequences, number, inputs, targets);
        var labels = new double[targets.Length];
        sequences.WriteLabels(Purpose.TrainingSequences, number, inputs, labels);
        Assert.Equal(targets, labels);
        return targets;
    }

    private Dataset Read(string text, DatasetTask task) => _folder.Read(text, task);

    private string[] ErrorsOf(string text, DatasetTask task) => _folder.ErrorsOf(text, task);
}
