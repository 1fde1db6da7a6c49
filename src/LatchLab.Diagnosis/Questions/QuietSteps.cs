using LatchLab.Dynamics;
using LatchLab.Networks;

namespace LatchLab.Diagnosis.Questions;

/// <summary>States of a network after steps with a held input.</summary>
/// <param name="States">[state]: the states.</param>
/// <param name="Outputs">[state]: their outputs.</param>
public sealed record QuietSteps(IReadOnlyList<double[]> States, IReadOnlyList<double[]> Outputs)
{
    private const int Together = 32;     // states of one thread: four vectors of the widest lanes

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
        double[] input = [.. heldInput];
        double[][] ends = new double[states.Count][], outputs = new double[states.Count][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, (states.Count + Together - 1) / Together, options, block =>
        {
            var system = CellSystem.Create(network);
            double[][] current = RestStates.Follow(
                network, [.. states.Skip(block * Together).Take(Together)], input, steps, cancellation);
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < current.Length; i++)
            {
                int state = (block * Together) + i;
                (ends[state], outputs[state]) = (current[i], system.ReadOut(current[i]));
            }
        });
        return new(ends, outputs);
    }
}
