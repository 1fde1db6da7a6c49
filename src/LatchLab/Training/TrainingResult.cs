using LatchLab.Networks;
using LatchLab.Statistics;

namespace LatchLab.Training;

/// <summary>The results of the trials of a configuration. All intervals are 95 % intervals.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="outcomes">The outcomes, in the order of the trials.</param>
/// <param name="seed">The seed of the run, also used by the bootstrap.</param>
public sealed class TrainingResult(TrainingConfiguration configuration, IReadOnlyList<Outcome> outcomes, ulong seed)
{
    /// <summary>The configuration.</summary>
    public TrainingConfiguration Configuration => configuration;

    /// <summary>The outcomes: [trial].</summary>
    public IReadOnlyList<Outcome> Outcomes => outcomes;

    /// <summary>The proportion of trials that converged.</summary>
    public Proportion SuccessRate { get; } = new(outcomes.Count(outcome => outcome.IsConverged), outcomes.Count);

    /// <summary>Number of tested trials: all trials that did not diverge.</summary>
    public int TestedTrials { get; } = outcomes.Count(outcome => double.IsFinite(outcome.TestError));

    /// <summary>Mean share of incorrect test sequences; null if no trial was tested.</summary>
    public BootstrapInterval? TestError { get; } = ComputeMean(outcomes.Select(outcome => outcome.TestError), seed);

    /// <summary>
    /// Mean over trials of the root mean square error on test sequences, in the units of the label; null if no trial
    /// was tested.
    /// </summary>
    public BootstrapInterval? RootMeanSquareError { get; } = ComputeMean(
        outcomes.Select(outcome => configuration.ComputeRootMeanSquareError(outcome.TestCost)), seed);

    /// <summary>Mean share of incorrect training sequences; null if no trial was tested.</summary>
    public BootstrapInterval? TrainingError { get; } = ComputeMean(outcomes.Select(outcome => outcome.TrainingError),
        seed);

    /// <summary>Training presentations of all trials.</summary>
    public long Presentations { get; } = outcomes.Sum(outcome => (long)outcome.Presentations);

    /// <summary>Evaluation presentations of all trials.</summary>
    public long EvaluationPresentations { get; } = outcomes.Sum(outcome => (long)outcome.EvaluationPresentations);

    /// <summary>Training presentations that were counted but skipped.</summary>
    public long SkippedPresentations { get; } = outcomes.Sum(outcome => outcome.SkippedPresentations);

    /// <summary>Index of the best trial.</summary>
    public int BestTrial { get; } = FindBestTrial([.. outcomes], configuration.UsesRootMeanSquareError);

    /// <summary>The parameters of the best trial.</summary>
    public required IReadOnlyList<double> BestParameters { get; init; }

    /// <summary>The network of the best trial; null if one of its parameters is not finite.</summary>
    public NetworkDefinition? BestNetwork
        => BestParameters.All(double.IsFinite) ? configuration.CreateNetwork(BestParameters) : null;

    /// <summary>The duration of the run.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The number of trials with the given stop reason.</summary>
    public int CountTrials(StopReason reason) => outcomes.Count(outcome => outcome.StopReason == reason);

    /// <summary>
    /// The number of presentations after which the given share of all trials had converged; +∞ if fewer converged.
    /// </summary>
    /// <param name="share">The share; above 0, up to 1.</param>
    public double PresentationsToSuccess(double share)
    {
        int[] sortedPresentations = [.. from outcome in outcomes
                           where outcome.IsConverged
                           orderby outcome.Presentations
                           select outcome.Presentations];
        var rank = (int)Math.Ceiling(share * outcomes.Count);
        return rank <= sortedPresentations.Length ? sortedPresentations[rank - 1] : double.PositiveInfinity;
    }

    /// <summary>
    /// Returns the index of the best trial. Trials are ordered by convergence, then by test error, then by
    /// presentations, then by index.
    /// </summary>
    /// <param name="outcomes">The outcomes, in the order of the trials.</param>
    /// <param name="byTestCost">Whether the test cost replaces the share of incorrect test sequences.</param>
    public static int FindBestTrial(ReadOnlySpan<Outcome> outcomes, bool byTestCost = false)
        => outcomes.ToArray().Index()
            .OrderBy(trial => trial.Item.IsConverged ? 0 : 1)
            .ThenBy(trial => NaNToInfinity(byTestCost ? trial.Item.TestCost : trial.Item.TestError))
            .ThenBy(trial => trial.Item.Presentations)
            .First().Index;

    /// <summary>Orders unknown errors last.</summary>
    private static double NaNToInfinity(double error) => double.IsNaN(error) ? double.PositiveInfinity : error;

    private static BootstrapInterval? ComputeMean(IEnumerable<double> values, ulong seed)
    {
        double[] finiteValues = [.. values.Where(double.IsFinite)];
        return finiteValues.Length == 0 ? null : BootstrapInterval.EstimateMean(finiteValues, seed);
    }
}
