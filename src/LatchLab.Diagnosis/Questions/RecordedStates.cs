using LatchLab.Dynamics;
using LatchLab.Networks;

namespace LatchLab.Diagnosis.Questions;

/// <summary>What another program computed for the sequences, to check that a network was read as it is meant.</summary>
/// <param name="Hidden">[sequence][step][hidden value of the last layer]; null if not recorded.</param>
/// <param name="Cells">[sequence][step][cell value] of an LSTM of one layer; null if not recorded.</param>
/// <param name="Outputs">[sequence][step][output]; a single step is the last. Null if not recorded.</param>
public sealed record RecordedStates(
    IReadOnlyList<double[][]>? Hidden, IReadOnlyList<double[][]>? Cells, IReadOnlyList<double[][]>? Outputs)
{
    private const int FirstSteps = 10;  // after which errors of a chaotic network have not grown far
    private const double SinglePrecision = 1.0 / (1 << 24);

    /// <summary>What was recorded of the first sequences.</summary>
    public RecordedStates Take(int count) => new(
        Hidden?.Take(count).ToArray(), Cells?.Take(count).ToArray(), Outputs?.Take(count).ToArray());

    /// <summary>Compares a network with what was recorded.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The sequences of the recording.</param>
    /// <param name="run">The network on them.</param>
    public ImportCheck Compare(CellDefinition network, SequenceData data, NetworkTrajectories run)
    {
        double? oneStep = CanRestart(network, run) ? CompareOneStep(network, data, run) : null,
            first = null, free = null, outputs = null;
        int hidden = run.HiddenValues[^1].First;
        if (Hidden is not null)
        {
            first = CompareStates(run, hidden, Math.Min(FirstSteps, run.Length));
            free = CompareStates(run, hidden, run.Length);
        }

        if (Outputs is not null)
            outputs = CompareOutputs(run, oneStep is null && first is null ? FirstSteps : run.Length);
        return new(oneStep, first, free, outputs, FindTolerance(network, data, run));
    }

    /// <summary>
    /// Whether every state is known at every step: one layer, and the cell values where there are any.
    /// </summary>
    private bool CanRestart(CellDefinition network, NetworkTrajectories run)
        => Hidden is not null && network.Size.Layers == 1
            && (run.StateSize == run.HiddenValues[0].Count || Cells is not null);

    /// <summary>
    /// The largest difference of s_t from that of one step from the recorded state: it does not grow along the orbit,
    /// so that it tells a right network from a wrong one where the network is chaotic, too.
    /// </summary>
    private double CompareOneStep(CellDefinition network, SequenceData data, NetworkTrajectories run)
    {
        double worst = 0.0;
        double[] state = new double[run.StateSize];
        for (int i = 0; i < run.Sequences; i++)
        {
            int length = run.Length;
            double[][] starts = [.. Enumerable.Range(0, length).Select(t => t == 0 ? new double[run.StateSize]
                : [.. Hidden![i][t - 1], .. Cells?[i][t - 1] ?? []])];
            double[][][] inputs = [.. data.Inputs[i].Select(input => new[] { input })];
            NetworkTrajectories steps = NetworkTrajectories.Run(network, inputs, starts);
            for (int t = 0; t < length; t++)
            {
                steps.CopyState(t, 1, state);
                double[] recorded = [.. Hidden![i][t], .. Cells?[i][t] ?? []];
                worst = Math.Max(worst, LargestDifference(state, recorded));
            }
        }

        return worst;
    }

    private double CompareStates(NetworkTrajectories run, int firstHidden, int steps)
    {
        double worst = 0.0;
        double[] state = new double[run.StateSize];
        for (int i = 0; i < run.Sequences; i++)
        {
            for (int t = 1; t <= steps; t++)
            {
                run.CopyState(i, t, state);
                worst = Math.Max(worst, LargestDifference(state.AsSpan(firstHidden), Hidden![i][t - 1]));
            }
        }

        return worst;
    }

    private double CompareOutputs(NetworkTrajectories run, int steps)
    {
        double worst = 0.0;
        double[] outputs = new double[run.Outputs];
        for (int i = 0; i < run.Sequences; i++)
        {
            int recorded = Outputs![i].Length, skipped = run.Length - recorded;
            int count = recorded == run.Length ? Math.Min(steps, recorded) : recorded;
            for (int t = 0; t < count; t++)
            {
                run.CopyOutputs(i, skipped + t + 1, outputs);
                worst = Math.Max(worst, LargestDifference(outputs, Outputs[i][t]));
            }
        }

        return worst;
    }

    /// <summary>
    /// What arithmetic in single precision may change in ten steps: a sum of n + m products is off by as many roundings
    /// of the largest sum of their sizes, of which a step passes on at most the norm of its weights.
    /// </summary>
    private static double FindTolerance(CellDefinition network, SequenceData data, NetworkTrajectories run)
    {
        double weight = network.Parameters.Max(Math.Abs), input = data.Inputs.Max(
            sequence => sequence.Max(step => step.Max(Math.Abs)));
        int terms = run.HiddenValues[0].Count + run.Inputs + 2;
        return FirstSteps * SinglePrecision * terms * Math.Max(1.0, weight * Math.Max(1.0, input));
    }

    private static double LargestDifference(ReadOnlySpan<double> values, ReadOnlySpan<double> recorded)
    {
        double worst = 0.0;
        for (int i = 0; i < recorded.Length; i++)
        {
            double difference = Math.Abs(values[i] - recorded[i]);
            worst = difference > worst || double.IsNaN(difference) ? difference : worst;
        }

        return worst;
    }
}

/// <summary>The largest differences between a network and what was recorded of it.</summary>
/// <param name="OneStep">Of hidden values, one step from each recorded state; null if states are not complete.</param>
/// <param name="FirstSteps">Of hidden values in the first ten steps; null if not recorded.</param>
/// <param name="FreeRun">Of hidden values in all steps; it may be large where the network is chaotic.</param>
/// <param name="Outputs">Of outputs; in the first ten steps, if states are not recorded. Null if not recorded.</param>
/// <param name="Tolerance">What single precision explains.</param>
public readonly record struct ImportCheck(
    double? OneStep, double? FirstSteps, double? FreeRun, double? Outputs, double Tolerance)
{
    /// <summary>The difference that decides.</summary>
    public double Deciding => OneStep ?? FirstSteps ?? Outputs ?? double.NaN;

    /// <summary>Whether the network is the one that was recorded.</summary>
    public bool IsPassed => Deciding <= Tolerance;
}
