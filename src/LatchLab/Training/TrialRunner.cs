using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// Runs the trials of sweeps on several threads. Trials are queued by batch key, trial batches take them into their
/// lanes, and each completed trial yields an outcome. The caller interprets the outcomes.
/// </summary>
public static class TrialRunner
{
    /// <summary>Runs every trial of the sweeps.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="options">The run options.</param>
    /// <param name="progress">Receives the progress of completed and running trials; may be null.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static IReadOnlyList<SweepOutcomes> Run(
        IReadOnlyList<Sweep> sweeps,
        RunOptions options,
        RunProgress? progress = null,
        CancellationToken cancellation = default)
    {
        var outcomes = sweeps.Select(sweep => new SweepOutcomes(sweep)).ToArray();
        Run(sweeps, options, new OutcomeCollector(outcomes, progress), filter: null, leadingTrials: 0,
            progress?.Monitor, cancellation);
        return outcomes;
    }

    /// <summary>Runs trials of the sweeps and passes each completed trial to a sink.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="options">The run options.</param>
    /// <param name="sink">Receives completed trials.</param>
    /// <param name="filter">Which trials are run; null for all.</param>
    /// <param name="leadingTrials">
    /// The first trials of each configuration run before all others, so that early results show every configuration; 0
    /// for no such order.
    /// </param>
    /// <param name="monitor">Receives the progress of running trials; may be null.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="ValidationException">
    /// A configuration is not valid, or a setting has no effect in any of them. Lists every error; nothing has run.
    /// </exception>
    public static void Run(
        IReadOnlyList<Sweep> sweeps,
        RunOptions options,
        ITrialSink sink,
        Predicate<PendingTrial>? filter,
        int leadingTrials = 0,
        TrainingMonitor? monitor = null,
        CancellationToken cancellation = default)
    {
        EnsureValid(sweeps, cancellation);
        TrialQueue[] queues = leadingTrials == 0
            ? [.. CreateQueues(sweeps, options.Seed, filter)]
            :
            [
                .. CreateQueues(
                    sweeps, options.Seed, trial => trial.TrialIndex < leadingTrials && filter?.Invoke(trial) != false),
                .. CreateQueues(
                    sweeps, options.Seed, trial => trial.TrialIndex >= leadingTrials && filter?.Invoke(trial) != false),
            ];
        Exception? failure = null;
        using var stopSource = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void RunBatches(int thread)
        {
            try
            {
                // A thread that empties a queue goes on to the next one without waiting for other threads.
                foreach (TrialQueue queue in queues.Where(queue => queue.HasMore))
                {
                    var work = new RunBatchWork(
                        sweeps, queue, options, sink, shortestFirst: thread % 2 == 1, monitor, stopSource.Token);
                    _ = queue.FirstConfiguration.BenefitsFromUnrolling
                        ? options.Lane.AcceptUnrolled(work)
                        : options.Lane.Accept(work);
                }
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
                stopSource.Cancel(); // stop the other threads
            }
        }

        Thread[] threads = [.. Enumerable.Range(1, options.Threads - 1).Select(i => new Thread(() => RunBatches(i)))];
        foreach (Thread thread in threads)
            thread.Start();
        RunBatches(0);
        foreach (Thread thread in threads)
            thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>
    /// Ensures that every configuration is valid. A setting may have no effect in some configurations of a sweep; it
    /// must have one somewhere. Configurations of a sweep file were validated when it was read.
    /// </summary>
    private static void EnsureValid(IReadOnlyList<Sweep> sweeps, CancellationToken cancellation)
    {
        var errors = new Dictionary<(string Field, string Message), ValidationError>();
        var idle = new Dictionary<string, ValidationError>();
        foreach (Sweep sweep in sweeps)
        {
            if (sweep.TrialsPerConfiguration < 1)
                errors.TryAdd(("trials", sweep.Name), new(sweep.Name, "trials", "are none: give at least one"));
            foreach (ValidationError error in sweep.Observer?.Validate(sweep) ?? [])
                errors.TryAdd((error.Field, sweep.Name), error);
            if (sweep.Configurations is ValidatedConfigurations)
                continue;
            foreach ((int i, TrainingConfiguration configuration) in sweep.Configurations.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                string location = sweep.Configurations.Count == 1 ? sweep.Name
                    : string.Create(CultureInfo.InvariantCulture, $"{sweep.Name}, configuration {i}");
                foreach (ValidationError error in configuration.FindInvalidSettings())
                    errors.TryAdd((error.Field, error.Message), error with { Location = location });
                foreach (ValidationError error in configuration.FindIdleSettings())
                    idle.TryAdd(error.Field, error with { Location = location });
            }
        }

        foreach (TrainingConfiguration configuration in idle.Count == 0 ? []
            : sweeps.SelectMany(sweep => sweep.Configurations))
        {
            IReadOnlyDictionary<string, string> reasons = Settings.FindIdle(configuration);
            foreach (string path in Settings.GetAll(configuration).Select(setting => setting.Path)
                .Where(path => !reasons.ContainsKey(path)))
                idle.Remove(path);
        }

        if (errors.Count + idle.Count > 0)
            throw new ValidationException([.. errors.Values, .. idle.Values]);
    }

    /// <summary>The queues in the order of their work, the longest trials first.</summary>
    private static IEnumerable<TrialQueue> CreateQueues(
        IReadOnlyList<Sweep> sweeps, ulong seed, Predicate<PendingTrial>? filter)
        => TrialQueue.GroupByBatch(sweeps, seed, filter).Where(queue => queue.MatchingCount > 0)
            .OrderByDescending(trials => trials.MaxExpectedWork);

    private sealed class RunBatchWork(
        IReadOnlyList<Sweep> sweeps,
        TrialQueue queue,
        RunOptions options,
        ITrialSink sink,
        bool shortestFirst,
        TrainingMonitor? monitor,
        CancellationToken cancellation)
        : ILaneVisitor<bool>
    {
        public bool Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            new TrialBatch<TLane>(sweeps, queue, sink, options.Threads, shortestFirst, monitor)
                .Run(cancellation);
            return true;
        }
    }

    private sealed class OutcomeCollector(SweepOutcomes[] outcomes, RunProgress? progress) : ITrialSink
    {
        public void Record(
            in PendingTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> snapshots)
        {
            outcomes[trial.SweepIndex].SetOutcome(trial.ResultIndex, outcome, parameters);
            progress?.AddCompletedTrial(trial.Configuration, outcome);
        }
    }
}
