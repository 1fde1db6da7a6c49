
namespace LatchLab.Training;

/// <summary>Receives completed trials.</summary>
public interface ITrialSink
{
    /// <summary>Whether diagnostic snapshots of a trial are recorded.</summary>
    bool RecordsDiagnostics(in PendingTrial trial) => false;

    /// <summary>Receives a completed trial; called from several threads, in no particular order.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="parameters">The final parameters, in the order of the network.</param>
    /// <param name="snapshots">The diagnostic snapshots; empty if none are recorded.</param>
    void Record(
        in PendingTrial trial,
        in Outcome outcome,
        ReadOnlySpan<double> parameters,
        IReadOnlyList<DiagnosticSnapshot> snapshots);
}
