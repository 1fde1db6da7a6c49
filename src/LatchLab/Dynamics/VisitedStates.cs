using LatchLab.Foundation;
using LatchLab.Networks;

namespace LatchLab.Dynamics;

/// <summary>The states that a network of cells visits on sequences, in the coordinates of the network.</summary>
/// <param name="States">s_1 … s_T of each sequence, one sequence after another, or some of them.</param>
/// <param name="MedianStep">
/// The median of ‖s_t − s_{t−1}‖ within a sequence, t = 2 … T: the speed with which a slow motion is compared; 0 if no
/// sequence has two steps.
/// </param>
public sealed record VisitedStates(IReadOnlyList<IReadOnlyList<double>> States, double MedianStep)
{
    /// <summary>Runs a network on sequences.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[sequence][step][input]: at least one sequence, all of the same length ≥ 1.</param>
    /// <exception cref="ValidationException">The inputs have invalid sizes.</exception>
    public static VisitedStates Run(
        CellDefinition network, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> inputs)
        => Of(NetworkTrajectories.Run(network, inputs));

    /// <summary>The states of sequences that a network has read.</summary>
    /// <param name="trajectories">The network on the sequences.</param>
    /// <param name="most">Most states that are kept, evenly spaced; at least 1.</param>
    public static VisitedStates Of(NetworkTrajectories trajectories, int most = int.MaxValue)
    {
        int length = trajectories.Length, count = trajectories.Sequences * length,
            stride = 1 + ((count - 1) / Math.Max(1, most));
        var states = new List<double[]>();
        var steps = new List<double>();
        double[] state = new double[trajectories.StateSize], previous = new double[trajectories.StateSize];
        for (int i = 0; i < count; i++)
        {
            int t = 1 + (i % length);
            trajectories.CopyState(i / length, t, state);
            if (t > 1)
                steps.Add(PeriodicOrbit.Distance(state, previous));
            if (i % stride == 0)
                states.Add([.. state]);
            (state, previous) = (previous, state);
        }

        return new(states, steps.Count == 0 ? 0.0 : Median(steps));
    }

    /// <summary>The median; of an even number of values, the lower of the two in the middle, which occurs.</summary>
    internal static double Median(IReadOnlyCollection<double> values)
        => values.Order().ElementAt((values.Count - 1) / 2);
}
