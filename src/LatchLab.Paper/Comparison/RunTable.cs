namespace LatchLab.Paper.Comparison;

/// <summary>The runs by problem and algorithm, under the reference interpretation or a change of it.</summary>
internal sealed class RunTable
{
    private readonly Dictionary<(Problem, Algorithm), AlgorithmRuns> _runsByKey;
    private readonly SingleChange _change;

    /// <summary>Creates the table of the reference interpretation.</summary>
    public RunTable(IReadOnlyList<AlgorithmRuns> runs)
        : this(runs.ToDictionary(run => (run.Problem, run.Algorithm)), KnownChanges.None)
    {
    }

    private RunTable(Dictionary<(Problem, Algorithm), AlgorithmRuns> runsByKey, SingleChange change)
        => (_runsByKey, _change) = (runsByKey, change);

    /// <summary>The same runs under a change: a problem or algorithm then means the one that takes its place.</summary>
    public RunTable Under(SingleChange change) => new(_runsByKey, change);

    /// <summary>The number of training sequences of a trial.</summary>
    public int TrainingSequences => _runsByKey.Values.First().Outcomes.Sweep.Configurations[0].TrainingSequences;

    /// <summary>Whether an algorithm was run on a problem.</summary>
    public bool Contains(Problem problem, Algorithm algorithm)
        => _runsByKey.ContainsKey(_change.Replace((problem, algorithm)));

    /// <summary>The runs of an algorithm on a problem.</summary>
    public AlgorithmRuns this[Problem problem, Algorithm algorithm]
        => _runsByKey[_change.Replace((problem, algorithm))];
}
