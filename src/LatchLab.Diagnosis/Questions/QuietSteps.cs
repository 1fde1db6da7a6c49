using LatchLab.Dynamics;
using LatchLab.Networks;

namespace LatchLab.Diagnosis.Questions;

/// <summary>States of a network after steps with a held input.</summary>
/// <param name="States">[state]: the states.</param>
/// <param name="Outputs">[state]: their outputs.</param>
public sealed record QuietSteps(IReadOnlyList<double[]> States, IReadOnlyList<double[]> Outputs)
{
    private const int Together = 32;     // states of one thread: four vectors of the widest lanes
    private const int LongestRun = 50;   // steps whose states are kept at once

    /// <summary>Takes quiet steps from each of several states.</summary>
    /// <param name="network">The network.</param>
    /// <param name="states">The states.</param>
    /// <param name="heldInput">The input of every step.</param>
    /// <param name="steps">0 or more.</param>
    /// <param name="threads">Number of threads; it does not change the result.</param>
    /// <param name="cancellation">Ends the computation.</param>
    public static QuietSteps Run(
        CellDefinition network, IReadOnlyList<double[]> states, IReadOnlyList<double> heldInput, int steps,
        int threads, CancellationToken cancellation)
    {
        double[][] ends = new double[states.Count][], outputs = new double[states.Count][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, (states.Count + Together - 1) / Together, options, block =>
        {
            var system = CellSystem.Create(network);
            double[][] current = [.. states.Skip(block * Together).Take(Together)];
            for (int done = 0; done < steps;)
            {
                cancellation.ThrowIfCancellationRequested();
                int length = Math.Min(LongestRun, steps - done);
                current = Advance(network, current, heldInput, length);
                done += length;
            }

            for (int i = 0; i < current.Length; i++)
            {
                int state = (block * Together) + i;
                (ends[state], outputs[state]) = (current[i], system.ReadOut(current[i]));
            }
        });
        return new(ends, outputs);
    }

    private static double[][] Advance(
        CellDefinition network, double[][] states, IReadOnlyList<double> heldInput, int length)
    {
        IReadOnlyList<double>[] sequence = [.. Enumerable.Repeat(heldInput, length)];
        NetworkTrajectories run = NetworkTrajectories.Run(
            network, [.. Enumerable.Repeat(sequence, states.Length)], states);
        var ends = new double[states.Length][];
        for (int i = 0; i < ends.Length; i++)
            run.CopyState(i, length, ends[i] = new double[run.StateSize]);
        return ends;
    }
}
