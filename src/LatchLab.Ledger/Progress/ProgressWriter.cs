using System.Diagnostics;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Training;

namespace LatchLab.Ledger.Progress;

/// <summary>
/// Keeps <c>progress.json</c> up to date: at most once per second after changes, and otherwise every twenty seconds, to
/// show that the process is alive. A failure to write the file does not stop the run.
/// </summary>
internal sealed class ProgressWriter
{
    private static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaximumInterval = TimeSpan.FromSeconds(20);

    private readonly string _folder;
    private readonly long _initialCount;
    private readonly long _started = Stopwatch.GetTimestamp();
    private RunProgressFile _lastWritten;
    private long _lastWrittenAt;
    private long _completedTrials;
    private long _divergedTrials;

    /// <summary>Writes the file for the first time.</summary>
    public ProgressWriter(string folder, LedgerIdentity identity, long completedTrials, long divergedTrials)
    {
        (_folder, _initialCount, _completedTrials, _divergedTrials) = (folder, completedTrials,
            completedTrials, divergedTrials);
        _lastWritten = new()
        {
            Name = identity.Name,
            State = RunState.Running,
            Shard = identity.Shard,
            CompletedTrials = completedTrials,
            PlannedTrials = identity.PlannedTrials,
            TotalPlannedTrials = Shard.Whole.CountTrials(identity.Configurations),
            DivergedTrials = divergedTrials,
            TrialsPerSecond = 0.0,
            Started = DateTime.UtcNow,
            Host = Environment.MachineName,
            Process = Environment.ProcessId,
        };
        Write(RunState.Running, "");
    }

    /// <summary>Estimates the time left; null if unknown.</summary>
    public Func<TimeRange?>? TimeLeft { get; set; }

    /// <summary>Counts written trials, and updates the file if it is due.</summary>
    public void Add(long trials, long diverged)
    {
        _completedTrials += trials;
        _divergedTrials += diverged;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_lastWrittenAt);
        if (elapsed >= (_completedTrials > _lastWritten.CompletedTrials ? MinimumInterval : MaximumInterval))
            Write(RunState.Running, "");
    }

    /// <summary>Writes the final state of the run.</summary>
    public void Complete(RunState state, string message) => Write(state, message);

    private void Write(RunState state, string message)
    {
        _lastWrittenAt = Stopwatch.GetTimestamp();
        _lastWritten = _lastWritten with
        {
            State = state,
            Message = message,
            CompletedTrials = _completedTrials,
            DivergedTrials = _divergedTrials,
            TrialsPerSecond = (_completedTrials - _initialCount)
                / Math.Max(1e-3, Stopwatch.GetElapsedTime(_started).TotalSeconds),
            TimeLeft = state == RunState.Running ? TimeLeft?.Invoke() : null,
            Updated = DateTime.UtcNow,
        };
        if (!TryWrite(() => _lastWritten.Write(_folder)) && state != RunState.Running)
            _ = TryWrite(() => _lastWritten.OverwriteInPlace(_folder));
    }

    /// <summary>
    /// Returns false on failure. The trials have priority over this file, whose age shows readers that it is stale.
    /// </summary>
    private static bool TryWrite(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
