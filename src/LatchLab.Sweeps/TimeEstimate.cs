using System.Diagnostics;
using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// Estimates the time of a sweep on this machine from a short measurement. The first trials of a sample of its
/// configurations are run, twice as many each time, until the run takes long enough. The time that the last doubling
/// added gives the lower estimate, because lanes may have been empty before; the mean time per trial of the last run
/// gives the upper estimate, because it includes the start-up time.
/// </summary>
/// <param name="LowerBound">The lower estimate.</param>
/// <param name="UpperBound">The upper estimate; null if not even the first trials completed within the limit.</param>
/// <param name="Trials">The number of measured trials.</param>
public sealed record TimeEstimate(TimeSpan LowerBound, TimeSpan? UpperBound, long Trials)
{
    private const int MaxConfigurations = 200;

    private static readonly TimeSpan SufficientTime = TimeSpan.FromSeconds(1.0), TimeLimit = TimeSpan.FromSeconds(10.0);

    /// <summary>Runs the measurement.</summary>
    /// <param name="plan">The plan to run.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="trialCount">The number of trials to run.</param>
    /// <param name="cancellation">Cancels the measurement.</param>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static TimeEstimate Measure(
        SweepPlan plan, RunOptions options, long trialCount, CancellationToken cancellation = default)
    {
        var stopwatch = Stopwatch.StartNew();
        using var timeLimitSource = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeLimitSource.CancelAfter(TimeLimit);
        (long Trials, TimeSpan Time) previous = default, last = default;
        try
        {
            for (int trials = 1; last.Time < SufficientTime && last.Trials < trialCount; trials = checked(2 * trials))
            {
                Sweep[] sample = [.. CreateSample(plan, trials)];
                TimeSpan start = stopwatch.Elapsed;
                TrialRunner.Run(sample, options, cancellation: timeLimitSource.Token);
                (previous, last) = (last, (sample.Sum(sweep => (long)sweep.TrialCount), stopwatch.Elapsed - start));
                if (last.Trials == previous.Trials)
                    break; // every trial of the sampled configurations has been measured
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            if (last.Trials == 0)
                return new(TimeLimit, UpperBound: null, Trials: 0);
        }

        TimeSpan proportionalTime = last.Time * ((double)trialCount / last.Trials);
        long addedTrials = last.Trials - previous.Trials;
        TimeSpan marginalTime = addedTrials == 0 ? proportionalTime
            : (last.Time - previous.Time) * ((double)trialCount / addedTrials);
        return new(marginalTime < proportionalTime && marginalTime > TimeSpan.Zero ? marginalTime : proportionalTime,
            marginalTime > proportionalTime ? marginalTime : proportionalTime, last.Trials);
    }

    /// <summary>Selects the first trials of configurations that are spread evenly over the plan.</summary>
    private static IEnumerable<Sweep> CreateSample(SweepPlan plan, int trials)
    {
        int step = ((plan.ConfigurationCount - 1) / MaxConfigurations) + 1, configurationIndex = 0;
        foreach (SweepPart part in plan.Parts)
        {
            Configuration[] configurations = [.. part.Configurations.Where(_ => configurationIndex++ % step == 0)];
            if (configurations.Length > 0)
                yield return new(part.Name, configurations, Math.Min(trials, part.TrialsPerConfiguration));
        }
    }
}
