using System.Diagnostics;

namespace LatchLab.Ledger;

/// <summary>
/// Keeps <c>progress.json</c> up to date: at most every second where something has happened, and otherwise every
/// twenty, to show that the process lives. That it cannot be written now and then stops no run.
/// </summary>
internal sealed class ProgressWriter
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly string folder;
    private readonly long doneBefore;
    private readonly long begin = Stopwatch.GetTimestamp();
    private LedgerProgress shown;
    private long shownAt;
    private long done;
    private long failures;

    /// <summary>Begins, and writes the file for the first time.</summary>
    /// <param name="folder">The folder of the ledger.</param>
    /// <param name="identity">What the ledger is about.</param>
    /// <param name="done">Trials that it holds.</param>
    /// <param name="failures">Those of them that diverged.</param>
    public ProgressWriter(string folder, LedgerIdentity identity, long done, long failures)
    {
        (this.folder, doneBefore, this.done, this.failures) = (folder, done, done, failures);
        shown = new()
        {
            Name = identity.Name,
            State = LedgerState.Running,
            Shard = identity.Shard,
            Done = done,
            Planned = identity.Planned,
            PlannedInAll = Shard.Whole.TrialsOf(identity.Cells),
            Failures = failures,
            Rate = 0.0,
            Started = DateTime.UtcNow,
            Host = Environment.MachineName,
            Process = Environment.ProcessId,
        };
        Write(LedgerState.Running, "");
    }

    /// <summary>Counts trials that have been written, and shows it if it is time to.</summary>
    public void Add(long trials, long diverged)
    {
        done += trials;
        failures += diverged;
        TimeSpan since = Stopwatch.GetElapsedTime(shownAt);
        if (since >= (done > shown.Done ? Shortest : Longest))
            Write(LedgerState.Running, "");
    }

    /// <summary>Shows what has become of the run.</summary>
    public void End(LedgerState state, string message) => Write(state, message);

    private void Write(LedgerState state, string message)
    {
        shownAt = Stopwatch.GetTimestamp();
        shown = shown with
        {
            State = state,
            Message = message,
            Done = done,
            Failures = failures,
            Rate = (done - doneBefore) / Math.Max(1e-3, Stopwatch.GetElapsedTime(begin).TotalSeconds),
            Updated = DateTime.UtcNow,
        };
        if (!IsDone(() => shown.Write(folder)) && state != LedgerState.Running)
            _ = IsDone(() => shown.Overwrite(folder));
    }

    /// <summary>
    /// False where it failed: the trials matter, and whoever waits for this file sees that it is old.
    /// </summary>
    private static bool IsDone(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
