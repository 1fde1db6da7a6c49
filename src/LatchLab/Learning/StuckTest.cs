using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// When a search is stuck: "when the cost value on the last N_ε points does not change by more than ε […] and these
/// values are all within ε of the current optimal cost value" (footnote 1 of the paper).
/// </summary>
public sealed record StuckRule
{
    /// <summary>N_ε.</summary>
    [Setting("cost values that must agree before a search is stuck", "paper, footnote 1", Minimum = 2, Maximum = 1000)]
    public int StuckValues { get; init; } = 4;

    /// <summary>ε.</summary>
    [Setting("cost values agree within this", "paper, footnote 1", Minimum = 0, Maximum = 1e9)]
    public double StuckTolerance { get; init; } = 0.001;
}

/// <summary>Remembers the last cost values of a search and says whether they agree.</summary>
/// <param name="count">How many must agree.</param>
/// <param name="tolerance">ε.</param>
internal sealed class StuckTest(int count, double tolerance)
{
    private readonly Queue<double> _last = new();

    /// <summary>
    /// Adds a value; true if it and those before it agree, each with it and it with the best. An infinite value agrees
    /// with nothing.
    /// </summary>
    public bool Add(double cost, double best)
    {
        _last.Enqueue(cost);
        if (_last.Count > count)
            _last.Dequeue();
        bool agree = _last.Count == count && cost - best <= tolerance;
        foreach (double previous in _last)
            agree &= Math.Abs(cost - previous) <= tolerance;
        return agree;
    }
}
