namespace LatchLab.Experiments;

/// <summary>Cells and how many trials of each: everything that is to be run for one figure.</summary>
/// <param name="Name">A name for progress and messages.</param>
/// <param name="Cells">The cells.</param>
/// <param name="Trials">Trials of each cell, numbered from 0.</param>
public sealed record Sweep(string Name, IReadOnlyList<Cell> Cells, int Trials)
{
    /// <summary>How many parameters of every trial are kept besides its outcome, from the first on.</summary>
    public int KeptParameters { get; init; }

    /// <summary>Number of trials altogether.</summary>
    public int Count => checked(Cells.Count * Trials);
}
