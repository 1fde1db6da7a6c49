using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>Adds to the rows of <c>totals</c> and <c>histograms</c>.</summary>
internal sealed class TotalsRows : IDisposable
{
    private readonly Statement totals;
    private readonly Statement histogram;

    /// <summary>Prepares to write into a ledger.</summary>
    public TotalsRows(Database database)
    {
        totals = database.Prepare(
            """
            UPDATE totals SET
                trials = trials + ?2, converged = converged + ?3, out_of_presentations = out_of_presentations + ?4,
                diverged = diverged + ?5, stuck = stuck + ?6, tested = tested + ?7, test_wrong = test_wrong + ?8,
                test_wrong_squared = test_wrong_squared + ?9, reviewed = reviewed + ?10,
                training_wrong = training_wrong + ?11, presentations = presentations + ?12,
                judging_presentations = judging_presentations + ?13
            WHERE cell = ?1
            """);
        histogram = database.Prepare(
            """
            INSERT INTO histograms VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (cell, quantity, interval) DO UPDATE SET count = count + excluded.count
            """);
    }

    /// <summary>Adds trials of a cell.</summary>
    public void Add(int cell, CellTotals added)
    {
        totals.Bind(1, cell);
        totals.Bind(2, added.Trials);
        totals.Bind(3, added[Ending.Converged]);
        totals.Bind(4, added[Ending.OutOfPresentations]);
        totals.Bind(5, added[Ending.Diverged]);
        totals.Bind(6, added[Ending.Stuck]);
        totals.Bind(7, added.Tested);
        totals.Bind(8, added.TestWrong);
        totals.Bind(9, added.TestWrongSquared);
        totals.Bind(10, added.Reviewed);
        totals.Bind(11, added.TrainingWrong);
        totals.Bind(12, added.Presentations);
        totals.Bind(13, added.JudgingPresentations);
        totals.Run();
        Add(cell, LedgerSchema.PresentationsToConvergence, added.PresentationsToConvergence);
        Add(cell, LedgerSchema.TestCost, added.TestCost);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        totals.Dispose();
        histogram.Dispose();
    }

    private void Add(int cell, string quantity, Histogram added)
    {
        foreach ((int interval, long count) in added.Counts)
        {
            histogram.Bind(1, cell);
            histogram.Bind(2, quantity);
            histogram.Bind(3, interval);
            histogram.Bind(4, Histogram.LeastOf(interval));
            histogram.Bind(5, count);
            histogram.Run();
        }
    }
}
