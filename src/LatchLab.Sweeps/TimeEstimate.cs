using System.Diagnostics;
using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// Estimates the time of a sweep on this machine from a short measurement. The first trials of a sample of its
/// configurations are run, twice as many each time, until the run takes long enough. What the trials of a configuration
/// need is estimated as during a run (<see cref="RunProgress"/>). The speed of the last doubling gives the lower end of
/// the range, because lanes may have been empty before; that of the whole last run, which includes its start, the upper
/// end.
/// </summary>
/// <param name="Range">The estimate; null if not even the first trials completed within the limit.</param>
/// <param name="Trials">The number of measured trials.</param>
public sealed record TimeEstimate(TimeRange? Range, long Trials)
{
    /// <summary>The longest measurement.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10.0);

    private const int MaxConfigurations = 200;

    private static readonly TimeSpan SufficientTime = TimeSpan.FromSeconds(1.0);

    /// <summary>Runs the measurement.</summary>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static TimeEstimate Measure(
        SweepPlan plan, RunOptions options, long trialCount, CancellationToken cancellation = default)
    {
        var stopwatch = Stopwatch.StartNew();
        using var timeLimitSource = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeLimitSource.CancelAfter(TimeLimit);
        RunProgress? last = null;
        (double Work, TimeSpan Time) previous = default, current = default;
        try
        {
            for (int trials = 1; current.Time < SufficientTime && !(last?.CompletedTrials >= trialCount);
                trials = checked(2 * trials))
            {
                Sweep[] sample = [.. CreateSample(plan, trials)];
                var progress = RunProgress.Create(plan.Sweeps);
                TimeSpan start = stopwatch.Elapsed;
                TrialRunner.Run(sample, options, progress, timeLimitSource.Token);
                (previous, current) = (current, (progress.CompletedWork, stopwatch.Elapsed - start));
                bool isComplete = progress.CompletedTrials == last?.CompletedTrials;
                last = progress;
                if (isComplete)
                    break; // every trial of the sampled configurations has been measured
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            if (last is null)
                return new(Range: null, Trials: 0);
        }

        TimeSpan whole = current.Time / current.Work;
        double addedWork = current.Work - previous.Work;
        TimeSpan added = addedWork <= 0.0 ? whole : (current.Time - previous.Time) / addedWork;
        return new(
            last!.EstimateDuration(
                added < whole && added > TimeSpan.Zero ? added : whole, added > whole ? added : whole, trialCount),
            last.CompletedTrials);
    }

    /// <summary>Selects the first trials of configurations that are spread evenly over the plan.</summary>
    private static IEnumerable<Sweep> CreateSample(SweepPlan plan, int trials)
    {
        int step = ((plan.ConfigurationCount - 1) / MaxConfigurations) + 1, configurationIndex = 0;
        foreach (SweepPart part in plan.Parts)
        {
            TrainingConfiguration[] configurations =
                [.. part.Configurations.Where(_ => configurationIndex++ % step == 0)];
            if (configurations.Length > 0)
                yield return new(part.Name, configurations, Math.Min(trials, part.TrialsPerConfiguration));
        }
    }
}
