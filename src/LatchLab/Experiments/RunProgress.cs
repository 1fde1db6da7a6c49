using System.Diagnostics;

namespace LatchLab.Experiments;

/// <summary>
/// How far a run is: trials that have ended, their rate, and an estimate of the time left. Trials are weighted by
/// what they are expected to take.
/// </summary>
public sealed class RunProgress
{
    // A unit of expected work: 20,000 presentations of a step of the latching neuron, of which about half are needed.
    private const double SecondsOfWork = 1.5e-5;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly double weight; // sum of the expected work
    private long ended;
    private double endedWeight;

    private RunProgress(IReadOnlyCollection<(Cell Cell, long Trials)> cells)
    {
        Trials = cells.Sum(part => part.Trials);
        weight = cells.Sum(part => part.Cell.ExpectedWork * part.Trials);
        Live = new(cells.Sum(part => part.Cell.Budget * part.Trials));
    }

    /// <summary>The progress of a run of these sweeps.</summary>
    public static RunProgress Of(IReadOnlyList<Sweep> sweeps)
        => Of([.. from sweep in sweeps from cell in sweep.Cells select (cell, (long)sweep.Trials)]);

    /// <summary>The progress of a run of so many trials of these cells.</summary>
    public static RunProgress Of(IReadOnlyCollection<(Cell Cell, long Trials)> cells) => new(cells);

    /// <summary>What the trials have learned so far.</summary>
    public LiveTrials Live { get; }

    /// <summary>Trials of the whole run.</summary>
    public long Trials { get; }

    /// <summary>Trials that have ended.</summary>
    public long Ended => Interlocked.Read(ref ended);

    /// <summary>The part of the work that is done, 0 to 1.</summary>
    public double Fraction => weight == 0.0 ? 1.0 : Volatile.Read(ref endedWeight) / weight;

    /// <summary>Trials a second so far.</summary>
    public double Rate => Ended / Math.Max(1e-3, clock.Elapsed.TotalSeconds);

    /// <summary>An estimate of the time left; null as long as there is nothing to judge from.</summary>
    public TimeSpan? TimeLeft
        => Fraction > 0.0 ? clock.Elapsed * ((1.0 - Fraction) / Fraction) : null;

    /// <summary>
    /// A rough guess of what the whole run takes, before anything is known of this machine: from a processor of 2025.
    /// </summary>
    public TimeSpan Expected(int threads) => TimeSpan.FromSeconds(weight * SecondsOfWork / threads);

    /// <summary>Counts a trial that has ended.</summary>
    /// <param name="work">Its expected work.</param>
    public void Add(double work)
    {
        Interlocked.Increment(ref ended);
        double before, after;
        do
        {
            before = Volatile.Read(ref endedWeight);
            after = before + work;
        }
        while (Interlocked.CompareExchange(ref endedWeight, after, before) != before);
    }
}
