using LatchLab.Ledger.Sqlite;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Ledger.Writing;

/// <summary>Updates the tables <c>totals</c> and <c>histograms</c>.</summary>
internal sealed class TotalsTableWriter : IDisposable
{
    private readonly SqliteStatement _totals;
    private readonly SqliteStatement _histogram;

    /// <summary>Prepares the statements for a ledger.</summary>
    public TotalsTableWriter(SqliteDatabase database)
    {
        _totals = database.Prepare(
            """
            UPDATE totals SET
                trials = trials + ?2, converged = converged + ?3, budget_exhausted = budget_exhausted + ?4,
                diverged = diverged + ?5, stuck = stuck + ?6, tested = tested + ?7,
                incorrect_test_sequences = incorrect_test_sequences + ?8,
                incorrect_test_sequences_squared = incorrect_test_sequences_squared + ?9,
                final_evaluations = final_evaluations + ?10,
                incorrect_training_sequences = incorrect_training_sequences + ?11,
                incorrect_training_sequences_squared = incorrect_training_sequences_squared + ?12,
                presentations = presentations + ?13, evaluation_presentations = evaluation_presentations + ?14
            WHERE configuration = ?1
            """);
        _histogram = database.Prepare(
            """
            INSERT INTO histograms VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (configuration, quantity, bin) DO UPDATE SET count = count + excluded.count
            """);
    }

    /// <summary>Adds the totals of trials of a configuration.</summary>
    public void Add(int configuration, OutcomeTotals added)
    {
        _totals.Bind(1, configuration);
        _totals.Bind(2, added.Trials);
        _totals.Bind(3, added[StopReason.Converged]);
        _totals.Bind(4, added[StopReason.BudgetExhausted]);
        _totals.Bind(5, added[StopReason.Diverged]);
        _totals.Bind(6, added[StopReason.Stuck]);
        _totals.Bind(7, added.TestedTrials);
        _totals.Bind(8, added.IncorrectTestSequences);
        _totals.Bind(9, added.IncorrectTestSequencesSquared);
        _totals.Bind(10, added.FinalEvaluations);
        _totals.Bind(11, added.IncorrectTrainingSequences);
        _totals.Bind(12, added.IncorrectTrainingSequencesSquared);
        _totals.Bind(13, added.Presentations);
        _totals.Bind(14, added.EvaluationPresentations);
        _totals.Run();
        Add(configuration, LedgerSchema.PresentationsToConvergence, added.PresentationsToConvergence);
        Add(configuration, LedgerSchema.TestCost, added.TestCost);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _totals.Dispose();
        _histogram.Dispose();
    }

    private void Add(int configuration, string quantity, Histogram added)
    {
        foreach ((int bin, long count) in added.BinCounts)
        {
            _histogram.Bind(1, configuration);
            _histogram.Bind(2, quantity);
            _histogram.Bind(3, bin);
            _histogram.Bind(4, Histogram.GetBinStart(bin));
            _histogram.Bind(5, count);
            _histogram.Run();
        }
    }
}
