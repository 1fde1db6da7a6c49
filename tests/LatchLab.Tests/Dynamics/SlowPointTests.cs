using System.Text.Json;
using LatchLab.Dynamics;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Slow points, and what becomes of visited states at rest.</summary>
public sealed class SlowPointTests
{
    // h′ = tanh(2h + b) has three fixed points for |b| < √2 − artanh √½ = 0.5328, and one beyond. Just beyond, the
    // speed has a minimum where the slope is 1: at tanh(2h + b) = −√½.
    [Fact]
    public void The_ghost_of_two_fixed_points_is_slow()
    {
        const double b = 0.54;
        CellDefinition neuron = (CellDefinition)TrainedNetworks.Random("elman", 1, 1, seed: 0, scale: 0.0)
            .WithParameters([2.0, 0.0, b, 1.0, 0.0]);
        SlowPoints slow = SlowPoints.Find(
            neuron, new([[-0.9], [0.9]], MedianStep: 0.1), deadline: TestContext.Current.CancellationToken);
        double ghost = (-Math.Atanh(Math.Sqrt(0.5)) - b) / 2.0, speed = ghost + Math.Sqrt(0.5);
        SlowPoint point = Assert.Single(slow.Points);
        Assert.Equal((2, 1, 0), (slow.Starts, slow.AtRest, slow.NotSlow));

        // The run ends when a step reduces the speed by 1e-7 of it. Around the minimum the speed is v + √2·(h − h*)² to
        // second order, so h is known within some √(1e-7·v), and the slope, 1 + 2·√2·(h − h*), within 3 times that.
        double error = 10.0 * Math.Sqrt(1e-7 * Math.Abs(speed));
        Assert.Equal(ghost, point.State[0], error);
        Assert.Equal(Math.Abs(speed), point.Speed, 1e-5 * Math.Abs(speed));
        Assert.Equal(point.Speed / 0.1, point.RelativeSpeed, 1e-15);
        Assert.Equal(1.0, point.Leading.Modulus, 3.0 * error);
        Assert.True(Math.Abs(point.TimeConstant) > 1.0 / (3.0 * error));
    }

    [Fact]
    public void A_network_with_a_fixed_point_nearby_has_no_slow_point()
    {
        TrainedNetworks trained = TrainedNetworks.FlipFlop;
        SlowPoints slow = SlowPoints.Find(
            trained.Network, new(trained.Run(), MedianStep: 0.25), starts: 16,
            deadline: TestContext.Current.CancellationToken);
        Assert.Equal((16, 16, 0), (slow.Starts, slow.AtRest, slow.Points.Count));
    }

    [Fact]
    public void A_search_for_slow_points_ends_at_its_deadline()
        => Assert.Equal(0, SlowPoints.Find(
            TrainedNetworks.FlipFlop.Network, new([new double[24]], MedianStep: 1.0),
            deadline: new CancellationToken(canceled: true)).Starts);

    // Of the other program, from the same 128 states, to the digits that it gives.
    [Theory]
    [InlineData("first", 1e-6, 1.5e-7, 0.631)]
    [InlineData("flip", 1e-4, 2.4, 0.807, 0.46, 0.31, 0.23)]
    [InlineData("exploding", 1.0, 4.4, 1.162, 0.16, 0.14, 0.13)]
    public void Relaxation_tells_a_point_a_few_points_and_a_cloud_apart(
        string name, double relativeSpeed, double extent, double leading, params double[] shares)
    {
        (TrainedNetworks trained, int length) = name == "first" ? (TrainedNetworks.FirstBit, 60)
            : name == "flip" ? (TrainedNetworks.FlipFlop, 128) : (TrainedNetworks.Exploding, 100);
        double[][] states = trained.Run();
        double[] steps = [.. Enumerable.Range(1, states.Length - 1).Where(i => i % length > 0)
            .Select(i => PeriodicOrbit.Distance(states[i], states[i - 1]))];
        double medianStep = VisitedStates.Median(steps);
        JsonElement indices = trained.Reference.GetProperty("retention_at_rest").GetProperty("indices");
        double[][] chosen = [.. indices.EnumerateArray()
            .Select(index => states[index.GetInt32()])];
        Relaxation rest = Relaxation.Measure(trained.Network, new(chosen, medianStep));
        Assert.Equal(128, rest.Ends.Count);
        if (name == "first")
            Assert.InRange(rest.RelativeSpeed, 0.0, relativeSpeed);
        else
            Assert.InRange(rest.RelativeSpeed / relativeSpeed, 0.9, 1.2);
        Assert.InRange(rest.Extent / extent, 0.97, 1.03);

        // In a cloud every state has an eigenvalue of its own, and the other program took its median over other states:
        // two medians of 128 values, whose standard deviation is 0.11.
        Assert.Equal(leading, rest.LeadingModulus, name == "exploding" ? 4.0 * 1.25 * 0.11 / Math.Sqrt(64.0) : 0.0006);
        for (int i = 0; i < shares.Length; i++)
            Assert.Equal(shares[i], rest.ComponentShares[i], 0.006);
        Assert.Equal(1.0, rest.ComponentShares.Sum(), 1e-12);
    }

    [Fact]
    public void Visited_states_are_those_of_the_sequences_without_the_initial_state()
    {
        CellDefinition network = TrainedNetworks.Random("gru", 2, 1, seed: 3);
        VisitedStates visited = VisitedStates.Run(network, [[[1.0], [0.0], [0.0]], [[-1.0], [1.0], [0.5]]]);
        Assert.Equal(6, visited.States.Count);
        double[] steps = [.. Enumerable.Range(1, 5).Where(i => i != 3).Select(i => PeriodicOrbit.Distance(
            visited.States[i].ToArray(), visited.States[i - 1].ToArray())).Order()];
        Assert.Equal(steps[1], visited.MedianStep);
        Assert.Equal(0.0, VisitedStates.Run(network, [[[1.0]]]).MedianStep);
    }
}
