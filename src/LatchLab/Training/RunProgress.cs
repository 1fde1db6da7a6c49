using System.Diagnostics;

namespace LatchLab.Training;

/// <summary>
/// The progress of a run: completed trials, their rate, and an estimate of the time left. The work of a trial is the
/// expected work of its configuration times the share of the budget that it used; the trials of a configuration that
/// are left are assumed to need what its completed trials needed on average.
/// </summary>
public sealed class RunProgress
{
    private const double Deviations = 2.0; // the range covers about 95 %

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private readonly Dictionary<TrainingConfiguration, ConfigurationProgress> _configurations =
        new(ReferenceEqualityComparer.Instance);

    private readonly double _expectedWork; // of all trials
    private double _completedExpectedWork;
    private long _completedTrials, _completedPresentations;

    private RunProgress(IReadOnlyCollection<(TrainingConfiguration Configuration, long Trials)> configurations)
    {
        foreach ((TrainingConfiguration configuration, long trials) in configurations)
        {
            if (!_configurations.TryGetValue(configuration, out ConfigurationProgress? progress))
                _configurations.Add(configuration, progress = new(configuration.ExpectedWork));
            progress.Trials += trials;
        }

        Trials = configurations.Sum(item => item.Trials);
        _expectedWork = _configurations.Values.Sum(progress => progress.ExpectedWork * progress.Trials);
        Monitor = new(configurations.Sum(item => item.Configuration.Budget * item.Trials));
    }

    /// <summary>Creates the progress of a run of sweeps.</summary>
    public static RunProgress Create(IReadOnlyList<Sweep> sweeps)
        => Create(
            [.. from sweep in sweeps from configuration in sweep.Configurations select (configuration,
                (long)sweep.TrialsPerConfiguration)]);

    /// <summary>Creates the progress of a run of configurations, each with its number of trials.</summary>
    public static RunProgress Create(
        IReadOnlyCollection<(TrainingConfiguration Configuration, long Trials)> configurations)
        => new(configurations);

    /// <summary>The training error and speed of the trials so far.</summary>
    public TrainingMonitor Monitor { get; }

    /// <summary>Number of trials in the run.</summary>
    public long Trials { get; }

    /// <summary>Number of completed trials.</summary>
    public long CompletedTrials => Interlocked.Read(ref _completedTrials);

    /// <summary>The completed fraction of the expected work, 0 to 1.</summary>
    public double Fraction => _expectedWork == 0.0 ? 1.0 : Volatile.Read(ref _completedExpectedWork) / _expectedWork;

    /// <summary>Mean rate of completed trials, per second.</summary>
    public double TrialsPerSecond => CompletedTrials / Math.Max(1e-3, _clock.Elapsed.TotalSeconds);

    /// <summary>
    /// An estimate of the time left; null until the first trials are complete. The speed includes the running trials.
    /// At the end fewer trials run at a time: the rest then takes as long as the longest trial, which may have begun
    /// only now.
    /// </summary>
    public TimeRange? TimeLeft
    {
        get
        {
            WorkEstimate work = EstimateWork();
            if (work.Done == 0.0)
                return null;
            long presentations = Interlocked.Read(ref _completedPresentations);
            double running = work.Done * Math.Max(0.0, ((double)Monitor.Presentations / presentations) - 1.0);
            (TimeSpan elapsed, TimeSpan trialTime) = (_clock.Elapsed, Monitor.TrialTime);
            int trials = Monitor.RunningTrials;
            double parallel = Trials - CompletedTrials > trials ? Math.Max(trials, trialTime / elapsed) : trials;
            if (trialTime == TimeSpan.Zero || parallel == 0.0)
                (trialTime, parallel) = (elapsed, 1.0); // nothing is measured yet
            TimeSpan unit = trialTime / (work.Done + running); // of one trial by itself
            TimeRange range = TimeRange.Create(work.Left - running, Deviations * work.Deviation, unit / parallel),
                longest = TimeRange.Create(work.LongestTrial, 0.0, unit);
            return longest.Most > range.Most ? range with { Most = longest.Most } : range;
        }
    }

