using System.Diagnostics;
using LatchLab.Numerics;

namespace LatchLab.KernelTiming;

/// <summary>The speed of a kernel on this machine.</summary>
/// <param name="Kernel">The name of the kernel.</param>
/// <param name="Lane">The lane type.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="UnitStepTime">
/// The time of a unit-step: wall time divided by the unit-steps of all threads together.
/// </param>
public sealed record KernelMeasurement(string Kernel, LaneKind Lane, int Threads, Measurement UnitStepTime);

/// <summary>
/// Measures the kernels on every supported lane type, each on one thread, and the widest lane type also on several.
/// The cases are interleaved (A B C …, A B C …), so that other load on the machine affects all of them equally.
/// </summary>
public static class KernelBenchmark
{
    private const int MinRounds = 3;

    private static readonly TimeSpan MaxRoundTime = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs the benchmark.</summary>
    /// <param name="timeLimit">Total time limit; a minimum number of rounds is always run.</param>
    /// <param name="threadCount">Number of threads of the additional case for the widest lane; 1 for none.</param>
    /// <param name="cancellation">Cancels the benchmark between two cases.</param>
    /// <returns>Measurements ordered by kernel, the widest lane first.</returns>
    /// <exception cref="OperationCanceledException">The benchmark was cancelled.</exception>
    public static IReadOnlyList<KernelMeasurement> Measure(
        TimeSpan timeLimit, int threadCount, CancellationToken cancellation = default)
    {
        var stopwatch = Stopwatch.StartNew();
        BenchmarkCase[] cases = [.. CreateCases(threadCount)];
        try
        {
            TimeSpan timePerRound = timeLimit / (cases.Length * (MinRounds + 1)); // one round is the warm-up
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

            return [.. cases.Select(one => new KernelMeasurement(
                one.Workload.Name, one.Lane, one.Threads, one.Measurement))];
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
