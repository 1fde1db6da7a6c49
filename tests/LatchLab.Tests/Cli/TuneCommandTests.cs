using System.Text.Json.Nodes;
using LatchLab.Paper.Comparison;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class TuneCommandTests : IDisposable
{
    private const string Tiny = "tune --problem latch --learner multigrid-random-search --trials 1 ";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_last_lines_are_lines_of_the_tuned_settings_file()
    {
        CommandResult result = _sandbox.Run("tune --problem latch,parity --learner multigrid-random-search --trials 1");
        Assert.Equal(0, result.ExitCode);
        string[] last = result.Output.TrimEnd().ReplaceLineEndings("\n").Split('\n')[^2..];
        Assert.Equal(
            [(Problem.Latch, KnownAlgorithms.MultigridRandomSearch),
                (Problem.Parity, KnownAlgorithms.MultigridRandomSearch)],
            TunedSettings.Parse(last).Keys);
        Assert.Contains("Learned", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"20 of 20 trials", result.Error);
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
            ("latch", "multigrid-random-search"), ((string?)tuned["problem"], (string?)tuned["learner"]));
        JsonArray tried = tuned["tried"]!.AsArray();
        Assert.Equal(KnownAlgorithms.MultigridRandomSearch.TuningGrid["initial-half-width"].Length, tried.Count);
        Assert.True((double)tried[0]!["testError"]!["mean"]!
            <= (double)tried[^1]!["testError"]!["mean"]! + GridSearch.ErrorTolerance);
        Assert.All(tried, one => Assert.InRange(
            (int)one!["success"]!["converged"]!, 0, (int)one["success"]!["trials"]!));
        Assert.NotNull(tried[0]!["settings"]!["initial-half-width"]);
        Assert.True((double)tried[0]!["geometricMeanPresentations"]! > 0.0);
    }

    [Fact]
    public void Every_error_is_reported_with_the_valid_values()
    {
        string[] problems = [.. Problem.All.Select(problem => problem.Id)];
        string[] learners = [.. KnownAlgorithms.All.Where(one => one.TuningGrid.Count > 0).Select(one => one.Id)];
        _sandbox.Run("tune --problem latch,lach --learner random-guessing --trials 0 --seed x").AssertRejected(
            $"--problem: 'lach' is not known; there are {string.Join(", ", problems)}",
            $"--learner: 'random-guessing' is not known; there are {string.Join(", ", learners)}",
            "--trials: '0' is not allowed: give a whole number from 1 to 10000",
            "--seed: 'x' is not allowed: give a whole number from 0 to 18446744073709551615");
        _sandbox.Run("tune --trials=2.5 parity").AssertRejected(
            "'parity' is not expected here: latchlab tune takes only options",
            "--trials: '2.5' is not allowed: give a whole number from 1 to 10000");
    }
}
