using LatchLab.Numerics;
using LatchLab.Statistics;

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

    /// <summary>The word of random numbers that no configuration of an experiment uses.</summary>
    internal const uint RandomWord = 5;

    private const int DrawnSequences = 16, DrawnSteps = 100;

    /// <summary>The first sequences.</summary>
    /// <param name="count">How many at most.</param>
    public SequenceData Take(int count) => Inputs.Count <= count ? this : this with
    {
        Inputs = [.. Inputs.Take(count)],
        Targets = Targets is null ? null : [.. Targets.Take(count)],
        Remarks = [.. Remarks, $"the first {count} of {Inputs.Count} sequences were used"],
    };

    /// <summary>T.</summary>
    public int Length => Inputs[0].Length;

    /// <summary>
    /// Draws inputs from the standard normal distribution, for a network without data: the answers are about such
    /// inputs.
    /// </summary>
    /// <param name="inputs">m.</param>
    /// <param name="seed">The seed.</param>
    public static SequenceData Draw(int inputs, ulong seed)
    {
        const double half = 1.0 / (1UL << 54);  // no draw is 0, whose quantile is infinite
        var draws = new UniformStream(seed, Purpose.StartingPoints, item: 1, RandomWord, trial: 0);
        double[] DrawStep()
            => [.. Enumerable.Range(0, inputs).Select(_ => NormalDistribution.Quantile(draws.Next() + half))];
        return new("made-up input (standard normal)",
            [.. Enumerable.Range(0, DrawnSequences).Select(_ => Enumerable.Range(0, DrawnSteps)
                .Select(_ => DrawStep()).ToArray())])
        {
            IsMadeUp = true,
        };
    }

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
