using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Noise that provably erases nothing: what can be certified and what must not be.</summary>
public sealed class NoiseCertificateTests
{
    // h* is exact for the neuron (Section III), and larger than the bounds of Theorem 3 with its balls: 0.039 and
    // 0.299. A relative distance e below h*, a box converges at a rate of 2·√(e·h*·√(1 − 1/w)) per step: the closer w
    // is to 1, the more steps the same distance takes.
    [Theory]
    [InlineData(1.1, 60_000)]
    [InlineData(1.25, 20_000)]
    [InlineData(2.0, 20_000)]
    [InlineData(4.0, 20_000)]
    public void Nearly_all_noise_that_a_neuron_survives_is_certified(double weight, int mostSteps)
    {
        SlowTests.SkipUnlessRequested();
        double critical = SingleNeuron.Analyze(weight).CriticalInput!.Value;
        NoiseTolerance tolerance = Tolerance(SmallNetworks.Latch(weight), [0.0], mostSteps: mostSteps);
        NoiseCertificate certificate = tolerance.FindLargest(2, precision: 1e-6)!;
        Assert.InRange(certificate.Noise, (1.0 - 1e-5) * critical, critical);
        Assert.Equal(2, certificate.StateCount);
        Assert.True(certificate.Verify());
        var system = DynamicalSystem.Create(SmallNetworks.Latch(weight));
        Assert.True(certificate.Noise
            > Contraction.FindLargestNoise(system,
                [[weight * SingleNeuron.Analyze(weight).Attractor!.Value]]).NoiseBound);
    }

    [Fact]
    public void Noise_that_erases_the_bit_is_never_certified()
        => Gen.Select(Gen.Double[1.05, 6.0], Gen.Double[1e-6, 1.0], Gen.Int[1, 3]).Sample((weight, excess, longer) =>
        {
            double noise = SingleNeuron.Analyze(weight).CriticalInput!.Value * (1.0 + excess);
            NoiseCertificate certificate = Tolerance(SmallNetworks.Latch(weight), [0.0], mostSteps: 20_000 * longer)
                .Certify(noise);
            return certificate.StateCount < 2 && certificate.Verify();
        }, iter: 12);

    [Fact]
    public void A_phase_is_stored_in_a_cycle_of_two_boxes()
    {
        // By symmetry, a neuron with w = −2 in the coordinate (−1)ᵗ·a is a neuron with w = 2.
        NoiseCertificate certificate = Tolerance(SmallNetworks.Latch(-2.0), [0.0]).FindLargest(2)!;
        IReadOnlyList<Interval[]> cycle = Assert.Single(certificate.Sets);
        Assert.Equal((2, 2), (cycle.Count, certificate.StateCount));
        Assert.True(cycle[0][0].Lower * cycle[1][0].Upper < 0.0);
        double critical = SingleNeuron.Analyze(2.0).CriticalInput!.Value;
        Assert.InRange(certificate.Noise, (1.0 - 1e-5) * critical, critical);
        Assert.True(certificate.Verify());
    }

    [Fact]
    public void Two_bits_have_four_boxes_and_three_rotating_bits_have_eight()
    {
        double critical = SingleNeuron.Analyze(2.0).CriticalInput!.Value;
        foreach ((int states, NetworkDefinition network) in new[]
        {
            (4, SmallNetworks.Uncoupled),
            (8, SmallNetworks.Ring),
        })
        {
            NoiseCertificate certificate = Tolerance(network, [0.0]).FindLargest(states, precision: 1e-3)!;
            Assert.Equal(states, certificate.StateCount);
            Assert.InRange(certificate.Noise, (1.0 - 2e-3) * critical, critical);
            Assert.True(certificate.Verify());
        }
    }

    // With input −1 the Parity network keeps its output: two boxes at rest. With input +1 it flips its output: two
    // boxes in a cycle.
    [Theory]
    [InlineData(-1.0, 2, 1)]
    [InlineData(1.0, 1, 2)]
    public void The_parity_network_is_an_automaton_despite_noise_at_its_input(double constantInput, int sets, int boxes)
    {
        NoiseCertificate certificate = Tolerance(SmallNetworks.Parity, [constantInput], NoiseLocation.Inputs)
            .FindLargest(2)!;
        Assert.Equal(sets, certificate.Sets.Count);
        Assert.All(certificate.Sets, set => Assert.Equal(boxes, set.Count));
        Assert.InRange(certificate.Noise, 0.1, 1.0); // an input in the middle, off by 1, determines neither
        Assert.True(certificate.Verify());

        // The simulation agrees: the output stays or flips at every step.
        var random = new Random(1);
        DrivenSystem system = DrivenSystem.Create(SmallNetworks.Parity);
        foreach (double start in new[] { -4.0, 4.0 })
        {
            double a = start;
            for (int t = 0; t < 2000; t++)
            {
                double share = t % 3 == 0 ? random.NextDouble() : random.Next(2); // position between −b and b
                double noise = certificate.Noise * ((2.0 * share) - 1.0);
                double next = system.Image([a, constantInput + noise])[0];
                Assert.Equal(constantInput < 0.0, Math.Sign(next) == Math.Sign(a));
                a = next;
            }
        }
    }

