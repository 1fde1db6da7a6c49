using System.Diagnostics;
using System.Text.Json;
using LatchLab.Numerics;
using LatchLab.Training;

namespace LatchLab.Comparison.Work;

/// <summary>
/// Measures whole runs of LatchLab itself, with the trial runner of the user's commands: first a few trials, so that
/// the code is compiled, then all trials. The result is one line of JSON.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="options">Seed, threads and lanes.</param>
internal sealed class LatchLabRun(EndToEndRun run, RunOptions options)
{
    // Short runs are repeated, and the median is reported.
    private const double MinTotalSeconds = 1.0;
    private const int MaxRepetitions = 9;
    private const int WarmUpTrials = 8;

    private readonly Dictionary<(TrainingConfiguration, int), long> _stepsPerTrial = [];

    /// <summary>Runs it and returns the line of JSON.</summary>
    public string Measure()
    {
        double? firstPassSeconds
            = WarmUp(run.WithTrials(Math.Min(WarmUpTrials, run.Sweep.TrialsPerConfiguration)).Sweep);
        foreach (TrainingConfiguration configuration in run.Sweep.Configurations)
        {
            for (int trial = 0; trial < run.Sweep.TrialsPerConfiguration; trial++)
                _stepsPerTrial[(configuration, trial)] = TrialRecords.CountSteps(configuration, trial);
        }

        List<double> seconds = [], processorSeconds = [];
        OutcomeCollector collector;
        do
        {
            (long begin, TimeSpan processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            collector = RunOnce(run.Sweep);
            seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
            processorSeconds.Add((Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        }
        while (seconds.Sum() < MinTotalSeconds && seconds.Count < MaxRepetitions);

        // On one thread, CPU time is used, so that other load on the machine does not count.
        double[] sortedSeconds = [.. (options.Threads == 1 ? processorSeconds : seconds).Order()];
        long unitSteps = collector.CountUnitSteps(run, _stepsPerTrial);
        return JsonSerializer.Serialize(new
        {
            program = "LatchLab",
            work = run.Name,
            lane = options.Lane.Name,
            threads = options.Threads,
            minimum = 1e9 * sortedSeconds[0] / unitSteps,
            median = 1e9 * sortedSeconds[sortedSeconds.Length / 2] / unitSteps,
            repetitions = seconds.Count,
            seconds = seconds.Order().ElementAt(seconds.Count / 2),
            trials = run.Sweep.TrialCount,
            unitSteps,
            presentations = collector.Outcomes.Sum(outcome => (long)outcome.Presentations),
            evaluationPresentations = collector.Outcomes.Sum(outcome => (long)outcome.EvaluationPresentations),
            skippedPresentations = collector.Outcomes.Sum(outcome => outcome.SkippedPresentations),
            converged = string.Concat(collector.Outcomes.Select(outcome => outcome.IsConverged ? '1' : '0')),
            collections = collector.LateCollections,
            firstPassSeconds,
            peakMegabytes = ProcessUsage.PeakMegabytes,
            bytesPerTrial = collector.AllocatedBytes / run.Sweep.TrialCount,
        });
    }

    /// <summary>Runs a few trials; returns the seconds from the start of the process to the first progress.</summary>
    private double? WarmUp(Sweep sweep)
    {
        RunProgress progress = RunProgress.Create([sweep]);
        Task<OutcomeCollector> trials = Task.Run(() => RunOnce(sweep, progress.Monitor));
        while (progress.Monitor.Presentations == 0 && !trials.Wait(TimeSpan.FromMilliseconds(1)))
        {
        }

        double? seconds = ProcessUsage.SecondsSinceStart;
        trials.Wait();
        return seconds;
    }

    private OutcomeCollector RunOnce(Sweep sweep, TrainingMonitor? monitor = null)
    {
        var collector = new OutcomeCollector(sweep.TrialCount);
        TrialRunner.Run([sweep], options, collector, filter: null, monitor: monitor);
        collector.Complete();
        return collector;
    }

    /// <summary>Collects the outcomes and the garbage collection count when half of the trials have ended.</summary>
    private sealed class OutcomeCollector(int count) : ITrialSink
    {
        private readonly long _allocated = GC.GetAllocatedBytesForCurrentThread();
        private int _ended, _collectionsAtHalf;

        public Outcome[] Outcomes { get; } = new Outcome[count];

        /// <summary>Garbage collections while the second half of the trials ended.</summary>
        public int LateCollections { get; private set; }

        /// <summary>The bytes allocated by the thread that started the run.</summary>
        public long AllocatedBytes { get; private set; }

        public void Record(
            in PendingTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> checks)
        {
            Outcomes[trial.ResultIndex] = outcome;
            if (Interlocked.Increment(ref _ended) == Outcomes.Length / 2)
                _collectionsAtHalf = GC.CollectionCount(0);
        }

        public void Complete()
        {
            LateCollections = GC.CollectionCount(0) - _collectionsAtHalf;
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - _allocated;
        }

        /// <summary>The steps of the presented sequences in whole passes, times the units.</summary>
        public long CountUnitSteps(EndToEndRun run, Dictionary<(TrainingConfiguration, int), long> steps)
        {
            long sum = 0;
            for (int i = 0; i < Outcomes.Length; i++)
            {
                (int index, int trial) = Math.DivRem(i, run.Sweep.TrialsPerConfiguration);
                TrainingConfiguration configuration = run.Sweep.Configurations[index];
                int presented = Outcomes[i].Presentations + Outcomes[i].EvaluationPresentations;
                sum += presented / configuration.TrainingSequences * steps[(configuration, trial)] * run.Units;
            }

            return sum;
        }
    }
}
