using System.Diagnostics;

namespace LatchLab.Experiments;

/// <summary>
/// How long a sweep will probably take on this machine, from a short measurement: the first trials of some of its cells
/// are run, twice as many each time, until that has taken a while. What the last doubling took is the least that so
/// many more trials take, for lanes may have been empty; its mean is the most, for starting up is in it.
/// </summary>
/// <param name="Least">The shorter estimate.</param>
/// <param name="Most">The longer one; null if not even the first trials ended in time.</param>
/// <param name="Trials">Trials that were measured.</param>
public sealed record TimeEstimate(TimeSpan Least, TimeSpan? Most, long Trials)
{
    private const int MostCells = 200;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1.0), Limit = TimeSpan.FromSeconds(10.0);

    /// <summary>Measures.</summary>
    /// <param name="plan">What is to be run.</param>
    /// <param name="options">How.</param>
    /// <param name="wanted">Trials that are to be run.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static TimeEstimate Measure(
        SweepPlan plan, RunOptions options, long wanted, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        (long Trials, TimeSpan Time) before = default, last = default;
        try
        {
            for (int trials = 1; last.Time < Enough && last.Trials < wanted; trials = checked(2 * trials))
            {
                Sweep[] sample = [.. Sample(plan, trials)];
                TimeSpan start = clock.Elapsed;
                Runner.Run(sample, options, cancellation: limit.Token);
                (before, last) = (last, (sample.Sum(sweep => (long)sweep.Count), clock.Elapsed - start));
                if (last.Trials == before.Trials)
                    break; // every trial of the sample's cells has been measured
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            if (last.Trials == 0)
                return new(Limit, Most: null, Trials: 0);
        }

        TimeSpan mean = last.Time * ((double)wanted / last.Trials);
        long more = last.Trials - before.Trials;
        TimeSpan slope = more == 0 ? mean : (last.Time - before.Time) * ((double)wanted / more);
        return new(slope < mean && slope > TimeSpan.Zero ? slope : mean, slope > mean ? slope : mean, last.Trials);
    }

    /// <summary>The first trials of cells that are spread evenly over the plan.</summary>
    private static IEnumerable<Sweep> Sample(SweepPlan plan, int trials)
    {
        int step = ((plan.CellCount - 1) / MostCells) + 1, cell = 0;
        foreach (SweepPart part in plan.Parts)
        {
            Cell[] chosen = [.. part.Cells.Where(_ => cell++ % step == 0)];
            if (chosen.Length > 0)
                yield return new(part.Name, chosen, Math.Min(trials, part.Trials));
        }
    }
}
