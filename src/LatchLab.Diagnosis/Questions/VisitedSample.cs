using LatchLab.Dynamics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>States that the data visit, few enough to be drawn.</summary>
/// <param name="States">Evenly spaced among all states of all sequences.</param>
/// <param name="FirstOrbit">s_0 … of the first sequence.</param>
public sealed record VisitedSample(
    IReadOnlyList<IReadOnlyList<double>> States, IReadOnlyList<IReadOnlyList<double>> FirstOrbit)
{
    private const int MaximumStates = 1000, MaximumSteps = 200;

    /// <summary>Chooses the states.</summary>
    /// <param name="visited">The states of all sequences.</param>
    /// <param name="run">The network on them.</param>
    public static VisitedSample Of(VisitedStates visited, NetworkTrajectories run)
    {
        int stride = 1 + ((visited.States.Count - 1) / MaximumStates);
        return new(
            [.. visited.States.Where((_, i) => i % stride == 0)],
            [
                .. Enumerable.Range(0, Math.Min(run.Length, MaximumSteps) + 1).Select(t =>
                {
                    var state = new double[run.StateSize];
                    run.CopyState(0, t, state);
                    return state;
                }),
            ]);
    }
}
