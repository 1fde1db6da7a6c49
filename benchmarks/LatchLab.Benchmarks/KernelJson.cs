using System.Text.Json;
using LatchLab.KernelTiming;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// A measurement as one line of JSON, with the same fields as the hand-written program; <c>benchmarks/run</c> runs the
/// two in turn.
/// </summary>
internal static class KernelJson
{
    public static string Measure(Workload work, LaneKind lane)
    {
        Measurement measured = Measurement.Of(work, lane);
        return JsonSerializer.Serialize(new
        {
            program = "LatchLab",
            work = work.Name,
            lane = lane.Name,
            minimum = Math.Round(measured.Minimum, 4),
            median = Math.Round(measured.Median, 4),
            repetitions = measured.Repetitions,
        });
    }
}
