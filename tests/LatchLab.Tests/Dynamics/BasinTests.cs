using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Basins of attraction β (Definition 3) and Γ (Definition 4) of many starts at once.</summary>
public sealed class BasinTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    public void The_basins_of_two_uncoupled_neurons_are_the_quadrants(int count)
    {
        var system = DynamicalSystem.Create(SmallNetworks.Uncoupled);
        InvariantSets sets = SmallNetworks.Sets(system);
        double[] axis = InitialConditions.Linspace(new(-3.0, 3.0), count);
        InitialConditions starts = InitialConditions.Grid(axis, axis);
        Basins basins = Basins.Compute(system, sets.Balls, starts);
        Assert.Equal(count * count, basins.Count);
        int onAxes = 0;
        for (int start = 0; start < starts.Count; start++)
        {
            if (starts[start][0] == 0.0 || starts[start][1] == 0.0)
            {
                onAxes++; // on a boundary: an unstable point on a grid node is not an attractor
                Assert.Equal(Basins.Undecided, basins.Label(start));
                Assert.Null(basins.Attractor(start));
                Assert.False(basins.IsInReducedSet(start));
                continue;
            }

            double[] centre = basins.Attractor(start)!.Points[0];
            Assert.Equal(Math.Sign(starts[start][0]), Math.Sign(centre[0]));
            Assert.Equal(Math.Sign(starts[start][1]), Math.Sign(centre[1]));

            // The eigenvalues of (M^l)′ are the products of the derivatives of each neuron: below 1 beyond its knee.
            double knee = SmallNetworks.Knee(2.0);
            Assert.Equal(
                Math.Abs(starts[start][0]) > knee && Math.Abs(starts[start][1]) > knee, basins.IsInReducedSet(start));
        }

        Assert.Equal(count % 2 == 0 ? 0 : (2 * count) - 1, onAxes);
    }

    // |x| < √5 is mapped into itself, ±√5 are exchanged, and beyond them every step increases |x|.
    [Fact]
    public void The_cubic_map_diverges_exactly_beyond_the_root_of_five()
    {
        var system = DynamicalSystem.Create(new CubicMap(1.5, 0.5));
        InvariantSets sets = InvariantSets.Find(system, SmallNetworks.Cube(1, 2.0));
        double limit = Math.Sqrt(5.0);
        double[] axis =
        [
            .. InitialConditions.Linspace(new(-3.0, 3.0), 401), limit * (1.0 - 1e-9), limit * (1.0 + 1e-9),
            -limit * (1.0 + 1e-9),
        ];
        Basins basins = Basins.Compute(system, sets.Balls, InitialConditions.Grid(axis));
        for (int start = 0; start < axis.Length; start++)
        {
            Assert.Equal(Math.Abs(axis[start]) > limit, basins.Label(start) == Basins.Divergent);
            if (Math.Abs(axis[start]) < Math.Sqrt(3.0) && axis[start] != 0.0)
                Assert.Equal(Math.Sign(axis[start]), basins.Attractor(start)!.Points[0][0], 1e-15);
        }

        Assert.Equal(Basins.Undecided, basins.Label(200)); // the edge state 0
        Assert.Equal(0.0, axis[200]);
    }

    // By symmetry, each root of z³ = 1 attracts a third of the disk.
    [Fact]
    public void Newtons_method_divides_the_disk_into_three_equal_parts()
    {
        var system = DynamicalSystem.Create(default(NewtonCubeRoots));
        InvariantSets sets = InvariantSets.Find(system, SmallNetworks.Cube(2, 1.0), new() { NewtonStarts = 60 });
        double[] axis = [.. Enumerable.Range(0, 200).Select(i => ((2 * i) - 199) / 199.0)];
        InitialConditions grid = InitialConditions.Grid(axis, axis);
        Basins basins = Basins.Compute(system, sets.Balls, grid, computeReducedSets: false);
        int[] counts = new int[3];
        int inDisk = 0;
        for (int start = 0; start < grid.Count; start++)
        {
            double x = grid[start][0], y = grid[start][1];
            if ((x * x) + (y * y) > 1.0)
                continue;
            inDisk++;
            Assert.InRange(basins.Label(start), 0, 2);
            counts[basins.Label(start)]++;

            // The map commutes with reflection to the last bit, and so does the grid.
            int mirrored = (start % 200) + (200 * (199 - (start / 200)));
            Assert.Equal(
                basins.Attractor(start)!.Points[0][1] * -1.0, basins.Attractor(mirrored)!.Points[0][1], 1e-14);
        }

        // A node represents its cell. The boundary has dimension 1.42, so about n^1.42 of n² cells are on it. For these
        // 1,900 of 31,000 cells the assigned root is random: ±3·√(1,900·2/9) = 60.
        Assert.All(counts, count => Assert.InRange(count, (inDisk / 3) - 60, (inDisk / 3) + 60));
    }

    [Fact]
    public void A_slow_passage_is_labelled_with_its_destination()
    {
        SlowTests.SkipUnlessRequested();
        double start = 1.25 * SingleNeuron.Analyze(1.25).Attractor!.Value;
        foreach ((double share, int sign) in new[] { (1.0001, -1), (0.9999, 1) })
        {
            double constantInput = -share * SingleNeuron.Analyze(1.25).CriticalInput!.Value;
            var system = DynamicalSystem.Create(SmallNetworks.Latch(1.25), [constantInput]);
            Basins basins = Basins.Compute(system, SmallNetworks.Sets(system).Balls,
                InitialConditions.FromPoints([[start]]));
            Assert.Equal(sign, Math.Sign(basins.Attractor(0)!.Points[0][0]));
            Assert.Equal(sign < 0, basins.EntryStep(0) > 1000);
        }
    }

    [Fact]
    public void Every_start_has_a_label()
        => Gen.Select(Gen.Int[1, 4], Gen.Double[0.3, 4.0], Gen.Int).Sample((n, size, seed) =>
        {
            var system = DynamicalSystem.Create(SmallNetworks.Random(n, size, seed));
            InvariantSets sets = InvariantSets.Find(
                system, options: new() { NewtonStarts = 20, Orbits = 8, MaxSteps = 256 });
            InitialConditions starts = InitialConditions.SampleUniform(SmallNetworks.Cube(n, 5.0), 40, (ulong)seed);
            Basins basins = Basins.Compute(system, sets.Balls, starts, maxSteps: 500);
            for (int start = 0; start < starts.Count; start++)
            {
                // Bounded units do not diverge.
                int label = basins.Label(start);
                if (label != Basins.Undecided && (label < 0 || label >= sets.Balls.Count))
                    return false;
                if (sets.FindDestination(starts[start], 500, out int _) != (label < 0 ? null : sets.Balls[label]))
                    return false;
            }

            return basins.HasReducedSets == n <= 2;
        }, iter: 100);

    // tanh is odd to the last bit, so the orbit of −a is the mirror image of that of a. The attractors are found by
    // Newton's method, to within 1e-9; the balls may differ, and with them whether a slow start is decided.
    [Fact]
    public void The_basins_of_a_network_without_biases_are_mirror_images()
        => Gen.Select(Gen.Int[1, 3], Gen.Double[0.5, 3.0], Gen.Int).Sample((n, size, seed) =>
        {
            const int count = 20;
            var system = DynamicalSystem.Create(SmallNetworks.Random(n, size, seed));
            InvariantSets sets = InvariantSets.Find(
                system, options: new() { NewtonStarts = 20, Orbits = 8, MaxSteps = 512 });
            double[][] points = [.. FixedPoints.SampleUniform(SmallNetworks.Cube(n, 4.0), count, (ulong)seed)];
            Basins basins = Basins.Compute(system, sets.Balls, InitialConditions.FromPoints(
                [.. points, .. points.Select(a => a.Select(value => -value).ToArray())]), maxSteps: 2000);
            return Enumerable.Range(0, count).All(start =>
            {
                if (basins.Attractor(start) is not { } attractor || basins.Attractor(start + count) is not { } mirrored)
                    return true;
                double[] mirror = [.. attractor.Points[0].Select(a => -a)];
                return mirrored.Points.Any(a => PeriodicOrbit.Distance(a, mirror) <= 1e-9);
            });
        }, iter: 60);

    [Theory]
    [MemberData(nameof(Systems))]
    public void Lane_types_and_threads_change_nothing(string name)
    {
        (DynamicalSystem system, InvariantSets sets, InitialConditions starts) = Known(name);
        Basins scalar = Basins.Compute(system, sets.Balls, starts, 300, LaneKind.Scalar);
        foreach (LaneKind lane in SlowTests.LaneKinds)
        {
            foreach (int threads in (int[])[1, 2])
            {
                Basins other = Basins.Compute(system, sets.Balls, starts, 300, lane, threads);
                for (int start = 0; start < starts.Count; start++)
                {
                    Assert.Equal(scalar.Label(start), other.Label(start));
                    Assert.Equal(scalar.EntryStep(start), other.EntryStep(start));
                    Assert.Equal(scalar.LargestRadius(start), other.LargestRadius(start)); // NaN equals NaN here
                }
            }
        }
    }

    public static TheoryData<string> Systems
        => ["latch", "alternating", "quadrants", "antagonists", "cubic", "skew", "turning"];

    // X ⊂ Γ(X) ⊂ β(X), and at a point of X the eigenvalues equal those of the attractor, for every lane type.
    [Theory]
    [MemberData(nameof(Systems))]
    public void An_attractor_lies_in_its_reduced_set(string name)
    {
        (DynamicalSystem system, InvariantSets sets, _) = Known(name);
        InitialConditions centres = InitialConditions.FromPoints([.. sets.Balls.Select(ball => ball.Center)]);
        Basins basins = Basins.Compute(system, sets.Balls, centres, lane: LaneKind.Scalar);
        for (int ball = 0; ball < centres.Count; ball++)
        {
            Assert.Equal((ball, 0), (basins.Label(ball), basins.EntryStep(ball)));
            Assert.True(basins.IsInReducedSet(ball));

            // There (M^l)′ is Pᵏ, whose largest eigenvalue is that of P, up to the rounding of a product.
            double radius = sets.Balls[ball].Orbit.SpectralRadius;
            Assert.Equal(radius, basins.LargestRadius(ball), 1e-12);
        }
    }

    [Fact]
    public void With_too_few_steps_no_reduced_set_is_claimed()
    {
        (DynamicalSystem system, InvariantSets sets, InitialConditions starts) = Known("turning");
        Basins whole = Basins.Compute(system, sets.Balls, starts);
        int open = 0;
        for (int start = 0; start < starts.Count; start++)
        {
            // Exactly as many steps as needed to enter the ball, where (M^l)′ can still have a norm above 1.
            Basins cut = Basins.Compute(
                system, sets.Balls, InitialConditions.FromPoints([starts[start].ToArray()]),
                Math.Max(1, whole.EntryStep(start)));
            Assert.Equal(whole.Label(start), cut.Label(0));
            Assert.True(whole.IsInReducedSet(start) || !cut.IsInReducedSet(0));
            open += double.IsNaN(cut.LargestRadius(0)) ? 1 : 0;
        }

        Assert.InRange(open, 1, starts.Count);
    }

    [Fact]
    public void Starts_of_another_dimension_are_rejected()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Uncoupled);
        ValidationException refusal = Assert.Throws<ValidationException>(
            () => Basins.Compute(system, [], InitialConditions.FromPoints([[1.0, 2.0, 3.0]])));
        Assert.Contains("2 variables", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ValidationException>(() => InitialConditions.FromPoints([[1.0], [1.0, 2.0]]));
        Assert.Throws<ValidationException>(() => InitialConditions.FromPoints([[double.NaN]]));
        Assert.Throws<ValidationException>(() => InitialConditions.FromPoints([]));
    }

    private static (DynamicalSystem System, InvariantSets Sets, InitialConditions Starts) Known(string name)
    {
        DynamicalSystem system = name switch
        {
            "latch" => DynamicalSystem.Create(SmallNetworks.Latch(1.5), [0.05]),
            "alternating" => DynamicalSystem.Create(SmallNetworks.Latch(-1.5)),
            "quadrants" => DynamicalSystem.Create(SmallNetworks.Uncoupled),
            "antagonists" => DynamicalSystem.Create(SmallNetworks.Of(2, [1.1, -1.0, -0.8, 1.3])),
            "skew" => DynamicalSystem.Create(SmallNetworks.Of(2, [0.5, 20.0, 0.0, 0.5])),
            "turning" => DynamicalSystem.Create(SmallNetworks.Of(2, [0.0, 0.9, -0.9, 0.0])),
            _ => DynamicalSystem.Create(new CubicMap(1.5, 0.5)),
        };
        int n = system.Dimension;
        InvariantSets sets = name == "cubic"
            ? InvariantSets.Find(system, SmallNetworks.Cube(1, 2.0))
            : SmallNetworks.Sets(system);
        double[] axis = InitialConditions.Linspace(new(-3.0, 3.0), n == 1 ? 101 : 23);
        IReadOnlyList<double>[] axes = [.. Enumerable.Repeat(axis, n)];
        InitialConditions grid = InitialConditions.Grid(axes);
        return (system, sets, InitialConditions.FromPoints(
        [
            .. sets.Balls.Select(ball => ball.Center),
            .. Enumerable.Range(0, grid.Count).Select(i => grid[i].ToArray()),
        ]));
    }
}
