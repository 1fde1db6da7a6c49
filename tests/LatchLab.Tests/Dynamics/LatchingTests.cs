using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>When a system with inputs is robustly latched (Definition 5).</summary>
public sealed class LatchingTests
{
    [Fact]
    public void A_neuron_is_latched_erased_and_latched_again()
    {
        // Γ of a neuron begins at its knee, 0.8814 for w = 2, on either side.
        double knee = SmallNetworks.Knee(2.0);
        double[] inputs =
            [0.0, 0.5, 0.5, 0.0, 0.0, 0.0, -1.5, 0.0, 0.0, -1.0, -1.0, -1.0, 0.0, 0.0, 0.0, 3.0, 0.0];
        DrivenOrbit orbit = DrivenOrbit.Simulate(
            DrivenSystem.Create(SmallNetworks.Latch(2.0)), [0.0], inputs.Select(input => new[] { input }));
        int[] expected = [.. orbit.States.Select(state => Math.Abs(state[0]) > knee ? Math.Sign(state[0]) : 0)];

        var system = DynamicalSystem.Create(SmallNetworks.Latch(2.0));
        var latching = Latching.Detect(system, SmallNetworks.Sets(system), orbit.States);
        Assert.Equal(expected, latching.Memberships.Select(point
            => point.IsMember ? Math.Sign(point.Ball!.Center[0]) : 0));

        // The same as spells: each as long as it can be, in order, and nothing between them.
        int[] covered = new int[expected.Length];
        int end = -1;
        foreach (Latching.LatchedInterval spell in latching.LatchedIntervals)
        {
            Assert.True(spell.Start > end && spell.End >= spell.Start);
            int sign = Math.Sign(spell.Attractor.Points[0][0]);
            Assert.True(spell.Start == 0 || expected[spell.Start - 1] != sign);
            Assert.True(spell.End == expected.Length - 1 || expected[spell.End + 1] != sign);
            for (int t = spell.Start; t <= spell.End; t++)
                covered[t] = sign;
            end = spell.End;
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
            return Latching.Detect(system, sets, orbit.States).Memberships.All(point => point.Ball == sets.Balls[1]);
        }, iter: 20);

    [Fact]
    public void A_periodic_attractor_is_one_spell()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Latch(-2.0));
        InvariantSets sets = SmallNetworks.Sets(system);
        DrivenOrbit orbit = DrivenOrbit.Simulate(system, sets.Balls[0].Center, steps: 7);
        Latching.LatchedInterval spell = Assert.Single(Latching.Detect(system, sets, orbit.States).LatchedIntervals);
        Assert.Equal(new Latching.LatchedInterval(sets.Attractors[0], 0, 7), spell);
    }
}
