using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The score of an output and its adjoint.</summary>
public sealed class EpochScoresTests
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
                double expected = cost.Derivative.Value;

                // About ten roundings of numbers up to 100 (1/p at p = 0.01), where terms of that size cancel.
                Assert.Equal(expected, Present(scoring, output, label).Error, 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(0.0, 0.001, 1, true)]
    [InlineData(0.0, -0.001, 1, false)]
    [InlineData(0.0, 0.0, 1, false)]    // exactly at the midpoint
    [InlineData(0.0, 0.0, 0, false)]
    [InlineData(0.0, -0.001, 0, true)]
    [InlineData(0.1, 0.71, 1, true)]
    [InlineData(0.1, 0.69, 1, false)]
    [InlineData(0.1, 0.89, 1, true)]
    [InlineData(0.1, 0.91, 1, false)]
    [InlineData(0.1, -0.71, 0, true)]
    [InlineData(0.1, 0.71, 0, false)]
    public void An_output_is_correct_on_its_side_of_the_midpoint_or_near_its_target(
        double tolerance, double output, int label, bool isCorrect)
    {
        foreach (bool onlyWrong in (bool[])[false, true])
        {
            Scoring scoring = new Scoring(0.0, 0.8) with { Tolerance = tolerance, SkipsCorrectSequences = onlyWrong };
            (EpochResult result, double error) = Present(scoring, output, label);
            double difference = output - (label == 1 ? 0.8 : -0.8);
            Assert.Equal(isCorrect ? 1 : 0, result.CorrectCount);
            Assert.Equal(0.5 * difference * difference, result.Cost);
            Assert.Equal(onlyWrong && isCorrect ? 0.0 : difference, error);
        }
    }

    [Theory]
    [InlineData(0.3, 0.2, -0.9, 0, true)]
    [InlineData(0.3, 0.3, -0.9, 0, false)]      // not above the others
    [InlineData(0.3, 0.2, -0.9, 1, false)]
    [InlineData(-0.5, -0.6, -0.4, 2, true)]     // above the others is sufficient
    [InlineData(0.3, 0.8, 0.9, 1, false)]
    public void For_classes_the_output_of_the_class_must_be_the_largest(
        double first, double second, double third, int ofClass, bool isCorrect)
    {
        double[] outputs = [first, second, third];
        double[] targets = [.. Enumerable.Range(0, 3).Select(k => k == ofClass ? 0.8 : -0.8)];
        foreach (bool onlyWrong in (bool[])[false, true])
        {
            Scoring scoring = new Scoring(0.0, 0.8) with
            {
                Targets = TargetKind.Classes,
                SkipsCorrectSequences = onlyWrong
            };
            (EpochResult result, double[] errors) = Present(scoring, outputs, targets);
            Assert.Equal(isCorrect ? 1 : 0, result.CorrectCount);
            double[] differences = [.. outputs.Zip(targets, (x, d) => x - d)];
            Assert.Equal(differences.Sum(difference => 0.5 * difference * difference), result.Cost);
            Assert.Equal(onlyWrong && isCorrect ? new double[3] : differences, errors);
        }
    }

    [Theory]
    [InlineData(0.1, 0.41, -0.28, true)]
    [InlineData(0.1, 0.41, -0.31, false)]
    [InlineData(0.1, 0.6, -0.2, false)]
    [InlineData(0.5, 0.0, 0.2, true)]
    public void Values_are_correct_if_every_output_is_near_its_target(
        double tolerance, double first, double second, bool isCorrect)
    {
        Scoring scoring = new Scoring(0.0, 0.8) with { Targets = TargetKind.Values, Tolerance = tolerance };
        Assert.Equal(isCorrect ? 1 : 0, Present(scoring, [first, second], [0.4, -0.2]).Result.CorrectCount);

        // With a tolerance, class outputs are also compared with it. The class is that of the positive target.
        Scoring classes = scoring with { Targets = TargetKind.Classes };
        Assert.Equal(isCorrect ? 1 : 0, Present(classes, [first, second], [0.4, -0.2]).Result.CorrectCount);
    }

    [Theory]
    [MemberData(nameof(Criteria))]
    public void Error_signals_of_several_outputs_use_the_target_of_each_output(
        ErrorCriterion criterion, double lowest, double highest)
    {
        double half = 0.5 * (highest - lowest), middle = lowest + half;
        var scoring = new Scoring(middle, 0.8 * half)
        {
            HalfRange = half,
            Targets = TargetKind.Values,
            Tolerance = 0.1,
            Criterion = criterion,
        };
        double[] shares = [0.9, 0.1, -0.7], targets = [0.8, -0.8, 0.3];
        double[] outputs = [.. shares.Select(share => middle + (share * half))];
        (EpochResult result, double[] errors) = Present(scoring, outputs, targets);
        double cost = 0.0;
        for (int k = 0; k < 3; k++)
        {
            double target = middle + (targets[k] * half);
            Dual<Scalar> ofOne = Cost(criterion, lowest, highest, target, new(new(outputs[k]), new(1.0)));
            Assert.Equal(ofOne.Derivative.Value, errors[k], 1e-12);
            cost += 0.5 * (outputs[k] - target) * (outputs[k] - target);
        }

        Assert.Equal(cost, result.Cost, 1e-15);
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

    private static (EpochResult Result, double Error) Present(Scoring scoring, double output, int label)
    {
        (EpochResult result, double[] errors) = Present(scoring, [output], [label == 1 ? 1.0 : -1.0]);
        return (result, errors[0]);
    }

    /// <summary>Targets are a sign, or fractions of half the output range.</summary>
    private static (EpochResult Result, double[] Errors) Present(Scoring scoring, double[] outputs, double[] targets)
    {
        int count = outputs.Length;
        var score = new EpochScores<Scalar>(scoring, count, bundles: 1, canStopEarly: false);
        score.SetLane(lane: 0, sequenceCount: 1, search: null);
        score.Clear();
        var memory = new LaneMemory<Scalar>(2 + count);
        targets.CopyTo(memory.Doubles[2..]);
        var sequence = new SequenceBatch<Scalar>
        {
            Inputs = memory.Slice(0, 1),
            StartOffset = memory.Slice(1, 1),
            ClassSign = memory.Slice(2, 1),
            Targets = memory.Slice(2, count),
            Length = 1,
            EarliestStart = 0,
            LatestStart = 0,
        };
        score.Add(new ConstantLearner(outputs), sequence, p: 0);
        UncheckedSpan<Scalar> errors = score.OutputGradients;
        var found = new double[count];
        for (int k = 0; k < count; k++)
            found[k] = errors[k].Value;
        return (score.GetResult(0), found);
    }

    /// <summary>A network with constant outputs.</summary>
    private sealed class ConstantLearner(double[] values)
        : Learner<Scalar>(bundles: 1, parameters: 1, outputs: values.Length)
    {
        public override bool IsOnline => true;

        public override void Present(in SequenceBatch<Scalar> sequence)
        {
        }

        public override Scalar Output(int length, int bundle, int output) => new(values[output]);
    }
}
