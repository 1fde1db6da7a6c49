using LatchLab.Networks;
using LatchLab.Statistics;
using LatchLab.Tasks;

namespace LatchLab.Training;

/// <summary>The results of the trials of a configuration.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="outcomes">The outcomes, in the order of the trials.</param>
public sealed class TrainingResult(TrainingConfiguration configuration, IReadOnlyList<Outcome> outcomes)
{
    /// <summary>The configuration.</summary>
    public TrainingConfiguration Configuration => configuration;

    /// <summary>The outcomes: [trial].</summary>
    public IReadOnlyList<Outcome> Outcomes => outcomes;

    /// <summary>What counts as success; null for convergence.</summary>
    public SuccessCriterion? SuccessCriterion { get; init; }

    /// <summary>Success, errors and presentations.</summary>
    public OutcomeSummary Summary => field ??= OutcomeSummary.Create(
        configuration, outcomes,
        SuccessCriterion is null ? null : trial => SuccessCriterion.IsMet(Tests.ElementAtOrDefault(trial)));

    /// <summary>Training presentations that were counted but skipped.</summary>
    public long SkippedPresentations { get; } = outcomes.Sum(outcome => outcome.SkippedPresentations);

    /// <summary>Index of the best trial.</summary>
    public int BestTrial { get; } = FindBestTrial(outcomes, configuration.UsesRootMeanSquareError);

    /// <summary>The parameters of the best trial.</summary>
    public required IReadOnlyList<double> BestParameters { get; init; }

    /// <summary>The answers of the best trial to its test; null for numbers, or if it was not tested.</summary>
    public ConfusionMatrix? BestConfusion { get; init; }

    /// <summary>
    /// The mean training error of the first <see cref="TrainingRun.MaxCurveTrials"/> trials during training; empty if
    /// no trial was trained.
    /// </summary>
    public IReadOnlyList<LearningCurvePoint> LearningCurve { get; init; } = [];

    /// <summary>The tests of the trials: [trial], null for a trial that was not tested.</summary>
    public IReadOnlyList<TrialMetrics?> Tests { get; init; } = [];

    /// <summary>
    /// What the units of the final networks do: [trial], null for a trial that diverged, and after the first
    /// <see cref="TrainingRun.MaxCurveTrials"/>.
    /// </summary>
    public IReadOnlyList<UnitActivity?> Activities { get; init; } = [];

    /// <summary>
    /// The mean over trials of the share of saturated values of units and gates; unknown if none can saturate.
    /// </summary>
    public Estimate SaturatedShare
        => Estimate.OfMean([.. Activities.OfType<UnitActivity>().Select(activity => activity.SaturatedShare)
            .Where(double.IsFinite)]);

    /// <summary>The metrics of the tests over trials.</summary>
    public IReadOnlyList<MetricSummary> Metrics
        => [.. Metric.Of(configuration.Task.Targets).Select(metric => metric.Summarize(Tests.OfType<TrialMetrics>()))];

    /// <summary>The answers of all tests together; null for numbers, or if no trial was tested.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>
    /// The mean share of test sequences whose largest outputs are equal, which counts as an error, so that the error of
    /// units that saturate or have a threshold can exceed that of guessing. NaN unless there is an output per class and
    /// the mean test error exceeds the chance level.
    /// </summary>
    public double TiedTestShare
        => configuration.Scoring is { Targets: TargetKind.Classes, Tolerance: 0.0 }
            && Summary.TestError.Value > configuration.ChanceError
                ? Tests.OfType<TrialMetrics>().Select(test => test.TiedShare).DefaultIfEmpty(double.NaN).Average()
                : double.NaN;

    /// <summary>The network of the best trial; null if one of its parameters is not finite.</summary>
    public NetworkDefinition? BestNetwork
        => BestParameters.All(double.IsFinite) ? configuration.CreateNetwork(BestParameters) : null;

    /// <summary>
    /// What the network of the best trial needs to read raw data; null if the task generates its sequences.
    /// </summary>
    /// <param name="seed">The seed of the run.</param>
    public NetworkData? DescribeData(ulong seed)
        => configuration.Task.DescribeData(configuration.CreateRandom(seed, BestTrial), configuration.OutputRange);

    /// <summary>The duration of the run.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Returns the index of the best trial (<see cref="BestTrial{T}"/>).</summary>
    /// <param name="outcomes">The outcomes, in the order of the trials.</param>
    /// <param name="byTestCost">Whether the test cost replaces the share of incorrect test sequences.</param>
    public static int FindBestTrial(IReadOnlyList<Outcome> outcomes, bool byTestCost = false)
    {
        var best = new BestTrial<int>(byTestCost);
        foreach ((int trial, Outcome outcome) in outcomes.Index())
            best.Offer(trial, outcome, trial);
        return best.Value;
    }
}
