using LatchLab.Training;

namespace LatchLab.Ledger.Writing;

/// <summary>A trial on its way into a ledger.</summary>
/// <param name="ConfigurationIndex">Its cell, from 0.</param>
/// <param name="Trial">Its number in the cell, from 0.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Snapshots">The log of its checks; empty where none is kept.</param>
internal readonly record struct RecordedTrial(int ConfigurationIndex, int Trial, Outcome Outcome,
    IReadOnlyList<DiagnosticSnapshot> Snapshots)
{
    /// <summary>Its place in the order of cells and trials.</summary>
    public long SortKey => ((long)ConfigurationIndex << 32) | (uint)Trial;

    /// <summary>Rows that it takes.</summary>
    public int RowCount => 1 + Snapshots.Count;
}
