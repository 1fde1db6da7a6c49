using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>The metrics of numbers against their definitions over a list of answers.</summary>
public sealed class ValueErrorsTests
{
    // Sums of at most 30 terms up to 400, each with a few roundings of 2⁻⁵³.
    private const double RelativeTolerance = 1e-12;

    private static readonly Gen<(double Label, double Answer, double Weight)[]> Answers
        = Gen.Select(Gen.Double[-10.0, 10.0], Gen.Double[-10.0, 10.0], Gen.Double[0.1, 1.0]).Array[2, 30];

    [Fact]
    public void Metrics_equal_their_definitions_over_the_list_of_answers()
        => Answers.Sample(answers =>
        {
            double weights = answers.Sum(answer => answer.Weight), mean = ComputeMean(answers);
            double squares = answers.Sum(answer => answer.Weight * Math.Pow(answer.Label - answer.Answer, 2.0));
            double deviations = answers.Sum(answer => answer.Weight * Math.Pow(answer.Label - mean, 2.0));
            ValueErrors errors = Add(answers, mean);
            AssertClose(Math.Sqrt(squares / weights), errors.RootMeanSquare);
            AssertClose(
                answers.Sum(answer => answer.Weight * Math.Abs(answer.Label - answer.Answer)) / weights,
                errors.MeanAbsolute);
            // 1 minus a small number has the rounding of 1.
            double unexplained = squares / deviations;
            if (deviations > 0.0)
                Assert.Equal(1.0 - unexplained, errors.Determination, RelativeTolerance * Math.Max(1.0, unexplained));
        });

    [Fact]
    public void The_mean_of_the_labels_explains_nothing_and_equal_labels_leave_nothing_to_explain()
        => Answers.Sample(answers =>
        {
            double mean = ComputeMean(answers);
            ValueErrors constant = Add([.. answers.Select(answer => answer with { Answer = mean })], mean);
            Assert.Equal(answers.All(answer => answer.Label == mean) ? double.NaN : 0.0, constant.Determination);
            ValueErrors equal = Add([.. answers.Select(answer => answer with { Label = 3.0 })], 3.0);
            Assert.Equal(double.NaN, equal.Determination);
        });

    private static void AssertClose(double expected, double actual)
        => Assert.InRange(actual / expected, 1.0 - RelativeTolerance, 1.0 + RelativeTolerance);

    private static double ComputeMean((double Label, double Answer, double Weight)[] answers)
        => answers.Sum(answer => answer.Weight * answer.Label) / answers.Sum(answer => answer.Weight);

    private static ValueErrors Add((double Label, double Answer, double Weight)[] answers, double mean)
    {
        var errors = new ValueErrors([mean]);
        foreach ((double label, double answer, double weight) in answers)
            errors.Add(0, label, answer, weight);
        return errors;
    }
}
