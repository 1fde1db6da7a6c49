using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Unstable periodic orbits, and the completeness of what was found by the sum of indices.</summary>
public sealed class IndexSumTests
{
    // By an independent computation with numpy: 11 orbits of period 2, five of them with the multiplier 1.012853.
    [Fact]
    public void Five_unstable_orbits_of_period_two_separate_six_stable_ones()
    {
        DynamicalSystem system = SlowDynamicsTests.Read("slow-period-2-orbits");
        InvariantSets sets = InvariantSets.Find(system, options: new() { NewtonPeriod = 2 });
        Assert.Equal((6, 5), (sets.Attractors.Count, sets.OtherPeriodicOrbits.Count));
        Assert.All(sets.OtherPeriodicOrbits, orbit =>
        {
            Assert.Equal((2, 1), (orbit.Period, orbit.UnstableDirections));
            Assert.Equal(1.012853, orbit.Eigenvalues[0].Real, 5.1e-7);
            Assert.Equal(-1, IndexSum.Index(orbit, power: 1));
        });

        // No two orbits share a point, whatever their phase.
        double[][] points = [.. sets.Attractors.Concat(sets.OtherPeriodicOrbits).SelectMany(orbit => orbit.Points)];
        for (int i = 0; i < points.Length; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.InRange(PeriodicOrbit.Distance(points[i], points[j]), 1e-2, 10.0);
        }

        // Three fixed points: the origin, and the two on the remaining points of the hexagon.
        IndexSum one = IndexSum.Compute(system, sets, 1), two = IndexSum.Compute(system, sets, 2);
        Assert.Equal((3, 1, IndexVerdict.ConsistentWithComplete), (one.Points, one.Sum, one.Verdict));
        Assert.Equal((25, 1, IndexVerdict.ConsistentWithComplete), (two.Points, two.Sum, two.Verdict));
    }

    // x′ = 4x(1 − x) is conjugate to the tent map, whose slope is ±2: its 2^l points of period dividing l have the
    // multipliers ±2^l, except 4^l at the origin. So there are 1, 2 and 3 orbits of the periods 2, 3 and 4.
    [Fact]
    public void All_periodic_orbits_of_the_logistic_map_are_found()
    {
        InvariantSets sets = InvariantSets.Find(
            DynamicalSystem.Create(new LogisticMap(4.0)), [new Interval(0.0, 1.0)],
            new() { NewtonPeriod = 4, Orbits = 1, MaxSteps = 64 });
        Assert.Equal([2, 3, 3, 4, 4, 4], sets.OtherPeriodicOrbits.Select(orbit => orbit.Period));
        Assert.All(sets.OtherPeriodicOrbits, orbit =>
        {
            Assert.Equal(Stability.Unstable, orbit.Stability);

            // The product of l slopes, each with an error of a few ulp of a point times a slope of 4 at most.
            Assert.Equal(Math.Pow(2.0, orbit.Period), orbit.SpectralRadius, 1e-9);
        });
        Assert.Equal(IndexVerdict.NotApplicable, IndexSum.Compute(
            DynamicalSystem.Create(new LogisticMap(4.0)), sets, 2).Verdict);
    }

    // Weight −2: the fixed point 0 has the multiplier −2, which is 4 for M²; the orbit of period 2 attracts.
    [Fact]
    public void The_index_of_a_fixed_point_depends_on_the_period()
    {
        (DynamicalSystem system, InvariantSets sets) = Find(SmallNetworks.Latch(-2.0));
        Assert.Equal(
            new IndexSum(1, 1, 1, 0, IndexVerdict.ProvedComplete), IndexSum.Compute(system, sets, 1));
        Assert.Equal(
            new IndexSum(2, 3, 1, 0, IndexVerdict.ConsistentWithComplete), IndexSum.Compute(system, sets, 2));
    }

    [Fact]
    public void A_degenerate_fixed_point_leaves_it_undecided()
    {
        // W has the eigenvalue 1, so the origin is degenerate.
        (DynamicalSystem system, InvariantSets sets) = Find(SmallNetworks.Of(2, [1.0, 0.0, 0.0, 0.5]));
        IndexSum sum = IndexSum.Compute(system, sets, 1);
        Assert.Equal((0, 1, IndexVerdict.Undecided), (sum.Sum, sum.Degenerate, sum.Verdict));
    }

