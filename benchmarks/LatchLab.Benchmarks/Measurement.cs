using System.Diagnostics;
using System.Text.Json;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// The time of one operation, from many short repetitions in this process: the least is the machine undisturbed, the
/// median what it mostly does. <c>benchmarks/run</c> starts it alternately with the hand-written program.
/// </summary>
/// <param name="Minimum">Nanoseconds of an operation in the fastest repetition.</param>
/// <param name="Median">Nanoseconds of an operation in the median repetition.</param>
/// <param name="Repetitions">Number of repetitions.</param>
internal sealed record Measurement(double Minimum, double Median, int Repetitions)
{
    // Long against the resolution of the clock (tens of nanoseconds), short against what else runs on the machine.
    private const double RepetitionMilliseconds = 1.0;
    private const double WarmUpMilliseconds = 100.0, TotalMilliseconds = 400.0;
    private const int FewestRepetitions = 9;

    /// <summary>Measures a workload.</summary>
    public static Measurement Of(Work work, LaneKind lane)
    {
        IWorkload workload = work.Prepare(lane);
        int warmUps = 0;
        long begin = Stopwatch.GetTimestamp();
        do
        {
            workload.Do();
            warmUps++;
        }
        while (Stopwatch.GetElapsedTime(begin).TotalMilliseconds < WarmUpMilliseconds);

        double once = Stopwatch.GetElapsedTime(begin).TotalMilliseconds / warmUps;
        int together = Math.Max(1, (int)(RepetitionMilliseconds / once));
        int repetitions = Math.Max(FewestRepetitions, (int)(TotalMilliseconds / (together * once)));
        var nanoseconds = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            begin = Stopwatch.GetTimestamp();
            for (int k = 0; k < together; k++)
                workload.Do();
            nanoseconds[i] = Stopwatch.GetElapsedTime(begin).TotalNanoseconds / ((double)together * work.Operations);
        }

        Array.Sort(nanoseconds);
        return new(nanoseconds[0], nanoseconds[repetitions / 2], repetitions);
    }

    /// <summary>One line of JSON, with the fields of the hand-written program.</summary>
    public string ToJson(Work work, LaneKind lane)
        => JsonSerializer.Serialize(new
        {
            program = "LatchLab",
            work = work.Name,
            lane = lane.Name,
            minimum = Math.Round(Minimum, 4),
            median = Math.Round(Median, 4),
            repetitions = Repetitions,
        });
}
