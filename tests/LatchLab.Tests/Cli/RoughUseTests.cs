using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>What people type, and what a machine refuses: one clear sentence, never a stack trace.</summary>
public sealed class RoughUseTests : IDisposable
{
    private const string Train = "train --task latch --length 6 --learner back-propagation --trials 1";

    private static readonly string Latch =
        Path.Combine(Repository.Root, "examples", "networks", "latch.json");

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_sequence_that_never_latches_gives_a_table_without_rows()
    {
        _sandbox.Write("one.csv", "0.3\n");
        CommandResult result = _sandbox.Run($"dynamics orbit --network {Latch} --sequence one.csv");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("(no rows)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_an_analysis_without_effect_are_refused_before_it_or_noted_after_it()
    {
        string command = $"dynamics network {Latch}";
        _sandbox.Run($"{command} --starts 10 --grid 5").AssertRejected(
            "--starts: has no effect: the fixed points of one variable are found by bracketing, not by Newton's method",
            "--grid: has no effect without a report: give --out, too");
        CommandResult result = _sandbox.Run($"{command} --exponents 0 --samples 50");
        Assert.Equal(
            (0, "--exponents had no effect: every orbit reached an attractor or diverged."),
            (result.ExitCode, result.Error.TrimEnd()));
        Assert.NotEqual(
            _sandbox.Run($"{command} --samples 50 --json").Output,
            _sandbox.Run($"{command} --samples 50 --sample-steps 1 --json").Output);
    }

    [Theory]
    [InlineData("-1e50")]
    [InlineData("1e300")]
    [InlineData("-1e300")]
    public void A_network_beyond_all_measure_is_undecided_and_not_endless(string weight)
    {
        SlowTests.SkipUnlessRequested();
        _sandbox.Write("n.json", $$"""{"network": "latch", "unit": "logistic", "weight": {{weight}}, "inputs": []}""");
        _sandbox.Write("one.csv", "0.3\n");
        foreach (string command in new[] { "network n.json", "orbit --network n.json --sequence one.csv" })
        {
            CommandResult result = _sandbox.Run($"dynamics {command}");
            Assert.InRange(result.ExitCode, 0, 2);
            Assert.DoesNotContain("internal error", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("-Infinity", result.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(">&-", "Failed: standard output is closed")]
    [InlineData("> /dev/full", "Failed: No space left on device")]
    public void An_output_that_cannot_be_written_is_one_sentence(string redirection, string message)
    {
        CommandResult result = _sandbox.RunInBash($"{Sandbox.Program} {Train} {redirection}");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(message, result.Error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_error_stream_neither_ends_the_program_nor_writes_into_its_files()
    {
        SlowTests.SkipUnlessRequested();
        const string save = " --save-network n.json";
        Assert.Equal(0, _sandbox.RunInBash($"{Sandbox.Program} {Train}{save} 2>&-").ExitCode);
        string network = File.ReadAllText(_sandbox.Below("n.json"));
        Assert.Equal(0, _sandbox.RunInBash($"{Sandbox.Program} {Train}{save}").ExitCode);
        Assert.Equal(File.ReadAllText(_sandbox.Below("n.json")), network);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(36)]
    [InlineData(44)]
    public void Too_few_open_files_are_one_sentence(int limit)
    {
        CommandResult result = _sandbox.RunInBash($"ulimit -n {limit}; {Sandbox.Program} {Train}");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("Failed: ", result.Error.Split('\n')[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_invalid_rows_are_the_first_ten_and_a_count_by_column()
    {
        _sandbox.Write("bad.csv", "sequence,label,x,y\n"
            + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},a,abc,{(i % 3 == 0 ? "-" : "1")}\n")));
        CommandResult result = _sandbox.Run("train --task dataset --set file=bad.csv --learner back-propagation");
        string[] lines = result.Error.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal((2, 11), (result.ExitCode, lines.Length));
        Assert.Equal("bad.csv: and 390 more; in all: x 300, y 100", lines[^1]);
    }

    [Fact]
    public void Commands_are_suggested_and_help_and_version_work_as_people_type_them()
    {
        Assert.EndsWith("; did you mean \"train\"?", _sandbox.Run("trian").Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(_sandbox.Run("dynamics orbit --help"), _sandbox.Run("help dynamics orbit"));
        Assert.Equal(_sandbox.Run("--help"), _sandbox.Run("help"));
        Assert.Equal(_sandbox.Run("--version"), _sandbox.Run("-v"));
    }

    [Theory]
    [InlineData("latchlab tra", "train")]
    [InlineData("latchlab dynamics or", "orbit")]
    [InlineData("latchlab train --task tw", "two-sequence")]
    [InlineData("latchlab reproduce --noise-drawn ", "frozen|afresh")]
    [InlineData("latchlab export r --fo", "--format")]
    [InlineData("latchlab export r --to ", "")]
    [InlineData("latchlab export r --format ", "csv|parquet|json")]
    [InlineData("latchlab merge a b --journal r", "rollback")]
    [InlineData("latchlab --", "--help|--version")]
    [InlineData("latchlab", "")]
    public void A_shell_completes_commands_options_and_names(string line, string expected)
    {
        CommandResult result = _sandbox.Run(["complete", line]);
        Assert.Equal(expected, result.Output.TrimEnd().ReplaceLineEndings("|"));
    }

    [Fact]
    public void The_completion_of_bash_works_in_bash()
    {
        _sandbox.Write("script", _sandbox.Run("completion bash").Output);
        CommandResult result = _sandbox.RunInBash(
            $"latchlab() {{ {Sandbox.Program} \"$@\"; }}; source ./script; COMP_LINE='latchlab train --lea'; " +
                $"COMP_POINT=20; " +
            "_latchlab; printf '%s' \"${COMPREPLY[*]}\"");
        Assert.Equal("--learner", result.Output);
        Assert.DoesNotContain("  complete ", _sandbox.Run("--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_after_a_sweep_file_replace_those_of_the_file()
    {
        const string common = "trials = 2\ntask.name = \"latch\"\nlearner.name = \"back-propagation\"\n" +
            "rule.presentations = 60\n";
        _sandbox.Write("varied.toml", common + "axes = [{ task.length = [5, 6] }]\nreport.x = \"task.length\"\n");
        _sandbox.Write("fixed.toml", common + "task.length = 7\nlearner.learning-rate = 0.5\n");
        Assert.Equal(
            0, _sandbox.Run("run varied.toml task.length=7 learner.learning-rate=0.5 --out a").ExitCode);
        Assert.Equal(0, _sandbox.Run("run fixed.toml --out b").ExitCode);
        Assert.Equal(0, _sandbox.Run("export a --to a.csv").ExitCode);
        Assert.Equal(0, _sandbox.Run("export b --to b.csv").ExitCode);
        Assert.Equal(
            File.ReadAllText(_sandbox.Below("b.csv")), File.ReadAllText(_sandbox.Below("a.csv")));
        CommandResult unknown = _sandbox.Run("run varied.toml task.lenght=7 --dry");
        Assert.Equal(2, unknown.ExitCode);
        Assert.EndsWith(
            "task.lenght: unknown; did you mean \"task.length\"?", unknown.Error.TrimEnd(), StringComparison.Ordinal);
        _sandbox.Run("run varied.toml length=7 task.length= --dry").AssertRejected(
            "SECTION.NAME=VALUE…: 'length=7' is not allowed: give SECTION.NAME=VALUE, such as task.length=50",
            "SECTION.NAME=VALUE…: 'task.length=' is not allowed: give SECTION.NAME=VALUE, such as task.length=50");
        _sandbox.Run("run varied.toml trials=3 --dry").AssertRejected(
            "SECTION.NAME=VALUE…: 'trials=3' is not allowed: give --trials");
        Assert.EndsWith(
            "report.x: unknown; the sections of settings are task, network, learner, rule",
            _sandbox.Run("run varied.toml report.x=task.length").Error.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith(
            "--journal: has no effect: --dry writes nothing",
            _sandbox.Run("run varied.toml --dry --journal wal").Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_on_the_command_line_may_look_like_a_number()
    {
        _sandbox.Write("data.csv", "sequence,7,x\n1,a,1\n2,b,2\n3,a,3\n4,b,4\n");
        _sandbox.Write("s.toml", "task = { name = \"dataset\", file = \"data.csv\", label = \"x\" }\n" +
            "learner.name = \"back-propagation\"\nrule.presentations = 20\ntrials = 1\n");
        CommandResult result = _sandbox.Run("run s.toml task.label=7 --dry");
        Assert.True(result.ExitCode == 0, result.Error);
        _sandbox.Run("train --task dataset --set file=data.csv --set label=7 --set inputs=x,x " +
            "--learner back-propagation").AssertRejected(
            "--set inputs: has \"x\" more than once; name each column once");
    }

    [Fact]
    public void The_list_of_a_task_with_a_learner_has_what_applies_and_why_the_rest_does_not()
    {
        string text = _sandbox.Run("train --list --task latch --learner pseudo-newton").Output;
        Assert.Contains("learning-rate=0.03", text, StringComparison.Ordinal);
        Assert.DoesNotContain("units=5", text, StringComparison.Ordinal);
        var json = _sandbox.Run("train --list --task latch --learner pseudo-newton --json").Json();
        Assert.Contains(json["withoutEffect"]!.AsArray(), entry => (string)entry!["name"]! == "units");
    }
}
