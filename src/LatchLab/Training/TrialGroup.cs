using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>Collects final networks until there are as many as lanes, so that a pass uses all of them.</summary>
/// <param name="lane">The lane type.</param>
internal sealed class TrialGroup(LaneKind lane)
{
    private readonly List<(PendingTrial Trial, double[] Parameters)> _trials = [];
    private readonly int _lanes = TestPass.CountLanes(lane);

    /// <summary>Adds a network; returns the group if it is full now, otherwise nothing.</summary>
    public (PendingTrial Trial, double[] Parameters)[] Add((PendingTrial Trial, double[] Parameters) entry)
    {
        _trials.Add(entry);
        return _trials.Count < _lanes ? [] : TakeRest();
    }

    /// <summary>Returns what was added since the last full group.</summary>
    public (PendingTrial Trial, double[] Parameters)[] TakeRest()
    {
        (PendingTrial, double[])[] rest = [.. _trials];
        _trials.Clear();
        return rest;
    }
}
