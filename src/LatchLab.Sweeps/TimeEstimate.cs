using System.Diagnostics;
using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// How long a sweep will probably take on this machine, from a short measurement: the first trials of some of its cells
/// are run, twice as many each time, until that has taken a while. What the last doubling took is the least that so
/// many more trials take, for lanes may have been empty; its mean is the most, for starting up is in it.
/// </summary>
/// <param name="LowerBound">The shorter estimate.</param>
/// <param name="UpperBound">The longer one; null if not even the first trials ended in time.</param>
/// <param name="Trials">Trials that were measured.</param>
public sealed record TimeEstimate(TimeSpan LowerBound, TimeSpan? UpperBound, long Trials)
{
    private const int MaxConfigurations = 200;

    private static readonly TimeSpan SufficientTime = TimeSpan.FromSeconds(1.0), TimeLimit = TimeSpan.FromSeconds(10.0);

    /// <summary>Measures.</summary>
    /// <param name="plan">What is to be run.</param>
    /// <param name="options">How.</param>
    /// <param name="trialCount">Trials that are to be run.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
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
                    break; // every trial of the sample's cells has been measured
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

    /// <summary>The first trials of cells that are spread evenly over the plan.</summary>
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
