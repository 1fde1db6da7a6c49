using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Orbits that reach no stable orbit: quasi-periodic, chaotic, or undecided.</summary>
public sealed class LongTermMotionTests
{
    private const int Steps = 20_000, MaxPeriod = 64;

    // 1.3 times a rotation by 1 rad: an invariant circle, with the exponents 0 and −0.58099 by an independent
    // computation with QR in numpy. A mean over 20,000 steps differs from its limit by a bounded sum divided by that.
    [Fact]
    public void A_rotation_of_growing_radius_ends_on_an_invariant_circle()
    {
        DynamicalSystem system = SlowDynamicsTests.Read("quasi-periodic");
        InvariantSets sets = InvariantSets.Find(system, options: new() { Orbits = 20 });
        Assert.Empty(sets.Attractors);
        Assert.True(sets.HasAttractor);
        Assert.Equal(20, sets.Unsettled.Motions.Count);
        Assert.All(sets.Unsettled.Motions, motion =>
        {
            Assert.Equal(MotionKind.QuasiPeriodic, motion.Kind);
            Assert.InRange(Math.Abs(motion.Exponent), 0.0, motion.Error);
            Assert.InRange(motion.Error, 0.0, 1e-4);
        });
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(
            system, sets.Unsettled.States[0], new() { Exponents = 2, Steps = Steps });
        Assert.Equal(-0.58099, spectrum.Exponents[1].Value, 1e-4);
    }

    // The exact exponents: ln 2 (logistic, r = 4), ln((3 + √5)/2) (the cat map), 0.4192 (Hénon 1976).
    [Fact]
    public void Chaotic_maps_keep_their_name()
    {
        Check(new LogisticMap(4.0), [0.3], Math.Log(2.0));
        Check(default(CatMap), [0.1, 0.2], Math.Log((3.0 + Math.Sqrt(5.0)) / 2.0));
        Check(new HenonMap(1.4, 0.3), [0.1, 0.1], 0.4192);

        static void Check<TMap>(TMap map, double[] start, double exponent)
            where TMap : struct, IMap
        {
            LongTermMotion motion = Decide(DynamicalSystem.Create(map), start);
            Assert.Equal(MotionKind.Chaotic, motion.Kind);

            // The 95 % interval, doubled: it fails for one start in 10,000, and these do not change.
            Assert.InRange(motion.Exponent, exponent - (2.0 * motion.Error) - 5e-5,
                exponent + (2.0 * motion.Error) + 5e-5);
        }
    }

    // Rotations by 2π times the golden ratio and its like: no period, every displacement keeps its length.
    [Fact]
    public void An_irrational_rotation_is_quasi_periodic_and_a_rational_one_is_periodic()
    {
        Assert.Equal(MotionKind.QuasiPeriodic, Rotate(0.6180339887498949).Kind);
        Assert.Equal(MotionKind.QuasiPeriodic, Rotate(Math.Sqrt(2.0) - 1.0).Kind);
        Assert.InRange(Rotate(0.6180339887498949).Error, 0.0, 1e-14);
        Assert.Equal(MotionKind.Undecided, Rotate(3.0 / 7.0).Kind);
        Assert.Equal(MotionKind.Undecided, Rotate(5.0 / 64.0).Kind);

        // A rotation by 1/7 + 1e-7 needs 1e7 steps to cover the circle; it returns to within 1e-5 after seven.
        Assert.Equal(MotionKind.Undecided, Rotate((1.0 / 7.0) + 1e-7).Kind);

        static LongTermMotion Rotate(double turns)
        {
            double cosine = Math.Cos(2.0 * Math.PI * turns), sine = Math.Sin(2.0 * Math.PI * turns);
            return Decide(DynamicalSystem.Create(new LinearMap(2, [cosine, -sine, sine, cosine])), [1.0, 0.0]);
        }
    }

    [Fact]
    public void Rest_on_a_saddle_and_marginal_points_are_undecided()
    {
        // The largest exponent at the saddle is ln 2: positive, without chaos.
        Assert.Equal(MotionKind.Undecided, Decide(DynamicalSystem.Create(SmallNetworks.Uncoupled), [0.0, 0.0]).Kind);
        Assert.Equal(MotionKind.Undecided, Decide(DynamicalSystem.Create(SmallNetworks.Latch(1.0)), [0.5]).Kind);

        // A rotation of gain 1: the orbit spirals into the origin, its radius decreasing like t^(−1/2).
        DynamicalSystem spiral = Rotation(1.0, 1.0);
        foreach (int transient in (int[])[0, 1000, 10_000, 100_000])
            Assert.Equal(MotionKind.Undecided, Decide(spiral, spiral.Image([0.5, 0.5], transient)).Kind);
    }

