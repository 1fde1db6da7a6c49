namespace LatchLab.Training;

/// <summary>How a trial ended.</summary>
public enum StopReason
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
/// <param name="StopReason">How it ended.</param>
/// <param name="Presentations">Presentations that taught; a pass that evaluates a candidate counts in full.</param>
/// <param name="EvaluationPresentations">Presentations that only judged, counted apart.</param>
/// <param name="Cost">Mean cost of a sequence in the last pass, which may be one that judged.</param>
public readonly record struct Outcome(StopReason StopReason, int Presentations, int EvaluationPresentations,
    double Cost)
{
    /// <summary>Whether it met the rule.</summary>
    public bool IsConverged => StopReason == StopReason.Converged;

    /// <summary>Share of the training sequences that were wrong at its end; NaN where that was not tested.</summary>
    public double TrainingError { get; init; } = double.NaN;

    /// <summary>Share of the fresh sequences that were wrong at its end; NaN where that was not tested.</summary>
    public double TestError { get; init; } = double.NaN;

    /// <summary>Mean cost of those sequences; NaN where that was not tested.</summary>
    public double TestCost { get; init; } = double.NaN;

    /// <summary>Presentations that could be left out because a candidate's fate was decided before.</summary>
    public long SkippedPresentations { get; init; }

    /// <summary>Temperatures that an annealing finished.</summary>
    public int CompletedTemperatures { get; init; }

    /// <summary>The damping μ of a pseudo-Newton method at its end; NaN where there is none.</summary>
    public double FinalDamping { get; init; } = double.NaN;

    /// <summary>Training sets of a curriculum that were learned before the one it ended with.</summary>
    public int FinalStage { get; init; }
}
