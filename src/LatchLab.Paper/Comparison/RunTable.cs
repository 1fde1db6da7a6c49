namespace LatchLab.Paper.Comparison;

/// <summary>The races by problem and contender.</summary>
/// <param name="runs">All of them.</param>
public sealed class RunTable(IReadOnlyList<AlgorithmRuns> runs)
{
    private readonly Dictionary<(Problem, Algorithm), AlgorithmRuns> _runsByKey
        = runs.ToDictionary(run => (run.Problem, run.Algorithm));

    /// <summary>Whether a contender was run on a problem: other readings may be left out.</summary>
    public bool Contains(Problem problem, Algorithm algorithm) => _runsByKey.ContainsKey((problem, algorithm));

    /// <summary>The race of a contender on a problem.</summary>
    public AlgorithmRuns this[Problem problem, Algorithm algorithm] => _runsByKey[(problem, algorithm)];
}