    // By 2 rad, 1,000 steps are almost a whole number of turns, so the sums of all batches are almost equal: their 95 %
    // interval is small and may be above 0.
    [Theory]
    [InlineData(1.05, 2.0)]
    [InlineData(1.3, 0.5)]
    [InlineData(1.02, 1.0)]
    public void Every_orbit_on_an_invariant_circle_is_quasi_periodic(double gain, double angle)
    {
        DynamicalSystem system = Rotation(gain, angle);
        double[][] states = [.. FixedPoints.SampleUniform(SmallNetworks.Cube(2, 1.0), 16, seed: 2)
            .Select(a => system.Image(a, 10_000))];
        Assert.All(LongTermMotion.Decide(system, states, Steps, MaxPeriod),
            motion => Assert.Equal(MotionKind.QuasiPeriodic, motion.Kind));
    }

    // Close to the Neimark–Sacker bifurcation the circle is smooth, and the motion on it is a rotation, locked or not.
    [Fact]
    public void No_motion_on_a_circle_is_chaotic()
        => Gen.Select(Gen.Double[1.001, 1.3], Gen.Double[0.05, 3.1], Gen.Int[20, 4000]).Sample((gain, angle, steps) =>
        {
            DynamicalSystem system = Rotation(gain, angle);
            return Decide(system, system.Image([0.3, 0.4], 2000), steps).Kind != MotionKind.Chaotic;
        }, iter: 150);

    [Fact]
    public void No_contracting_or_expanding_rotation_is_quasi_periodic()
        => Gen.Select(Gen.Double[0.1, 3.0], Gen.Double[1e-3, 0.5], Gen.Bool).Sample((angle, distance, expands) =>
        {
            double factor = expands ? 1.0 + distance : 1.0 - distance;
            var system = DynamicalSystem.Create(new LinearMap(2,
            [
                factor * Math.Cos(angle), -factor * Math.Sin(angle), factor * Math.Sin(angle),
                factor * Math.Cos(angle),
            ]));
            return Decide(system, [1.0, 0.0], steps: 2000).Kind != MotionKind.QuasiPeriodic;
        }, iter: 100);

    [Fact]
    public void Lane_types_and_threads_change_nothing()
    {
        DynamicalSystem[] systems =
        [
            SlowDynamicsTests.Read("quasi-periodic"), DynamicalSystem.Create(new HenonMap(1.4, 0.3)),
        ];
        foreach (DynamicalSystem system in systems)
        {
            double[][] states = [.. FixedPoints.SampleUniform(SmallNetworks.Cube(2, 0.3), 11, seed: 1)];
            IReadOnlyList<LongTermMotion> scalar = LongTermMotion.Decide(
                system, states, 2000, MaxPeriod, LaneKind.Scalar);
            foreach (LaneKind lane in SlowTests.LaneKinds)
            {
                Assert.Equal(scalar, LongTermMotion.Decide(system, states, 2000, MaxPeriod, lane));
                Assert.Equal(scalar, LongTermMotion.Decide(system, states, 2000, MaxPeriod, lane, threads: 2));
            }
        }
    }

    [Fact]
    public void Numbers_out_of_range_are_rejected()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Uncoupled);
        Assert.Throws<ArgumentOutOfRangeException>(() => LongTermMotion.Decide(system, [[0.1, 0.2]], 19, MaxPeriod));
        Assert.Throws<ArgumentOutOfRangeException>(() => LongTermMotion.Decide(system, [[0.1, 0.2]], Steps, 0));
        Assert.Throws<Foundation.ValidationException>(() => LongTermMotion.Decide(system, [[0.1]], Steps, 1));
        Assert.Empty(LongTermMotion.Decide(system, [], Steps, MaxPeriod));
    }

    /// <summary>a′ = gain · a rotation of tanh a.</summary>
    private static DynamicalSystem Rotation(double gain, double angle)
        => DynamicalSystem.Create(SmallNetworks.Of(2,
        [
            gain * Math.Cos(angle), -gain * Math.Sin(angle), gain * Math.Sin(angle), gain * Math.Cos(angle),
        ]));

    private static LongTermMotion Decide(DynamicalSystem system, double[] state, int steps = Steps)
        => LongTermMotion.Decide(system, [state], steps, MaxPeriod)[0];
}