    /// <summary>Adds a completed trial.</summary>
    public void AddCompletedTrial(TrainingConfiguration configuration, in Outcome outcome)
    {
        ConfigurationProgress progress = _configurations[configuration];
        double share = (double)(outcome.Presentations + outcome.EvaluationPresentations) / configuration.Budget;
        lock (_gate)
        {
            progress.Add(progress.ExpectedWork * share);
            _completedExpectedWork += progress.ExpectedWork;
            _completedPresentations += outcome.Presentations;
            _completedTrials++;
        }
    }

    /// <summary>
    /// Estimates how long a run of trials takes, from the completed trials and a speed.
    /// </summary>
    /// <param name="least">The least time that a unit of work takes.</param>
    /// <param name="most">The most time that it takes.</param>
    /// <param name="trialCount">The number of trials, of the same mixture of configurations.</param>
    public TimeRange EstimateDuration(TimeSpan least, TimeSpan most, long trialCount)
    {
        WorkEstimate work = EstimateWork();
        double all = (work.Done + work.Left) * trialCount / Trials;
        double deviation = Deviations * work.Deviation * trialCount / Trials;
        return new(
            TimeRange.Create(all, deviation, least).Least, TimeRange.Create(all, deviation, most).Most);
    }

    /// <summary>The work of the completed trials, in arbitrary units.</summary>
    public double CompletedWork => EstimateWork().Done;

    private WorkEstimate EstimateWork()
    {
        lock (_gate)
        {
            double done = _configurations.Values.Sum(progress => progress.Work);

            // Configurations without completed trials are assumed to use the same share of their expected work.
            double share = _completedExpectedWork == 0.0 ? 0.0 : done / _completedExpectedWork;
            double left = 0.0, variance = 0.0, longest = 0.0;
            foreach (ConfigurationProgress progress in _configurations.Values)
            {
                (double mean, double trialVariance) = progress.EstimateTrial(share);
                long trials = progress.Trials - progress.Completed;
                left += trials * mean;
                double longestTrial = Math.Max(progress.Longest, mean + (Deviations * Math.Sqrt(trialVariance)));
                longest = trials > 0 ? Math.Max(longest, longestTrial) : longest;
                variance += trialVariance * trials * (1.0 + ((double)trials / Math.Max(1, progress.Completed)));
            }

            return new(done, left, Math.Sqrt(variance), longest);
        }
    }

    /// <summary>
    /// The work of the completed trials, that of the others with its standard deviation, and that of the longest of
    /// these.
    /// </summary>
    private readonly record struct WorkEstimate(double Done, double Left, double Deviation, double LongestTrial);

    private sealed class ConfigurationProgress(double expectedWork)
    {
        private double _squares;

        public double ExpectedWork => expectedWork;

        public long Trials { get; set; }

        public long Completed { get; private set; }

        public double Work { get; private set; }

        /// <summary>The most work of a completed trial.</summary>
        public double Longest { get; private set; }

        public void Add(double work)
        {
            Completed++;
            Work += work;
            Longest = Math.Max(Longest, work);
            _squares += work * work;
        }

        /// <summary>
        /// The mean and the variance of the work of a trial. With fewer than two completed trials, its standard
        /// deviation is assumed to equal its mean.
        /// </summary>
        public (double Mean, double Variance) EstimateTrial(double share)
        {
            double mean = Completed == 0 ? expectedWork * share : Work / Completed;
            return (mean, Completed < 2 ? mean * mean : Math.Max(0.0, _squares - (mean * Work)) / (Completed - 1));
        }
    }
}

/// <summary>An estimate of a time: with a probability of about 95 % it lies between two values.</summary>
/// <param name="Least">The lower value.</param>
/// <param name="Most">The upper value.</param>
public readonly record struct TimeRange(TimeSpan Least, TimeSpan Most)
{
    /// <summary>The time that an amount of work takes; as long as a time can be if it is longer.</summary>
    internal static TimeRange Create(double work, double halfWidth, TimeSpan timePerUnit)
    {
        return new(Multiply(work - halfWidth), Multiply(work + halfWidth));

        TimeSpan Multiply(double amount) => TimeSpan.FromSeconds(Math.Min(
            Math.Max(0.0, amount) * timePerUnit.TotalSeconds, 0.9 * TimeSpan.MaxValue.TotalSeconds));
    }
}
