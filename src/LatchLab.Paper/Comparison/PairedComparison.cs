using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// Compares two algorithms by the presentations they need to learn a problem, trial by trial. A run that exhausted its
/// budget is censored: it had not learned by then. A run that was stuck or diverged would never have learned. A trial
/// counts for one algorithm only if the order is certain.
/// </summary>
internal sealed class PairedComparison(AlgorithmRuns first, AlgorithmRuns second)
{
    private readonly (Outcome First, Outcome Second, int Noise)[] _pairs = [.. first.Pair(second)];

    /// <summary>The number of trials in which both are eligible.</summary>
    public int TrialCount => _pairs.Length;

    /// <summary>
    /// The ratio of the first algorithm's presentations to the second's, for the trials that both learned.
    /// </summary>
    public double[] PresentationRatios
        => [.. from pair in _pairs
               where pair.First.IsConverged && pair.Second.IsConverged
               select (double)pair.First.Presentations / pair.Second.Presentations];

    /// <summary>
    /// Compares the trials that the first algorithm learned more than <paramref name="factor"/> times as fast as the
    /// second with the trials in which it certainly did not.
    /// </summary>
    /// <param name="factor">At least 1. A trial at exactly this ratio counts for neither.</param>
    public SignTest ComputeSignTest(double factor)
        => new(
            _pairs.Count(
                pair => pair.First.IsConverged
                    && factor * pair.First.Presentations < MinimumPresentations(pair.Second)),
            _pairs.Count(
                pair => pair.Second.IsConverged
                    && pair.Second.Presentations < factor * MinimumPresentations(pair.First)));

    /// <summary>The presentations that learning takes, or a lower bound of them.</summary>
    private static double MinimumPresentations(Outcome run)
        => run.StopReason is StopReason.Converged or StopReason.BudgetExhausted ? run.Presentations
            : double.PositiveInfinity;
}
