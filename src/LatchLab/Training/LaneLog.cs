using LatchLab.Learning;

namespace LatchLab.Training;

/// <summary>What is recorded of the trial of a lane.</summary>
internal sealed class LaneLog(DiagnosticDetail detail)
{
    public DiagnosticDetail Detail => detail;

    public List<DiagnosticSnapshot> Snapshots { get; } = [];

    /// <summary>The mean cost of the last pass, or of the best point of a search.</summary>
    public double Cost { get; set; } = double.NaN;

    /// <summary>
    /// The share of incorrect sequences of the same; NaN if that pass ended early, so that it is not known.
    /// </summary>
    public double Error { get; set; } = double.NaN;

    /// <summary>Saves or restores the log.</summary>
    public void TransferState(StateTransfer state)
    {
        Cost = state.Transfer(Cost);
        Error = state.Transfer(Error);
        TransferSnapshots(state, Snapshots);
    }

    /// <summary>Saves or restores snapshots; to restore, the list is empty.</summary>
    public static void TransferSnapshots(StateTransfer state, List<DiagnosticSnapshot> snapshots)
    {
        int count = state.Transfer(snapshots.Count);
        for (int i = 0; i < count; i++)
        {
            DiagnosticSnapshot snapshot = state.IsRestoring ? default : snapshots[i];
            snapshot = new(
                state.Transfer(snapshot.Presentations), state.Transfer(snapshot.Cost), state.Transfer(snapshot.Error),
                state.Transfer(snapshot.GradientNorm), state.Transfer(snapshot.SpectralRadius),
                state.Transfer(snapshot.LongTermGradientShare));
            if (state.IsRestoring)
                snapshots.Add(snapshot);
        }
    }
}
