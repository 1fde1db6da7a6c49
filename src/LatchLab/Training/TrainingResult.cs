using LatchLab.Networks;
using LatchLab.Statistics;

namespace LatchLab.Training;

/// <summary>What came out of the trials of a cell. Every interval is one of 95 %.</summary>
/// <param name="configuration">The cell.</param>
/// <param name="outcomes">The outcomes, in the order of the trials.</param>
/// <param name="seed">Also the key of the bootstrap.</param>
public sealed class TrainingResult(TrainingConfiguration configuration, IReadOnlyList<Outcome> outcomes, ulong seed)
{
    /// <summary>The cell.</summary>
    public TrainingConfiguration Configuration => configuration;

    /// <summary>[trial].</summary>
    public IReadOnlyList<Outcome> Outcomes => outcomes;

    /// <summary>How many of the trials converged.</summary>
    public Proportion SuccessRate { get; } = new(outcomes.Count(outcome => outcome.IsConverged), outcomes.Count);

    /// <summary>Trials that were tested at their end: all but those that diverged.</summary>
    public int TestedTrials { get; } = outcomes.Count(outcome => double.IsFinite(outcome.TestError));

    /// <summary>Mean share of fresh sequences that were wrong; null where no trial was tested.</summary>
    public BootstrapInterval? TestError { get; } = ComputeMean(outcomes.Select(outcome => outcome.TestError), seed);

    /// <summary>
    /// Mean root mean square of the errors of outputs on test sequences, in the units of the label; null where no trial
    /// was tested.
    /// </summary>
    public BootstrapInterval? RootMeanSquareError { get; } = ComputeMean(
        outcomes.Select(outcome => configuration.ComputeRootMeanSquareError(outcome.TestCost)), seed);

    /// <summary>Mean share of training sequences that were wrong; null where no trial was tested.</summary>
    public BootstrapInterval? TrainingError { get; } = ComputeMean(outcomes.Select(outcome => outcome.TrainingError),
        seed);

    /// <summary>Presentations that taught, of all trials together.</summary>
    public long Presentations { get; } = outcomes.Sum(outcome => (long)outcome.Presentations);

    /// <summary>Presentations that only judged.</summary>
    public long EvaluationPresentations { get; } = outcomes.Sum(outcome => (long)outcome.EvaluationPresentations);

    /// <summary>Of the presentations that count as having taught, those that were left out.</summary>
    public long SkippedPresentations { get; } = outcomes.Sum(outcome => outcome.SkippedPresentations);

    /// <summary>Number of the best trial.</summary>
    public int BestTrial { get; } = FindBestTrial([.. outcomes], configuration.UsesRootMeanSquareError);

    /// <summary>The parameters of the best trial.</summary>
    public required IReadOnlyList<double> BestParameters { get; init; }

    /// <summary>The network of the best trial; null if a parameter of it is no finite number.</summary>
    public NetworkDefinition? BestNetwork
        => BestParameters.All(double.IsFinite) ? configuration.CreateNetwork(BestParameters) : null;

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many trials ended so.</summary>
    public int CountTrials(StopReason reason) => outcomes.Count(outcome => outcome.StopReason == reason);

    /// <summary>
    /// Presentations after which this share of all trials had converged; +∞ where fewer did, whatever became of them.
    /// </summary>
    /// <param name="share">Above 0, up to 1.</param>
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
    /// The number of the best trial: converged before others, then the least error on fresh sequences, then the fewest
    /// presentations, then the first.
    /// </summary>
    /// <param name="outcomes">The outcomes, in the order of the trials.</param>
    /// <param name="byTestCost">Whether the error is the cost on fresh sequences, not the share that is wrong.</param>
    public static int FindBestTrial(ReadOnlySpan<Outcome> outcomes, bool byTestCost = false)
        => outcomes.ToArray().Index()
            .OrderBy(trial => trial.Item.IsConverged ? 0 : 1)
            .ThenBy(trial => NaNToInfinity(byTestCost ? trial.Item.TestCost : trial.Item.TestError))
            .ThenBy(trial => trial.Item.Presentations)
            .First().Index;

    /// <summary>What is not known comes last.</summary>
    private static double NaNToInfinity(double error) => double.IsNaN(error) ? double.PositiveInfinity : error;

    private static BootstrapInterval? ComputeMean(IEnumerable<double> values, ulong seed)
    {
        double[] finiteValues = [.. values.Where(double.IsFinite)];
        return finiteValues.Length == 0 ? null : BootstrapInterval.EstimateMean(finiteValues, seed);
    }
}
