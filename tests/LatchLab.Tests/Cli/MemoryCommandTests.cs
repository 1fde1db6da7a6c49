using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// Made-up data whose answer is known: the label of a sequence of six steps is the sign of its third step from the end;
/// the other inputs are ±1, each sign as often with either label.
/// </summary>
public sealed class MemoryCommandTests : IDisposable
{
    private const string Line = "memory --data data.csv --preset 1994 --set learning-rate=0.03 " +
        "--set optimizer=adam --set units=4 " +
        "--set presentations=6000 --trials 8";

    private static readonly string Data = "sequence,label,x\n" + string.Concat(
        from sequence in Enumerable.Range(0, 64)
        from step in Enumerable.Range(0, 6)
        let input = (sequence >> step) % 2
        select $"{sequence},{(step == 0 ? ((sequence >> 3) % 2 == 0 ? "no" : "yes") : "")},{(2 * input) - 1}\n");

    private readonly Sandbox _sandbox = new();

    public MemoryCommandTests() => _sandbox.Write("data.csv", Data);

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void An_answer_in_the_third_step_from_the_end_needs_the_last_three_steps()
    {
        CommandResult result = _sandbox.Run($"{Line} --length 1,2,3,0 --json");
        Assert.Equal(0, result.ExitCode);
        JsonNode memory = Assert.Single(result.Json()["memory"]!.AsArray())!;
        Assert.Equal(("task.length", 3), ((string?)memory["setting"], (int)memory["steps"]!));
        HashSet<string> written = [.. Directory.EnumerateFiles(
            _sandbox.Below("data-memory/report"), "error*", SearchOption.AllDirectories)
            .Select(path => Path.GetExtension(path))];
        Assert.Superset(new HashSet<string> { ".svg", ".png", ".csv" }, written);
        Assert.Contains(
            "The answer needs the last 3 steps", File.ReadAllText(_sandbox.Below("data-memory/report/index.html")),
            StringComparison.Ordinal);
        CommandResult again = _sandbox.Run($"{Line} --length 1,2,3,0 --json --threads 2 --lane scalar");
        Assert.Contains("All trials are already recorded (32)", again.Error, StringComparison.Ordinal);
        Assert.Equal(result.Output, again.Output);
    }

    [Fact]
    public void A_network_that_learns_without_a_delay_remembers_for_the_delays_that_it_learns()
    {
        CommandResult result = _sandbox.Run($"{Line} --delay 0,1");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("It remembers its data for at least 1 step: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_are_not_given_are_those_of_the_preset_of_train()
    {
        CommandResult result = _sandbox.Run(
            "memory --data data.csv --delay 0,1 --trials 2 --set presentations=200 --json");
        Assert.Contains("Preset: modern, validation-share=0.2 network=gru units=32", result.Error,
            StringComparison.Ordinal);
        JsonNode delayed = result.Json()["configurations"]![1]!;
        JsonObject trained = _sandbox.Run(
            "train --data data.csv --set delay=1 --set units=32 --set learning-rate=0.001 --trials 2 " +
            "--set presentations=200 --json").Json();
        Assert.Equal(trained["testError"]!.ToJsonString(), delayed["testError"]!.ToJsonString());
        Assert.Equal("gru", (string?)delayed["settings"]!["network.network"]);
    }

    [Fact]
    public void Every_error_is_reported_at_once()
    {
        _sandbox.Run("memory --delay 0,5 --length 3 --set units=3,4 --set delay=3 --set lerning-rate=1 --open x")
            .AssertRejected(
                "'x' is not expected here: latchlab memory takes only options",
                "--data: is missing; give --data FILE, the dataset",
                "--delay: has no effect: --length is varied instead");
        _sandbox.Run("memory --data data.csv --delay -1,5 --set units=3,4 --set rule=sing").AssertRejected(
            "--delay: '-1' is not allowed: give a whole number from 0 to 100000",
            "--set rule: 'sing' is not allowed: give sign, sign-and-cost, test-sequences or validation; did you mean " +
                "\"sign\"?");
        _sandbox.Run("memory --data data.csv --delay 3 --set units=3,4").AssertRejected(
            "--set units: has several values: give one, and search with latchlab tune");
        _sandbox.Run("memory --data data.csv --length 3").AssertRejected(
            "--length: needs 2 to 100 values, such as 1,2,3,0");
        _sandbox.Run("memory --data data.csv --set delay=0,5").AssertRejected(
            "--set: delay is varied: give its values with --delay");
    }
}
