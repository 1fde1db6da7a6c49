using System.Diagnostics;

namespace LatchLab.Training;

/// <summary>
/// The progress of a run: completed trials, their rate, and an estimate of the time left. Trials are weighted by their
/// expected work.
/// </summary>
public sealed class RunProgress
{
    // A unit of expected work is 20,000 presentations of one step of the latching neuron, about half of them needed.
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

    /// <summary>Creates the progress of a run of sweeps.</summary>
    public static RunProgress Create(IReadOnlyList<Sweep> sweeps)
        => Create(
            [.. from sweep in sweeps from cell in sweep.Configurations select (cell,
                (long)sweep.TrialsPerConfiguration)]);

    /// <summary>Creates the progress of a run of configurations, each with its number of trials.</summary>
    public static RunProgress Create(IReadOnlyCollection<(Configuration Configuration, long Trials)> configurations)
        => new(configurations);

    /// <summary>The training error and speed of the trials so far.</summary>
    public TrainingMonitor Monitor { get; }

    /// <summary>Number of trials in the run.</summary>
    public long Trials { get; }

    /// <summary>Number of completed trials.</summary>
    public long CompletedTrials => Interlocked.Read(ref _completedTrials);

    /// <summary>The completed fraction of the expected work, 0 to 1.</summary>
    public double Fraction => _totalWork == 0.0 ? 1.0 : Volatile.Read(ref _completedWork) / _totalWork;

    /// <summary>Mean rate of completed trials, per second.</summary>
    public double TrialsPerSecond => CompletedTrials / Math.Max(1e-3, _clock.Elapsed.TotalSeconds);

    /// <summary>An estimate of the time left; null until the first trial is complete.</summary>
    public TimeSpan? TimeLeft
        => Fraction > 0.0 ? _clock.Elapsed * ((1.0 - Fraction) / Fraction) : null;

    /// <summary>
    /// A rough estimate of the duration of the run before it starts. It assumes the speed of a 2025 processor.
    /// </summary>
    public TimeSpan EstimateDuration(int threadCount)
        => TimeSpan.FromSeconds(_totalWork * SecondsPerWorkUnit / threadCount);

    /// <summary>Adds a completed trial.</summary>
    /// <param name="work">The expected work of the trial.</param>
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
