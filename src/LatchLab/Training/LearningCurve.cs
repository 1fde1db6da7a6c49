namespace LatchLab.Training;

/// <summary>The mean error and cost of trials during training.</summary>
/// <param name="Presentations">Training presentations of a trial so far.</param>
/// <param name="Error">
/// The mean share of incorrect training sequences in a pass, as the learner saw them; a trial that has ended counts
/// with its training error, a running search with its best point.
/// </param>
/// <param name="Cost">The mean cost of a training sequence, likewise; NaN if that of a trial is not finite.</param>
/// <param name="RunningTrials">The trials that had not ended before.</param>
public readonly record struct LearningCurvePoint(int Presentations, double Error, double Cost, int RunningTrials)
{
    /// <summary>Computes the curve of trials.</summary>
    /// <param name="trials">The snapshots of each trial, in the order of presentations; at least one each.</param>
    public static IReadOnlyList<LearningCurvePoint> Compute(
        IReadOnlyList<IReadOnlyList<DiagnosticSnapshot>> trials)
        =>
        [
            .. from presentations in trials.SelectMany(trial => trial).Select(snapshot => snapshot.Presentations)
                   .Distinct().Order()
               let last = trials.Select(trial => trial.Last(
                   snapshot => snapshot.Presentations <= presentations
                       || snapshot.Presentations == trial[0].Presentations)).ToArray()
               select new LearningCurvePoint(
                   presentations, last.Average(snapshot => snapshot.Error), last.Average(snapshot => snapshot.Cost),
                   trials.Count(trial => trial[^1].Presentations >= presentations)),
        ];
}
