using LatchLab.Numerics;

namespace LatchLab.KernelTiming;

/// <summary>
/// The time of one operation, from many short repetitions. The minimum is the time without other load on the machine;
/// the median is the typical time, and the quartiles show how much the times vary.
/// </summary>
/// <param name="Minimum">Nanoseconds of an operation in the fastest repetition.</param>
/// <param name="LowerQuartile">Nanoseconds that a quarter of the repetitions do not exceed.</param>
/// <param name="Median">Nanoseconds of an operation in the median repetition.</param>
/// <param name="UpperQuartile">Nanoseconds that a quarter of the repetitions reach or exceed.</param>
/// <param name="Repetitions">Number of repetitions.</param>
public sealed record Measurement(
    double Minimum, double LowerQuartile, double Median, double UpperQuartile, int Repetitions)
{
    /// <summary>Summarizes the times of repetitions.</summary>
    /// <param name="nanoseconds">Nanoseconds of an operation in each repetition, at least one.</param>
    public static Measurement Of(IEnumerable<double> nanoseconds)
    {
        double[] sorted = [.. nanoseconds.Order()];
        int count = sorted.Length;
        return new(sorted[0], sorted[(count - 1) / 4], sorted[count / 2], sorted[3 * count / 4], count);
    }

    /// <summary>Measures a workload alone, on this thread, in half a second.</summary>
    public static Measurement Of(Workload workload, LaneKind lane)
    {
        using var measured = new BenchmarkCase(workload, lane, threadCount: 1);
        measured.WarmUp(TimeSpan.FromMilliseconds(100));
        measured.RunRound(TimeSpan.FromMilliseconds(400));
        return measured.Measurement;
    }
}
