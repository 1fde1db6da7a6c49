using LatchLab.Statistics;

namespace LatchLab.Training;

/// <summary>
/// The summary of the trials of a configuration: success, errors and presentations with 95 % intervals. It is the only
/// one: <c>train</c>, <c>tune</c> and the figures create it from outcomes, <c>run</c>, <c>report</c> and <c>export</c>
/// from the totals of a ledger, where the medians are accurate to half a bin of <see cref="Histogram"/>.
/// </summary>
public sealed record OutcomeSummary
{
    private readonly OutcomeTotals _totals;
    private readonly Func<long, double> _presentationsAtRank;

    private OutcomeSummary(
        OutcomeTotals totals, Func<long, double> presentationsAtRank, Func<long, double> testCostAtRank, double budget)
    {
        (_totals, _presentationsAtRank, Budget) = (totals, presentationsAtRank, budget);
        Successes = totals[StopReason.Converged];
        Success = Estimate.OfProportion(Successes, totals.Trials);
        TestError = Estimate.OfMeanShare(totals.IncorrectTestSequences, totals.IncorrectTestSequencesSquared,
            totals.TestedTrials, totals.TestSequences);
        TrainingError = Estimate.OfMeanShare(
            totals.IncorrectTrainingSequences, totals.IncorrectTrainingSequencesSquared, totals.FinalEvaluations,
            totals.TrainingSequences);
        Presentations = Estimate.OfMedian(presentationsAtRank, totals.Trials, budget);
        TestCost = Estimate.OfMedian(testCostAtRank, totals.TestCost.TotalCount, double.NaN);
    }

    /// <summary>The number of trials.</summary>
    public long Trials => _totals.Trials;

    /// <summary>The largest number of presentations of a trial; NaN if unknown.</summary>
    public double Budget { get; }

    /// <summary>The number of trials that succeeded: those that converged unless another criterion is given.</summary>
    public long Successes { get; private init; }

    /// <summary>The share of trials that succeeded.</summary>
    public Estimate Success { get; private init; }

    /// <summary>
    /// The mean share of incorrect test sequences over the tested trials; a trial that diverged has no test. A
    /// comparison counts an error for it, too (<see cref="ForComparison"/>).
    /// </summary>
    public Estimate TestError { get; init; }

    /// <summary>The mean share of incorrect training sequences of the trials with a final evaluation.</summary>
    public Estimate TrainingError { get; }

    /// <summary>
    /// The median of the presentations to convergence over all trials; a trial that did not converge counts as later
    /// than all others. A comparison may use those until a trial stopped by itself; the quantiles remain those to
    /// convergence.
    /// </summary>
    public Estimate Presentations { get; init; }

    /// <summary>The median over the tested trials of the mean cost of a test sequence.</summary>
    public Estimate TestCost { get; }

    /// <summary>
    /// The root mean square error at a mean cost of 1, in units of the label; NaN if tests do not use this metric.
    /// </summary>
    public double RootMeanSquareErrorScale { get; init; } = double.NaN;

    /// <summary>Whether tests use the root mean square error.</summary>
    public bool UsesRootMeanSquareError => !double.IsNaN(RootMeanSquareErrorScale);

    /// <summary>
    /// The median over the tested trials of the root mean square error on test sequences, in units of the label.
    /// </summary>
    public Estimate RootMeanSquareError => new(
        RootMeanSquareErrorScale * Math.Sqrt(TestCost.Value),
        RootMeanSquareErrorScale * Math.Sqrt(TestCost.Lower),
        RootMeanSquareErrorScale * Math.Sqrt(TestCost.Upper));

    /// <summary>Training presentations of all trials.</summary>
    public long TrainingPresentations => _totals.Presentations;

    /// <summary>Evaluation presentations of all trials.</summary>
    public long EvaluationPresentations => _totals.EvaluationPresentations;

    /// <summary>The number of trials with a stop reason.</summary>
    public long this[StopReason reason] => _totals[reason];

