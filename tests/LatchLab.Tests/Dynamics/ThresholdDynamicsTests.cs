using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Networks of threshold units, whose 2ⁿ states are enumerated.</summary>
public sealed class ThresholdDynamicsTests
{
    private static readonly RunOptions Plain = new(0, 1, LaneKind.Scalar);

    [Fact]
    public void Two_units_that_inhibit_each_other_have_two_fixed_points_and_a_cycle()
    {
        ThresholdDynamics found = Enumerate(Create(2, [0.0, -1.0, -1.0, 0.0]));
        Assert.Equal((3, 2, 0), (found.AttractorCount, found.FixedPointCount, found.LongestTransient));
        Assert.Equal(
            ["-1,-1 1,1", "1,-1", "-1,1"],
            found.Attractors.Select(attractor => string.Join(
                ' ', attractor.States.Select(state => string.Join(',', found.GetOutputs(state))))));
        Assert.Equal([2, 1, 1], found.Attractors.Select(attractor => attractor.BasinSize));
        Assert.All(found.Attractors, attractor => Assert.Equal(1, attractor.FewestFlips));

        // From x_0 = 0 the sums are 0 and the signs +1: a state of the cycle.
        Assert.Equal((0, 1), (found.InitialAttractor!.Value, found.InitialTransient));
    }

    /// <summary>The network of Hopfield with one pattern: every state but those at half distance goes to ±p.</summary>
    [Fact]
    public void One_stored_pattern_of_three_units_attracts_the_nearer_half()
    {
        // W = p·pᵀ with p = (1, 1, −1): the sign of the overlap, which is odd, decides in one step.
        ThresholdDynamics found = Enumerate(Create(3, [1, 1, -1, 1, 1, -1, -1, -1, 1]));
        Assert.Equal(2, found.AttractorCount);
        Assert.All(found.Attractors, attractor =>
        {
            Assert.Equal((1, 4, 1, 0.75, 2), (attractor.Period, attractor.BasinSize, attractor.LongestTransient,
                attractor.MeanTransient, attractor.FewestFlips));
        });
    }

    [Fact]
    public void A_shift_register_has_cycles_that_divide_its_length()
    {
        // x_i copies x_{i−1} in a ring of 4: necklaces of 4 beads, 6 of them, with the periods 1, 1, 2, 4, 4, 4.
        double[] weights = new double[16];
        for (int i = 0; i < 4; i++)
            weights[(4 * i) + ((i + 3) % 4)] = 1.0;
        ThresholdDynamics found = Enumerate(Create(4, weights));
        Assert.Equal([1, 1, 2, 4, 4, 4], found.Attractors.Select(attractor => attractor.Period).Order());
        Assert.Equal(0, found.LongestTransient);
    }

    [Fact]
    public void A_constant_map_has_one_basin_and_nothing_to_flip_to()
    {
        var network = new FullyConnectedDefinition("threshold", 3, 0, [0], new double[9], [-1.0, 1.0, 0.0]);
        ThresholdAttractor only = Assert.Single(Enumerate(network, [0.5]).Attractors);
        Assert.Equal((8, 1, 0.875), (only.BasinSize, only.LongestTransient, only.MeanTransient));
        Assert.Null(only.FewestFlips);
        Assert.Equal([0b110], only.States);
    }

