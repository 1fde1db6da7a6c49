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
        string sums = string.Join(", ", OutcomeTotals.Names.Select((name, i) => $"{name} = {name} + ?{i + 3}"));
        _totals = database.Prepare($"UPDATE totals SET trials = trials + ?2, {sums} WHERE configuration = ?1");
        _histogram = database.Prepare(
            """
            INSERT INTO histograms VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (configuration, quantity, bin) DO UPDATE SET count = count + excluded.count
            """);
    }

    /// <summary>Adds the totals of trials of a configuration.</summary>
    public void Add(int configuration, OutcomeTotals added)
    {
        _totals.Run([configuration, added.Trials, .. added.Sums]);
        Add(configuration, LedgerSchema.PresentationsToConvergence, added.PresentationsToConvergence);
        Add(configuration, LedgerSchema.TestCost, added.TestCost);
    }

    public void Dispose()
    {
        _totals.Dispose();
        _histogram.Dispose();
    }

    private void Add(int configuration, string quantity, Histogram added)
    {
        foreach ((int bin, long count) in added.BinCounts)
            _histogram.Run(configuration, quantity, bin, Histogram.GetBinStart(bin), count);
    }
}
