using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.KernelTiming;
using LatchLab.Ledger.Identity;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary><c>latchlab bench</c>: measures the speed of the main kernels on this machine.</summary>
internal static class BenchCommand
{
    private const double DefaultSeconds = 10.0, MaxSeconds = 3600.0;

    private static readonly Option<double> Seconds = Options.PositiveNumber(
        "--seconds", "S", $"duration of the measurement (default: {DefaultSeconds})", MaxSeconds, DefaultSeconds);

    private static readonly Option<int> Threads = Options.Integer(
        "--threads", "N", "threads of a second measurement at the largest vector width (default: one per core)",
        1, ExecutionOptions.MaxThreads, Environment.ProcessorCount);

    public static Command Create() => new RunnableCommand(
        "bench", "Measure the speed of the main kernels on this machine.", Run,
        () => [Seconds, Threads, Options.Json]);

    private static int Run(ParsedOptions parsed)
    {
        var time = TimeSpan.FromSeconds(parsed.GetValue(Seconds));
        int threads = parsed.GetValue(Threads);
        parsed.ThrowIfInvalid();
        using var signals = new TerminationSignals();
        CommandLine.WriteError(FormattableString.Invariant($"Measuring for about {time.TotalSeconds} seconds …"));
        IReadOnlyList<KernelMeasurement> speeds = KernelBenchmark.Measure(time, threads, signals.Token);
        if (parsed.GetValue(Options.Json))
        {
            JsonOutput.WriteDocument(new JsonObject
            {
                ["processor"] = LedgerSession.GetProcessorName(),
                ["kernels"] = new JsonArray([.. speeds.Select(ToJson)]),
            });
        }
        else
        {
            Print(speeds);
        }

        return ExitCodes.Success;
    }

    private static JsonObject ToJson(KernelMeasurement speed) => new()
    {
        ["kernel"] = speed.Kernel,
        ["length"] = Workload.Length,
        ["lane"] = speed.Lane.Name,
        ["nanosecondsPerUnitStep"] = RoundToJson(speed.UnitStepTime.Median),
        ["minimum"] = RoundToJson(speed.UnitStepTime.Minimum),
        ["lowerQuartile"] = RoundToJson(speed.UnitStepTime.LowerQuartile),
        ["upperQuartile"] = RoundToJson(speed.UnitStepTime.UpperQuartile),
        ["threads"] = speed.Threads,
    };

    private static JsonNode? RoundToJson(double nanoseconds) => JsonOutput.ToJson(Math.Round(nanoseconds, 4));

    private static string Format(double nanoseconds)
        => nanoseconds.ToString(nanoseconds < 10.0 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    private static void Print(IReadOnlyList<KernelMeasurement> speeds)
    {
        KernelMeasurement[] best =
        [
            .. speeds.Where(speed => speed.Threads == 1).GroupBy(speed => speed.Kernel)
                .Select(kernel => kernel.MinBy(speed => speed.UnitStepTime.Median)!),
        ];
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Kernel").AddColumn(new TableColumn("Lane").RightAligned())
            .AddColumn(new TableColumn("Threads").RightAligned()).AddColumn(new TableColumn("Least").RightAligned())
            .AddColumn(new TableColumn("Median").RightAligned()).AddColumn("");
        foreach (KernelMeasurement speed in speeds)
        {
            table.AddRow(
                speed.Kernel,
                speed.Lane.Name,
                speed.Threads.ToString(CultureInfo.InvariantCulture),
                Format(speed.UnitStepTime.Minimum),
                Format(speed.UnitStepTime.Median),
                best.Contains(speed) ? "*" : "");
        }

        Console.Out.WriteLine($"Processor: {LedgerSession.GetProcessorName()}");
        AnsiConsole.Write(table);
        int runs = speeds.Min(speed => speed.UnitStepTime.Repetitions);
        Console.Out.WriteLine("Nanoseconds per unit-step (one neuron, one time step, one trial): forward pass,");
        Console.Out.WriteLine(FormattableString.Invariant(
            $"backward pass and update. T = {Workload.Length}; least and median of {runs:N0} runs or more."));
        Console.Out.WriteLine("*: the fastest lane on one thread, by median.");
        Console.Out.WriteLine("With several threads, the wall time is divided by the unit-steps of all threads.");
    }
}
