using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>A shared process gives the same results as a separate process; other tests rely on this.</summary>
public sealed class CommandServerTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("dynamics neuron --weight 1.25 --input 0.1")]
    [InlineData("train --list --json")]
    [InlineData("dynamics check missing.json")]
    [InlineData("reproduce --nois 1 --lane 1024")]
    public void A_command_prints_the_same_in_a_separate_process(string arguments)
    {
        SlowTests.SkipUnlessRequested();
        CommandResult alone = _sandbox.RunAlone(arguments);
        Assert.Equal(alone, _sandbox.Run(arguments));
        Assert.Equal(alone, _sandbox.Run(arguments));
    }

    [Fact]
    public void Every_sandbox_is_the_working_folder_of_its_commands()
    {
        using var other = new Sandbox();
        const string arguments = "dynamics neuron --weight 2";
        _sandbox.Write("n.json", """{"network": "latch", "unit": "tanh", "weight": 2, "inputs": []}""");
        Assert.Equal(0, _sandbox.Run("dynamics network n.json --noise 0.5 --certificate c.json").ExitCode);
        Assert.Equal(2, other.Run("dynamics check c.json").ExitCode);
        Assert.Equal(_sandbox.Run(arguments), other.Run(arguments));
        Assert.Equal(0, _sandbox.Run("dynamics check c.json").ExitCode);
    }
}