    /// <summary>An independent, naive enumeration: every state is followed for 2ⁿ steps.</summary>
    [Fact]
    public void Attractors_basins_transients_and_flips_equal_those_of_a_naive_enumeration()
    {
        var random = new Random(5);
        for (int sample = 0; sample < 30; sample++)
        {
            int n = random.Next(1, 7), m = random.Next(1, 4);
            double[] w = Samples.Numbers(random, n * n, 1.0), v = Samples.Numbers(random, n * m, 1.0),
                b = Samples.Numbers(random, n, 0.5), u = Samples.Numbers(random, m, 1.0);
            var network = new FullyConnectedDefinition("threshold", n, v, [0], w, b);
            ThresholdDynamics found = ThresholdDynamics.Enumerate(network, u, Plain);

            int Next(int state)
            {
                int next = 0;
                for (int i = 0; i < n; i++)
                {
                    double a = b[i] + Enumerable.Range(0, m).Sum(k => v[(i * m) + k] * u[k])
                        + Enumerable.Range(0, n).Sum(j => w[(i * n) + j] * (((state >> j) & 1) != 0 ? 1.0 : -1.0));
                    next |= a >= 0.0 ? 1 << i : 0;
                }

                return next;
            }

            // The smallest state of the cycle names the basin.
            int[] basin = [.. Enumerable.Range(0, 1 << n).Select(state => Cycle(Follow(state, 1 << n)).Min())];
            Assert.Equal(basin.Distinct().Count(), found.AttractorCount);
            foreach (ThresholdAttractor attractor in found.Attractors)
            {
                int name = attractor.States[0];
                int[] members = [.. Enumerable.Range(0, 1 << n).Where(state => basin[state] == name)];
                int[] transients = [.. members.Select(
                    state => Enumerable.Range(0, 1 << n).First(t => attractor.States.Contains(Follow(state, t))))];
                Assert.Equal(Cycle(name), attractor.States);
                Assert.Equal((members.Length, transients.Max(), transients.Average()),
                    (attractor.BasinSize, attractor.LongestTransient, attractor.MeanTransient));
                int[] distances = [.. from state in attractor.States
                                      from other in Enumerable.Range(0, 1 << n)
                                      where basin[other] != name
                                      select int.PopCount(state ^ other)];
                Assert.Equal(distances.Length == 0 ? null : distances.Min(), attractor.FewestFlips);
            }

            int Follow(int state, int steps) => Enumerable.Range(0, steps).Aggregate(state, (s, _) => Next(s));

            List<int> Cycle(int first)
            {
                List<int> cycle = [first];
                for (int state = Next(first); state != first; state = Next(state))
                    cycle.Add(state);
                return cycle;
            }
        }
    }

    [Fact]
    public void Threads_and_lanes_change_nothing()
    {
        NetworkDefinition network = Create(13, Samples.Numbers(new Random(3), 169, 1.0));
        string expected = Describe(ThresholdDynamics.Enumerate(network, null, Plain));
        foreach (LaneKind lane in SlowTests.LaneKinds.Where(lane => lane.IsSupported))
            Assert.Equal(expected, Describe(ThresholdDynamics.Enumerate(network, null, new(0, 2, lane))));
    }

    [Fact]
    public void The_Parity_network_has_the_states_of_its_output_unit()
    {
        // y_t = sign(u·y_{t−1} exclusive or): with u = 1 the output alternates, with u = −1 it stays.
        var network = new ParityDefinition("threshold", [1.0, 1.0, -1.5, 1.0, 1.0, -2.0, -1.5], -1.0);
        ThresholdDynamics found = ThresholdDynamics.Enumerate(network, [1.0], Plain);
        Assert.Equal((1, 2), (found.Units, found.StateCount));
        Assert.Equal([-1.0], found.InitialState);
    }

    [Fact]
    public void An_initial_state_that_is_a_state_needs_no_first_step()
    {
        FullyConnectedDefinition network = Create(2, [0.0, -1.0, -1.0, 0.0]);
        ThresholdDynamics found = Enumerate(network.WithInitialState([-1.0, 1.0]));
        Assert.Equal((2, 0), (found.InitialAttractor!.Value, found.InitialTransient));
    }

    [Fact]
    public void Of_many_attractors_some_are_listed_and_all_are_counted()
    {
        double[] identity = new double[100];
        for (int i = 0; i < 10; i++)
            identity[11 * i] = 1.0;
        ThresholdDynamics found = Enumerate(Create(10, identity));
        Assert.Equal((1024, 1024, ThresholdDynamics.MaximumAttractors),
            (found.AttractorCount, found.FixedPointCount, found.Attractors.Count));
    }

    [Fact]
    public void Other_units_and_too_many_of_them_are_rejected()
    {
        Assert.Throws<ValidationException>(() => Enumerate(new LatchDefinition("tanh", 1.0, [])));
        Assert.Throws<ValidationException>(
            () => Enumerate(new ParityDefinition("tanh,threshold", new double[7])));
        ValidationException error = Assert.Throws<ValidationException>(
            () => Enumerate(Create(23, new double[23 * 23])));
        Assert.Contains("23 threshold units and 2^23 states", error.Message, StringComparison.Ordinal);
        Assert.Throws<ValidationException>(() => Enumerate(Create(2, new double[4]), [1.0, 2.0]));
    }

    private static ThresholdDynamics Enumerate(NetworkDefinition network, IReadOnlyList<double>? inputs = null)
        => ThresholdDynamics.Enumerate(network, inputs, Plain);

    private static FullyConnectedDefinition Create(int n, double[] weights)
        => new("threshold", n, 0, [0], weights);

    private static string Describe(ThresholdDynamics found)
        => string.Join('\n', found.Attractors.Select(attractor
            => $"{string.Join(' ', attractor.States)}: {attractor with { States = [] }}"));
}
