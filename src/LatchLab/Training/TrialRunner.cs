using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// The way of the data: sweeps → trials of one shape wait in a row → ensembles take them into their lanes → an outcome
/// for each trial, stored where it belongs. What the outcomes mean is the business of the catalogue.
/// </summary>
public static class TrialRunner
{
    /// <summary>Runs every trial of the sweeps.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="options">How to run.</param>
    /// <param name="progress">Counts the trials that have ended, and hears of the running ones; may be null.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
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

    /// <summary>Runs trials of the sweeps and hands over each that has ended: nothing of it is kept here.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="options">How to run.</param>
    /// <param name="sink">Receives the trials.</param>
    /// <param name="filter">Which trials are run; null for all.</param>
    /// <param name="monitor">Hears how the running trials do; may be null.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
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
                // A thread that finds no more trials of a shape goes on to the next one, and waits for nobody.
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
                stopSource.Cancel(); // the other threads need not go on
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
