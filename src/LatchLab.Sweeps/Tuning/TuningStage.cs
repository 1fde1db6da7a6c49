namespace LatchLab.Sweeps.Tuning;

/// <summary>A part of a search that is a sweep of its own: it depends on nothing but the stages before.</summary>
/// <param name="Plan">The sweep; its name is that of the stage.</param>
/// <param name="Candidates">[configuration of the sweep]: its number in the search.</param>
/// <param name="Kind">What its results decide.</param>
public sealed record TuningStage(SweepPlan Plan, IReadOnlyList<int> Candidates, TuningStageKind Kind);

/// <summary>What the results of a stage decide.</summary>
public enum TuningStageKind
{
    /// <summary>Which configurations go on.</summary>
    Search,

    /// <summary>Which of the best few is the best, on trials that did not select them.</summary>
    Confirmation,

    /// <summary>Nothing: they estimate the error of the best, on trials that did not select it.</summary>
    Test,
}
