namespace LatchLab.Paper.Comparison;

/// <summary>The runs by problem and algorithm.</summary>
internal sealed class RunTable(IReadOnlyList<AlgorithmRuns> runs)
{
    private readonly Dictionary<(Problem, Algorithm), AlgorithmRuns> _runsByKey
        = runs.ToDictionary(run => (run.Problem, run.Algorithm));

    /// <summary>Whether an algorithm was run on a problem; other interpretations may be omitted.</summary>
    public bool Contains(Problem problem, Algorithm algorithm) => _runsByKey.ContainsKey((problem, algorithm));

    public AlgorithmRuns this[Problem problem, Algorithm algorithm] => _runsByKey[(problem, algorithm)];
}
