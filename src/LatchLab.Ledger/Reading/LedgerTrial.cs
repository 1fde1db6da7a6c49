using LatchLab.Training;

namespace LatchLab.Ledger.Reading;

/// <summary>A trial of a ledger, or one to be written.</summary>
/// <param name="ConfigurationIndex">The index of the configuration, from 0 through all parts of the sweep.</param>
/// <param name="Trial">The index of the trial in the configuration, from 0.</param>
/// <param name="Outcome">The outcome; numbers that were not finite are NaN.</param>
/// <param name="Parameters">The stored leading parameters; empty if none are stored.</param>
public readonly record struct LedgerTrial(
    int ConfigurationIndex, int Trial, Outcome Outcome, IReadOnlyList<double> Parameters)
{
    /// <summary>The log; empty if none is kept, and where the snapshots are read apart from the trials.</summary>
    public IReadOnlyList<DiagnosticSnapshot> Snapshots { get; init; } = [];

    /// <summary>The key for the order of configurations and trials.</summary>
    internal long SortKey => ((long)ConfigurationIndex << 32) | (uint)Trial;

    /// <summary>The number of rows of the trial.</summary>
    internal int RowCount => 1 + Snapshots.Count;
}

/// <summary>A snapshot of a trial of a ledger.</summary>
/// <param name="ConfigurationIndex">The index of the configuration.</param>
/// <param name="Trial">The index of the trial in the configuration.</param>
/// <param name="Number">The index of the snapshot in the trial, from 0.</param>
/// <param name="Snapshot">The snapshot; numbers that were not finite are NaN.</param>
public readonly record struct LedgerSnapshot(int ConfigurationIndex, int Trial, int Number, DiagnosticSnapshot Snapshot)
{
    /// <summary>The key of the trial for the order of configurations and trials.</summary>
    internal long SortKey => ((long)ConfigurationIndex << 32) | (uint)Trial;
}
