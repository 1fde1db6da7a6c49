using LatchLab.Dynamics;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Tests.Architecture;
using LatchLab.Tests.Cli;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>The network files in examples/networks can be read and behave as their names say.</summary>
public class ExampleNetworkTests
{
    /// <summary>The positive root of x = tanh 2x, and the error bound of this value.</summary>
    private const double Root = 0.957504024, RootError = 1e-9;

    public static TheoryData<string> Names
        => [.. Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_network_with_one_input_accepts_a_sequence(string name)
    {
        NetworkDefinition network = Read(name);
        if (DrivenSystem.Create(network).Inputs != 1)
            return;
        SequenceGradient result = SequenceGradient.Compute(network, [1.0, -0.5, 0.25], 0.8);
        double[] all = [result.Output, .. result.Gradient, .. result.Curvature!];
        Assert.All(all, value => Assert.True(double.IsFinite(value)));
        Assert.Contains(result.Gradient, derivative => derivative != 0.0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_network_has_a_sequence_for_its_orbit_and_its_gradient(string name)
    {
        SlowTests.SkipUnlessRequested();
        string sequence = Path.Combine(Repository.Root, "examples", "sequences", name + ".csv");
        string files = $"--network {Path.Combine(Folder(), name + ".json")} --sequence {sequence}";
        using var sandbox = new Sandbox();
        CommandResult orbit = sandbox.Run($"dynamics orbit {files} --out orbit --json"),
            gradient = sandbox.Run($"dynamics gradient {files} --target 0.8 --json");
        Assert.Equal((0, 0), (orbit.ExitCode, gradient.ExitCode));
        Assert.True(File.Exists(sandbox.Below("orbit/index.html")));
        double[] norms = [.. gradient.Json()["norms"]!.AsArray().Select(norm => (double)norm!)];
        Assert.Equal(File.ReadAllLines(sequence).Length, norms.Length);
        Assert.Contains(norms, norm => norm > 0.0);

        // Only the unit of two-latches that receives no input never latches.
        Assert.Equal(name != "two-latches", orbit.Json()["latchedIntervals"]!.AsArray().Count >= 2);
    }

    [Fact]
    public void Each_sequence_belongs_to_a_network()
        => Assert.Equal(
            Names.Select(row => row.Data),
            Directory.GetFiles(Path.Combine(Repository.Root, "examples", "sequences"))
                .Select(file => Path.GetFileNameWithoutExtension(file)!).Order());

    [Fact]
    public void The_latch_stores_a_sign()
        => Assert.Equal([Root], After("latch", [0.1]), (a, b) => Math.Abs(a - b) < RootError);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    [InlineData(-1, -1)]
    public void Two_latches_store_two_signs(int first, int second)
        => Assert.Equal(
            [Root * first, Root * second],
            After("two-latches", [0.1 * first, 0.1 * second]),
            (a, b) => Math.Abs(a - b) < RootError);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_antisymmetric_network_stores_the_sign_of_a_difference(int sign)
        => Assert.Equal(
            [Root * sign, -Root * sign],
            After("antisymmetric", [(0.1 * sign) + 1.0, 1.0]),
            (a, b) => Math.Abs(a - b) < RootError);

    [Fact]
    public void The_parity_network_computes_whether_the_number_of_ones_is_odd()
    {
        for (int bits = 0; bits < 64; bits++)
        {
            double[] inputs = [.. Enumerable.Range(0, 6).Select(t => (bits >> t & 1) == 1 ? 1.0 : -1.0)];
            double output = SequenceGradient.Compute(Read("parity"), inputs, 0.0).Output;
            Assert.Equal(int.IsOddInteger(int.PopCount(bits)) ? 1.0 : -1.0, output, 1e-3);    // tanh 5 is 1 − 9.1e-5
        }
    }

    /// <summary>One input sets the flip-flop and the other resets it; without input it keeps its state.</summary>
    [Fact]
    public void The_flip_flop_is_set_by_one_input_and_reset_by_the_other()
    {
        DrivenSystem network = DrivenSystem.Create(Read("flip-flop-3"));
        double[] set = Hold(Pulse(new double[3], 1.0, 0.0)), reset = Hold(Pulse(set, 0.0, 1.0));
        Assert.True(set[0] > 1.0 && set[1] < -1.0 && set[2] > 1.0);
        Assert.True(reset[0] < -1.0 && reset[1] > 1.0 && reset[2] < -1.0);
        foreach (double[] stored in (double[][])[set, reset])
            Assert.Equal(stored, Hold(Pulse(stored, 0.0, 0.0)));
        Assert.Equal(set, Hold(Pulse(reset, 1.0, 0.0)));

        double[] Pulse(double[] state, double toSet, double toReset)
            => Enumerable.Range(0, 5).Aggregate(state, (a, _) => network.Image([.. a, toSet, toReset]));

        // The derivatives at the two points are below 0.1, so 100 steps bring an orbit exactly to them.
        double[] Hold(double[] state)
            => Enumerable.Range(0, 100).Aggregate(state, (a, _) => network.Image([.. a, 0.0, 0.0]));
    }

    private static string Folder() => Path.Combine(Repository.Root, "examples", "networks");

    private static NetworkDefinition Read(string name) => NetworkFile.Read(Path.Combine(Folder(), name + ".json"));

    /// <summary>Outputs x after a hundred steps without input, starting from activations a.</summary>
    private static double[] After(string name, double[] activations)
    {
        DrivenSystem network = DrivenSystem.Create(Read(name));
        return network.Outputs(network.WithConstantInputs().Image(activations, steps: 100));
    }
}
