using System.Globalization;
using LatchLab.Experiments;
using LatchLab.Experiments.SweepAnalysis;

namespace LatchLab.Ledger;

/// <summary>
/// What a ledger says of a sweep, for a report: from the totals of its cells, however many trials there are.
/// </summary>
public static class LedgerResults
{
    // The logs of so many trials are shown; a table of more is read from an export.
    private const int MostLogs = 1000;

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
            [.. identity.Cells.Zip(totals, (cell, total) => new CellResult(cell.Settings, total))])
        {
            Facts =
            [
                ("Seed", identity.Seed.ToString(CultureInfo.InvariantCulture)),
                ("Trials", FormattableString.Invariant(
                    $"{ledger.Count:N0} of {Shard.Whole.TrialsOf(identity.Cells):N0}")),
                ("LatchLab", identity.Program),
                ("Random streams", $"version {identity.RandomStreams}"),
            ],
            Logs = [.. Logs(ledger.Checks())],
        };
    }

    /// <summary>The checks of each trial together.</summary>
    private static IEnumerable<TrialLog> Logs(IEnumerable<LedgerCheck> checks)
    {
        var log = new List<LedgerCheck>();
        int logs = 0;
        foreach (LedgerCheck check in checks)
        {
            if (log.Count > 0 && (log[0].Cell, log[0].Trial) != (check.Cell, check.Trial))
            {
                yield return Log(log);
                log = [];
                if (++logs == MostLogs)
                    yield break;
            }

            log.Add(check);
        }

        if (log.Count > 0)
            yield return Log(log);
    }

    private static TrialLog Log(List<LedgerCheck> checks)
        => new(checks[0].Cell, checks[0].Trial, [.. checks.Select(check => check.Check)]);
}
