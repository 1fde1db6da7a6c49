using System.Text.Json.Nodes;
using LatchLab.KernelTiming;
using LatchLab.Ledger.Identity;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class BenchCommandTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Json_has_every_kernel_on_every_lane_and_the_widest_on_several_threads_too()
    {
        CommandResult result = _sandbox.Run("bench --json --seconds 0.01 --threads 2");
        Assert.Equal((0, "Measuring for about 0.01 seconds …"), (result.ExitCode, result.Error.TrimEnd()));
        JsonNode document = JsonNode.Parse(result.Output)!;
        Assert.Equal(LedgerSession.GetProcessorName(), (string)document["processor"]!);
        JsonArray rows = document["kernels"]!.AsArray();
        string[] lanes = [.. LaneKind.All.Reverse().Where(lane => lane.IsSupported).Select(lane => lane.Name)];
        string[] kernels = ["latch-backpropagation", "fully-connected-5-backpropagation", "parity-backpropagation"];
        var expected = from kernel in kernels
                       from lane in lanes.Select(lane => (Name: lane, Threads: 1)).Append((Name: lanes[0], Threads: 2))
                       select (kernel, 100, lane.Name, lane.Threads);
        Assert.Equal(expected, rows.Select(row => (
            (string)row!["kernel"]!, (int)row["length"]!, (string)row["lane"]!, (int)row["threads"]!)));
        string[] times = ["minimum", "lowerQuartile", "nanosecondsPerUnitStep", "upperQuartile"];
        Assert.All(rows, row =>
        {
            double[] ascending = [.. times.Select(time => (double)row![time]!)];
            Assert.Equal(ascending.Order(), ascending);
            Assert.InRange(ascending[0], 1e-3, 1e6);
            Assert.Equal(8, row!.AsObject().Count);
        });
    }

    [Fact]
    public void The_table_fits_in_80_columns_and_marks_the_best_lane_of_each_kernel()
    {
        CommandResult result = _sandbox.Run("bench --seconds 0.01 --threads 1");
        Assert.Equal(0, result.ExitCode);
        string[] lines = result.Output.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.Equal($"Processor: {LedgerSession.GetProcessorName()}", lines[0]);
        Assert.Equal(Workload.Kernels.Count, lines.Count(line => line.EndsWith("│ * │", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("per unit-step (one neuron", StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        _sandbox.Run("bench --seconds 0 --threads 0 latch").AssertRejected(
            "'latch' is not expected here: latchlab bench takes only options",
            "--seconds: '0' is not allowed: give a number above 0 up to 3600",
            "--threads: '0' is not allowed: give a whole number from 1 to 1024");
        _sandbox.Run("bench --seconds soon").AssertRejected(
            "--seconds: 'soon' is not allowed: give a finite number, such as 1.25");
    }

    [Fact]
    public void There_are_three_runs_in_any_time_and_cancellation_stops_them()
    {
        IReadOnlyList<KernelMeasurement> measured = KernelBenchmark.Measure(
            TimeSpan.FromMilliseconds(1), threadCount: 1, TestContext.Current.CancellationToken);
        Assert.All(measured, one => Assert.InRange(one.UnitStepTime.Repetitions, 3, int.MaxValue));
        Assert.All(measured, one => Assert.InRange(one.UnitStepTime.Minimum, 1e-3, one.UnitStepTime.Median));
        Assert.Throws<OperationCanceledException>(() => KernelBenchmark.Measure(
            TimeSpan.FromHours(1), threadCount: 2, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_median_and_the_quartiles_of_any_number_of_runs_are_some_of_them()
    {
        Assert.Equal(new(1.0, 1.0, 1.0, 1.0, 1), Measurement.Of([1.0]));
        Assert.Equal(new(1.0, 1.0, 4.0, 4.0, 2), Measurement.Of([4.0, 1.0]));
        Assert.Equal(new(1.0, 1.0, 2.0, 3.0, 3), Measurement.Of([3.0, 1.0, 2.0]));
        Assert.Equal(new(1.0, 2.0, 3.0, 4.0, 5), Measurement.Of([5.0, 3.0, 1.0, 4.0, 2.0]));
    }
}
