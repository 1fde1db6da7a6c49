using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LatchLab.Experiments.KernelTiming;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary><c>latchlab bench</c>: how fast the inner loops of every experiment are on this machine.</summary>
internal static class BenchCommand
{
    private const double DefaultSeconds = 10.0, MostSeconds = 3600.0;

    private static readonly TextOption Seconds = new(
        "--seconds", "S", FormattableString.Invariant($"how long it measures (default: {DefaultSeconds})"));

    private static readonly TextOption Threads = new(
        "--threads", "N", "threads that the widest lane is measured on besides one (default: one a core)");

    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var command = new Command("bench", "Measure how fast the two main kernels are on this machine.")
        {
            Seconds, Threads, Json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            double seconds = ReadSeconds(given);
            int threads = given.WholeNumber(Threads, 1, RunChoices.MostThreads, Environment.ProcessorCount);
            given.ThrowIfMistaken();
            return Run(TimeSpan.FromSeconds(seconds), threads, given.Has(Json));
        });
        return command;
    }

    private static int Run(TimeSpan time, int threads, bool json)
    {
        using var interruption = new Interruption();
        CommandLine.Tell(FormattableString.Invariant($"Measuring for about {time.TotalSeconds} seconds …"));
        IReadOnlyList<KernelSpeed> speeds = KernelContest.Measure(time, threads, interruption.Token);
        if (json)
            Numbers.Print(new JsonArray([.. speeds.Select(JsonOf)]));
        else
            Print(speeds);
        return ExitCodes.Success;
    }

    private static double ReadSeconds(GivenOptions given)
    {
        if (given.Text(Seconds) is null)
            return DefaultSeconds;
        double? seconds = given.Number(Seconds);
        if (seconds is <= 0.0 or > MostSeconds)
        {
            given.Mistakes.Add(new(Seconds.Name, "", FormattableString.Invariant(
                $"'{given.Text(Seconds)}' is not allowed: give a number above 0 up to {MostSeconds}")));
        }

        return seconds ?? DefaultSeconds;
    }

    private static JsonObject JsonOf(KernelSpeed speed) => new()
    {
        ["kernel"] = speed.Kernel,
        ["length"] = Work.Length,
        ["lane"] = speed.Lane.Name,
        ["nanosecondsPerUnitStep"] = Numbers.Json(Math.Round(speed.UnitStep.Median, 4)),
        ["threads"] = speed.Threads,
    };

    private static void Print(IReadOnlyList<KernelSpeed> speeds)
    {
        KernelSpeed[] best =
        [
            .. speeds.Where(speed => speed.Threads == 1).GroupBy(speed => speed.Kernel)
                .Select(kernel => kernel.MinBy(speed => speed.UnitStep.Median)!),
        ];
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Kernel").AddColumn(new TableColumn("Lane").RightAligned())
            .AddColumn(new TableColumn("Threads").RightAligned()).AddColumn(new TableColumn("ns").RightAligned())
            .AddColumn("");
        foreach (KernelSpeed speed in speeds)
        {
            table.AddRow(
                speed.Kernel,
                speed.Lane.Name,
                speed.Threads.ToString(CultureInfo.InvariantCulture),
                speed.UnitStep.Median.ToString("0.000", CultureInfo.InvariantCulture),
                best.Contains(speed) ? "best lane" : "");
        }

        AnsiConsole.Write(table);
        int runs = speeds.Min(speed => speed.UnitStep.Repetitions);
        Console.Out.WriteLine("ns: nanoseconds of a unit-step, which is one neuron, one time step, one trial:");
        Console.Out.WriteLine(FormattableString.Invariant(
            $"forward, back and update. T = {Work.Length}; medians of {runs:N0} runs or more. Of several"));
        Console.Out.WriteLine("threads it is the wall time divided by the unit-steps of all of them.");
    }
}
