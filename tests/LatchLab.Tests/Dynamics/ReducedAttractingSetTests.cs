using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Γ (Definition 4) of a point, in any dimension.</summary>
public sealed class ReducedAttractingSetTests
{
    // Along an orbit of the neuron that starts beyond its knee, where the derivative is 1, all derivatives stay below
    // 1. Before the knee the first one is above 1.
    [Fact]
    public void For_a_neuron_the_set_begins_at_the_knee()
        => Gen.Select(Gen.Double[1.05, 6.0], Gen.Double[-1.0, 1.0]).Sample((weight, share) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Latch(weight));
            double knee = SmallNetworks.Knee(weight), start = 2.0 * share * knee;
            if (Math.Abs(Math.Abs(start) - knee) < 1e-9 * knee || start == 0.0)
                return true;
            var point = ReducedSetMembership.Evaluate(system, SmallNetworks.Sets(system), [start]);
            return point.IsProved && point.IsMember == Math.Abs(start) > knee
                && Math.Sign(point.Ball!.Center[0]) == Math.Sign(start);
        }, iter: 25);

    // With an input or a negative weight, the criterion is the product of the derivatives along the orbit, for every l.
    [Fact]
    public void For_one_unit_membership_requires_all_products_of_derivatives_below_one()
        => Gen.Select(Gen.Double[-4.0, 4.0], Gen.Double[-0.3, 0.3], Gen.Double[-5.0, 5.0]).Sample((
            weight, input, start) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Latch(weight), [input]);
            InvariantSets sets = SmallNetworks.Sets(system);
            var point = ReducedSetMembership.Evaluate(system, sets, [start]);
            if (point.Ball is null)
                return !point.IsMember; // a boundary, or a weight so close to 1 that it takes too long
            double a = start, product = 1.0, largest = 0.0;
            for (int l = 1; l <= 2000; l++)
            {
                double x = Math.Tanh(a);
                product *= weight * (1.0 - (x * x));
                a = (weight * x) + input;
                if (l % point.Ball.Orbit.Period == 0)
                    largest = Math.Max(largest, Math.Abs(product));
            }

            // A few hundred products with one or two roundings each.
            return Math.Abs(largest - 1.0) < 1e-12 || point.IsMember == largest < 1.0;
        }, iter: 25);

    // The matrix is diagonal, so its eigenvalues are those of the separate neurons.
    [Fact]
    public void For_uncoupled_neurons_the_set_is_a_product()
        => Gen.Select(Gen.Double[1.1, 4.0].Array[3], Gen.Double[-3.0, 3.0].Array[3]).Sample((weights, start) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Of(
                3, [weights[0], 0.0, 0.0, 0.0, weights[1], 0.0, 0.0, 0.0, weights[2]]));
            InvariantSets sets = SmallNetworks.Sets(system);
            double[] knees = [.. weights.Select(SmallNetworks.Knee)];
            if (start.Zip(knees, (a, knee) => Math.Abs(Math.Abs(a) - knee)).Min() < 1e-9 || start.Contains(0.0))
                return true;
            var point = ReducedSetMembership.Evaluate(system, sets, start);
            return point.IsProved
                && point.IsMember == start.Zip(knees, (a, knee) => Math.Abs(a) > knee).All(beyond => beyond);
        }, iter: 30);

    [Fact]
    public void The_set_contains_the_attractor_and_lies_in_the_basin()
        => Gen.Select(Gen.Int[1, 4], Gen.Double[0.5, 3.0], Gen.Int).Sample((n, size, seed) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Random(n, size, seed));
            InvariantSets sets = InvariantSets.Find(
                system, options: new() { NewtonStarts = 20, Orbits = 8, MaxSteps = 256 });
            foreach (TrappingBall ball in sets.Balls)
            {
                var centre = ReducedSetMembership.Evaluate(system, sets, ball.Center);
                if (!centre.IsMember || !centre.IsProved || centre.Ball != ball)
                    return false;
            }

            InitialConditions starts = InitialConditions.SampleUniform(SmallNetworks.Cube(n, 4.0), 5, (ulong)seed);
            for (int start = 0; start < starts.Count; start++)
            {
                var point = ReducedSetMembership.Evaluate(system, sets, starts[start], 2000);
                if (point.Ball != sets.FindDestination(starts[start], 2000, out int _)
                    || (point.Ball is null && point.IsMember))
                {
                    return false;
                }
            }

            return true;
        }, iter: 25);

    [Fact]
    public void One_point_and_many_give_the_same_result()
        => Gen.Select(Gen.Int[1, 2], Gen.Double[0.5, 4.0], Gen.Int).Sample((n, size, seed) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Random(n, size, seed));
            InvariantSets sets = InvariantSets.Find(
                system, options: new() { NewtonStarts = 20, Orbits = 8, MaxSteps = 256 });
            InitialConditions starts = InitialConditions.SampleUniform(SmallNetworks.Cube(n, 4.0), 30, (ulong)seed);
            Basins many = Basins.Compute(system, sets.Balls, starts, maxSteps: 2000);
            for (int start = 0; start < starts.Count; start++)
            {
                var one = ReducedSetMembership.Evaluate(system, sets, starts[start], 2000);
                if ((one.Ball is null ? -1 : sets.Balls.ToList().IndexOf(one.Ball)) != many.Label(start))
                    return false;

                // Products are rounded in another order, so a radius so close to 1 can fall on either side.
                bool isClose = Math.Abs(many.LargestRadius(start) - 1.0) < 1e-9;
                if (!isClose && (one.IsMember != many.IsInReducedSet(start)
                    || (one.IsMember && Math.Abs(one.LargestRadius - many.LargestRadius(start)) > 1e-9)))
                {
                    return false;
                }
            }

            return true;
        }, iter: 25);

    [Fact]
    public void A_periodic_attractor_is_treated_through_its_power()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Latch(-2.0));
        InvariantSets sets = SmallNetworks.Sets(system);
        foreach (TrappingBall ball in sets.Balls)
        {
            var point = ReducedSetMembership.Evaluate(system, sets, ball.Center);
            Assert.Equal((ball, true, true), (point.Ball, point.IsMember, point.IsProved));
            Assert.Equal(0.027679672, point.LargestRadius, 5.1e-10);

            // From a state that is followed by a positive output, M leads to the ball around the other point.
            Assert.Equal(1 - ball.Phase,
                ReducedSetMembership.Evaluate(system, sets, system.Image(ball.Center)).Ball!.Phase);
        }
    }

    [Fact]
    public void Without_an_attractor_or_enough_steps_nothing_is_claimed()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Latch(2.0));
        InvariantSets sets = SmallNetworks.Sets(system);
        var onBoundary = ReducedSetMembership.Evaluate(system, sets, [0.0], 100);
        Assert.Equal((null, false, false), (onBoundary.Ball, onBoundary.IsMember, onBoundary.IsProved));
        Assert.Throws<ValidationException>(() => ReducedSetMembership.Evaluate(system, sets, [1.0, 2.0]));
    }

    [Fact]
    public void Membership_proved_after_few_steps_remains_valid()
    {
        // A rotation that shrinks by 0.9: the bound on its norm is 0.9·√2, which is above 1 although the eigenvalues
        // are below 1.
        var system = DynamicalSystem.Create(SmallNetworks.Of(2, [0.0, 0.9, -0.9, 0.0]));
        InvariantSets sets = SmallNetworks.Sets(system);
        InitialConditions starts = InitialConditions.SampleUniform(SmallNetworks.Cube(2, 0.3), 20, seed: 2);
        int open = 0;
        for (int start = 0; start < starts.Count; start++)
        {
            var whole = ReducedSetMembership.Evaluate(system, sets, starts[start]);
            Assert.True(whole.IsProved);
            for (int steps = 1; steps <= whole.TestedPowers; steps++)
            {
                var cut = ReducedSetMembership.Evaluate(system, sets, starts[start], steps);
                Assert.True(!cut.IsProved || cut.IsMember == whole.IsMember);
                open += cut.Ball is not null && !cut.IsProved ? 1 : 0;
            }
        }

        Assert.InRange(open, 1, int.MaxValue);
    }

    // Where y_0 = −1, the initial state of the Parity network is −∞; the orbit continues from it like any other.
    [Fact]
    public void A_start_at_minus_infinity_is_valid()
    {
        DrivenSystem driven = DrivenSystem.Create(SmallNetworks.ParityFromMinusOne);
        var system = driven.WithConstantInputs([-1.0]);
        InvariantSets sets = SmallNetworks.Sets(system);
        Assert.Equal([double.NegativeInfinity], driven.InitialState());
        var point = ReducedSetMembership.Evaluate(system, sets, driven.InitialState());
        Assert.True(point.IsMember);
        Assert.True(point.Ball!.Center[0] < 0.0);
        Basins basins = Basins.Compute(system, sets.Balls, InitialConditions.FromPoints([driven.InitialState()]));
        Assert.Equal(point.Ball, sets.Balls[basins.Label(0)]);
    }
}
