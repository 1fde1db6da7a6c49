using System.Globalization;
using LatchLab.Experiments;
using LatchLab.Experiments.SweepAnalysis;

namespace LatchLab.Ledger;

/// <summary>
/// What a ledger says of a sweep, for a report: from the totals of its cells, however many trials there are.
/// </summary>
public static class LedgerResults
{
    /// <summary>Reads it.</summary>
    /// <param name="folder">The folder of the ledger.</param>
    /// <exception cref="InputException">There is no ledger.</exception>
    public static SweepResults Of(string folder)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        LedgerIdentity identity = ledger.Identity;
        IReadOnlyList<CellTotals> totals = ledger.Totals();
        return new(
            identity.Layout,
            [
                .. identity.Cells.Zip(totals).Index().Select(cell => new CellResult(
                    cell.Item.First.Settings, cell.Item.Second)
                {
                    UnitsAtCostOne = Units(identity.Layout, cell.Index),
                }),
            ])
        {
            Facts =
            [
                ("Seed", identity.Seed.ToString(CultureInfo.InvariantCulture)),
                ("Trials", FormattableString.Invariant(
                    $"{ledger.Count:N0} of {Shard.Whole.TrialsOf(identity.Cells):N0}")),
                ("LatchLab", identity.Program),
                ("Random streams", $"version {identity.RandomStreams}"),
            ],
            Logs = [.. ledger.LoggedCells().SelectMany(cell => Logs(ledger.Checks(cell)))],
        };
    }

    private static double Units(SweepLayout layout, int cell)
        => layout.UnitsAtCostOne.ElementAtOrDefault(cell) is > 0.0 and var units ? units : double.NaN;

    /// <summary>The checks of each trial together.</summary>
    private static IEnumerable<TrialLog> Logs(IEnumerable<LedgerCheck> checks)
    {
        var log = new List<LedgerCheck>();
        foreach (LedgerCheck check in checks)
        {
            if (log.Count > 0 && (log[0].Cell, log[0].Trial) != (check.Cell, check.Trial))
            {
                yield return Log(log);
                log = [];
            }

            log.Add(check);
        }

        if (log.Count > 0)
            yield return Log(log);
    }

    private static TrialLog Log(List<LedgerCheck> checks)
        => new(checks[0].Cell, checks[0].Trial, [.. checks.Select(check => check.Check)]);
}
