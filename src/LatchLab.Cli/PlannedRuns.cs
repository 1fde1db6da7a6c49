using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Writing;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>Runs sweeps with a ledger for each in one folder, from which an interrupted run is resumed.</summary>
internal static class PlannedRuns
{
    /// <summary>
    /// Runs the trials that the ledgers lack, and reads the outcomes of all, in the order of the plans; null if a
    /// signal interrupted the run. The name of a ledger has a digest of its sweep, so that other settings and seeds
    /// have ledgers of their own beside it.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<SweepOutcomes>>? Run(
        IReadOnlyList<SweepPlan> plans, RunOptions options, string folder)
    {
        List<(LedgerRun Run, TrialLedger Ledger)> runs = [];
        if (plans.Count == 0)
            return [];
        using var signals = new TerminationSignals(TerminationSignals.LedgerTimeout);
        try
        {
            foreach (LedgerRun run in plans.AsParallel().AsOrdered().Select(plan =>
                new LedgerRun(plan, SweepFile.Serialize(plan), options, Shard.Whole) { LeadingTrials = 0 }).ToArray())
            {
                runs.Add((run, TrialLedger.Open(
                    Path.Combine(folder, $"{run.Identity.Name}-{run.Identity.Digest}"), run.Identity,
                    new() { Lanes = options.Lane.Name })));
            }

            return RecordedRun.Run(runs, folder, signals.Token)
                ? [.. runs.Select(run => run.Run.ReadOutcomes(run.Ledger.Folder))]
                : null;
        }
        finally
        {
            runs.ForEach(run => run.Ledger.Dispose());
        }
    }
}
