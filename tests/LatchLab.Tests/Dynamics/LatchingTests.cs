using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Detection of robust latching in a system with inputs (Definition 5).</summary>
public sealed class LatchingTests
{
    [Fact]
    public void A_neuron_latches_is_erased_and_latches_again()
    {
        // Γ of a neuron begins at its knee, 0.8814 for w = 2, on either side.
        double knee = SmallNetworks.Knee(2.0);
        double[] inputs =
            [0.0, 0.5, 0.5, 0.0, 0.0, 0.0, -1.5, 0.0, 0.0, -1.0, -1.0, -1.0, 0.0, 0.0, 0.0, 3.0, 0.0];
        DrivenOrbit orbit = DrivenOrbit.Simulate(
            DrivenSystem.Create(SmallNetworks.Latch(2.0)), [0.0], inputs.Select(input => new[] { input }));
        int[] expected = [.. orbit.States.Select(state => Math.Abs(state[0]) > knee ? Math.Sign(state[0]) : 0)];

        var system = DynamicalSystem.Create(SmallNetworks.Latch(2.0));
        var latching = Latching.Detect(system, SmallNetworks.Sets(system), orbit.States, 10_000);
        Assert.Equal(expected, latching.Memberships.Select(point
            => point.IsMember ? Math.Sign(point.Ball!.Center[0]) : 0));

        // The latched intervals are maximal, ordered and disjoint.
        int[] covered = new int[expected.Length];
        int end = -1;
        foreach (Latching.LatchedInterval interval in latching.LatchedIntervals)
        {
            Assert.True(interval.Start > end && interval.End >= interval.Start);
            int sign = Math.Sign(interval.Attractor.Points[0][0]);
            Assert.True(interval.Start == 0 || expected[interval.Start - 1] != sign);
            Assert.True(interval.End == expected.Length - 1 || expected[interval.End + 1] != sign);
            for (int t = interval.Start; t <= interval.End; t++)
                covered[t] = sign;
            end = interval.End;
        }

        Assert.Equal(expected, covered);
        Assert.Contains(1, expected);
        Assert.Contains(-1, expected);
        Assert.Equal(0, expected[0]);
    }

    [Fact]
    public void Inputs_below_the_certificate_never_change_the_basin()
        => Gen.Select(Gen.Double[1.1, 4.0], Gen.Int).Sample((weight, seed) =>
        {
            NetworkDefinition network = SmallNetworks.Latch(weight);
            var system = DynamicalSystem.Create(network);
            InvariantSets sets = SmallNetworks.Sets(system);
            NoiseCertificate certificate = new NoiseTolerance(network, [0.0], sets.Attractors).FindLargest(2, 1e-3)!;
            var random = new Random(seed);
            double[] noise = [.. Enumerable.Range(0, 60).Select(
                t => certificate.Noise * (t < 20 ? -1.0 : (2.0 * random.NextDouble()) - 1.0))];
            DrivenOrbit orbit = DrivenOrbit.Simulate(
                DrivenSystem.Create(network), sets.Balls[1].Center, noise.Select(u => new[] { u }));
            return Latching.Detect(system, sets, orbit.States, 10_000).Memberships
                .All(point => point.Ball == sets.Balls[1]);
        }, iter: 20);

    [Fact]
    public void A_periodic_attractor_is_one_latched_interval()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Latch(-2.0));
        InvariantSets sets = SmallNetworks.Sets(system);
        DrivenOrbit orbit = DrivenOrbit.Simulate(system, sets.Balls[0].Center, steps: 7);
        Latching.LatchedInterval interval = Assert.Single(
            Latching.Detect(system, sets, orbit.States, 10_000).LatchedIntervals);
        Assert.Equal(new Latching.LatchedInterval(sets.Attractors[0], 0, 7), interval);
    }
}