    // One variable: bracketing finds all fixed points, so the rule itself is tested.
    [Fact]
    public void The_indices_of_all_fixed_points_of_a_neuron_have_the_sum_1()
        => Gen.Select(Gen.Double[-4.0, 4.0], Gen.Double[-2.0, 2.0]).Sample((weight, input) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Latch(weight), [input]);
            InvariantSets sets = InvariantSets.Find(system, options: new() { Orbits = 1, MaxSteps = 64 });
            IndexSum sum = IndexSum.Compute(system, sets, 1);
            return sum.Verdict != IndexVerdict.ProvedComplete || sum.Degenerate > 0 || sum.Sum == 1;
        }, iter: 300);

    // Uncoupled neurons: every combination of their 1 or 3 fixed points. A search with few starts misses some.
    [Fact]
    public void The_sum_is_1_where_all_are_found_and_the_missing_are_never_overestimated()
        => Gen.Select(Gen.Double[0.3, 2.5].Array[2, 3], Gen.Int[1, 30], Gen.Int[0, 1000]).Sample(
            (weights, starts, seed) =>
            {
                int n = weights.Length;
                var matrix = new double[n * n];
                for (int i = 0; i < n; i++)
                    matrix[i * (n + 1)] = Math.Abs(weights[i] - 1.0) < 0.1 ? 1.5 : weights[i];
                int all = Enumerable.Range(0, n).Aggregate(1, (product, i) => product
                    * (matrix[i * (n + 1)] > 1.0 ? 3 : 1));
                var system = DynamicalSystem.Create(SmallNetworks.Of(n, matrix));
                InvariantSets sets = InvariantSets.Find(
                    system, options: new() { NewtonStarts = starts, Orbits = 1, MaxSteps = 64, Seed = (ulong)seed });
                IndexSum sum = IndexSum.Compute(system, sets, 1);
                return sum.Points <= all && sum.Missing <= all - sum.Points
                    && (sum.Points < all || sum.Verdict == IndexVerdict.ConsistentWithComplete)
                    && (sum.Verdict == IndexVerdict.Incomplete) == (sum.Sum != 1);
            }, iter: 100);

    [Fact]
    public void A_search_with_too_few_starts_is_incomplete()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Of(3, [2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 2.0]));
        IndexSum[] sums = [.. Enumerable.Range(1, 12).Select(starts => IndexSum.Compute(
            system, InvariantSets.Find(system, options: new() { NewtonStarts = starts, Orbits = 1, MaxSteps = 64 }),
            1))];
        Assert.Contains(sums, sum => sum is { Verdict: IndexVerdict.Incomplete, Missing: > 0 });
    }

    // An independent definition: the sign of the determinant of 1 − Jᵏ by LU decomposition.
    [Fact]
    public void The_index_is_the_sign_of_a_determinant()
        => Gen.Select(Gen.Int[2, 4], Gen.Double[0.5, 3.0], Gen.Int, Gen.Int[1, 3]).Sample((n, size, seed, power) =>
        {
            (DynamicalSystem system, InvariantSets sets) = Find(SmallNetworks.Random(n, size, seed));
            return sets.FixedPoints.Orbits.All(orbit =>
            {
                double[] jacobian = system.Jacobian(orbit.Points[0], power);
                double determinant = Matrix<double>.Build.Dense(
                    n, n, (i, j) => (i == j ? 1.0 : 0.0) - jacobian[(i * n) + j]).Determinant();
                int index = IndexSum.Index(orbit, power);
                return index == 0 || index == Math.Sign(determinant);
            });
        }, iter: 60);

    // (M²)(a) = a is checked with the map; the orbits are known to have no shorter period.
    [Fact]
    public void Every_periodic_orbit_returns_after_its_period_and_not_before()
        => Gen.Select(Gen.Int[2, 3], Gen.Double[1.0, 4.0], Gen.Int).Sample((n, size, seed) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Random(n, size, seed));
            InvariantSets sets = InvariantSets.Find(
                system, options: new() { NewtonStarts = 20, NewtonPeriod = 3, Orbits = 4, MaxSteps = 256 });
            return sets.OtherPeriodicOrbits.All(orbit =>
                PeriodicOrbit.Distance(system.Image(orbit.Points[0], orbit.Period), orbit.Points[0]) <= 1e-9
                && Enumerable.Range(1, orbit.Period - 1).All(t =>
                    PeriodicOrbit.Distance(system.Image(orbit.Points[0], t), orbit.Points[0]) > 1e-9)
                && orbit.Period <= 3 && !sets.Attractors.Contains(orbit));
        }, iter: 40);

    private static (DynamicalSystem System, InvariantSets Sets) Find(Networks.NetworkDefinition network)
    {
        var system = DynamicalSystem.Create(network);
        return (system, InvariantSets.Find(
            system, options: new() { NewtonStarts = 40, NewtonPeriod = 2, Orbits = 8, MaxSteps = 512 }));
    }
}
