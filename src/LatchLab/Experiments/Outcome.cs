namespace LatchLab.Experiments;

/// <summary>How a trial ended.</summary>
public enum Ending
{
    /// <summary>It met the rule.</summary>
    Converged,

    /// <summary>It had used its presentations before.</summary>
    OutOfPresentations,

    /// <summary>The cost or a parameter was no finite number any more.</summary>
    Diverged,

    /// <summary>A search had stopped finding anything better (footnote 1 of the paper).</summary>
    Stuck,
}

/// <summary>What is kept of a trial.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Presentations">Presentations that taught; a pass that evaluates a candidate counts in full.</param>
/// <param name="JudgingPresentations">Presentations that only judged, counted apart.</param>
/// <param name="Cost">Mean cost of a sequence in the last pass, which may be one that judged.</param>
public readonly record struct Outcome(Ending Ending, int Presentations, int JudgingPresentations, double Cost)
{
    /// <summary>Whether it met the rule.</summary>
    public bool Converged => Ending == Ending.Converged;

    /// <summary>Share of the training sequences that were wrong at its end; NaN where that was not tested.</summary>
    public double TrainingError { get; init; } = double.NaN;

    /// <summary>Share of the fresh sequences that were wrong at its end; NaN where that was not tested.</summary>
    public double FreshError { get; init; } = double.NaN;

    /// <summary>Mean cost of those sequences; NaN where that was not tested.</summary>
    public double FreshCost { get; init; } = double.NaN;

    /// <summary>Presentations that could be left out because a candidate's fate was decided before.</summary>
    public long Saved { get; init; }

    /// <summary>Temperatures that an annealing finished.</summary>
    public int Temperatures { get; init; }

    /// <summary>The damping μ of a pseudo-Newton method at its end; NaN where there is none.</summary>
    public double Damping { get; init; } = double.NaN;

    /// <summary>Training sets of a curriculum that were learned before the one it ended with.</summary>
    public int Stage { get; init; }
}