    [Fact]
    public void No_noise_up_to_the_certified_one_leaves_the_boxes()
        => Gen.Select(Gen.Double[1.2, 2.5].Array[2], Gen.Double[-0.3, 0.8].Array[2], Gen.Int).Sample((
            self, cross, seed) =>
        {
            var network = SmallNetworks.Of(2, [self[0], cross[0], cross[1], self[1]]);
            if (Tolerance(network, [0.0]).FindLargest(2, precision: 1e-2) is not { } certificate)
                return true;
            DynamicalSystem system = DynamicalSystem.Create(network);
            var random = new Random(seed);
            foreach (IReadOnlyList<Interval[]> set in certificate.Sets)
            {
                double[] a = [.. set[0].Select(side => side.Midpoint)];
                for (int t = 1; t <= 2500; t++)
                {
                    double[] image = system.Image(a);
                    for (int i = 0; i < 2; i++)
                    {
                        // Random noise; a corner held for a while; a corner that changes with every step.
                        image[i] += certificate.Noise * ((t / 500 % 3) switch
                        {
                            0 => (2.0 * random.NextDouble()) - 1.0,
                            1 => ((t / 50) >> i & 1) == 0 ? -1.0 : 1.0,
                            _ => random.Next(2) == 0 ? -1.0 : 1.0,
                        });
                    }

                    a = image;
                    if (!set[t % set.Count].Zip(a, (side, value) => side.Contains(value)).All(isInside => isInside))
                        return false;
                }
            }

            return certificate.Verify();
        }, iter: 20);

    [Fact]
    public void A_modified_certificate_does_not_verify()
    {
        NoiseCertificate sound = Tolerance(SmallNetworks.Latch(2.0), [0.0]).Certify(0.3);
        Assert.True(sound.Verify());
        Assert.True((sound with { Noise = 0.2 }).Verify());
        Assert.False((sound with { Noise = 0.35 }).Verify());
        Assert.False((sound with { Noise = -0.3 }).Verify());
        Assert.False((sound with { Noise = double.NaN }).Verify());
        Assert.False((sound with { Network = SmallNetworks.Latch(1.5) }).Verify());
        Assert.False((sound with { ConstantInputs = [0.3] }).Verify());
        Assert.False((sound with { Sets = [[[new(1.0, 1.2)]]] }).Verify()); // box too small
        Assert.False((sound with { Sets = [[[new(-1.0, 1.0)]]] }).Verify());
        Assert.False((sound with { Sets = [[[new(1.0, -1.0)]]] }).Verify()); // empty box
        Assert.False((sound with { Sets = [[[new(double.NaN, 5.0)]]] }).Verify());
        Assert.False((sound with { Sets = [sound.Sets[0], sound.Sets[0]] }).Verify()); // the same state twice
        Assert.False((sound with { Sets = [[sound.Sets[0][0], sound.Sets[1][0]]] }).Verify()); // not a cycle of the map
    }

    [Fact]
    public void Smaller_noise_is_also_certified()
        => Gen.Select(Gen.Double[1.2, 2.5].Array[2], Gen.Double[-0.3, 0.8].Array[2], Gen.Double[0.0, 0.95])
            .Sample((self, cross, share) =>
            {
                NoiseTolerance tolerance = Tolerance(
                    SmallNetworks.Of(2, [self[0], cross[0], cross[1], self[1]]), [0.0]);
                return tolerance.FindLargest(2, precision: 1e-2) is not { } certificate
                    || tolerance.Certify(share * certificate.Noise) is { StateCount: >= 2 } less && less.Verify();
            }, iter: 10);

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void The_size_of_noise_must_be_valid(double noise)
    {
        ValidationException refusal = Assert.Throws<ValidationException>(
            () => Tolerance(SmallNetworks.Latch(2.0), [0.0]).Certify(noise));
        Assert.Contains("give 0 or a positive number", refusal.Message, StringComparison.Ordinal);
    }

    private static NoiseTolerance Tolerance(
        NetworkDefinition network, double[] constantInput, NoiseLocation place = NoiseLocation.Units,
        int mostSteps = 20_000)
        => new(
            network, constantInput, SmallNetworks.Sets(DynamicalSystem.Create(network, constantInput)).Attractors,
            place, mostSteps);
}
