namespace LatchLab.Training;

/// <summary>The result of a pass through the sequences for one lane.</summary>
/// <param name="CorrectCount">Counted sequences whose output was correct.</param>
/// <param name="Cost">Sum of their costs.</param>
public readonly record struct EpochResult(int CorrectCount, double Cost)
{
    /// <summary>Sequences presented until the candidate of a search was rejected; all if it was not.</summary>
    public int PresentedCount { get; init; }

    /// <summary>Correct sequences before the number of incorrect ones exceeded the limit.</summary>
    public int CorrectPrefixLength { get; init; }

    /// <summary>Whether a parameter is infinite or NaN.</summary>
    public bool IsDiverged { get; init; }

    /// <summary>Whether the search has stopped after this result.</summary>
    public bool IsStuck { get; init; }
}
