using LatchLab.Training;

namespace LatchLab.Ledger.Reading;

/// <summary>A trial of a ledger.</summary>
/// <param name="ConfigurationIndex">Its cell, from 0 through all parts of the sweep.</param>
/// <param name="Trial">Its number in the cell, from 0.</param>
/// <param name="Outcome">How it ended; numbers that were not finite are NaN.</param>
public readonly record struct LedgerTrial(int ConfigurationIndex, int Trial, Outcome Outcome)
{
    /// <summary>Its place in the order of cells and trials.</summary>
    internal long SortKey => ((long)ConfigurationIndex << 32) | (uint)Trial;
}

/// <summary>A check of a trial of a ledger.</summary>
/// <param name="ConfigurationIndex">The trial's cell.</param>
/// <param name="Trial">The trial's number in the cell.</param>
/// <param name="Number">The number of the check in its trial, from 0.</param>
/// <param name="Snapshot">What it showed; numbers that were not finite are NaN.</param>
public readonly record struct LedgerSnapshot(int ConfigurationIndex, int Trial, int Number, DiagnosticSnapshot Snapshot)
{
    /// <summary>The place of its trial in the order of cells and trials.</summary>
    internal long SortKey => ((long)ConfigurationIndex << 32) | (uint)Trial;
}
