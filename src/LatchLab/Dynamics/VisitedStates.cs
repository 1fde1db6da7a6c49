using LatchLab.Foundation;
using LatchLab.Networks;

namespace LatchLab.Dynamics;

/// <summary>The states that a network of cells visits on sequences, in the coordinates of the network.</summary>
/// <param name="States">s_1 … s_T of each sequence, one sequence after another; N values each.</param>
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
    public static VisitedStates Of(NetworkTrajectories trajectories)
    {
        var states = new List<double[]>();
        var steps = new List<double>();
        for (int sequence = 0; sequence < trajectories.Sequences; sequence++)
        {
            for (int t = 1; t <= trajectories.Length; t++)
            {
                var state = new double[trajectories.StateSize];
                trajectories.CopyState(sequence, t, state);
                if (t > 1)
                    steps.Add(PeriodicOrbit.Distance(state, states[^1]));
                states.Add(state);
            }
        }

        return new(states, steps.Count == 0 ? 0.0 : Median(steps));
    }

    /// <summary>The median; of an even number of values, the lower of the two in the middle, which occurs.</summary>
    internal static double Median(IReadOnlyCollection<double> values)
        => values.Order().ElementAt((values.Count - 1) / 2);
}
