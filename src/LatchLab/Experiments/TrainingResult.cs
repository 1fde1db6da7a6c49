using LatchLab.Experiments.Statistics;
using LatchLab.Networks;

namespace LatchLab.Experiments;

/// <summary>What came out of the trials of a cell. Every interval is one of 95 %.</summary>
/// <param name="cell">The cell.</param>
/// <param name="outcomes">The outcomes, in the order of the trials.</param>
/// <param name="seed">Also the key of the bootstrap.</param>
public sealed class TrainingResult(ProblemCell cell, IReadOnlyList<Outcome> outcomes, ulong seed)
{
    /// <summary>The cell.</summary>
    public ProblemCell Cell => cell;

    /// <summary>[trial].</summary>
    public IReadOnlyList<Outcome> Outcomes => outcomes;

    /// <summary>How many of the trials converged.</summary>
    public Proportion Success { get; } = new(outcomes.Count(outcome => outcome.Converged), outcomes.Count);

    /// <summary>Trials that were tested at their end: all but those that diverged.</summary>
    public int Tested { get; } = outcomes.Count(outcome => double.IsFinite(outcome.FreshError));

    /// <summary>Mean share of fresh sequences that were wrong; null where no trial was tested.</summary>
    public Bootstrap? FreshError { get; } = Mean(outcomes.Select(outcome => outcome.FreshError), seed);

    /// <summary>
    /// Mean root mean square of the errors of outputs on test sequences, in the units of the label; null where no trial
    /// was tested.
    /// </summary>
    public Bootstrap? RootMeanSquareError { get; } = Mean(
        outcomes.Select(outcome => cell.RootMeanSquareError(outcome.FreshCost)), seed);

    /// <summary>Mean share of training sequences that were wrong; null where no trial was tested.</summary>
    public Bootstrap? TrainingError { get; } = Mean(outcomes.Select(outcome => outcome.TrainingError), seed);

    /// <summary>Presentations that taught, of all trials together.</summary>
    public long Presentations { get; } = outcomes.Sum(outcome => (long)outcome.Presentations);

    /// <summary>Presentations that only judged.</summary>
    public long JudgingPresentations { get; } = outcomes.Sum(outcome => (long)outcome.JudgingPresentations);

    /// <summary>Of the presentations that count as having taught, those that were left out.</summary>
    public long Saved { get; } = outcomes.Sum(outcome => outcome.Saved);

    /// <summary>Number of the best trial.</summary>
    public int Best { get; } = BestOf([.. outcomes], cell.IsMeasuredByCost);

    /// <summary>The parameters of the best trial.</summary>
    public required IReadOnlyList<double> BestParameters { get; init; }

    /// <summary>The network of the best trial; null if a parameter of it is no finite number.</summary>
    public NetworkDefinition? BestNetwork
        => BestParameters.All(double.IsFinite) ? cell.NetworkWith(BestParameters) : null;

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>How many trials ended so.</summary>
    public int Count(Ending ending) => outcomes.Count(outcome => outcome.Ending == ending);

    /// <summary>
    /// Presentations after which this share of all trials had converged; +∞ where fewer did, whatever became of them.
    /// </summary>
    /// <param name="share">Above 0, up to 1.</param>
    public double PresentationsToSuccess(double share)
    {
        int[] needed = [.. from outcome in outcomes
                           where outcome.Converged
                           orderby outcome.Presentations
                           select outcome.Presentations];
        var rank = (int)Math.Ceiling(share * outcomes.Count);
        return rank <= needed.Length ? needed[rank - 1] : double.PositiveInfinity;
    }

    /// <summary>
    /// The number of the best trial: converged before others, then the least error on fresh sequences, then the fewest
    /// presentations, then the first.
    /// </summary>
    /// <param name="outcomes">The outcomes, in the order of the trials.</param>
    /// <param name="byCost">Whether the error is the cost on fresh sequences, not the share that is wrong.</param>
    public static int BestOf(ReadOnlySpan<Outcome> outcomes, bool byCost = false)
        => outcomes.ToArray().Index()
            .OrderBy(trial => trial.Item.Converged ? 0 : 1)
            .ThenBy(trial => InOrder(byCost ? trial.Item.FreshCost : trial.Item.FreshError))
            .ThenBy(trial => trial.Item.Presentations)
            .First().Index;

    /// <summary>What is not known comes last.</summary>
    private static double InOrder(double error) => double.IsNaN(error) ? double.PositiveInfinity : error;

    private static Bootstrap? Mean(IEnumerable<double> values, ulong seed)
    {
        double[] tested = [.. values.Where(double.IsFinite)];
        return tested.Length == 0 ? null : Bootstrap.OfMean(tested, seed);
    }
}
