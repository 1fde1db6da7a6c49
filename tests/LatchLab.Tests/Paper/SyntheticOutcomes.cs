using LatchLab.Paper.Comparison;
using LatchLab.Training;

namespace LatchLab.Tests.Paper;

/// <summary>Runs with synthetic outcomes, so that the conclusions are known in advance.</summary>
internal static class SyntheticOutcomes
{
    public const int Budget = 1000;

    public static Outcome Learned(int presentations) => new(StopReason.Converged, presentations, 0, 0.0)
    {
        TestError = 0.0,
    };

    public static Outcome Failed(
        double error = 0.5, StopReason stopReason = StopReason.BudgetExhausted,
        int presentations = Budget)
        => new(stopReason, presentations, 0, 1.0) { TestError = error };

    /// <summary>
    /// Runs on Latch at noise 0 with T = 10 and T = 20; both lengths share the same outcomes unless others are given.
    /// </summary>
    public static AlgorithmRuns Of(Algorithm algorithm, IReadOnlyList<Outcome> runs,
        IReadOnlyList<Outcome>? longer = null)
        => Of(algorithm, [10, 20], runs, longer ?? runs);

    /// <summary>Runs on Latch at noise 0.</summary>
    public static AlgorithmRuns Of(Algorithm algorithm, int[] lengths, params IReadOnlyList<Outcome>[] runs)
    {
        Problem problem = Problem.Latch;
        var sweep = new Sweep(
            "made up",
            [.. lengths.Select(
                length => problem.CreateConfiguration(algorithm, algorithm.Learner, length, 0.0, Budget))],
            runs[0].Count);
        var outcomes = new SweepOutcomes(sweep);
        foreach ((int i, Outcome outcome) in runs.SelectMany(atLength => atLength).Index())
            outcomes.SetOutcome(i, outcome, []);
        return new(problem, algorithm, lengths, [0.0], outcomes);
    }

    public static Outcome[] Many(int count, Func<int, Outcome> outcome)
        => [.. Enumerable.Range(0, count).Select(outcome)];
}
