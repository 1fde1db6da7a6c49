using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// Initial values are refused where they have no effect: with random guessing, which draws all parameters anew, and the
/// range of the initial values where rules give all of them.
/// </summary>
public sealed class InitialValueTests : IDisposable
{
    private const string Reason =
        "random-guessing draws all parameters from its own range and uses no initial value: bound them with >= or " +
        "<=, or freeze them with :=";

    private const string RangeReason = "the rules of prior give every initial value: omit one of them";

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void They_are_refused_on_the_command_line()
    {
        const string train = "train --task latch --length 6 --trials 2 --set presentations=60 --learner ";
        _sandbox.Run($"{train}random-guessing --set prior=w=1.5").AssertRejected(
            $"--set prior: has no effect: {Reason}");
        _sandbox.Run($"{train}random-guessing --set prior=w>=0;w=1.5").AssertRejected(
            $"--set prior: 'w=1.5' has no effect: {Reason}");
        _sandbox.Run($"{train}back-propagation --set prior=*=0.5 --set initial-range=1").AssertRejected(
            $"--set initial-range: has no effect: {RangeReason}");
        Assert.Equal(0, _sandbox.Run($"{train}random-guessing --set prior=w>=0").ExitCode);
        Assert.Equal(0, _sandbox.Run($"{train}random-guessing --set prior=*:=0;w=1.5").ExitCode);
        Assert.Equal(0, _sandbox.Run($"{train}multigrid-random-search --set prior=w=1.5").ExitCode);
    }

    [Fact]
    public void They_are_refused_in_a_sweep_file_unless_they_have_an_effect_in_some_configuration()
    {
        WriteSweep("random-guessing", "w=1.5");
        AssertSweepRejected($"s.toml:5:9: network.prior: has no effect: {Reason}");
        WriteSweep("random-guessing", "w>=0; w=1.5");
        AssertSweepRejected($"s.toml:5:17: network.prior: 'w=1.5' has no effect: {Reason}");
        WriteSweep("random-guessing", "w=1.5", """
            [[axes]]
            learner.name = ["random-guessing", "back-propagation"]
            """);
        CommandResult both = _sandbox.Run("run s.toml --dry");
        Assert.Equal(0, both.ExitCode);
    }

    [Fact]
    public void They_are_refused_in_a_configuration()
    {
        TrainingConfiguration plain = TrainingConfigurationFactory.CreateDefault(
            new LatchTask { Length = 6 }, new RandomGuessing());
        Assert.Equal([$"s: network.prior: has no effect: {Reason}"], GetErrors("w=1.5"));
        Assert.Equal([$"s: network.prior: 'w=1.5' has no effect: {Reason}"], GetErrors("w>=0; w=1.5"));

        IEnumerable<string> GetErrors(string prior) => Assert.Throws<ValidationException>(() => TrialRunner.Run(
            [new Sweep("s", [plain with { Network = plain.Network with { Prior = prior } }], 1)],
            new(Seed: 1, Threads: 1, LaneKind.Scalar))).Errors.Select(error => error.ToString());
    }

    /// <summary>On a busy machine, a line before the error tells that the file is being read.</summary>
    private void AssertSweepRejected(string line)
    {
        CommandResult result = _sandbox.Run("run s.toml");
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith(line, result.Error.TrimEnd(), StringComparison.Ordinal);
    }

    private void WriteSweep(string learner, string prior, string axes = "")
        => _sandbox.Write("s.toml", $"""
            trials = 1
            task.name = "latch"
            task.length = 6
            {(axes.Length == 0 ? $"learner.name = \"{learner}\"" : "")}
            network.prior = "{prior}"
            rule.presentations = 60
            {axes}
            """);
}
