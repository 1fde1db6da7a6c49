using LatchLab.Training;

namespace LatchLab.Ledger.Writing;

/// <summary>A completed trial with its log.</summary>
/// <param name="ConfigurationIndex">The index of the configuration, from 0.</param>
/// <param name="Trial">The index of the trial in the configuration, from 0.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Parameters">The stored leading parameters; empty if none are stored.</param>
/// <param name="Snapshots">The log; empty if none is kept.</param>
internal readonly record struct RecordedTrial(int ConfigurationIndex, int Trial, Outcome Outcome,
    IReadOnlyList<double> Parameters, IReadOnlyList<DiagnosticSnapshot> Snapshots)
{
    /// <summary>The key for the order of configurations and trials.</summary>
    public long SortKey => ((long)ConfigurationIndex << 32) | (uint)Trial;

    /// <summary>The number of rows of the trial.</summary>
    public int RowCount => 1 + Snapshots.Count;
}
