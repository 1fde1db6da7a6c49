using System.Diagnostics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.KernelTiming;

/// <summary>
/// A kernel on a lane type and so many threads, each with memory of its own. The threads wait at a barrier before and
/// after each repetition, so that its time is that of the slowest.
/// </summary>
internal sealed class Contestant : IDisposable
{
    // Long against the resolution of the clock, short against what else runs on the machine; with several threads also
    // long against their meeting, which takes some 50 µs.
    private static readonly TimeSpan Repetition = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan RepetitionTogether = TimeSpan.FromMilliseconds(5);

    private readonly IWorkload[] workloads;     // [thread]
    private readonly Barrier barrier;
    private readonly Thread[] others;
    private readonly List<double> nanoseconds = [];
    private int together = 1;
    private bool hasEnded;

    /// <summary>Allocates the memory and starts all threads but the calling one.</summary>
    public Contestant(Work work, LaneKind lane, int threads)
    {
        (Work, Lane) = (work, lane);
        workloads = [.. Enumerable.Range(0, threads).Select(_ => work.Prepare(lane))];
        barrier = new(threads);
        others = [.. workloads[1..].Select(workload => new Thread(() => Accompany(workload)) { IsBackground = true })];
        foreach (Thread thread in others)
            thread.Start();
    }

    /// <summary>The kernel.</summary>
    public Work Work { get; }

    /// <summary>The lane type.</summary>
    public LaneKind Lane { get; }

    /// <summary>Number of threads.</summary>
    public int Threads => workloads.Length;

    /// <summary>What the repetitions so far amount to.</summary>
    public Measurement Measurement => Measurement.Of(nanoseconds);

    /// <summary>
    /// Does the work for so long, which also compiles it, and finds how often it is to be done in a repetition.
    /// </summary>
    public void WarmUp(TimeSpan time)
    {
        Repeat();
        nanoseconds.Clear();
        int done = 0;
        long begin = Stopwatch.GetTimestamp();
        do
        {
            workloads[0].Do();
            done++;
        }
        while (Stopwatch.GetElapsedTime(begin) < time);
        TimeSpan once = Stopwatch.GetElapsedTime(begin) / done;
        TimeSpan repetition = Threads == 1 ? Repetition : RepetitionTogether;
        together = Math.Max(1, (int)((time < repetition ? time : repetition) / once));
    }

    /// <summary>Repetitions for so long, at least one.</summary>
    public void TakeTurn(TimeSpan time)
    {
        long begin = Stopwatch.GetTimestamp();
        do
            Repeat();
        while (Stopwatch.GetElapsedTime(begin) < time);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        hasEnded = true;
        barrier.SignalAndWait();
        foreach (Thread thread in others)
            thread.Join();
        barrier.Dispose();
    }

    /// <summary>One repetition on all threads, with its time.</summary>
    private void Repeat()
    {
        barrier.SignalAndWait();
        long begin = Stopwatch.GetTimestamp();
        Do(workloads[0]);
        barrier.SignalAndWait();
        double operations = (double)together * Work.Operations * Threads;
        nanoseconds.Add(Stopwatch.GetElapsedTime(begin).TotalNanoseconds / operations);
    }

    private void Accompany(IWorkload workload)
    {
        while (true)
        {
            barrier.SignalAndWait();
            if (hasEnded)
                return;
            Do(workload);
            barrier.SignalAndWait();
        }
    }

    private void Do(IWorkload workload)
    {
        for (int i = 0; i < together; i++)
            workload.Do();
    }
}
