using LatchLab.Paper.Comparison;
using LatchLab.Training;

namespace LatchLab.Tests.Paper;

/// <summary>Races whose outcomes are made up, so that what is concluded from them is known beforehand.</summary>
internal static class SyntheticOutcomes
{
    public const int Budget = 1000;

    public static Outcome Learned(int presentations) => new(StopReason.Converged, presentations, 0, 0.0)
    {
        TestError = 0.0,
    };

    public static Outcome Failed(
        double error = 0.5, StopReason ending = StopReason.OutOfPresentations, int temperatures = 0, int spent = Budget)
        => new(ending, spent, 0, 1.0) { TestError = error, CompletedTemperatures = temperatures };

    /// <summary>A race on Latch at noise 0, T = 10 and 20, the same runs at both unless others are given.</summary>
    public static AlgorithmRuns Of(Algorithm contender, IReadOnlyList<Outcome> runs,
        IReadOnlyList<Outcome>? longer = null)
        => Of(contender, [10, 20], runs, longer ?? runs);

    /// <summary>A race on Latch at noise 0.</summary>
    public static AlgorithmRuns Of(Algorithm contender, int[] lengths, params IReadOnlyList<Outcome>[] runs)
    {
        Problem problem = Problem.Latch;
        var sweep = new Sweep(
            "made up",
            [.. lengths.Select(
                length => problem.CreateConfiguration(contender, contender.Learner, length, 0.0, Budget))],
            runs[0].Count);
        var outcomes = new SweepOutcomes(sweep);
        foreach ((int i, Outcome outcome) in runs.SelectMany(atLength => atLength).Index())
            outcomes.SetOutcome(i, outcome, []);
        return new(problem, contender, lengths, [0.0], outcomes);
    }

    public static Outcome[] Many(int count, Func<int, Outcome> outcome)
        => [.. Enumerable.Range(0, count).Select(outcome)];
}
