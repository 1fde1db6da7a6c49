namespace LatchLab.Experiments;

/// <summary>How a trial ended.</summary>
public enum Ending
{
    /// <summary>It met the rule.</summary>
    Converged,

    /// <summary>It had used its presentations before.</summary>
    OutOfPresentations,

    /// <summary>The cost was no finite number any more.</summary>
    Diverged,
}

/// <summary>What is kept of a trial.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Presentations">Presentations that taught.</param>
/// <param name="JudgingPresentations">Presentations that only judged, counted apart.</param>
/// <param name="Cost">Mean cost of a sequence in the last pass, which may be one that judged.</param>
public readonly record struct Outcome(Ending Ending, int Presentations, int JudgingPresentations, double Cost)
{
    /// <summary>Whether it met the rule.</summary>
    public bool Converged => Ending == Ending.Converged;
}
