using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Numerics;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>
/// Balls that no orbit leaves and in which all orbits converge (Definition 6, Theorem 2), for any skew of the norm.
/// </summary>
public sealed class TrappingBallTests
{
    // In the norm of the ball, the rounding of a step is larger by the factor of the norm: far below this share of the
    // radius for norms up to 1e5 and steps of n additions.
    private const double Rounding = 1e-8;

    [Fact]
    public void Points_of_a_ball_approach_its_center_by_its_rate()
        => Gen.Select(Gen.Int[1, 5], Gen.Int).Sample((n, seed) =>
        {
            var random = new Random(seed);
            var system = DynamicalSystem.Create(SmallNetworks.Of(n, Skew(n, random)));
            TrappingBall ball = Assert.Single(
                TrappingBall.FindAround(system, new PeriodicOrbit(system, new double[n], period: 1)));
            for (int number = 0; number < 20; number++)
                AssertShrinks(system, ball, Within(ball, random));
            AssertConverges(system, ball, Within(ball, random));
            return ball.ContractionRate < 1.0;
        }, iter: 200);

    [Fact]
    public void A_derivative_of_large_norm_is_supported()
    {
        // Eigenvalues 0.5, norm 100: a displacement grows by a factor of a hundred before it decays.
        var system = DynamicalSystem.Create(SmallNetworks.Of(2, [0.5, 100.0, 0.0, 0.5]));
        var orbit = new PeriodicOrbit(system, [0.0, 0.0], period: 1);
        Assert.InRange(orbit.JacobianNorm, 100.0, 100.1);
        TrappingBall ball = Assert.Single(TrappingBall.FindAround(system, orbit));
        Assert.InRange(ball.ContractionRate, 0.5, 0.9);
        AssertShrinks(system, ball, Within(ball, new Random(1)));
    }

    [Fact]
    public void A_derivative_too_skew_for_doubles_gives_no_ball_or_a_valid_one()
    {
        // 1e9 above the diagonal: the norm has squares of 1e18, which exceed the precision of its Cholesky factor.
        var system = DynamicalSystem.Create(SmallNetworks.Of(3, [0.5, 1e9, 1e9, 0.0, 0.5, 1e9, 0.0, 0.0, 0.5]));
        Assert.InRange(
            TrappingBall.FindAround(system, new PeriodicOrbit(system, new double[3], period: 1)).Count, 0, 1);
    }

    [Theory]
    [InlineData(-2.0)]
    [InlineData(-1.2)]
    [InlineData(-6.0)]
    public void The_balls_of_a_period_map_into_each_other(double weight)
    {
        var system = DynamicalSystem.Create(SmallNetworks.Latch(weight));
        IReadOnlyList<TrappingBall> balls = SmallNetworks.Sets(system).Balls;
        Assert.Equal(2, balls.Count);
        var random = new Random(7);
        foreach (TrappingBall ball in balls)
        {
            for (int number = 0; number < 50; number++)
            {
                double[] point = Within(ball, random);
                AssertShrinks(system, ball, point);
                Assert.True(balls[1 - ball.Phase].Contains(system.Image(point)));
            }

            AssertConverges(system, ball, Within(ball, random));
        }
    }

    [Fact]
    public void A_long_periodic_orbit_of_several_units_has_balls()
    {
        // Six neurons in a ring with weak coupling among all: bits rotate with period 6, 3, 2 or 1.
        var random = new Random(3);
        double[] weights = Samples.Numbers(random, 36, 0.05);
        for (int i = 0; i < 6; i++)
            weights[(i * 6) + ((i + 5) % 6)] = 2.0;
        var system = DynamicalSystem.Create(SmallNetworks.Of(6, weights));
        InvariantSets sets = SmallNetworks.Sets(system);
        TrappingBall[] balls = [.. sets.Balls.Where(ball => ball.Orbit.Period == 6)];
        Assert.NotEmpty(balls);
        foreach (TrappingBall ball in balls)
            AssertShrinks(system, ball, Within(ball, random));
    }

