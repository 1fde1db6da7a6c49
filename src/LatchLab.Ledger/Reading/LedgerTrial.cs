using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>A trial of a ledger.</summary>
/// <param name="Cell">Its cell, from 0 through all parts of the sweep.</param>
/// <param name="Trial">Its number in the cell, from 0.</param>
/// <param name="Outcome">How it ended; numbers that were not finite are NaN.</param>
public readonly record struct LedgerTrial(int Cell, int Trial, Outcome Outcome)
{
    /// <summary>Its place in the order of cells and trials.</summary>
    internal long Key => ((long)Cell << 32) | (uint)Trial;
}

/// <summary>A check of a trial of a ledger.</summary>
/// <param name="Cell">The trial's cell.</param>
/// <param name="Trial">The trial's number in the cell.</param>
/// <param name="Number">The number of the check in its trial, from 0.</param>
/// <param name="Check">What it showed; numbers that were not finite are NaN.</param>
public readonly record struct LedgerCheck(int Cell, int Trial, int Number, TrialCheck Check)
{
    /// <summary>The place of its trial in the order of cells and trials.</summary>
    internal long Key => ((long)Cell << 32) | (uint)Trial;
}
