
namespace LatchLab.Training;

/// <summary>Receives completed trials.</summary>
public interface ITrialSink
{
    /// <summary>What is recorded of a trial during training.</summary>
    DiagnosticDetail GetDetail(in PendingTrial trial) => DiagnosticDetail.None;

    /// <summary>Keeps checkpoints of running trials, and has those from which trials continue; null for none.</summary>
    ICheckpointStore? Checkpoints => null;

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

/// <summary>What is recorded of a trial during training, as snapshots at the same passes.</summary>
public enum DiagnosticDetail
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// The cost and the error of a pass, as the learner saw them, which takes no time; for a search those of its best
    /// point, for which the sequences are presented once more if its pass ended early. Other values may be NaN.
    /// </summary>
    Errors,

    /// <summary>Every value, for which the sequences are presented once more.</summary>
    All,
}
