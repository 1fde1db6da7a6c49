using System.Text.Json.Nodes;
using LatchLab.Paper.Comparison;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class TuneCommandTests : IDisposable
{
    private const string Tiny = "tune --problem latch --noise 0.2 --learner back-propagation --trials 1 ";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_last_lines_are_lines_of_the_tuned_settings_file()
    {
        CommandResult result = _sandbox.Run(
            "tune --problem latch --noise 0,0.2 --learner back-propagation-small-steps --trials 1");
        Assert.Equal(0, result.ExitCode);
        string[] last = result.Output.TrimEnd().ReplaceLineEndings("\n").Split('\n')[^2..];
        Assert.Equal(
            [("latch", "back-propagation-small-steps", 0.0), ("latch", "back-propagation-small-steps", 0.2)],
            TunedSettings.Parse(last).Keys);
        Assert.Contains("Learned", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"80 of 80 trials", result.Error);
    }

    [Fact]
    public void Json_is_the_same_for_any_number_of_threads_with_the_best_settings_first()
    {
        JsonObject json = _sandbox.Run(Tiny + "--threads 1 --json").Json();
        JsonObject again = _sandbox.Run(Tiny + "--threads 3 --lane scalar --json").Json();
        Assert.Equal(json.ToJsonString(), again.ToJsonString());
        Assert.Equal(("ok", GridSearch.Seed), ((string?)json["status"], (ulong)json["seed"]!));
        JsonNode tuned = Assert.Single(json["tuned"]!.AsArray())!;
        Assert.Equal(
            ("latch", "back-propagation", 0.2),
            ((string?)tuned["problem"], (string?)tuned["learner"], (double)tuned["noise"]!));
        JsonArray tried = tuned["tried"]!.AsArray();
        Assert.Equal(20, tried.Count);
        string[] ends = [.. tuned["settingsAtEnd"]!.AsArray().Select(name => (string)name!)];
        Assert.Equal(
            (string?)tried[0]!["settings"]!["learning-rate"] is "0.001" or "56" ? ["learning-rate"] : [], ends);
        Assert.True((double)tried[0]!["testError"]!["mean"]!
            <= (double)tried[^1]!["testError"]!["mean"]! + GridSearch.ErrorTolerance);
        Assert.All(tried, one => Assert.InRange(
            (int)one!["success"]!["converged"]!, 0, (int)one["success"]!["trials"]!));
        Assert.NotNull(tried[0]!["settings"]!["learning-rate"]);
        Assert.True((double)tried[0]!["geometricMeanPresentations"]! > 0.0);
    }

    [Fact]
    public void Every_error_is_reported_with_the_valid_values()
    {
        string[] problems = [.. Problem.FromPaper.Select(problem => problem.Id)];
        string[] learners = [.. KnownAlgorithms.All.Where(one => one.IsTuned).Select(one => one.Id)];
        const string Line = "tune --problem latch,lach --noise 0.1 --learner random-guessing --trials 0 --seed x";
        _sandbox.Run(Line).AssertRejected(
            $"--problem: 'lach' is not known; there are {string.Join(", ", problems)}; did you mean \"latch\"?",
            $"--learner: 'random-guessing' is not known; there are {string.Join(", ", learners)}",
            "--noise: '0.1' is not known; there are 0, 0.2",
            "--trials: '0' is not allowed: give a whole number from 1 to 10000",
            "--seed: 'x' is not allowed: give a whole number from 0 to 18446744073709551615");
        _sandbox.Run("tune --trials=2.5 parity").AssertRejected(
            "'parity' is not expected here: latchlab tune takes only options",
            "--trials: '2.5' is not allowed: give a whole number from 1 to 10000");
    }
}
