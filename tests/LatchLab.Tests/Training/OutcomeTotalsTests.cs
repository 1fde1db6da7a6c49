
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

public sealed class OutcomeTotalsTests
{
    [Fact]
    public void Totals_count_the_known_values_of_each_trial()
    {
        var totals = new OutcomeTotals(trainingSequences: 20, testSequences: 200);
        totals.Add(new(StopReason.Converged, 60, 20, 0.1) { TrainingError = 0.0, TestError = 0.03, TestCost = 0.2 });
        totals.Add(new(StopReason.Stuck, 500, 0, 0.1) { TrainingError = 0.25, TestError = 0.5, TestCost = 0.0 });
        totals.Add(new(StopReason.Diverged, 40, 0, double.NaN));
        Assert.Equal([1, 0, 1, 1], Enum.GetValues<StopReason>().Select(ending => totals[ending]));
        Assert.Equal(3, totals.Trials);
        Assert.Equal((2, 106, (6 * 6) + (100 * 100)),
            (totals.TestedTrials, totals.IncorrectTestSequences, totals.IncorrectTestSequencesSquared));
        Assert.Equal(
            (2, 5, 600, 20),
            (totals.FinalEvaluations, totals.IncorrectTrainingSequences, totals.Presentations,
                totals.EvaluationPresentations));
        Assert.Equal((1, 2), (totals.PresentationsToConvergence.TotalCount, totals.TestCost.TotalCount));
        Assert.Equal(0.0, totals.TestCost.GetValueAtRank(1, isInteger: false));
    }
}
