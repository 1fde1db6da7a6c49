using LatchLab.Numerics;

namespace LatchLab.Experiments;

/// <summary>How to run: none of it changes a result.</summary>
/// <param name="Seed">The seed of all random numbers (this one does).</param>
/// <param name="Threads">Number of threads, at least 1.</param>
/// <param name="Lane">The lane type.</param>
public sealed record RunOptions(ulong Seed, int Threads, LaneKind Lane);

/// <summary>
/// The way of the data: sweeps → trials of one shape wait in a row → ensembles take them into their lanes → an outcome
/// for each trial, stored where it belongs. What the outcomes mean is the business of the catalogue.
/// </summary>
public static class Runner
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
        Run(sweeps, options, new Sink(outcomes, progress), isWanted: null, progress?.Live, cancellation);
        return outcomes;
    }

    /// <summary>Runs trials of the sweeps and hands over each that has ended: nothing of it is kept here.</summary>
    /// <param name="sweeps">The sweeps.</param>
    /// <param name="options">How to run.</param>
    /// <param name="sink">Receives the trials.</param>
    /// <param name="isWanted">Which trials are run; null for all.</param>
    /// <param name="live">Hears how the running trials do; may be null.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static void Run(
        IReadOnlyList<Sweep> sweeps,
        RunOptions options,
        ITrialSink sink,
        Predicate<QueuedTrial>? isWanted,
        LiveTrials? live = null,
        CancellationToken cancellation = default)
    {
        WaitingTrials[] waiting =
            [.. WaitingTrials.ByShape(sweeps, isWanted).OrderByDescending(trials => trials.LongestWork)];
        Exception? failure = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void RunEnsembles()
        {
            try
            {
                // A thread that finds no more trials of a shape goes on to the next one, and waits for nobody.
                foreach (WaitingTrials shape in waiting.Where(shape => shape.HasMore))
                {
                    var work = new Work(shape, options, sink, live, stop.Token);
                    _ = shape.AnyCell.TakesVectorsTogether
                        ? options.Lane.RunTogether(work)
                        : options.Lane.Run(work);
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, e, null);
                stop.Cancel(); // the other threads need not go on
            }
        }

        Thread[] threads = [.. Enumerable.Range(1, options.Threads - 1).Select(_ => new Thread(RunEnsembles))];
        foreach (Thread thread in threads)
            thread.Start();
        RunEnsembles();
        foreach (Thread thread in threads)
            thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    private sealed class Work(
        WaitingTrials waiting,
        RunOptions options,
        ITrialSink sink,
        LiveTrials? live,
        CancellationToken cancellation)
        : ILaneWork<bool>
    {
        public bool Run<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
        {
            new Ensemble<TLane>(options.Seed, waiting, sink, options.Threads, live).Run(cancellation);
            return true;
        }
    }

    private sealed class Sink(SweepOutcomes[] outcomes, RunProgress? progress) : ITrialSink
    {
        public void Record(
            in QueuedTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<TrialCheck> checks)
        {
            outcomes[trial.Sweep].Set(trial.Index, outcome, parameters);
            progress?.Add(trial.Cell.ExpectedWork);
        }
    }
}
