using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Networks of relu units, which are piecewise linear and have no bounds.</summary>
public sealed class ReluDynamicsTests
{
    private static readonly Interval[] Box = [new(-10.0, 10.0), new(-10.0, 10.0)];

    /// <summary>a_i = 1 − 2·max(0, a_j): all attractors by hand.</summary>
    private static readonly FullyConnectedDefinition Antagonists = new(
        "relu", 2, 0, [0], [0.0, -2.0, -2.0, 0.0], [1.0, 1.0]);

    [Fact]
    public void A_network_without_bounds_needs_a_box()
        => Assert.Throws<ValidationException>(() => InvariantSets.Find(DynamicalSystem.Create(Antagonists)));

    [Fact]
    public void The_attractors_of_two_units_that_inhibit_each_other_are_exact()
    {
        InvariantSets found = InvariantSets.Find(DynamicalSystem.Create(Antagonists), Box);

        // (1, −1) and (−1, 1), and the cycle (1, 1) → (−1, −1); the fixed point (⅓, ⅓) has the eigenvalues ±2.
        Assert.Equal(
            ["-1,-1 1,1", "-1,1", "1,-1"],
            found.Attractors.Select(attractor => string.Join(
                ' ', attractor.Points.Select(point => string.Join(',', point)).Order())).Order());
        PeriodicOrbit other = Assert.Single(found.FixedPoints.Orbits, point => point.Stability != Stability.Stable);
        Assert.Equal(1.0 / 3.0, other.Points[0][0], 1e-15);
        Assert.Equal(2.0, other.SpectralRadius, 1e-14);
    }

    /// <summary>
    /// Around (1, −1) noise of at most b can make a_2 positive from b = ⅓ on: a_1 ≥ 1 − b while a_2 ≤ 0, so that
    /// a_2 ≤ 1 + b − 2·(1 − b) = −1 + 3b. Each excess e of a_2 over 0 then adds 4e to its bound: no box is invariant.
    /// </summary>
    [Fact]
    public void The_certified_noise_is_exact_and_verified()
    {
        IReadOnlyList<PeriodicOrbit> attractors =
            [.. InvariantSets.Find(DynamicalSystem.Create(Antagonists), Box).Attractors.Where(
                attractor => attractor.Period == 1)];
        NoiseCertificate certificate = new NoiseTolerance(Antagonists, [0.0], attractors).FindLargest(2)!;

        // Boxes grow by one thousandth more than they must, so up to that much of the noise is lost.
        Assert.InRange(certificate.Noise, 0.999 / 3.0, 1.0 / 3.0);
        VerificationResult verdict = CertificateVerifier.Verify(CertificateFile.Serialize(certificate));
        Assert.True(verdict.IsValid, verdict.Reason);
        Assert.False(CertificateVerifier.Verify(
            CertificateFile.Serialize(certificate with { Noise = 1.01 * certificate.Noise })).IsValid);
    }

    /// <summary>At a = 0 the derivative of w·max(0, a) is 0 on one side and w on the other.</summary>
    [Theory]
    [InlineData(0.5, Stability.Stable)]
    [InlineData(0.9, Stability.Stable)]
    [InlineData(-0.9, Stability.Stable)]
    [InlineData(-1.0, Stability.Stable)] // one side leads to the other, whose derivative is 0
    [InlineData(-7.0, Stability.Stable)]
    [InlineData(1.0, Stability.Marginal)]
    [InlineData(2.0, Stability.Marginal)]
    public void A_fixed_point_where_the_derivative_jumps_is_stable_only_if_both_sides_are(
        double weight, Stability expected)
    {
        DynamicalSystem system = DynamicalSystem.Create(new LatchDefinition("relu", weight, []));
        Assert.Equal(expected, new PeriodicOrbit(system, [0.0], 1).Stability);
        InvariantSets found = InvariantSets.Find(system, [new(-5.0, 5.0)]);
        Assert.Equal(expected == Stability.Stable ? 1 : 0, found.Attractors.Count);
    }

