using CsCheck;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Tasks;

/// <summary>The sequences of the adding problem, its target and its chance level.</summary>
public sealed class AddingTaskTests
{
    [Fact]
    public void A_sequence_has_a_marked_number_in_each_half_and_the_target_of_their_sum()
        => Gen.Select(Gen.ULong, Gen.Int[0, 1000], Gen.Int[0, RandomNumbers.MaximumItem], Gen.Int[2, 300])
            .Sample((seed, trial, number, length) =>
            {
                var task = new AddingTask { Target = 0.5 };
                (double[] inputs, double target) = Write(task, new(seed, 7, trial), number, length);
                double[] numbers = [.. Enumerable.Range(0, length).Select(t => inputs[2 * t])];
                double[] markers = [.. Enumerable.Range(0, length).Select(t => inputs[(2 * t) + 1])];
                Assert.All(numbers, x => Assert.InRange(x, 0.0, Math.BitDecrement(1.0)));
                int[] marked = [.. Enumerable.Range(0, length).Where(t => markers[t] == 1.0)];
                Assert.Equal(length - 2, markers.Count(marker => marker == 0.0));
                Assert.Equal(2, marked.Length);
                Assert.InRange(marked[0], 0, (length / 2) - 1);
                Assert.InRange(marked[1], length / 2, length - 1);

                // The target 0.5·(sum − 1) is computed with three roundings of numbers below 2.
                Assert.Equal(0.5 * (numbers[marked[0]] + numbers[marked[1]] - 1.0), target, 1e-15);
            });

    [Fact]
    public void Every_step_of_a_half_is_marked_in_some_sequence_and_no_number_is_drawn_twice()
    {
        const int length = 7, sequences = 400; // a step is never marked with probability (3/4)^400
        int[] counts = new int[length];
        var numbers = new HashSet<double>();
        for (int number = 0; number < sequences; number++)
        {
            (double[] inputs, _) = Write(new(), new(Seed: 1, 2, Trial: 3), number, length);
            for (int t = 0; t < length; t++)
            {
                numbers.Add(inputs[2 * t]);
                counts[t] += (int)inputs[(2 * t) + 1];
            }
        }

        Assert.DoesNotContain(0, counts);
        Assert.Equal(sequences * length, numbers.Count);
    }

    [Fact]
    public void Always_answering_the_mean_has_the_chance_level()
    {
        // The rule of Gauss with two points is exact for the polynomial (x + y − 1)², over the unit square.
        double[] points = [0.5 - (0.5 / Math.Sqrt(3.0)), 0.5 + (0.5 / Math.Sqrt(3.0))];
        double error = points.Average(x => points.Average(y => Math.Pow(x + y - 1.0, 2.0)));
        Assert.Equal(error, new AddingTask().ChanceMeanSquaredError, 1e-15);
        Assert.Equal(double.NaN, new AddingTask().ChanceError);
    }

    [Fact]
    public void The_classes_of_tasks_whose_target_is_a_sign_have_equal_sizes_and_half_of_guesses_are_wrong()
        => Assert.All(KnownTasks.Generated.OfType<NoisyTask>(), task =>
        {
            Assert.Equal(0.5, task.ChanceError);
            TrialSequences sequences = task.CreateSequences(new(Seed: 1, 2, Trial: 3));
            double[] signs = [.. Enumerable.Range(0, 10).Select(number =>
            {
                double[] label = new double[1];
                sequences.Write(
                    Purpose.TestSequences, number,
                    new double[sequences.LengthOf(Purpose.TestSequences, number, task.Length)], label);
                return label[0];
            })];
            Assert.Equal(0.0, signs.Sum());
            Assert.All(signs, sign => Assert.Equal(1.0, Math.Abs(sign)));
        });

    [Theory]
    [InlineData("tanh")]
    [InlineData("logistic")]
    public void The_cost_and_the_tolerance_are_those_of_errors_in_units_of_the_label(string unit)
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new AddingTask(), new Backpropagation());
        configuration = configuration with { Network = configuration.Network with { Unit = unit } };
        Assert.Empty(configuration.Validate());
        Scoring scoring = configuration.Scoring;
        var scale = new LabelScale(0.0, 2.0, configuration.Task.Target);
        foreach ((double answer, double sum) in new[] { (1.0, 0.25), (0.3, 1.9), (1.96, 2.0) })
        {
            double difference = scoring.HalfRange * (scale.ToTarget(answer) - scale.ToTarget(sum));
            double cost = 0.5 * difference * difference;

            // A few roundings of numbers below 4.
            Assert.Equal(
                Math.Abs(answer - sum), configuration.RootMeanSquareErrorScale * Math.Sqrt(cost), 1e-14);
            Assert.Equal(
                Math.Abs(answer - sum) / 0.04, Math.Abs(difference) / scoring.Tolerance, 1e-12);
        }
    }

    private static (double[] Inputs, double Target) Write(AddingTask task, TrialRandom random, int number, int length)
    {
        double[] inputs = new double[2 * length], target = new double[1];
        task.Write(random, Purpose.TrainingSequences, number, inputs, target);
        return (inputs, target[0]);
    }
}