    [Theory]
    [InlineData(1.24689, 1)] // just before the first doubling of its period, and just after each of three
    [InlineData(1.251503, 2)]
    [InlineData(2.188377, 4)]
    [InlineData(2.504008, 8)]
    public void An_orbit_that_attracts_weakly_in_a_skewed_norm_has_balls(double gain, int period)
    {
        double[] weights = [.. new[] { -5.0, 5.0, -25.0, 25.0 }.Select(weight => gain * weight)];
        var system = DynamicalSystem.Create(SmallNetworks.Of(2, weights, "logistic"));
        var random = new Random(1);
        TrappingBall[] balls = [.. SmallNetworks.Sets(system).Balls.Where(ball => ball.Orbit.Period == period)];
        Assert.Equal(2 * period, balls.Length);
        foreach (TrappingBall ball in balls)
            AssertShrinks(system, ball, Within(ball, random));
    }

    [Fact]
    public void A_stable_orbit_without_a_ball_is_a_stable_orbit_that_was_found()
    {
        // 10⁻⁹ after a doubling of the period the multiplier is 1 − 4·10⁻⁹, a hundred thousand times its error.
        var system = DynamicalSystem.Create(SmallNetworks.Of(2, [-1.0 - 1e-9, 1.0, 0.0, 0.5]));
        var sets = InvariantSets.Find(system, null, new() { NewtonPeriod = 2, MaxSteps = 1000, Orbits = 4 });
        Assert.Empty(sets.Attractors);
        Assert.Equal(2, Assert.Single(sets.StableOrbitsWithoutBall).Period);
        Assert.True(sets.HasAttractor);
    }

    [Fact]
    public void Non_attracting_orbits_have_no_balls()
    {
        var latch = DynamicalSystem.Create(SmallNetworks.Latch(2.0));
        Assert.Empty(TrappingBall.FindAround(latch, new PeriodicOrbit(latch, [0.0], period: 1)));
        var marginal = DynamicalSystem.Create(SmallNetworks.Latch(1.0));
        Assert.Empty(TrappingBall.FindAround(marginal, new PeriodicOrbit(marginal, [0.0], period: 1)));
    }

    [Fact]
    public void A_ball_does_not_reach_to_another_attractor()
        => Gen.Double[1.01, 8.0].Sample(weight =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Latch(weight));
            return SmallNetworks.Sets(system).Balls is [var one, var other]
                && !one.Contains(other.Center) && !one.Contains([0.0]) && !other.Contains([0.0]);
        }, iter: 50);

    /// <summary>A matrix with eigenvalues up to 0.9 in modulus and much larger entries above the diagonal.</summary>
    private static double[] Skew(int n, Random random)
    {
        double[] weights = Samples.Numbers(random, n * n, n <= 3 ? 10.0 : 3.0);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                weights[(i * n) + j] = i == j ? 0.09 * weights[(i * n) + j] * (n <= 3 ? 1.0 : 3.0) : 0.0;
        }

        return weights;
    }

    private static double[] Within(TrappingBall ball, Random random)
    {
        int n = ball.Center.Length;
        double[] direction = Samples.Numbers(random, n, 1.0);
        double length = 0.999 * ball.Radius * random.NextDouble() / SquareMatrix.FrobeniusNorm(direction);
        double[] point = [.. ball.Center];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                point[i] += ball.InverseFactor[(i * n) + j] * direction[j] * length;
        }

        return point;
    }

    private static void AssertShrinks(DynamicalSystem system, TrappingBall ball, double[] point)
    {
        double before = ball.Distance(point), after = ball.Distance(system.Image(point, ball.Orbit.Period));
        Assert.True(ball.Contains(point));
        Assert.True(
            after <= (ball.ContractionRate * before) + (Rounding * ball.Radius),
            $"{before} to {after}, not by {ball.ContractionRate}");
    }

    private static void AssertConverges(DynamicalSystem system, TrappingBall ball, double[] point)
    {
        double[] a = point;
        for (double left = 1.0; left > 1e-9; left *= ball.ContractionRate)
            a = system.Image(a, ball.Orbit.Period);
        Assert.InRange(ball.Distance(a), 0.0, 2.0 * Rounding * ball.Radius);
    }
}
