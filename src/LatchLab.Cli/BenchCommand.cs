using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.KernelTiming;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary><c>latchlab bench</c>: measures the speed of the two main kernels on this machine.</summary>
internal static class BenchCommand
{
    private const double DefaultSeconds = 10.0, MaxSeconds = 3600.0;

    private static readonly TextOption Seconds = new(
        "--seconds", "S", FormattableString.Invariant($"duration of the measurement (default: {DefaultSeconds})"));

    private static readonly TextOption Threads = new(
        "--threads", "N", "threads of a second measurement at the largest vector width (default: one per core)");

    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var command = new Command("bench", "Measure the speed of the two main kernels on this machine.")
        {
            Seconds, Threads, Json,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            double seconds = ReadSeconds(parsedOptions);
            int threads = parsedOptions.GetInt32(Threads, 1, ExecutionOptions.MaxThreads, Environment.ProcessorCount);
            parsedOptions.ThrowIfInvalid();
            return Run(TimeSpan.FromSeconds(seconds), threads, parsedOptions.HasFlag(Json));
        });
        return command;
    }

    private static int Run(TimeSpan time, int threads, bool json)
    {
        using var signals = new TerminationSignals();
        CommandLine.WriteError(FormattableString.Invariant($"Measuring for about {time.TotalSeconds} seconds …"));
        IReadOnlyList<KernelMeasurement> speeds = KernelBenchmark.Measure(time, threads, signals.Token);
        if (json)
            JsonOutput.WriteDocument(new JsonArray([.. speeds.Select(ToJson)]));
        else
            Print(speeds);
        return ExitCodes.Success;
    }

    private static double ReadSeconds(ParsedOptions parsedOptions)
    {
        if (parsedOptions.GetString(Seconds) is null)
            return DefaultSeconds;
        double? seconds = parsedOptions.GetDouble(Seconds);
        if (seconds is <= 0.0 or > MaxSeconds)
        {
            parsedOptions.ValidationErrors.Add(new(Seconds.Name, "", FormattableString.Invariant(
                $"'{parsedOptions.GetString(Seconds)}' is not allowed: give a number above 0 up to {MaxSeconds}")));
        }

        return seconds ?? DefaultSeconds;
    }

    private static JsonObject ToJson(KernelMeasurement speed) => new()
    {
        ["kernel"] = speed.Kernel,
        ["length"] = Workload.Length,
        ["lane"] = speed.Lane.Name,
        ["nanosecondsPerUnitStep"] = JsonOutput.ToJson(Math.Round(speed.UnitStepTime.Median, 4)),
        ["threads"] = speed.Threads,
    };

    private static void Print(IReadOnlyList<KernelMeasurement> speeds)
    {
        KernelMeasurement[] best =
        [
            .. speeds.Where(speed => speed.Threads == 1).GroupBy(speed => speed.Kernel)
                .Select(kernel => kernel.MinBy(speed => speed.UnitStepTime.Median)!),
        ];
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Kernel").AddColumn(new TableColumn("Lane").RightAligned())
            .AddColumn(new TableColumn("Threads").RightAligned()).AddColumn(new TableColumn("ns").RightAligned())
            .AddColumn("");
        foreach (KernelMeasurement speed in speeds)
        {
            table.AddRow(
                speed.Kernel,
                speed.Lane.Name,
                speed.Threads.ToString(CultureInfo.InvariantCulture),
                speed.UnitStepTime.Median.ToString("0.000", CultureInfo.InvariantCulture),
                best.Contains(speed) ? "best lane" : "");
        }

        AnsiConsole.Write(table);
        int runs = speeds.Min(speed => speed.UnitStepTime.Repetitions);
        Console.Out.WriteLine("ns: nanoseconds per unit-step (one neuron, one time step, one trial):");
        Console.Out.WriteLine(FormattableString.Invariant(
            $"forward pass, backward pass and update. T = {Workload.Length}; medians of {runs:N0} runs or more."));
        Console.Out.WriteLine("With several threads, the wall time is divided by the unit-steps of all threads.");
    }
}
