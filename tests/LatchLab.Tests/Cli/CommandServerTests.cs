using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>What other tests rely on: a process that stays says what one of its own would.</summary>
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
    public void A_command_prints_the_same_in_a_process_of_its_own(string words)
    {
        Ended alone = _sandbox.RunAlone(words);
        Assert.Equal(alone, _sandbox.Run(words));
        Assert.Equal(alone, _sandbox.Run(words));
    }

    [Fact]
    public void Every_sandbox_is_the_folder_of_its_own_commands()
    {
        using var other = new Sandbox();
        const string words = "dynamics neuron --weight 2";
        _sandbox.Write("n.json", """{"network": "latch", "unit": "tanh", "weight": 2, "inputs": []}""");
        Assert.Equal(0, _sandbox.Run("dynamics network n.json --noise 0.5 --certificate c.json").ExitCode);
        Assert.Equal(2, other.Run("dynamics check c.json").ExitCode);
        Assert.Equal(_sandbox.Run(words), other.Run(words));
        Assert.Equal(0, _sandbox.Run("dynamics check c.json").ExitCode);
    }
}
