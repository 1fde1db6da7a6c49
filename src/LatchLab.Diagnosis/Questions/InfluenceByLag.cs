using LatchLab.Dynamics;
using LatchLab.Networks;

namespace LatchLab.Diagnosis.Questions;

/// <summary>
/// How far back the network remembers: the root mean square, over sequences, times t and outputs, of the change of the
/// outputs at t + k when the input at t alone is exchanged for that of the next sequence. The exchange is finite, so
/// that it shows what a latch stores, where the gradient shows nothing.
/// </summary>
/// <param name="Changes">[k], k = 0 … T − 1.</param>
/// <param name="OutputSpread">The standard deviation of the outputs over all sequences and steps.</param>
/// <param name="Sequences">The sequences that were used.</param>
/// <param name="Stride">The steps between the times t that were used; 1 for all.</param>
public sealed record InfluenceByLag(IReadOnlyList<double> Changes, double OutputSpread, int Sequences, int Stride)
{
    /// <summary>
    /// Products of a weight and a value that are spent on this question by default: some seconds of one core.
    /// </summary>
    public const double DefaultWork = 5e10;

    private const int FewSequences = 16; // of a large network

    /// <summary>
    /// The largest lag at which the change is at least a share of that at lag 0; T − 1 if it does not fall below.
    /// </summary>
    public int FindReach(double share)
    {
        int reach = Changes.Count - 1;
        while (reach > 0 && !(Changes[reach] >= share * Changes[0]))
            reach--;
        return reach;
    }

    /// <summary>Computes the changes. There must be at least two sequences.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The sequences.</param>
    /// <param name="run">The network on them.</param>
    /// <param name="work">The products that may be spent; fewer times and sequences are used if all need more.</param>
    /// <param name="cancellation">Ends the computation.</param>
    public static InfluenceByLag Compute(
        CellDefinition network, SequenceData data, NetworkTrajectories run, double work = DefaultWork,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Inputs.Count, 2, nameof(data));
        int length = data.Length, count = data.Inputs.Count;
        double allTimes = 0.5 * length * length * network.Parameters.Count;
        if (allTimes * count > work)
            count = Math.Min(count, FewSequences);
        int stride = Math.Max(1, (int)Math.Ceiling(allTimes * count / work));
        double[] squares = new double[length], states = new double[run.StateSize], exchanged = new double[run.Outputs],
            original = new double[run.Outputs];
        var times = new int[length];
        for (int t = 1; t <= length; t += stride)
        {
            cancellation.ThrowIfCancellationRequested();
            var starts = new double[count][];
            var inputs = new double[count][][];
            for (int i = 0; i < count; i++)
            {
                run.CopyState(i, t - 1, states);
                starts[i] = [.. states];
                inputs[i] = data.Inputs[i][(t - 1)..];
                inputs[i][0] = data.Inputs[(i + 1) % data.Inputs.Count][t - 1];
            }

            NetworkTrajectories changed = NetworkTrajectories.Run(network, inputs, starts);
            for (int k = 0; k <= length - t; k++)
            {
                times[k]++;
                for (int i = 0; i < count; i++)
                {
                    changed.CopyOutputs(i, k + 1, exchanged);
                    run.CopyOutputs(i, t + k, original);
                    for (int j = 0; j < exchanged.Length; j++)
                        squares[k] += (exchanged[j] - original[j]) * (exchanged[j] - original[j]);
                }
            }
        }

        return new(
            [.. squares.Zip(times).Where(pair => pair.Second > 0).Select(
                pair => Math.Sqrt(pair.First / ((double)pair.Second * count * run.Outputs)))],
            ComputeSpread(run), count, stride);
    }

    private static double ComputeSpread(NetworkTrajectories run)
    {
        var outputs = new double[run.Sequences * run.Length][];
        for (int i = 0; i < outputs.Length; i++)
            run.CopyOutputs(i / run.Length, (i % run.Length) + 1, outputs[i] = new double[run.Outputs]);
        return OutputSpreads.Compute(outputs);
    }
}

/// <summary>The spread of vectors of outputs.</summary>
internal static class OutputSpreads
{
    /// <summary>√ of the mean over vectors and components of the squared deviation from the mean vector.</summary>
    public static double Compute(IReadOnlyList<double[]> vectors)
    {
        double sum = 0.0;
        for (int j = 0; j < vectors[0].Length; j++)
        {
            double mean = vectors.Average(vector => vector[j]);
            sum += vectors.Average(vector => (vector[j] - mean) * (vector[j] - mean));
        }

        return Math.Sqrt(sum / vectors[0].Length);
    }
}
