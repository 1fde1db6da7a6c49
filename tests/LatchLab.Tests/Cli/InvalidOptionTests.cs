using LatchLab.Foundation;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class InvalidOptionTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void All_errors_of_a_command_line_are_reported_at_once_and_no_files_are_created()
    {
        _sandbox.Write("mine/thesis.tex", "years of work");
        _sandbox.Run(
            "reproduce --nois 1 --trails=3 --noise -1 --length 3 --noise 2 --threads 0 --lane 1024 --seed -1 " +
            "--only figure-2c,figure-1b --profile slow --out mine extra --trials --runs 0 --learning-rate 0 " +
            "--rule signs --grid 2.5").AssertRejected(
            "--nois: is not an option of latchlab reproduce; did you mean --noise?",
            "--trails: is not an option of latchlab reproduce; did you mean --trials?",
            "--noise: is given twice; give it once",
            "'extra' is not expected here: latchlab reproduce takes only options",
            "--trials: has no value; give --trials VALUE",
            "--profile: 'slow' is not known; there are quick, standard, full",
            "--only: 'figure-2c' is not known; there are figure-1a, figure-1b, figure-2a, figure-2b, figure-3, " +
            "vanishing-gradient, weight-gradient, trade-off, figure-4, curriculum, generality; did you mean " +
            "\"figure-2a\"?",
            "--seed: '-1' is not allowed: give a whole number from 0 to 18446744073709551615",
            "--threads: '0' is not allowed: give a whole number from 1 to 1024",
            "--lane: '1024' is not known; there are scalar, 128, 256, 512, auto",
            "--noise: '-1' is not allowed: give a number from 0 to 1000000",
            "--learning-rate: '0' is not allowed: give a number above 0 up to 1000",
            "--rule: 'signs' is not allowed: give sign, sign-and-cost, test-sequences or validation; did you mean " +
                "\"sign\"?",
            "--runs: '0' is not allowed: give a whole number from 1 to 1000000",
            "--grid: '2.5' is not allowed: give a whole number from 2 to 1000",
            "--length: 3 steps leave none after the first 3: give at least 4",
            "--out: 'mine' is not empty and not a LatchLab report; name a new or an empty folder");
        Assert.Equal(["mine"], _sandbox.Entries());
        Assert.Single(_sandbox.Files("mine"));
    }

    [Fact]
    public void Conflicting_settings_are_errors_unless_one_of_them_is_already_invalid()
    {
        _sandbox.Run("reproduce --inputs 100 --presentations 19 --grid 1000 --runs 41").AssertRejected(
            "--length: 20 steps leave none after the first 100: give at least 101",
            "--presentations: 19 are less than one epoch: give at least the number of sequences, 20",
            "--longest-length: 100 steps leave none after the first 100: give at least 101",
            "--runs: 41 runs at each of the 1000000 points of Figure 2(a) " +
            "exceed the 20000000 runs that fit in memory");
        _sandbox.Run("reproduce --inputs x --length 2").AssertRejected(
            "--inputs: 'x' is not allowed: give a whole number from 1 to 1000");
        _sandbox.Run("reproduce --sequences 10000 --longest-length 1000").AssertRejected(
            "--sequences: 10000 sequences of 1000 steps do not fit in memory: together at most 1000000 steps");
        Assert.Empty(_sandbox.Entries());
    }

    [Theory]
    [InlineData(
        "simulate",
        "'simulate' is not a command; there are: reproduce, train, diagnose, predict, convert, run, status, report, " +
        "export, merge, slurm, tune, memory, power, dynamics, gradients, bench, completion")]
    [InlineData("--json", "--json: is not an option; latchlab --help lists the options")]
    [InlineData("dynamics synapse",
        "'synapse' is not a command; there are: neuron, network, orbit, bifurcation, gradient, check")]
    [InlineData("dynamics neuron", "--weight: is missing; give --weight W, the self-loop weight w")]
    [InlineData("dynamics neuron --weight", "--weight: has no value; give --weight W")]
    [InlineData("dynamics neuron --weight --json", "--weight: has no value; give --weight W")]
    [InlineData("dynamics neuron --weight=", "--weight: has no value; give --weight W")]
    [InlineData("dynamics neuron --weight 1,25", "--weight: '1,25' is not allowed: give a finite number, such as 1.25")]
    [InlineData("dynamics neuron --weight inf", "--weight: 'inf' is not allowed: give a finite number, such as 1.25")]
    [InlineData("reproduce @options", "'@options' is not expected here: latchlab reproduce takes only options")]
    [InlineData("reproduce --json=true", "'true' is not expected here: latchlab reproduce takes only options")]
    public void An_error_is_one_line(string arguments, string line) => _sandbox.Run(arguments).AssertRejected(line);

    [Fact]
    public void Everything_that_is_missing_is_reported()
        => _sandbox.Run("slurm").AssertRejected(
            "SWEEP.toml: is missing; give the sweep (see docs/reference/sweep-files.md)",
            "--tasks: is missing; give --tasks N, tasks that share the trials, 1 to 100000");

    [Fact]
    public void A_value_with_line_breaks_is_quoted_in_one_line()
        => _sandbox.Run(["reproduce", "--only", "a\nb\u001b[2J"]).AssertRejected(
            "--only: 'a b [2J' is not known; there are figure-1a, figure-1b, figure-2a, figure-2b, figure-3, " +
            "vanishing-gradient, weight-gradient, trade-off, figure-4, curriculum, generality");

    [Fact]
    public void An_unsupported_lane_type_is_rejected_with_the_supported_ones()
    {
        CommandResult result = _sandbox.RunAlone("reproduce --lane 512", ("DOTNET_EnableHWIntrinsic", "0"));
        result.AssertRejected(
            "--lane: 512 needs a processor with AVX-512 (F, BW, CD, DQ and VL); this one supports scalar");
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_rejected_before_anything_runs()
    {
        _sandbox.Write("file", "");
        string inFile = Path.Combine("file", "report"), longName = new('a', 250);
        _sandbox.Run($"reproduce --out {inFile}").AssertRejected(
            $"--out: '{inFile}' cannot be created, because '{_sandbox.Below("file")}' is a file; name another folder");
        _sandbox.Run($"reproduce --out {longName}").AssertRejected(
            $"--out: '{longName}' has a name that is too long; name another folder");
        _sandbox.Run("reproduce --out file").AssertRejected("--out: 'file' is a file; name a folder");
        Assert.Equal(["file"], _sandbox.Entries());
    }

    [Fact]
    public void A_folder_without_write_permission_is_rejected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has a folder that no user can write");
        _sandbox.Run("reproduce --out /sys/report").AssertRejected(
            "--out: '/sys/report' cannot be written: permission denied; name another folder");
    }

    [Fact]
    public void The_help_names_every_option_once_and_fits_in_80_columns()
    {
        CommandResult help = _sandbox.Run("reproduce --help");
        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        foreach (Setting setting in new LatchLab.Paper.Experiments.ReproductionSettings().GetSettings())
            Assert.Equal(2, help.Output.Split($"  --{setting.Name} VALUE").Length);
        Assert.All(help.Output.Split('\n'), line => Assert.True(line.Length < 80, line));
        Assert.Contains("9 quick, 25", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_command_help_is_printed_and_every_command_has_a_version()
    {
        CommandResult help = _sandbox.Run("--help");
        Assert.Equal(help, _sandbox.Run(""));
        Assert.Contains("\nCommands:\n  reproduce ", help.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        string version = _sandbox.Run("--version").Output;
        Assert.Matches(@"^latchlab \d+\.\d+\.\d+ \(random streams: version \d+\)\r?\n$", version);
        Assert.Equal(new CommandResult(0, version, ""), _sandbox.Run("reproduce --version"));
    }
}
