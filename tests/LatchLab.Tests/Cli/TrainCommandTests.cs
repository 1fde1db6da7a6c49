using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Tasks;
using LatchLab.Tests.Architecture;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class TrainCommandTests : IDisposable
{
    private const string Latch = "train --task latch --length 10 --learner back-propagation --trials 6 ";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Lane_types_and_threads_change_only_the_time()
    {
        JsonObject expected = Trained(Latch + "--seed 7 --lane scalar --threads 1");
        Assert.Equal(6, expected["trials"]!.AsArray().Count);
        Assert.Equal("0.5", Setting(Trained(Latch + "--noise 0.5"), "noise"));
        JsonObject actual = Trained(Latch + "--seed 7 --lane auto --threads 3");
        Assert.True(expected.Remove("seconds") && actual.Remove("seconds"));
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
        JsonObject other = Trained(Latch + "--seed 8");
        Assert.NotEqual(expected["trials"]!.ToJsonString(), other["trials"]!.ToJsonString());
    }

    [Fact]
    public void Json_is_the_only_output_and_docs_training_describes_every_field()
    {
        CommandResult result = _sandbox.Run(Latch + "--set presentations=300 --json");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(
            @"(?m)^6 of 6 trials ended, error 0\.\d\d, [\d,]+ presentations, after 0:0\d\r?\n$", result.Error);
        string page = Repository.ReadPage("reference/training.md");
        Assert.All(Members(result.Json()).Concat(Members(_sandbox.Run("train --list --json").Json())).Distinct(),
            member => Assert.Contains($"`{member}`", page, StringComparison.Ordinal));

        static IEnumerable<string> Members(JsonNode? node) => node switch
        {
            JsonArray array => array.SelectMany(Members),
            JsonObject members => members.Where(member => member.Key != "parameters")
                .SelectMany(member => Members(member.Value).Prepend(member.Key)),
            _ => [],
        };
    }

    [Fact]
    public void The_table_fits_in_80_columns_and_marks_quartiles_above_the_budget()
    {
        CommandResult result = _sandbox.Run("train --task parity --length 5 --learner random-guessing --trials 4 " +
            "--set presentations=60");
        Assert.Equal(0, result.ExitCode);
        Assert.All(
            result.Output.Split('\n').Where(line => line.Contains('│')),
            line => Assert.InRange(line.TrimEnd().Length, 1, 80));
        string[] lines = result.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(
            "Task: parity, T = 5, noise 0.2, 30 training sequences; chance level: an error of 50 %.", lines[0]);
        Assert.Equal("Network: parity, 2 units (tanh), 7 parameters.", lines[1]);
        Assert.Equal("Learner: random-guessing (guess-range 100).", lines[2]);
        Assert.Equal("4 trials, seed 1994. Intervals: 95 %.", lines[3]);
        Assert.Contains("Learning curve: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("│ median > 60 [0, ∞] (quartiles > 60, > 60)", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"│ success rate +│ 0 of 4: 0\.000 \[0\.000, 0\.490\]", result.Output);
        Assert.Contains("0 converged, 4 budget exhausted", result.Output, StringComparison.Ordinal);
        Assert.Contains("of them skipped", result.Output, StringComparison.Ordinal);
        Assert.Matches("│ time +│ [0-9]+\\.[0-9] seconds", result.Output);
        JsonNode needed = _sandbox.Run("train --task parity --length 5 --learner random-guessing --trials 4 " +
            "--set presentations=60 --json").Json()["presentationsToSuccess"]!;
        Assert.Equal((60, null), ((int)needed["budget"]!, needed["median"]));
    }

    [Theory]
    [InlineData("latch --set inputs=2 --learner back-propagation --set unit=logistic")]
    [InlineData("parity --learner discrete-error-propagation --set unit=tanh,threshold")]
    [InlineData("two-sequence --learner curriculum --set learner=pseudo-newton --set units=3")]
    public void The_best_network_is_saved_to_the_last_bit(string task)
    {
        string arguments = $"train --length 8 --trials 5 --save-network n.json --set presentations=600 --task {task}";
        JsonNode best = Trained(arguments)["best"]!;
        Assert.Equal("n.json", (string)best["network"]!);
        Assert.Equal(
            best["parameters"]!.AsObject().Select(parameter => (double)parameter.Value!),
            NetworkFile.Read(_sandbox.Below("n.json")).Parameters);
        Assert.Equal(["n.json"], _sandbox.Entries());
        Assert.Contains(
            "Network of the best trial: n.json", _sandbox.Run(arguments).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_network_has_the_gradient_used_in_training()
    {
        Trained(Latch + "--save-network n.json");
        _sandbox.Write("s.csv", "0.1\n-0.1\n");
        JsonObject gradients = _sandbox.Run("gradients --network n.json --sequence s.csv --target -0.8 --json").Json();
        Assert.Equal("ok", (string)gradients["status"]!);
        Assert.Equal((3, 0.0), (gradients["gradient"]!.AsArray().Count, (double)gradients["gradient"]![1]!));
    }

    [Fact]
    public void A_complete_checkpoint_has_the_result_and_continues_no_other_training()
    {
        string expected = WithoutTime(_sandbox.Run(Latch).Output);
        const string command = Latch + "--checkpoint c";
        Assert.Equal(expected, WithoutTime(_sandbox.Run(command).Output));
        CommandResult again = _sandbox.Run(command);
        Assert.Equal(expected, WithoutTime(again.Output));
        Assert.Equal("'c': 6 of 6 trials complete, 0 to continue", again.Error.TrimEnd());
        Assert.Equal(["c"], _sandbox.Entries());
        _sandbox.Run(command + " --seed 8 --set learning-rate=0.1").AssertRejected(
            "c: seed: is '1994' in the checkpoint and '8' now: give the same to continue",
            "c: learner.learning-rate: is '0.03' in the checkpoint and '0.1' now: give the same to continue");
        byte[] bytes = File.ReadAllBytes(_sandbox.Below("c"));
        File.WriteAllBytes(_sandbox.Below("c"), bytes[..^1]);
        _sandbox.Run(command).AssertRejected("c: is incomplete or was changed: give another checkpoint");
        _sandbox.Write("c", "years of work");
        _sandbox.Run(command).AssertRejected("c: exists and is not a checkpoint; move it or name another file");
    }

    [Fact]
    public void All_errors_are_reported_at_once_and_nothing_runs_or_is_written()
    {
        _sandbox.Write("thesis.tex", "years of work");
        _sandbox.Run(
            "train --task parity --learner pseudo-newton --length 10 --trials 0 --set learning-rate=0 --set foo " +
            "--set unit=threshold --set presentations=9 --set length=9 --noise x --save-network thesis.tex " +
            "--trial 3 --threads 0").AssertRejected(
            "--trial: is not an option of latchlab train; did you mean --trials?",
            "--trials: '0' is not allowed: give a whole number from 1 to 100000",
            "--set: 'foo' is not allowed: give KEY=VALUE, such as learning-rate=0.1",
            "--set length: is given twice; give it once",
            "--noise: 'x' is not allowed: give a number from 0 to 1000000",
            "--set learning-rate: '0' is not allowed: give a number above 0 up to 1000",
            "--set unit: pseudo-newton needs differentiable units, not threshold units: give tanh, logistic or relu",
            "--set presentations: 9 are less than one epoch: give at least the number of sequences, 30",
            "--threads: '0' is not allowed: give a whole number from 1 to 1024",
            "thesis.tex: exists and is not a network file; move it or name another file");
        Assert.Equal(["thesis.tex"], _sandbox.Entries());
    }

    [Fact]
    public void The_networks_of_the_trials_are_not_kept()
    {
        SlowTests.SkipUnlessRequested();

        // 6,763 parameters are 54 KB, those of all trials 162 MB: more than the limit, of 64 MB.
        CommandResult result = _sandbox.RunAlone(
            "train --task latch --length 2 --learner back-propagation --set network=lstm --set units=40 " +
                "--set sequences=2 --set test-sequences=2 --set presentations=2 --trials 3000",
            ("DOTNET_GCHeapHardLimit", "0x4000000"));
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("latch --learner back-propagation --length 1",
        "--length: '1' is not allowed: give a whole number from 2 to 100000")]
    [InlineData("parity --learner discrete-error-propagation --length 9 --set minimum-signal=2 --set maximum-signal=1",
        "--set minimum-signal: 2 is not below the maximum signal, 1: give a smaller one")]
    [InlineData("parity --learner discrete-error-propagation --length 9 --set unit=tanh",
        "--set unit: discrete-error-propagation needs at least one threshold unit: give threshold, or one name for " +
        "each unit")]
    [InlineData("parity --learner back-propagation --length 9 --save-network no/n.json",
        "no/n.json: cannot be written: there is no directory '{0}'; create it first")]
    [InlineData("two-sequence --learner back-propagation --length 9 --trials 100000 --set units=64 --checkpoint c",
        "--trials: 100000 networks of 4096 parameters do not fit in a checkpoint: give at most 12207")]
    public void An_error_is_one_line(string arguments, string line)
        => _sandbox.Run("train --task " + arguments).AssertRejected(
            line.Replace("{0}", _sandbox.Below("no"), StringComparison.Ordinal));

    [Theory]
    [InlineData("--task latsh --learner back-propagation --length 9", "--task: ", "did you mean \"latch\"?")]
    [InlineData("--task latch --learner back-propagation --length 9 --set noise-kin=gaussian",
        "--set noise-kin: is not a setting of the task latch with the learner back-propagation; there are inputs, ",
        "did you mean \"noise-kind\"?")]
    public void An_unknown_name_is_reported_with_the_valid_ones(string arguments, string start, string end)
    {
        CommandResult result = _sandbox.Run("train " + arguments);
        string line = result.Error.TrimEnd();
        result.AssertRejected(line);
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        Assert.EndsWith(end, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curriculum_cannot_train_a_curriculum()
        => _sandbox.Run("train --task latch --learner curriculum --length 9 --set learner=curriculum").AssertRejected(
            "--set learner: a curriculum cannot train a curriculum; give " +
            string.Join(", ", KnownLearners.Inner.Select(learner => learner.Name)));

    [Fact]
    public void All_missing_options_are_reported_at_once_and_the_length_can_be_set_as_a_setting()
    {
        CommandResult result = _sandbox.Run("train --set noise=-1");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            ["--task: is missing", "--learner: is missing", "--length: is missing", "--noise: '-1' is not allowed"],
            result.Error.TrimEnd().Split('\n').Select(line => Regex.Match(line, "^[^;]*?(missing|allowed)").Value));
        string arguments = Latch.Replace("--length 10", "--set length=10", StringComparison.Ordinal);
        Assert.Equal("10", Setting(Trained(arguments), "length"));
    }

    [Fact]
    public void The_list_names_every_task_learner_and_setting_and_fits_in_80_columns()
    {
        CommandResult list = _sandbox.Run("train --list");
        Assert.Equal((0, ""), (list.ExitCode, list.Error));
        Assert.All(list.Output.Split('\n'), line => Assert.True(line.TrimEnd().Length < 80, line));
        Assert.All(KnownTasks.All, task => Assert.Contains($"\n  {task.Name} ", list.Output, StringComparison.Ordinal));
        Assert.All(
            KnownLearners.All,
            learner => Assert.Contains($"\n  {learner.Name} ", list.Output, StringComparison.Ordinal));
        var settings = from task in KnownTasks.All
                       from learner in KnownLearners.All
                       from setting in TrainingConfigurationFactory.GetSettings(
                           TrainingConfigurationFactory.CreateDefault(task, learner))
                       select $"\n    {setting.Name}={setting.Value}";
        Assert.All(settings.Distinct(), line => Assert.Contains(line, list.Output, StringComparison.Ordinal));
        JsonObject document = _sandbox.Run("train --list --json").Json();
        Assert.Equal(
            KnownLearners.All.Select(learner => learner.Name),
            document["learners"]!.AsArray().Select(learner => (string)learner!["name"]!));
    }

    [Fact]
    public void A_terminal_shows_the_error_curve_and_with_no_color_plain_lines()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the command script, a terminal for others, differs elsewhere");
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "the command script, a terminal for others, is missing");
        string command = $"{Sandbox.Program} train --task keep --length 20 --learner back-propagation --trials 4";
        CommandResult plain = _sandbox.RunInBash($"NO_COLOR=1 TERM=xterm script -qec \"{command}\" /dev/null");
        Assert.Contains("4 of 4 trials ended, error 0.00, ", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[2K", plain.Output, StringComparison.Ordinal);
        CommandResult coloured = _sandbox.RunInBash(
            $"unset NO_COLOR; export TERM=xterm; script -qec \"stty cols 100; {command}\" /dev/null");
        Assert.Matches("\r\e\\[2K\e\\[32m[▁▂▃▄▅▆▇█]+ *\e\\[0m 4 of 4 trials ended, ", coloured.Output);
    }

    private static string Setting(JsonObject document, string name)
        => (string)document["settings"]!.AsArray().Single(setting => (string)setting!["name"]! == name)!["value"]!;

    private static string WithoutTime(string output)
        => string.Join('\n', output.Split('\n').Where(line => !line.StartsWith("│ time ", StringComparison.Ordinal)));

    private JsonObject Trained(string arguments)
    {
        CommandResult result = _sandbox.Run(arguments + " --json");
        Assert.Equal(0, result.ExitCode);
        return result.Json();
    }
}
