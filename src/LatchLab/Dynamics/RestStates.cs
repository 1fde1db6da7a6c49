using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// States of a network of cells that its data visits, and what becomes of them at rest, while the inputs are constant.
/// </summary>
public static class RestStates
{
    // States of so many steps are in memory at a time.
    private const int StepsTogether = 50;

    /// <summary>Up to a number of states, evenly spaced among all.</summary>
    internal static double[][] Choose(IReadOnlyList<IReadOnlyList<double>> states, int count)
        => states.Count <= count ? [.. states.Select(state => state.ToArray())]
            : [.. Enumerable.Range(0, count).Select(i => states[(int)((long)i * states.Count / count)].ToArray())];

    /// <summary>The states after a number of steps with constant inputs, or when the deadline is reached.</summary>
    /// <param name="network">The network.</param>
    /// <param name="states">The states; the array is used and returned.</param>
    /// <param name="input">u, the constant inputs.</param>
    /// <param name="steps">0 or more.</param>
    /// <param name="deadline">Ends the steps.</param>
    public static double[][] Follow(
        CellDefinition network, double[][] states, double[] input, int steps, CancellationToken deadline)
    {
        for (int step = 0; step < steps && states.Length > 0 && !deadline.IsCancellationRequested;)
        {
            int count = Math.Min(StepsTogether, steps - step);
            double[][] inputs = [.. Enumerable.Repeat(input, count)];
            var trajectories = NetworkTrajectories.Run(network, [.. states.Select(_ => inputs)], states);
            double[] state = new double[trajectories.StateSize], previous = new double[trajectories.StateSize];
            double largestMove = 0.0;
            for (int i = 0; i < states.Length; i++)
            {
                trajectories.CopyState(i, count, state);
                trajectories.CopyState(i, count - 1, previous);
                largestMove = Math.Max(largestMove, PeriodicOrbit.Distance(state, previous));
                states[i] = [.. state];
            }

            step += count;
            if (largestMove == 0.0)
                break;
        }

        return states;
    }

    /// <summary>The eigenvalue of the Jacobian at a state with the largest modulus.</summary>
    internal static Eigenvalue ComputeLeading(CellSystem system, double[] state, double[] input)
        => Eigenvalue.ComputeLeading(
            system.Jacobian(state, input).ToArray(), system.Dimension, count: 1, perturbation: 0.0)[0];

    /// <summary>The smallest box with all states; [−1, 1] for each value if there are none.</summary>
    internal static Interval[] Enclose(IReadOnlyList<IReadOnlyList<double>> states, int dimension)
        => [.. Enumerable.Range(0, dimension).Select(i => states.Count == 0
            ? new Interval(-1.0, 1.0)
            : new Interval(states.Min(state => state[i]), states.Max(state => state[i])))];

    /// <summary>Throws for inputs or states of other sizes than those of a network, or that are not finite.</summary>
    /// <exception cref="ValidationException">What is invalid, and what is expected.</exception>
    internal static void ThrowIfInvalid(
        CellSystem system, IReadOnlyList<double> input, IReadOnlyList<IReadOnlyList<double>> states)
    {
        var errors = new List<ValidationError>();
        Check("inputs", input, system.Inputs);
        foreach ((int i, IReadOnlyList<double> state) in states.Index())
            Check($"visited[{i}]", state, system.Dimension);
        if (errors.Count > 0)
            throw new ValidationException([.. errors]);

        void Check(string name, IReadOnlyList<double> values, int count)
        {
            if (values.Count != count)
                errors.Add(new("", name, $"{values.Count} values: expected {count}"));
            else if (!values.All(double.IsFinite))
                errors.Add(new("", name, "has a value that is not finite: expected finite numbers"));
        }
    }
}
