using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Comparison;

/// <summary>
/// Who learns a problem in fewer presentations, trial by trial. Of a run that its budget ended nothing is known but
/// that it had not learned by then; one that was stuck or diverged would never have learned. A trial counts for one
/// side only where that is sure.
/// </summary>
/// <param name="ours">One contender.</param>
/// <param name="theirs">The other, on the same trials.</param>
public sealed class Duel(Race ours, Race theirs)
{
    private readonly (Outcome Ours, Outcome Theirs, int Noise)[] pairs = [.. ours.Pairs(theirs)];

    /// <summary>Trials in which both were judged.</summary>
    public int Trials => pairs.Length;

    /// <summary>Of the trials that both learned, the ratio of our presentations to theirs.</summary>
    public double[] Ratios
        => [.. from pair in pairs
               where pair.Ours.Converged && pair.Theirs.Converged
               select (double)pair.Ours.Presentations / pair.Theirs.Presentations];

    /// <summary>
    /// Trials that we learned more than <paramref name="times"/> times as fast as they did, against those in which we
    /// were not as fast as that.
    /// </summary>
    /// <param name="times">At least 1; a trial in which both were equally fast counts for neither.</param>
    public SignTest Sign(double times)
        => new(
            pairs.Count(pair => pair.Ours.Converged && times * pair.Ours.Presentations < LeastTime(pair.Theirs)),
            pairs.Count(pair => pair.Theirs.Converged && pair.Theirs.Presentations < times * LeastTime(pair.Ours)));

    /// <summary>Presentations that learning takes, or is known to take at least.</summary>
    private static double LeastTime(Outcome run)
        => run.Ending is Ending.Converged or Ending.OutOfPresentations ? run.Presentations : double.PositiveInfinity;
}
