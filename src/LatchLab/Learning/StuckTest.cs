using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// When a search is stuck: "when the cost value on the last N_ε points does not change by more than ε […] and these
/// values are all within ε of the current optimal cost value" (footnote 1 of the paper).
/// </summary>
public sealed record StuckRule
{
    /// <summary>Number N_ε of cost values that must agree.</summary>
    [Setting("number of cost values that must agree for a search to be stuck", "paper, footnote 1", Minimum = 2,
        Maximum = 1000, Probe = "2")]
    public int StuckValues { get; init; } = 4;

    /// <summary>Tolerance ε of the agreement.</summary>
    [Setting("tolerance within which cost values agree", "paper, footnote 1", Minimum = 0, Maximum = 1e9,
        Probe = "0.1")]
    public double StuckTolerance { get; init; } = 0.001;
}

/// <summary>Stores the last cost values of a search and tests whether they agree.</summary>
/// <param name="count">Number of values that must agree.</param>
/// <param name="tolerance">Tolerance ε of the agreement.</param>
internal sealed class StuckTest(int count, double tolerance)
{
    private readonly Queue<double> _last = new();

    /// <summary>Saves or restores the stored values.</summary>
    public void TransferState(StateTransfer state)
    {
        double[] values = [.. _last];
        int valueCount = state.Transfer(values.Length);
        _last.Clear();
        for (int i = 0; i < valueCount; i++)
            _last.Enqueue(state.Transfer(i < values.Length ? values[i] : 0.0));
    }

    /// <summary>
    /// Adds a value. Returns whether it agrees with the values before it and with the best. An infinite value agrees
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
