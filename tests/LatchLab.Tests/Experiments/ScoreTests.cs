using LatchLab.Experiments;
using LatchLab.Learning;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Experiments;

/// <summary>What an output is worth, and which error signal it sends back.</summary>
public sealed class ScoreTests
{
    public static TheoryData<ErrorCriterion, double, double> Criteria
    {
        get
        {
            var all = new TheoryData<ErrorCriterion, double, double>();
            foreach (ErrorCriterion criterion in Enum.GetValues<ErrorCriterion>())
            {
                all.Add(criterion, -1.0, 1.0);
                all.Add(criterion, 0.0, 1.0);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Criteria))]
    public void Error_signals_are_the_derivatives_of_their_criteria(
        ErrorCriterion criterion, double lowest, double highest)
    {
        double half = 0.5 * (highest - lowest), middle = lowest + half;
        var scoring = new Scoring(middle, 0.8 * half) { HalfRange = half, Criterion = criterion };
        for (int label = 0; label < 2; label++)
        {
            double target = middle + ((label == 1 ? 0.8 : -0.8) * half);
            for (double share = 0.01; share < 1.0; share += 0.07)
            {
                double output = lowest + (share * (highest - lowest));
                Dual<Scalar> cost = Cost(criterion, lowest, highest, target, new(new(output), new(1.0)));
                double expected = cost.Slope.Value;

                // Some ten roundings of numbers up to 100 (1/p at p = 0.01), where terms of that size cancel.
                Assert.Equal(expected, Present(scoring, output, label).Error, 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(0.0, 0.001, 1, true)]
    [InlineData(0.0, -0.001, 1, false)]
    [InlineData(0.0, 0.0, 1, false)]    // on no side
    [InlineData(0.0, 0.0, 0, false)]
    [InlineData(0.0, -0.001, 0, true)]
    [InlineData(0.1, 0.71, 1, true)]
    [InlineData(0.1, 0.69, 1, false)]
    [InlineData(0.1, 0.89, 1, true)]
    [InlineData(0.1, 0.91, 1, false)]
    [InlineData(0.1, -0.71, 0, true)]
    [InlineData(0.1, 0.71, 0, false)]
    public void An_output_is_right_on_its_side_or_near_its_target(
        double tolerance, double output, int label, bool right)
    {
        foreach (bool onlyWrong in (bool[])[false, true])
        {
            Scoring scoring = Scoring.Symmetric with { Tolerance = tolerance, OnlyWrong = onlyWrong };
            (PassResult result, double error) = Present(scoring, output, label);
            double difference = output - (label == 1 ? 0.8 : -0.8);
            Assert.Equal(right ? 1 : 0, result.Right);
            Assert.Equal(0.5 * difference * difference, result.Cost);
            Assert.Equal(onlyWrong && right ? 0.0 : difference, error);
        }
    }

    private static Dual<Scalar> Cost(
        ErrorCriterion criterion, double lowest, double highest, double target, Dual<Scalar> x)
    {
        Dual<Scalar> Number(double value) => Dual<Scalar>.From(value);
        if (criterion == ErrorCriterion.CrossEntropy)
        {
            Dual<Scalar> p = (x - Number(lowest)) / Number(highest - lowest), one = Number(1.0);
            double q = (target - lowest) / (highest - lowest);
            return -((Number(q) * Dual<Scalar>.Log(p)) + (Number(1.0 - q) * Dual<Scalar>.Log(one - p)));
        }

        Dual<Scalar> away = x - Number(target);
        return criterion == ErrorCriterion.Squared
            ? Number(0.5) * away * away
            : Dual<Scalar>.WhereLess(away, Number(0.0), -away, away);
    }

    private static (PassResult Result, double Error) Present(Scoring scoring, double output, int label)
    {
        var score = new Score<Scalar>(scoring, outputs: 1, bundles: 1, stopsEarly: false);
        score.SetLane(lane: 0, sequences: 1, search: null);
        score.Clear();
        var memory = new LaneMemory<Scalar>(3);
        memory.Numbers[2] = label == 1 ? 1.0 : -1.0;
        var sequence = new Sequence<Scalar>
        {
            Inputs = memory.Row(0, 1),
            Start = memory.Row(1, 1),
            Sign = memory.Row(2, 1),
            Length = 1,
            EarliestStart = 0,
            LatestStart = 0,
        };
        score.Add(new Certain(output), sequence, p: 0);
        return (score.Of(0), score.Errors[0].Value);
    }

    /// <summary>A network that always says the same.</summary>
    private sealed class Certain(double value) : Learner<Scalar>(bundles: 1, parameters: 1, inputs: 1, outputs: 1)
    {
        public override bool IsOnline => true;

        public override void Present(in Sequence<Scalar> sequence)
        {
        }

        public override Scalar Output(int length, int bundle, int output) => new(value);
    }
}
