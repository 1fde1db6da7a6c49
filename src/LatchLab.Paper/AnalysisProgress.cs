namespace LatchLab.Paper;

/// <summary>The progress of the analysis of a reproduction: one analysis per experiment, and one per seed.</summary>
public sealed class AnalysisProgress
{
    private int _completed;

    /// <summary>The number of analyses; 0 before they start.</summary>
    public int Count { get; private set; }

    /// <summary>The number of completed analyses.</summary>
    public int Completed => Volatile.Read(ref _completed);

    internal void Start(int count) => Count = count;

    internal void AddCompleted() => Interlocked.Increment(ref _completed);
}
