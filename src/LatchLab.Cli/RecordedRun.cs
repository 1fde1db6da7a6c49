using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Writing;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>Runs the trials that ledgers lack, with progress and messages.</summary>
internal static class RecordedRun
{
    /// <summary>
    /// Runs the trials and completes the ledgers. Returns false, after a message, if a signal interrupted the run.
    /// </summary>
    /// <param name="runs">The runs, each with its open ledger; at least one.</param>
    /// <param name="folder">The folder of all ledgers, for messages.</param>
    /// <param name="cancellation">The token of the signals.</param>
    /// <exception cref="IOException">A ledger cannot be written.</exception>
    public static bool Run(
        IReadOnlyList<(LedgerRun Run, TrialLedger Ledger)> runs, string folder, CancellationToken cancellation)
    {
        RunProgress progress = LedgerRun.CreateProgress(runs);
        long recorded = runs.Sum(run => run.Ledger.Count);
        if (recorded > 0)
        {
            CommandLine.WriteError(progress.Trials == 0
                ? FormattableString.Invariant($"All trials are already recorded ({recorded:N0})")
                : FormattableString.Invariant($"{recorded:N0} trials are already recorded; resuming"));
        }

        try
        {
            using (progress.Trials == 0 ? null : new ProgressDisplay(new TrialProgressFormatter(progress)))
                LedgerRun.Run(runs, progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            Complete();
            CommandLine.WriteError(FormatInterruption(folder));
            return false;
        }
        catch (Exception failure)
        {
            foreach ((_, TrialLedger ledger) in runs)
                ledger.SetFailure(failure.Message);
            throw;
        }

        Complete();
        return true;

        void Complete()
        {
            foreach ((_, TrialLedger ledger) in runs)
                ledger.Complete();
        }
    }

    /// <summary>The message of an interruption after which the same command resumes.</summary>
    /// <param name="path">What keeps the trials.</param>
    /// <param name="kept">What it keeps.</param>
    public static string FormatInterruption(string path, string kept = "completed trials")
        => $"Interrupted; '{path}' keeps the {kept}. Run the same command again to resume.";
}
