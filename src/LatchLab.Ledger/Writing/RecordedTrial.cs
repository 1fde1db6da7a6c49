using LatchLab.Experiments;

namespace LatchLab.Ledger;

/// <summary>A trial on its way into a ledger.</summary>
/// <param name="Cell">Its cell, from 0.</param>
/// <param name="Trial">Its number in the cell, from 0.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Checks">The log of its checks; empty where none is kept.</param>
internal readonly record struct RecordedTrial(int Cell, int Trial, Outcome Outcome, IReadOnlyList<TrialCheck> Checks)
{
    /// <summary>Its place in the order of cells and trials.</summary>
    public long Key => ((long)Cell << 32) | (uint)Trial;

    /// <summary>Rows that it takes.</summary>
    public int Rows => 1 + Checks.Count;
}
