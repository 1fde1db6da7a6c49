using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>The gradient along an attractor: the norm of the product of Jacobians, not the spectral radius.</summary>
public sealed class GradientDecayTests
{
    /// <summary>
    /// a ← W·tanh a has the Jacobian W at the origin. Wᵗ = [[r^t, 0], [c·(r^t − s^t)/(r − s), s^t]] for
    /// W = [[r, 0], [c, s]], of norm between its largest entry and the Frobenius norm.
    /// </summary>
    [Theory]
    [InlineData(0.9, 20.0, 0.3)]
    [InlineData(0.5, 100.0, -0.4)]
    public void The_time_to_a_share_is_the_first_after_which_no_product_is_larger(double r, double c, double s)
    {
        GradientDecay decay = AtOrigin(r, 0.0, c, s);
        double[] squares = [.. Enumerable.Range(0, 400).Select(t =>
        {
            double first = Math.Pow(r, t), last = Math.Pow(s, t), corner = c * (first - last) / (r - s);
            double sum = (first * first) + (corner * corner) + (last * last), determinant = first * last;
            return 0.5 * (sum + Math.Sqrt((sum * sum) - (4.0 * determinant * determinant)));
        })];
        Assert.True(squares[1] > 400.0); // it first grows
        for (int t = 0; t <= 100; t++)
            Assert.Equal(Math.Log(squares[t]) / 2.0, decay.GetLogNorm(t), 1e-10);
        foreach (double share in (double[])[0.5, 0.01, 1e-6])
        {
            int last = Array.FindLastIndex(squares, square => Math.Sqrt(square) > share);
            Assert.Equal(new DecayTime(last + 1, IsProved: true), decay.FindTime(share));
        }

        // the spectral radius alone promises less than a third of the time
        Assert.True(decay.FindTime(0.5)!.Value.Steps > 3.0 * Math.Log(0.5) / decay.LogRate);
    }

    [Fact]
    public void A_product_that_vanishes_is_0_from_that_step_on()
    {
        GradientDecay decay = AtOrigin(0.0, 7.0, 0.0, 0.0);
        Assert.Equal(Math.Log(7.0), decay.GetLogNorm(1), 1e-14);
        Assert.Equal(double.NegativeInfinity, decay.GetLogNorm(2));
        Assert.Equal(new DecayTime(2, IsProved: true), decay.FindTime(0.01));
    }

    /// <summary>A slow latch: the times are exact up to the rounding of ln w, 1e-16 of 1e-7.</summary>
    [Fact]
    public void Millions_of_steps_take_the_logarithm_of_their_number()
        => Assert.Equal(
            (long)Math.Ceiling(Math.Log(1e-6) / Math.Log(1.0 - 1e-7)),
            AtOrigin(1.0 - 1e-7).FindTime(1e-6)!.Value.Steps);

    /// <summary>
    /// 0.9999^t·20000: no power below 1 within the steps that are tried, so that later times are not decided. The norm
    /// of the product is within 0.5^t of its largest entry, 1000·0.9999^t/0.4999, and that of its row.
    /// </summary>
    [Fact]
    public void A_slow_decay_after_a_large_growth_is_known_in_the_long_run_only()
    {
        DecayTime time = AtOrigin(0.9999, 0.0, 1000.0, 0.5).FindTime(0.01)!.Value;
        Assert.False(time.IsProved);
        double factor = Math.Sqrt(1.0 + Math.Pow(1000.0 / 0.4999, 2.0));
        Assert.Equal((long)Math.Ceiling(Math.Log(0.01 / factor) / Math.Log(0.9999)), time.Steps);
    }

    [Fact]
    public void Along_a_periodic_orbit_the_gradient_is_that_of_its_simulation()
        => Gen.Int.Sample(
            seed =>
            {
                double[] weights = Samples.Numbers(new Random(seed), 4, 3.0);
                DynamicalSystem system = DynamicalSystem.Create(SmallNetworks.Of(2, weights));
                InvariantSets sets = InvariantSets.Find(system, options: new() { NewtonStarts = 4, Orbits = 4 });
                foreach (PeriodicOrbit orbit in sets.Attractors)
                {
                    var decay = new GradientDecay(system, orbit);
                    IReadOnlyList<double> logs = DrivenOrbit.Simulate(system, orbit.Points[0], 40).LogGradientNorms;
                    long? steps = decay.FindTime(0.01)?.Steps;
                    for (int t = 0; t <= 40; t++)
                    {
                        // the orbit returns to its points within their error, which the derivatives multiply
                        if (Math.Abs(decay.GetLogNorm(t) - logs[t]) > 1e-6 && logs[t] > -20.0)
                            return false;
                        if (t >= steps && logs[t] > Math.Log(0.01) + 1e-6)
                            return false;
                    }
                }

                return true;
            },
            iter: 30);

    private static GradientDecay AtOrigin(params double[] weights)
    {
        int n = (int)Math.Sqrt(weights.Length);
        DynamicalSystem system = DynamicalSystem.Create(
            new FullyConnectedDefinition("tanh", n, 0, [0], weights));
        return new(system, new PeriodicOrbit(system, new double[n], period: 1));
    }
}
