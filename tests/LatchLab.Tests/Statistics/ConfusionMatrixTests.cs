using CsCheck;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Statistics;

/// <summary>The metrics of classes against their definitions over a list of answers.</summary>
public sealed class ConfusionMatrixTests
{
    private const int ClassCount = 4;

    // The metrics are means of at most four quotients of integers: a few roundings of 2⁻⁵³ each.
    private const double Tolerance = 1e-15;

    /// <summary>Labels with answers; the answer <see cref="ClassCount"/> is none.</summary>
    private static readonly Gen<(int Label, int Answer)[]> Answers
        = Gen.Select(Gen.Int[0, ClassCount - 1], Gen.Int[0, ClassCount]).Array[1, 30];

    [Fact]
    public void Metrics_equal_their_definitions_over_the_list_of_answers()
        => Answers.Sample(answers =>
        {
            ConfusionMatrix matrix = Count(answers);
            int[] labels = [.. answers.Select(pair => pair.Label).Distinct()];
            int[] known = [.. labels.Union(answers.Select(pair => pair.Answer)).Where(index => index < ClassCount)];
            Assert.Equal(
                answers.Average(pair => pair.Label == pair.Answer ? 1.0 : 0.0), matrix.Accuracy, Tolerance);
            Assert.Equal(labels.Average(label => Recall(answers, label)), matrix.BalancedAccuracy, Tolerance);
            Assert.Equal(known.Average(label => F1(answers, label)), matrix.MacroF1, Tolerance);
            Assert.Equal(answers.Count(pair => pair.Answer == ClassCount), matrix.Unanswered);
        });

    [Fact]
    public void A_constant_answer_has_the_frequency_of_its_class_and_a_balanced_accuracy_of_one_in_k()
        => Gen.Select(Answers, Gen.Int[0, ClassCount - 1]).Sample((answers, constant) =>
        {
            ConfusionMatrix matrix = Count(answers).AlwaysAnswering(constant);
            (int Label, int Answer)[] constantAnswers = [.. answers.Select(pair => (pair.Label, constant))];
            int labels = answers.Select(pair => pair.Label).Distinct().Count();
            bool occurs = answers.Any(pair => pair.Label == constant);
            Assert.Equal(
                (double)answers.Count(pair => pair.Label == constant) / answers.Length, matrix.Accuracy, Tolerance);
            Assert.Equal(occurs ? 1.0 / labels : 0.0, matrix.BalancedAccuracy, Tolerance);
            Assert.Equal(Count(constantAnswers).MacroF1, matrix.MacroF1);
        });

    [Fact]
    public void The_sum_of_matrices_has_the_answers_of_all()
        => Gen.Select(Answers, Answers).Sample((first, second) =>
        {
            ConfusionMatrix sum = Count(first);
            sum.Add(Count(second));
            ConfusionMatrix all = Count([.. first, .. second]);
            Assert.Equal((all.Count, all.Accuracy, all.MacroF1), (sum.Count, sum.Accuracy, sum.MacroF1));
        });

    private static ConfusionMatrix Count((int Label, int Answer)[] answers)
    {
        var matrix = new ConfusionMatrix(ClassCount);
        foreach ((int label, int answer) in answers)
            matrix.Add(label, answer);
        return matrix;
    }

    private static double Recall((int Label, int Answer)[] answers, int label)
        => answers.Where(pair => pair.Label == label).Average(pair => pair.Answer == label ? 1.0 : 0.0);

    private static double F1((int Label, int Answer)[] answers, int label)
    {
        if (!answers.Contains((label, label)))
            return 0.0;
        double precision = answers.Where(pair => pair.Answer == label).Average(pair => pair.Label == label ? 1.0 : 0.0);
        double recall = Recall(answers, label);
        return 2.0 * precision * recall / (precision + recall);
    }
}
