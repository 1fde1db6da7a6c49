using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Comparison;

/// <summary>
/// Who learns a problem in fewer presentations, trial by trial. Of a run that its budget ended nothing is known but
/// that it had not learned by then; one that was stuck or diverged would never have learned. A trial counts for one
/// side only where that is sure.
/// </summary>
/// <param name="first">One contender.</param>
/// <param name="second">The other, on the same trials.</param>
public sealed class PairedComparison(AlgorithmRuns first, AlgorithmRuns second)
{
    private readonly (Outcome First, Outcome Second, int Noise)[] _pairs = [.. first.Pair(second)];

    /// <summary>Trials in which both were judged.</summary>
    public int TrialCount => _pairs.Length;

    /// <summary>Of the trials that both learned, the ratio of our presentations to theirs.</summary>
    public double[] PresentationRatios
        => [.. from pair in _pairs
               where pair.First.IsConverged && pair.Second.IsConverged
               select (double)pair.First.Presentations / pair.Second.Presentations];

    /// <summary>
    /// Trials that we learned more than <paramref name="factor"/> times as fast as they did, against those in which we
    /// were not as fast as that.
    /// </summary>
    /// <param name="factor">At least 1; a trial in which both were equally fast counts for neither.</param>
    public SignTest ComputeSignTest(double factor)
        => new(
            _pairs.Count(
                pair => pair.First.IsConverged
                    && factor * pair.First.Presentations < MinimumPresentations(pair.Second)),
            _pairs.Count(
                pair => pair.Second.IsConverged
                    && pair.Second.Presentations < factor * MinimumPresentations(pair.First)));

    /// <summary>Presentations that learning takes, or is known to take at least.</summary>
    private static double MinimumPresentations(Outcome run)
        => run.StopReason is StopReason.Converged or StopReason.OutOfPresentations ? run.Presentations
            : double.PositiveInfinity;
}