    /// <summary>
    /// W·max(0, a): the derivatives of all sides have at most the entries |w_ij|, a matrix of norm 0.3 + 0.4 or
    /// 0.6 + 0.8.
    /// </summary>
    [Theory]
    [InlineData(1.0, Stability.Stable, 1)]
    [InlineData(2.0, Stability.Marginal, 0)]
    public void A_fixed_point_at_a_kink_of_several_units_is_an_attractor_where_the_bound_of_all_sides_is_below_1(
        double factor, Stability expected, int attractors)
    {
        DynamicalSystem system = DynamicalSystem.Create(new FullyConnectedDefinition(
            "relu", 2, 0, [0], [.. new[] { 0.3, -0.4, 0.4, 0.3 }.Select(weight => factor * weight)]));
        var orbit = new PeriodicOrbit(system, [0.0, 0.0], 1);
        Assert.Equal((true, expected), (orbit.HasKink, orbit.Stability));
        Assert.Equal(0.7 * factor, orbit.GrowthBound, 1e-14);
        Assert.Equal(attractors, InvariantSets.Find(system, Box).Attractors.Count);
    }

    /// <summary>
    /// (a, b) ← (−2·max(0, b), 3·max(0, a)) is 0 after three steps; the other network decays by 2·0.3 in two. The
    /// derivatives of all sides have a norm above 1.
    /// </summary>
    [Theory]
    [InlineData(0.0, -2.0, 3.0, 0.0)]
    [InlineData(0.0, 2.0, 0.3, 0.0)]
    public void A_point_at_a_kink_attracts_where_several_steps_contract(double a, double b, double c, double d)
    {
        double[] weights = [a, b, c, d];
        DynamicalSystem system = DynamicalSystem.Create(new FullyConnectedDefinition("relu", 2, 0, [0], weights));
        var orbit = new PeriodicOrbit(system, [0.0, 0.0], 1);
        Assert.Equal((true, Stability.Stable), (orbit.HasKink, orbit.Stability));
        Assert.True(orbit.GrowthBound > 1.0);
        TrappingBall ball = Assert.Single(TrappingBall.FindAround(system, orbit));
        var decay = new GradientDecay(system, orbit);
        InitialConditions starts = InitialConditions.SampleUniform(Box, 50, seed: 1);
        for (int i = 0; i < starts.Count; i++)
        {
            Assert.True(ball.Contains(starts[i]));
            DrivenOrbit path = DrivenOrbit.Simulate(system, starts[i].ToArray(), 100);
            Assert.InRange(path.States[^1].Max(Math.Abs), 0.0, 1e-9); // 10·√0.6^99
            Assert.All(path.LogGradientNorms.Index(), entry =>
            {
                Assert.True(entry.Item <= decay.GetLogNorm(entry.Index) + 1e-12);
                Assert.True(Math.Exp(entry.Item) <= ball.TransientGrowth * (1.0 + 1e-12));
            });
        }
    }

    /// <summary>
    /// From a &gt; 0 the derivative of the first step, −2, is outside the unit circle: a does not lie in Γ, although
    /// its orbit reaches 0.
    /// </summary>
    [Fact]
    public void The_reduced_attracting_set_includes_the_transient_of_a_kink()
    {
        DynamicalSystem system = DynamicalSystem.Create(new LatchDefinition("relu", -2.0, []));
        InvariantSets sets = InvariantSets.Find(system, [new(-3.0, 3.0)]);
        foreach (double start in (double[])[-1.0, 0.0, 1.0])
            Assert.Equal(start <= 0.0, ReducedSetMembership.Evaluate(system, sets, [start]).IsMember);
        Basins basins = Basins.Compute(system, sets.Balls, InitialConditions.FromPoints([[-1.0], [0.0], [1.0]]), 100);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(basins.IsInReducedSet));
    }
}
