using System.Diagnostics;
using LatchLab.Numerics;

namespace LatchLab.KernelTiming;

/// <summary>How fast a kernel is on this machine.</summary>
/// <param name="Kernel">Its name.</param>
/// <param name="Lane">The lane type.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="UnitStepTime">
/// The time of a unit-step: wall time divided by the unit-steps of all threads together.
/// </param>
public sealed record KernelMeasurement(string Kernel, LaneKind Lane, int Threads, Measurement UnitStepTime);

/// <summary>
/// The two kernels on every lane type that this machine has, each on one thread, and the widest also on several.
/// They take turns (A B C …, A B C …), so that other work on the machine meets all of them alike.
/// </summary>
public static class KernelBenchmark
{
    private const int MinRounds = 3;

    private static readonly TimeSpan MaxRoundTime = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures.</summary>
    /// <param name="timeLimit">How long it may take, all together; a few turns are always taken.</param>
    /// <param name="threadCount">The number of threads beside 1, for the widest lane; with 1 there is no such
    /// row.</param>
    /// <param name="cancellation">Ends it early, between two turns.</param>
    /// <returns>Kernel by kernel, the widest lane first.</returns>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static IReadOnlyList<KernelMeasurement> Measure(
        TimeSpan timeLimit, int threadCount, CancellationToken cancellation = default)
    {
        var stopwatch = Stopwatch.StartNew();
        BenchmarkCase[] cases = [.. CreateCases(threadCount)];
        try
        {
            TimeSpan timePerRound = timeLimit / (cases.Length * (MinRounds + 1)); // one of the turns is to warm up
            TimeSpan roundTime = timePerRound < MaxRoundTime ? timePerRound : MaxRoundTime;
            foreach (BenchmarkCase benchmarkCase in cases)
            {
                cancellation.ThrowIfCancellationRequested();
                benchmarkCase.WarmUp(roundTime);
            }

            for (int round = 0; round < MinRounds || stopwatch.Elapsed * (round + 1) < timeLimit * round; round++)
            {
                foreach (BenchmarkCase benchmarkCase in cases)
                {
                    cancellation.ThrowIfCancellationRequested();
                    benchmarkCase.RunRound(roundTime);
                }
            }

            return
            [
                .. cases.Select(
                    laneAndThreads => new KernelMeasurement(laneAndThreads.Workload.Name, laneAndThreads.Lane,
                        laneAndThreads.Threads, laneAndThreads.Measurement)),
            ];
        }
        finally
        {
            foreach (BenchmarkCase benchmarkCase in cases)
                benchmarkCase.Dispose();
        }
    }

    private static IEnumerable<BenchmarkCase> CreateCases(int threadCount)
        => from kernel in Workload.Kernels
           from laneAndThreads in LaneKind.All.Where(lane => lane.IsSupported).Reverse().Select(
               lane => (Lane: lane, Threads: 1))
               .Concat(threadCount == 1 ? [] : [(LaneKind.Widest, threadCount)])
           select new BenchmarkCase(kernel, laneAndThreads.Lane, laneAndThreads.Threads);
}
