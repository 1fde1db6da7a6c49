using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// Noise that erases a bit, against the certified noise that provably does not: the exact threshold lies between them.
/// </summary>
public sealed class NoiseAttackTests
{
    [Theory]
    [InlineData(1.25)]
    [InlineData(2.0)]
    [InlineData(-2.0)]
    public void On_a_neuron_an_attack_needs_the_critical_input(double weight)
    {
        // A constant push of 4,096 steps. If it exceeds h* by less than (π/4096)²/(½·|M″|), which is 2e-5 of h* at w =
        // 1.25, the escape takes longer.
        double critical = SingleNeuron.Analyze(Math.Abs(weight)).CriticalInput!.Value;
        NoiseAttack[] attacks = [.. FindAttacks(SmallNetworks.Latch(weight))];
        Assert.Equal(2, attacks.Length);
        Assert.All(attacks, attack => Assert.InRange(attack.Noise, critical, critical * (1.0 + 4e-5)));
        Assert.All(attacks, attack => Assert.Equal(weight < 0.0, attack.Alternates));
        Assert.All(attacks, attack => Assert.NotEqual(attack.From, attack.To));
    }

    [Fact]
    public void An_attack_reaches_its_stated_attractor()
    {
        var network = SmallNetworks.Of(2, [1.8, 0.4, -0.3, 1.6]);
        var system = DynamicalSystem.Create(network);
        InvariantSets sets = SmallNetworks.Sets(system);
        NoiseAttack[] attacks = [.. FindAttacks(network)];
        Assert.NotEmpty(attacks);
        foreach (NoiseAttack attack in attacks)
        {
            double[] a = attack.From.Center;
            for (int t = 0; t < 4096; t++)
            {
                double sign = attack.Alternates && t % 2 == 1 ? -attack.Noise : attack.Noise;
                a = [.. system.Image(a).Select((value, i) => value + (sign * attack.Direction[i]))];
            }

            TrappingBall? reached = sets.FindDestination(a, 10_000, out int _);
            Assert.Equal(attack.To.Center, reached!.Center);
        }
    }

    [Fact]
    public void No_attack_is_below_the_certificate()
        => Gen.Select(Gen.Int[2, 3], Gen.Double[1.2, 3.0].Array[3], Gen.Double[-0.8, 0.8].Array[6]).Sample((
            n, self, cross) =>
        {
            var weights = new double[n * n];
            int next = 0;
            for (int i = 0; i < n * n; i++)
                weights[i] = i % (n + 1) == 0 ? self[i / (n + 1)] : cross[next++];
            NetworkDefinition network = SmallNetworks.Of(n, weights);
            var system = DynamicalSystem.Create(network);
            InvariantSets sets = SmallNetworks.Sets(system);
            var tolerance = new NoiseTolerance(network, [0.0], sets.Attractors);
            if (tolerance.MaxStates < 2)
                return true;
            double certified = tolerance.FindLargest(tolerance.MaxStates, precision: 1e-2)?.Noise ?? 0.0;
            return NoiseAttack.FindForEach(system, sets, tolerance.MaxTestedNoise, precision: 1e-2)
                .All(attack => attack.Noise >= certified);
        }, iter: 8);

    [Fact]
    public void Without_another_attractor_there_is_no_attack()
        => Assert.Empty(FindAttacks(SmallNetworks.Latch(0.5)));

    private static IEnumerable<NoiseAttack> FindAttacks(NetworkDefinition network)
    {
        var system = DynamicalSystem.Create(network);
        InvariantSets sets = SmallNetworks.Sets(system);
        double largest = new NoiseTolerance(network, [0.0], sets.Attractors).MaxTestedNoise;
        return NoiseAttack.FindForEach(system, sets, largest);
    }
}
