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
        Run(sweeps, options, new OutcomeCollector(outcomes, progress), filter: null, progress?.Monitor, cancellation);
        return outcomes;
    }

    /// <summary>Runs trials of the sweeps and passes each completed trial to a sink.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="options">The run options.</param>
    /// <param name="sink">Receives completed trials.</param>
    /// <param name="filter">Which trials are run; null for all.</param>
    /// <param name="monitor">Receives the progress of running trials; may be null.</param>
    /// <param name="cancellation">Cancels the run.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Run(
        IReadOnlyList<Sweep> sweeps,
        RunOptions options,
        ITrialSink sink,
        Predicate<PendingTrial>? filter,
        TrainingMonitor? monitor = null,
        CancellationToken cancellation = default)
    {
        TrialQueue[] queues =
            [.. TrialQueue.GroupByBatchKey(sweeps, filter).OrderByDescending(trials => trials.MaxExpectedWork)];
        Exception? failure = null;
        using var stopSource = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void RunBatches()
        {
            try
            {
                // A thread that empties a queue goes on to the next one without waiting for other threads.
                foreach (TrialQueue queue in queues.Where(queue => queue.HasMore))
                {
                    var work = new RunBatchWork(queue, options, sink, monitor, stopSource.Token);
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

        Thread[] threads = [.. Enumerable.Range(1, options.Threads - 1).Select(_ => new Thread(RunBatches))];
        foreach (Thread thread in threads)
            thread.Start();
        RunBatches();
        foreach (Thread thread in threads)
            thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private sealed class RunBatchWork(
        TrialQueue queue,
        RunOptions options,
        ITrialSink sink,
        TrainingMonitor? monitor,
        CancellationToken cancellation)
        : ILaneVisitor<bool>
    {
        public bool Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            new TrialBatch<TLane>(options.Seed, queue, sink, options.Threads, monitor).Run(cancellation);
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
            progress?.AddCompletedTrial(trial.Configuration.ExpectedWork);
        }
    }
}
