using System.Diagnostics;
using LatchLab.Numerics;

namespace LatchLab.KernelTiming;

/// <summary>
/// A kernel with a lane type and a number of threads, each with its own memory. The threads wait at a barrier before
/// and after each repetition, so its time is that of the slowest thread.
/// </summary>
internal sealed class BenchmarkCase : IDisposable
{
    // Long compared with the resolution of the clock, short compared with interruptions by other processes. With
    // several threads it is also long compared with the barrier, which takes about 50 µs.
    private static readonly TimeSpan SingleThreadRepetition = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MultiThreadRepetition = TimeSpan.FromMilliseconds(5);

    private readonly IPreparedWorkload[] _preparedWorkloads;    // [thread]
    private readonly Barrier _barrier;
    private readonly Thread[] _workerThreads;
    private readonly List<double> _nanosecondsPerOperation = [];
    private int _runsPerRepetition = 1;
    private bool _isStopping;

    /// <summary>Allocates the memory and starts the additional threads.</summary>
    public BenchmarkCase(Workload workload, LaneKind lane, int threadCount)
    {
        (Workload, Lane) = (workload, lane);
        _preparedWorkloads = [.. Enumerable.Range(0, threadCount).Select(_ => workload.Prepare(lane))];
        _barrier = new(threadCount);
        _workerThreads = [
            .. _preparedWorkloads[1..].Select(
                preparedWorkload => new Thread(() => RunWorker(preparedWorkload)) { IsBackground = true })];
        foreach (Thread thread in _workerThreads)
            thread.Start();
    }

    /// <summary>The kernel.</summary>
    public Workload Workload { get; }

    /// <summary>The lane type.</summary>
    public LaneKind Lane { get; }

    public int Threads => _preparedWorkloads.Length;

    /// <summary>Summary of the repetitions so far.</summary>
    public Measurement Measurement => Measurement.Of(_nanosecondsPerOperation);

    /// <summary>
    /// Runs the workload for the given time, so that it is compiled, and determines the number of runs per repetition.
    /// </summary>
    public void WarmUp(TimeSpan duration)
    {
        Repeat();
        _nanosecondsPerOperation.Clear();
        int runs = 0;
        long startTime = Stopwatch.GetTimestamp();
        do
        {
            _preparedWorkloads[0].Run();
            runs++;
        }
        while (Stopwatch.GetElapsedTime(startTime) < duration);
        TimeSpan runTime = Stopwatch.GetElapsedTime(startTime) / runs;
        TimeSpan repetition = Threads == 1 ? SingleThreadRepetition : MultiThreadRepetition;
        _runsPerRepetition = Math.Max(1, (int)((duration < repetition ? duration : repetition) / runTime));
    }

    /// <summary>Runs repetitions for the given time, at least one.</summary>
    public void RunRound(TimeSpan duration)
    {
        long startTime = Stopwatch.GetTimestamp();
        do
            Repeat();
        while (Stopwatch.GetElapsedTime(startTime) < duration);
    }

    /// <summary>Stops the threads.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _barrier.SignalAndWait();
        foreach (Thread thread in _workerThreads)
            thread.Join();
        _barrier.Dispose();
    }

    /// <summary>Runs and times one repetition on all threads.</summary>
    private void Repeat()
    {
        _barrier.SignalAndWait();
        long startTime = Stopwatch.GetTimestamp();
        RunRepetition(_preparedWorkloads[0]);
        _barrier.SignalAndWait();
        double operations = (double)_runsPerRepetition * Workload.OperationsPerRun * Threads;
        _nanosecondsPerOperation.Add(Stopwatch.GetElapsedTime(startTime).TotalNanoseconds / operations);
    }

    private void RunWorker(IPreparedWorkload preparedWorkload)
    {
        while (true)
        {
            _barrier.SignalAndWait();
            if (_isStopping)
                return;
            RunRepetition(preparedWorkload);
            _barrier.SignalAndWait();
        }
    }

    private void RunRepetition(IPreparedWorkload preparedWorkload)
    {
        for (int i = 0; i < _runsPerRepetition; i++)
            preparedWorkload.Run();
    }
}
