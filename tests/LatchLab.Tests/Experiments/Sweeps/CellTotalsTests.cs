using LatchLab.Experiments;
using Xunit;

namespace LatchLab.Tests.Experiments.Sweeps;

public sealed class CellTotalsTests
{
    [Fact]
    public void Totals_count_what_is_known_of_each_trial()
    {
        var totals = new CellTotals(sequences: 20, testSequences: 200);
        totals.Add(new(Ending.Converged, 60, 20, 0.1) { TrainingError = 0.0, FreshError = 0.03, FreshCost = 0.2 });
        totals.Add(new(Ending.Stuck, 500, 0, 0.1) { TrainingError = 0.25, FreshError = 0.5, FreshCost = 0.0 });
        totals.Add(new(Ending.Diverged, 40, 0, double.NaN));
        Assert.Equal([1, 0, 1, 1], Enum.GetValues<Ending>().Select(ending => totals[ending]));
        Assert.Equal(3, totals.Trials);
        Assert.Equal((2, 106, (6 * 6) + (100 * 100)), (totals.Tested, totals.TestWrong, totals.TestWrongSquared));
        Assert.Equal(
            (2, 5, 600, 20),
            (totals.Reviewed, totals.TrainingWrong, totals.Presentations, totals.JudgingPresentations));
        Assert.Equal((1, 2), (totals.PresentationsToConvergence.Total, totals.TestCost.Total));
        Assert.Equal(0.0, totals.TestCost.OfRank(1, isWhole: false));
    }
}