    /// <summary>Creates the summary of a configuration in a ledger.</summary>
    /// <param name="totals">The totals over the trials.</param>
    /// <param name="budget">The largest number of presentations of a trial; NaN if unknown.</param>
    public static OutcomeSummary Create(OutcomeTotals totals, double budget)
        => new(
            totals,
            rank => rank > totals.PresentationsToConvergence.TotalCount ? double.PositiveInfinity
                : totals.PresentationsToConvergence.GetValueAtRank(rank, isInteger: true),
            rank => totals.TestCost.GetValueAtRank(rank, isInteger: false),
            budget);

    /// <summary>Creates the summary of trials in memory.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="outcomes">The outcomes, in the order of the trials.</param>
    /// <param name="hasSucceeded">Whether the trial of an index has succeeded; null for convergence.</param>
    public static OutcomeSummary Create(
        TrainingConfiguration configuration, IEnumerable<Outcome> outcomes, Predicate<int>? hasSucceeded = null)
    {
        var totals = new OutcomeTotals(configuration.TrainingSequences, configuration.TestSequences);
        var presentations = new List<double>();
        var testCosts = new List<double>();
        foreach ((int trial, Outcome outcome) in outcomes.Index())
        {
            totals.Add(outcome);
            bool isSuccess = hasSucceeded?.Invoke(trial) ?? outcome.IsConverged;
            presentations.Add(isSuccess ? outcome.Presentations : double.PositiveInfinity);
            if (double.IsFinite(outcome.TestCost))
                testCosts.Add(outcome.TestCost);
        }

        presentations.Sort();
        testCosts.Sort();
        long successes = presentations.Count(double.IsFinite);
        return new(
            totals, rank => presentations[(int)rank - 1], rank => testCosts[(int)rank - 1], configuration.Budget)
        {
            RootMeanSquareErrorScale = configuration.RootMeanSquareErrorScale,
            Successes = successes,
            Success = Estimate.OfProportion(successes, totals.Trials),
        };
    }

    /// <summary>
    /// Returns the summary for a comparison of algorithms: with the error of every trial, which is chance level if it
    /// diverged, and the presentations that a trial is compared by.
    /// </summary>
    /// <param name="outcomes">The trials of this summary.</param>
    /// <param name="testSequences">The number of test sequences of a trial.</param>
    /// <param name="presentations">The presentations of a trial; +∞ beyond the budget.</param>
    public OutcomeSummary ForComparison(
        IReadOnlyCollection<Outcome> outcomes, int testSequences, Func<Outcome, double> presentations)
        => this with
        {
            TestError = EstimateTestError(outcomes, testSequences, Outcome.ChanceLevel),
            Presentations = EstimateMedian(outcomes.Select(presentations), Budget),
        };

    /// <summary>Estimates the mean test error where an error counts for a trial that diverged, too.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="testSequences">The number of test sequences of a trial.</param>
    /// <param name="divergedError">The error of a trial that diverged: 0, 0.5 or 1.</param>
    public static Estimate EstimateTestError(
        IEnumerable<Outcome> outcomes, int testSequences, double divergedError)
    {
        // Halves of sequences, so that an error of 0.5 is a whole number of them.
        int halves = 2 * testSequences;
        long sum = 0, sumOfSquares = 0, trials = 0;
        foreach (Outcome outcome in outcomes)
        {
            double error = double.IsNaN(outcome.TestError) ? divergedError : outcome.TestError;
            var incorrect = (long)Math.Round(error * halves);
            (sum, sumOfSquares, trials) = (sum + incorrect, sumOfSquares + (incorrect * incorrect), trials + 1);
        }

        return Estimate.OfMeanShare(sum, sumOfSquares, trials, halves);
    }

    /// <summary>Estimates the median of presentations.</summary>
    /// <param name="presentations">The presentations of each trial; +∞ beyond the budget.</param>
    /// <param name="budget">The budget.</param>
    public static Estimate EstimateMedian(IEnumerable<double> presentations, double budget)
    {
        double[] sorted = [.. presentations.Order()];
        return Estimate.OfMedian(rank => sorted[rank - 1], sorted.Length, budget);
    }

    /// <summary>
    /// The number of presentations after which a share of all trials had converged; +∞ if fewer converged.
    /// </summary>
    /// <param name="share">The share; above 0, up to 1.</param>
    public double GetPresentationsQuantile(double share)
        => Trials == 0 ? double.NaN : _presentationsAtRank((long)Math.Ceiling(share * Trials));
}
