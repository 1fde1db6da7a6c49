using CsCheck;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Tasks;

public sealed class InputScalingTests
{
    private static readonly Dataset Set = SampleDatasets.Classes;

    [Fact]
    public void Standard_inputs_have_mean_0_and_deviation_1_over_all_steps_of_the_training_sequences()
    {
        int[] training = [1, 4, 5, 9, 14];
        InputScaling scaling = InputScaling.Fit(Set, training, maxSteps: 14, Normalisation.Standard);
        for (int input = 0; input < 2; input++)
        {
            // 48 numbers of mean 0 and deviation 1; the bound covers the rounding of sums of 48 terms below 4 and of
            // their squares.
            double[] scaled = Scaled(scaling, training, lastSteps: 14, input);
            Assert.Equal(0.0, scaled.Average(), 1e-13);
            Assert.Equal(1.0, scaled.Average(x => x * x), 1e-13);
        }
    }

    [Fact]
    public void Only_the_last_steps_count_if_sequences_are_truncated()
    {
        int[] training = [3, 7];
        InputScaling scaling = InputScaling.Fit(Set, training, maxSteps: 2, Normalisation.Range);
        for (int input = 0; input < 2; input++)
        {
            double[] scaled = Scaled(scaling, training, lastSteps: 2, input);
            Assert.Equal(-1.0, scaled.Min(), 1e-14);
            Assert.Equal(1.0, scaled.Max(), 1e-14);
        }
    }

    [Theory]
    [InlineData(Normalisation.Standard)]
    [InlineData(Normalisation.Range)]
    public void A_constant_input_becomes_0_despite_rounding_of_its_mean(Normalisation kind)
        => Gen.Select(Gen.Double[-1e3, 1e3], Gen.Int[1, 30]).Sample((x, length) =>
        {
            using Dataset set = SampleDatasets.Changed(
                SampleDatasets.Of((length, "a"), (length, "b"), (1, "b")), (_, steps) => [.. steps.Select(_ => x)]);
            InputScaling scaling = InputScaling.Fit(set, [0, 1, 2], length, kind);
            return scaling.Factor[0] == 0.0 && double.IsFinite(scaling.Offset[0]);
        });

    [Fact]
    public void Inputs_can_be_left_unscaled()
    {
        InputScaling scaling = InputScaling.Fit(Set, [0, 1], maxSteps: 14, Normalisation.None);
        Assert.Equal([0.0, 0.0], scaling.Offset);
        Assert.Equal([1.0, 1.0], scaling.Factor);
    }

    [Fact]
    public void The_largest_allowed_numbers_do_not_overflow()
    {
        using Dataset set = SampleDatasets.Changed(
            SampleDatasets.Of((3, "a"), (3, "b")), (i, steps) => [.. steps.Select(x => i == 0 ? 1e100 : -1e100)]);
        foreach (Normalisation kind in Enum.GetValues<Normalisation>())
        {
            InputScaling scaling = InputScaling.Fit(set, [0, 1], maxSteps: 3, kind);
            Assert.All([scaling.Offset[0], scaling.Factor[0]], number => Assert.True(double.IsFinite(number)));
            Assert.NotEqual(0.0, scaling.Factor[0]);
        }
    }

    private static double[] Scaled(InputScaling scaling, int[] sequences, int lastSteps, int input)
        => [.. sequences.SelectMany(sequence => SampleDatasets.Inputs(Set, sequence).Chunk(2).TakeLast(lastSteps))
            .Select(step => (step[input] - scaling.Offset[input]) * scaling.Factor[input])];
}
