using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The share of test sequences without an answer, by which an error exceeds that of guessing.</summary>
public sealed class TiedOutputsTests
{
    private static readonly TrainingConfiguration Classes = TrainingConfigurationFactory.CreateDefault(
        new DatasetTask().WithDataset(SampleDatasets.Classes), new DiscreteErrorPropagation());

    [Fact]
    public void Equal_outputs_tie_in_every_test_sequence_and_a_larger_one_in_none()
    {
        // Without weights every threshold unit answers its bias: three equal outputs, or one above the others.
        double[] parameters = new double[Classes.ParameterNames.Count];
        Assert.Equal(1.0, Measure(parameters));
        for (int unit = 0; unit < Classes.Network.UnitCount; unit++)
        {
            double bias = unit == Classes.Network.UnitCount - 1 ? 1.0 : -1.0;
            parameters[Classes.ParameterNames.ToList().IndexOf($"b[{unit}]")] = bias;
        }

        Assert.Equal(0.0, Measure(parameters));

        double Measure(double[] values)
            => TiedOutputs.MeasureShare(new(Classes, TrialIndex: 0, SweepIndex: 0, ResultIndex: 0, Seed: 1), values);
    }

    [Fact]
    public void Ties_are_measured_only_where_the_error_exceeds_that_of_guessing()
    {
        TrainingResult poor = Run(Classes);
        Assert.InRange(poor.Summary.TestError.Value, Classes.ChanceError, 1.0);
        Assert.InRange(poor.TiedTestShare, 0.1, poor.Summary.TestError.Value);

        Dataset set = SampleDatasets.Of([.. Enumerable.Range(0, 16).Select(i => (2, i < 8 ? "low" : "high"))]);
        TrainingResult good = Run(
            TrainingConfigurationFactory.CreateDefault(new DatasetTask().WithDataset(set), new Backpropagation()));
        Assert.InRange(good.Summary.TestError.Value, 0.0, 0.49);
        Assert.Equal(double.NaN, good.TiedTestShare);

        static TrainingResult Run(TrainingConfiguration configuration)
            => new TrainingRun(configuration with { Limits = new() { Presentations = 600 } }, 8).Run(
                new(Seed: 1, Threads: 1, LaneKind.Scalar), TestContext.Current.CancellationToken);
    }
}
