
namespace LatchLab.Training;

/// <summary>Receives the trials that have ended.</summary>
public interface ITrialSink
{
    /// <summary>Whether the log of a trial's checks is wanted.</summary>
    bool RecordsDiagnostics(in PendingTrial trial) => false;

    /// <summary>Takes a trial; called from several threads, in no particular order.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="parameters">Its parameters at the end, in the order of the network.</param>
    /// <param name="snapshots">The log of its checks, where it was wanted.</param>
    void Record(
        in PendingTrial trial,
        in Outcome outcome,
        ReadOnlySpan<double> parameters,
        IReadOnlyList<DiagnosticSnapshot> snapshots);
}
