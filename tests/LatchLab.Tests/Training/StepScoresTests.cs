using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The score of a sequence with targets at every step, and the gradients of its outputs.</summary>
public sealed class StepScoresTests
{
    private const int Length = 9, Outputs = 2;

    /// <summary>[bundle]: steps before the sequence of the only lane starts.</summary>
    private static readonly int[] Starts = [0, 3, 8];

    [Theory]
    [InlineData(0.1, false)]
    [InlineData(10.0, false)]   // every step is correct
    [InlineData(10.0, true)]
    public void The_cost_is_the_mean_over_the_steps_and_a_sequence_is_correct_if_every_step_is(
        double tolerance, bool skipsCorrect)
    {
        var scoring = new Scoring(Midpoint: 0.5, TargetDistance: 0.4)
        {
            HalfRange = 0.5,
            Targets = TargetKind.Values,
            HasTargetsAtEveryStep = true,
            Tolerance = tolerance,
            SkipsCorrectSequences = skipsCorrect,
        };
        var random = new Random(4);
        double[,,] outputs = new double[Length, Starts.Length, Outputs], targets = new double[
            Length, Starts.Length, Outputs];
        var memory = new LaneMemory<Scalar>(Length * Starts.Length * Outputs);
        for (int i = 0; i < memory.Length; i++)
        {
            (int t, int bundle, int k) = (i / Outputs / Starts.Length, i / Outputs % Starts.Length, i % Outputs);
            outputs[t, bundle, k] = random.NextDouble();
            memory.Doubles[i] = targets[t, bundle, k] = (2.0 * random.NextDouble()) - 1.0;
        }

        EpochScores<Scalar> scores = Present(scoring, memory, outputs);
        for (int bundle = 0; bundle < Starts.Length; bundle++)
        {
            int steps = Length - Starts[bundle];
            double cost = 0.0;
            bool isCorrect = true;
            for (int t = Starts[bundle]; t < Length; t++)
            {
                for (int k = 0; k < Outputs; k++)
                {
                    double difference = outputs[t, bundle, k] - (0.5 + (0.5 * targets[t, bundle, k]));
                    cost += 0.5 * difference * difference / steps;
                    isCorrect &= Math.Abs(difference) < tolerance;
                }
            }

            EpochResult result = scores.GetResult(bundle);
            Assert.Equal(isCorrect ? 1 : 0, result.CorrectCount);
            Assert.Equal(cost, result.Cost, 1e-14);     // about twenty roundings of numbers below 1
            for (int t = 0; t < Length; t++)
            {
                for (int k = 0; k < Outputs; k++)
                {
                    double difference = outputs[t, bundle, k] - (0.5 + (0.5 * targets[t, bundle, k]));
                    double expected = t < Starts[bundle] || (isCorrect && skipsCorrect) ? 0.0 : difference / steps;
                    int index = (((t * Starts.Length) + bundle) * Outputs) + k;
                    Assert.Equal(expected, scores.OutputGradients[index].Value, 1e-15);
                }
            }
        }

        Assert.Equal(tolerance == 10.0, scores.GetResult(0).CorrectCount == 1);
    }

    [Fact]
    public void One_incorrect_step_makes_a_sequence_incorrect_and_steps_before_its_start_do_not_count()
    {
        var scoring = new Scoring(Midpoint: 0.0, TargetDistance: 0.8)
        {
            Targets = TargetKind.Values,
            HasTargetsAtEveryStep = true,
            Tolerance = 0.5,
        };
        foreach ((int wrong, int[] correct) in ((int, int[])[])[(2, [0, 1, 1]), (5, [0, 0, 1]), (8, [0, 0, 0])])
        {
            double[,,] outputs = new double[Length, Starts.Length, Outputs];
            for (int bundle = 0; bundle < Starts.Length; bundle++)
                outputs[wrong, bundle, 1] = 1.0;
            EpochScores<Scalar> scores = Present(
                scoring, new LaneMemory<Scalar>(Length * Starts.Length * Outputs), outputs);
            Assert.Equal(correct, Enumerable.Range(0, 3).Select(lane => scores.GetResult(lane).CorrectCount));
        }
    }

    private static EpochScores<Scalar> Present(Scoring scoring, LaneMemory<Scalar> targets, double[,,] outputs)
    {
        var scores = new EpochScores<Scalar>(scoring, Outputs, Starts.Length, canStopEarly: false, Length);
        for (int lane = 0; lane < Starts.Length; lane++)
            scores.SetLane(lane, sequenceCount: 1, search: null);
        scores.Clear();
        var starts = new LaneMemory<Scalar>(Starts.Length);
        for (int bundle = 0; bundle < Starts.Length; bundle++)
            starts.Doubles[bundle] = Starts[bundle];
        var sequence = new SequenceBatch<Scalar>
        {
            Inputs = targets.Slice(0, targets.Length),
            StartOffset = starts.Slice(0, Starts.Length),
            ClassSign = starts.Slice(0, Starts.Length),
            Targets = targets.Slice(0, targets.Length),
            HasTargetsAtEveryStep = true,
            Length = Length,
            EarliestStart = Starts.Min(),
            LatestStart = Starts.Max(),
        };
        scores.Add(new FixedOutputs(outputs), sequence, p: 0);
        return scores;
    }

    /// <summary>Networks whose outputs do not depend on their inputs.</summary>
    private sealed class FixedOutputs(double[,,] values)
        : Learner<Scalar>(Starts.Length, parameters: 1, StepScoresTests.Outputs)
    {
        public override bool IsOnline => true;

        public override void Present(in SequenceBatch<Scalar> sequence)
        {
        }

        public override Scalar Output(int length, int bundle, int output) => new(values[length - 1, bundle, output]);
    }
}
