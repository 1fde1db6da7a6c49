using System.Diagnostics;

namespace LatchLab.Training;

/// <summary>
/// How far a run is: trials that have ended, their rate, and an estimate of the time left. Trials are weighted by
/// what they are expected to take.
/// </summary>
public sealed class RunProgress
{
    // A unit of expected work: 20,000 presentations of a step of the latching neuron, of which about half are needed.
    private const double SecondsPerWorkUnit = 1.5e-5;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly double _totalWork; // sum of the expected work
    private long _completedTrials;
    private double _completedWork;

    private RunProgress(IReadOnlyCollection<(Configuration Configuration, long Trials)> configurations)
    {
        Trials = configurations.Sum(item => item.Trials);
        _totalWork = configurations.Sum(item => item.Configuration.ExpectedWork * item.Trials);
        Monitor = new(configurations.Sum(item => item.Configuration.Budget * item.Trials));
    }

    /// <summary>The progress of a run of these sweeps.</summary>
    public static RunProgress Create(IReadOnlyList<Sweep> sweeps)
        => Create(
            [.. from sweep in sweeps from cell in sweep.Configurations select (cell,
                (long)sweep.TrialsPerConfiguration)]);

    /// <summary>The progress of a run of so many trials of these cells.</summary>
    public static RunProgress Create(IReadOnlyCollection<(Configuration Configuration, long Trials)> configurations)
        => new(configurations);

    /// <summary>What the trials have learned so far.</summary>
    public TrainingMonitor Monitor { get; }

    /// <summary>Trials of the whole run.</summary>
    public long Trials { get; }

    /// <summary>Trials that have ended.</summary>
    public long CompletedTrials => Interlocked.Read(ref _completedTrials);

    /// <summary>The part of the work that is done, 0 to 1.</summary>
    public double Fraction => _totalWork == 0.0 ? 1.0 : Volatile.Read(ref _completedWork) / _totalWork;

    /// <summary>Trials a second so far.</summary>
    public double TrialsPerSecond => CompletedTrials / Math.Max(1e-3, _clock.Elapsed.TotalSeconds);

    /// <summary>An estimate of the time left; null as long as there is nothing to judge from.</summary>
    public TimeSpan? TimeLeft
        => Fraction > 0.0 ? _clock.Elapsed * ((1.0 - Fraction) / Fraction) : null;

    /// <summary>
    /// A rough guess of what the whole run takes, before anything is known of this machine: from a processor of 2025.
    /// </summary>
    public TimeSpan EstimateDuration(int threadCount)
        => TimeSpan.FromSeconds(_totalWork * SecondsPerWorkUnit / threadCount);

    /// <summary>Counts a trial that has ended.</summary>
    /// <param name="work">Its expected work.</param>
    public void AddCompletedTrial(double work)
    {
        Interlocked.Increment(ref _completedTrials);
        double previousWork, updatedWork;
        do
        {
            previousWork = Volatile.Read(ref _completedWork);
            updatedWork = previousWork + work;
        }
        while (Interlocked.CompareExchange(ref _completedWork, updatedWork, previousWork) != previousWork);
    }
}
