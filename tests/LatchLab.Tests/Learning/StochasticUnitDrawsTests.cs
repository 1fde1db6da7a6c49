using LatchLab.Learning;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>The random numbers of stochastic units.</summary>
public sealed class StochasticUnitDrawsTests
{
    private const int Units = 3, Longest = 19;

    [Fact]
    public void Numbers_of_a_trial_do_not_depend_on_its_neighbours()
    {
        var random = new Random(4);
        for (int sample = 0; sample < 20; sample++)
        {
            const int bundles = 2;
            var batch = new LaneBatch<Wide256>(random, bundles, Longest, shortest: 1);
            int number = random.Next(10_000), pass = random.Next(1000);
            double[][] together = Fill<Wide256>(batch, bundles, number, pass, firstTrial: 0);
            for (int lane = 0; lane < batch.Lanes; lane++)
            {
                var own = new LaneBatch<Scalar>(random, bundles: 1, Longest, Longest - (int)batch.Start(lane));
                double[] alone = Fill<Scalar>(own, bundles: 1, number, pass, firstTrial: lane)[0];
                int count = (Longest - (int)batch.Start(lane)) * Units; // only the steps of its own sequence
                Assert.Equal(alone[^count..], together[lane][^count..]);
            }
        }
    }

    [Fact]
    public void Numbers_are_uniform_and_all_different()
    {
        var numbers = new List<double>();
        for (int trial = 0; trial < 5; trial++)
        {
            for (int pass = 0; pass < 10; pass++)
            {
                for (int number = 0; number < 30; number++)
                {
                    var batch = new LaneBatch<Scalar>(new Random(1), bundles: 1, Longest, Longest);
                    numbers.AddRange(Fill<Scalar>(batch, bundles: 1, number, pass, trial)[0]);
                }
            }
        }

        int n = numbers.Count;
        Assert.Equal(5 * 10 * 30 * Longest * Units, n);
        Assert.Equal(n, numbers.Distinct().Count()); // two of 85,500 among 2^52 are equal with probability 1e-6
        Assert.All(numbers, u => Assert.InRange(u, 0.0, Math.BitDecrement(1.0)));

        // Six standard deviations of the share in one tenth of the range.
        double margin = 6.0 * Math.Sqrt(0.09 / n);
        foreach (IGrouping<int, double> tenth in numbers.GroupBy(u => (int)(10.0 * u)))
            Assert.InRange((double)tenth.Count() / n, 0.1 - margin, 0.1 + margin);
    }

    /// <summary>[lane][t, unit]: the numbers of every lane.</summary>
    private static double[][] Fill<TLane>(LaneBatch<TLane> batch, int bundles, int number, int pass, int firstTrial)
        where TLane : unmanaged, IBitLane<TLane>
    {
        var chance = new StochasticUnitDraws<TLane>(bundles, Units);
        for (int lane = 0; lane < batch.Lanes; lane++)
        {
            chance.BeginTrial(lane, new TrialRandom(77, 123, firstTrial + lane));
            chance.SetEpoch(lane, pass);
        }

        var uniforms = new LaneMemory<TLane>((Longest + 1) * bundles * Units);
        chance.Fill(batch.Sequence, number, uniforms);
        double At(int n, int lane)
            => uniforms.Doubles[((((n / Units * bundles) + (lane / TLane.Count)) * Units) + (n % Units)) * TLane.Count
                + (lane % TLane.Count)];
        return [.. Enumerable.Range(0, batch.Lanes).Select(lane => (double[])
            [.. Enumerable.Range(Units, Longest * Units).Select(n => At(n, lane))])];
    }
}
