namespace LatchLab.Diagnosis.Questions;

/// <summary>Sequences that a network is diagnosed on, all of the same length.</summary>
/// <param name="Source">Where they come from, for the report.</param>
/// <param name="Inputs">[sequence][step][input]: at least one sequence of at least one step.</param>
public sealed record SequenceData(string Source, IReadOnlyList<double[][]> Inputs)
{
    /// <summary>
    /// [sequence][step][output]: the targets of the last steps; a single step is the last. Null without targets.
    /// </summary>
    public IReadOnlyList<double[][]>? Targets { get; init; }

    /// <summary>Whether they were drawn because no data were given.</summary>
    public bool IsMadeUp { get; init; }

    /// <summary>What was left out or changed, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>T.</summary>
    public int Length => Inputs[0].Length;

    /// <summary>The mean input; of one-hot inputs, the most frequent symbol.</summary>
    public double[] FindTypicalInput()
    {
        double[][] steps = [.. Inputs.SelectMany(sequence => sequence)];
        if (steps.All(IsOneHot) && steps[0].Length > 1)
            return steps.MaxBy(step => Count(steps, Array.IndexOf(step, 1.0)))!;
        return [.. Enumerable.Range(0, steps[0].Length).Select(i => steps.Average(step => step[i]))];
    }

    private static bool IsOneHot(double[] step) => step.Count(value => value == 1.0) == 1 && step.Sum() == 1.0
        && step.All(value => value is 0.0 or 1.0);

    private static int Count(double[][] steps, int symbol) => steps.Count(step => step[symbol] == 1.0);
}
