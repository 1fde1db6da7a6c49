using System.Text.Json.Nodes;
using LatchLab.Paper.Comparison;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class TuneCommandTests : IDisposable
{
    private const string Tiny = "tune --problem latch --noise 0.2 --learner back-propagation --trials 1 ";

    private const string Search = "tune --task latch --set length=6 --set learning-rate=0.01..1:log " +
        "--set presentations=200 --trials 2";

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
        SlowTests.SkipUnlessRequested();
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

    [Fact]
    public void A_search_prints_the_best_its_test_the_importance_and_a_command_that_trains()
    {
        CommandResult result = _sandbox.Run($"{Search} --out a --configurations 4");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("The best of 4: learning-rate=", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "over 20 trials with a seed that selected nothing; chance level 0.5.", result.Output,
            StringComparison.Ordinal);
        Assert.Contains("undecided", result.Output, StringComparison.Ordinal); // four configurations are too few
        string command = result.Output.TrimEnd().Split("Train with the best: latchlab ")[1];
        Assert.Equal(0, _sandbox.Run($"{command} --trials 1").ExitCode);
        Assert.Equal(
            ["confirmation", "search-1", "test"],
            Directory.EnumerateDirectories(_sandbox.Below("a")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_search_in_parts_on_several_processes_has_the_result_of_one_go()
    {
        string whole = _sandbox.Run($"{Search} --out a --strategy halving --configurations 8 --json").Output;
        const string search = Search + " --out b --strategy halving --configurations 8";
        Assert.Contains(
            "latchlab run b/search-1.toml --out b/search-1",
            _sandbox.Run($"{search} --prepare").Output.Replace('\\', '/'), StringComparison.Ordinal);
        foreach (string shard in new[] { "1/2", "2/2" })
            Assert.Equal(0, _sandbox.Run($"run b/search-1.toml --out b/search-1 --shard {shard}").ExitCode);
        Assert.Equal(0, _sandbox.Run("merge b/search-1 b/search-1").ExitCode);
        Assert.StartsWith("search-2: 4 configurations", _sandbox.Run($"{search} --prepare").Output,
            StringComparison.Ordinal);

        // One of the two trials of each configuration, as if the process had been killed.
        Assert.Equal(0, _sandbox.Run("run b/search-2.toml --out b/search-2 --trials 1").ExitCode);
        CommandResult resumed = _sandbox.Run($"{search} --json --threads 2 --lane scalar");
        Assert.Contains("4 trials are already recorded; resuming", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(whole.Replace("\"a\"", "\"b\""), resumed.Output);
        Assert.Equal(
            "All stages are complete. Without --prepare this command prints the result.",
            _sandbox.Run($"{search} --prepare").Output.TrimEnd());
    }

    [Fact]
    public void The_files_of_a_search_on_a_dataset_are_relative_to_its_folder()
    {
        _sandbox.Write("data.csv", "sequence,label,x\n" + string.Concat(Enumerable.Range(0, 16).Select(
            i => $"{i},{(i % 2 == 0 ? "no" : "yes")},{(i % 2) + (0.01 * i)}\n")));
        const string search = "tune --data data.csv --set learning-rate=0.1,0.3 --set presentations=100 --trials 1";
        Assert.Equal(0, _sandbox.Run($"{search} --prepare").ExitCode);
        Assert.Equal(0, _sandbox.Run("run data-tune/search-1.toml --out data-tune/search-1").ExitCode);
        CommandResult result = _sandbox.Run(search);
        Assert.Contains("All trials are already recorded (2)", result.Error, StringComparison.Ordinal);
        Assert.Contains("on test sequences: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("The values have 2 combinations: all are tried", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_that_is_printed_trains_with_the_preset_as_the_search_did()
    {
        _sandbox.Write("data.csv", "sequence,label,x\n" + string.Concat(Enumerable.Range(0, 32).Select(
            i => $"{i},{(i % 2 == 0 ? "no" : "yes")},{(i % 3) + (0.01 * i)}\n")));
        CommandResult result = _sandbox.Run(
            "tune --data data.csv --set learning-rate=0.01,0.03 --set presentations=100 --trials 1 --seed 5 --json");
        Assert.Contains("Preset: modern, validation-share=0.2 network=gru", result.Error, StringComparison.Ordinal);
        JsonNode best = result.Json()["best"]!;
        var command = (string)best["command"]!;
        Assert.StartsWith(
            "latchlab train --data data.csv --learner back-propagation --set ", command, StringComparison.Ordinal);
        Assert.All(
            (string[])[" --set presentations=100", " --set learning-rate=0.0", " --set units=32"],
            setting => Assert.Contains(setting, command, StringComparison.Ordinal));
        JsonObject trained = _sandbox.Run($"{command["latchlab ".Length..]} --seed 7 --json").Json();
        Assert.Null(trained["search"]);
        Assert.Equal((double)best["test"]!["value"]!, (double)trained["testError"]!["mean"]!);
    }

    [Fact]
    public void The_settings_of_the_paper_are_one_word_away()
    {
        _sandbox.Write("data.csv", "sequence,label,x\n" + string.Concat(Enumerable.Range(0, 16).Select(
            i => $"{i},{(i % 2 == 0 ? "no" : "yes")},{(i % 2) + (0.01 * i)}\n")));
        const string others = "--set learning-rate=0.1,0.3 --set presentations=100 --trials 1 --out a --json";
        string preset = _sandbox.Run($"tune --data data.csv --preset 1994 {others}").Output;
        Assert.Equal(preset, _sandbox.Run($"tune --task dataset --set file=data.csv {others}").Output);
        _sandbox.Run("tune --task latch --preset 1994 --set length=5 --set learning-rate=0.1,0.2").AssertRejected(
            "--preset: is only allowed with --data");
        _sandbox.Run("tune --data data.csv --set learner=back-propagation,pseudo-newton").AssertRejected(
            "--preset: pseudo-newton has no choice of update rules, which the preset modern makes: give 1994");
        _sandbox.Run("tune --preset 1994").AssertRejected(
            "--preset: has no effect: the grid of Figure 4 has its own settings: give --task or --data, too");
    }

    [Fact]
    public void Every_error_of_a_search_is_reported_at_once()
    {
        CommandResult result = _sandbox.Run(
            "tune --task latch --problem latch --set length=5 --set learning-rate=0.1..0.01 --set noise=0..1:log " +
            "--set sequences=2.5..8 --set lenght=5 --set final-test=no --set rule=sign,sing --set prior=a|a " +
            "--set learner=backprop --set order=x --strategy best");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        string[] errors = result.Error.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        string[] beginnings =
        [
            "--problem: has no effect: it selects a part of the grid of Figure 4; give --set learner=NAME or ",
            "--strategy: 'best' is not known; there are random, halving",
            "--set learning-rate: the range 0.1..0.01 is reversed: give 0.01..0.1",
            "--set noise: a logarithmic scale has no 0 and no numbers below, but '0..1:log' has: give ends above 0",
            "--set sequences: '2.5' is not allowed: give a whole number from ",
            "--set lenght: is not a setting of the task latch with the learner ",
            "--set final-test: is set by the command, which tests its trials itself",
            "--set rule: 'sing' is not allowed: give sign, sign-and-cost, ",
            "--set prior: has 'a' twice: keep one",
            "--set learner: 'backprop' is not known; there are back-propagation, ",
            "--set order: 'x' is not allowed: give ",
        ];
        Assert.Equal(beginnings.Length, errors.Length);
        Assert.All(
            beginnings.Zip(errors), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.EndsWith("; did you mean \"length\"?", errors[5], StringComparison.Ordinal);
        _sandbox.Run("tune --set units=3..4 --json").AssertRejected(
            "--task: is missing; give --task NAME or --data FILE");
        _sandbox.Run("tune --out x --prepare").AssertRejected(
            "--out: has no effect: the grid of Figure 4 has its own settings: give --task or --data, too",
            "--prepare: has no effect: the grid of Figure 4 has its own settings: give --task or --data, too");
    }

    [Fact]
    public void A_folder_with_another_search_is_refused()
    {
        Assert.Equal(0, _sandbox.Run($"{Search} --out a --configurations 1").ExitCode);
        CommandResult other = _sandbox.Run($"{Search} --out a --configurations 1 --seed 3");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("holds another sweep; name another folder", other.Error, StringComparison.Ordinal);
    }
}
