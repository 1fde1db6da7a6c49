using System.Diagnostics;
using LatchLab.Numerics;

namespace LatchLab.KernelTiming;

/// <summary>
/// The time of one operation, from many short repetitions. The minimum is the time without other load on the machine;
/// the median is the typical time.
/// </summary>
/// <param name="Minimum">Nanoseconds of an operation in the fastest repetition.</param>
/// <param name="Median">Nanoseconds of an operation in the median repetition.</param>
/// <param name="Repetitions">Number of repetitions.</param>
public sealed record Measurement(double Minimum, double Median, int Repetitions)
{
    // Long compared with the clock resolution (tens of nanoseconds), short compared with other processes' time slices.
    private const double MinRepetitionMilliseconds = 1.0;
    private const double WarmUpMilliseconds = 100.0, TotalMilliseconds = 400.0;
    private const int MinRepetitions = 9;

    /// <summary>Summarizes the times of repetitions.</summary>
    /// <param name="nanoseconds">Nanoseconds of an operation in each repetition, at least one.</param>
    public static Measurement Of(IEnumerable<double> nanoseconds)
    {
        double[] sorted = [.. nanoseconds.Order()];
        return new(sorted[0], sorted[sorted.Length / 2], sorted.Length);
    }

    /// <summary>Measures a workload alone, on this thread, in half a second.</summary>
    public static Measurement Of(Workload definition, LaneKind lane)
    {
        IPreparedWorkload workload = definition.Prepare(lane);
        int warmUpRuns = 0;
        long startTime = Stopwatch.GetTimestamp();
        do
        {
            workload.Run();
            warmUpRuns++;
        }
        while (Stopwatch.GetElapsedTime(startTime).TotalMilliseconds < WarmUpMilliseconds);

        double runMilliseconds = Stopwatch.GetElapsedTime(startTime).TotalMilliseconds / warmUpRuns;
        int runsPerRepetition = Math.Max(1, (int)(MinRepetitionMilliseconds / runMilliseconds));
        int repetitions = Math.Max(MinRepetitions, (int)(TotalMilliseconds / (runsPerRepetition * runMilliseconds)));
        var nanoseconds = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            startTime = Stopwatch.GetTimestamp();
            for (int k = 0; k < runsPerRepetition; k++)
                workload.Run();
            nanoseconds[i] = Stopwatch.GetElapsedTime(startTime).TotalNanoseconds
                / ((double)runsPerRepetition * definition.OperationsPerRun);
        }

        return Of(nanoseconds);
    }
}
