using System.Diagnostics;
using System.Globalization;
using LatchLab.Diagnosis.Questions;

namespace LatchLab.Benchmarks;

/// <summary>
/// Measures each question of a diagnosis alone, for a small and a large network with random weights on 64 sequences of
/// 200 steps, as the program asks them: once, on two threads, compilation included. Each question first runs the
/// network along the data. Fixed points have 60 seconds.
/// </summary>
internal static class DiagnosisTable
{
    private const int Sequences = 64, Steps = 200;
    private const double Megabyte = 1 << 20;

    private static readonly (string Kind, int Units, double Size)[] Networks = [("gru", 24, 6.0), ("lstm", 512, 1.0)];

    /// <summary>Measures and prints a table in Markdown.</summary>
    public static void Print()
    {
        Console.WriteLine("| seconds | " + string.Join(" | ", Enum.GetNames<Question>()) + " | peak MB |");
        Console.WriteLine($"|---|{string.Concat(Enum.GetValues<Question>().Select(_ => "--:|"))}--:|");
        foreach ((string kind, int units, double size) in Networks)
        {
            var model = new TrainedNetwork(
                "", "random", "", kind, RandomNetworks.Create(kind, units, size: size), []);
            SequenceData data = CreateData();
            string times = string.Join(" | ", Enum.GetValues<Question>().Select(
                question => Measure(model, data, question).ToString("F2", CultureInfo.InvariantCulture)));
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(FormattableString.Invariant(
                $"| {kind}, n = {units} | {times} | {process.PeakWorkingSet64 / Megabyte:F0} |"));
        }
    }

    private static double Measure(TrainedNetwork model, SequenceData data, Question question)
    {
        long begin = Stopwatch.GetTimestamp();
        TrainedNetworkAnalyzer.Diagnose(
            model, data, new DiagnosisOptions { Only = new HashSet<Question> { question }, Threads = 2 });
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static SequenceData CreateData()
        => new("random", [.. RandomNetworks.CreateNumbers(Sequences * Steps * RandomNetworks.Inputs, 1.0)
            .Chunk(RandomNetworks.Inputs).Chunk(Steps)]);
}
