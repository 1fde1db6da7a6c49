using LatchLab.Statistics;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Sweeps.Tuning;

/// <summary>
/// What a search minimizes: the mean share of incorrect held-out sequences, where a trial that diverged has the error
/// 1; for numbers the median root mean square error of the outputs, in units of the label, where it has +∞.
/// </summary>
public static class TuningScore
{
    private const double DivergedError = 1.0;

    /// <summary>Whether the score is a share of incorrect sequences.</summary>
    public static bool IsShare(TrainingConfiguration configuration)
        => configuration.Task.Targets != TargetKind.Values;

    /// <summary>Estimates the score.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="outcomes">The outcomes of its trials.</param>
    public static Estimate Compute(TrainingConfiguration configuration, IReadOnlyList<Outcome> outcomes)
    {
        if (IsShare(configuration))
            return OutcomeSummary.EstimateTestError(outcomes, configuration.TestSequences, DivergedError);

        // The cost of a sequence is ½Σ_k (x_k − d_k)², or the mean of that over its steps.
        double scale = Math.Sqrt(2.0 / configuration.Task.Outputs)
            * configuration.Task.GetLabelUnitsPerOutput(configuration.Scoring.HalfRange);
        return OutcomeSummary.EstimateMedian(
            outcomes.Select(outcome => double.IsNaN(outcome.TestCost) ? double.PositiveInfinity
                : scale * Math.Sqrt(outcome.TestCost)), double.PositiveInfinity);
    }
}
