using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tests.Learning;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Theorem 3: balls in which M contracts, and the admissible inputs.</summary>
public sealed class ContractionTests
{
    // max over d of (1 − λ(d))·d with λ(d) = w/cosh²(ā − d), computed in 30 digits. b is flat at the maximum, so d
    // agrees only to 1e-6.
    [Theory]
    [InlineData(1.25, 0.20151795982046766, 0.0390164864319661)]
    [InlineData(2.0, 0.5907750384660304, 0.2990901479559526)]
    public void The_best_ball_of_a_neuron_is_the_known_one(double weight, double distance, double noise)
    {
        (DynamicalSystem system, double[] attractor) = Neuron(weight);
        var best = Contraction.FindLargestNoise(system, [attractor]);
        Assert.Equal(noise, best.NoiseBound, 1e-12); // enclosures are about 1e-15 wide
        Assert.Equal(distance, best.Radius, 1e-6);
        Assert.Equal((1.0 - best.Rate) * best.Radius, best.NoiseBound, 1e-15);
        Assert.Equal(best, Contraction.ForOrbit(system, [attractor], best.Radius));
    }

    /// <summary>
    /// The largest slope over a ball around 0 is that at 0: w·1 for tanh and w·¼ for logistic units. Products of
    /// intervals would give w·(1 + tanh² d), here 0.79, and 0.33 for the logistic unit.
    /// </summary>
    [Theory]
    [InlineData("tanh", 0.5)]
    [InlineData("logistic", 0.125)]
    public void Over_a_ball_around_the_steepest_state_the_rate_is_exact(string unit, double rate)
    {
        DynamicalSystem system = DynamicalSystem.Create(new LatchDefinition(unit, 0.5, []));
        Assert.Equal(new Contraction(1.0, rate, 1.0 - rate), Contraction.ForOrbit(system, [[0.0]], radius: 1.0));
    }

    /// <summary>
    /// A latch beside a unit with the self-loop 0.999, whose slope is 1 at 0: the balls of Theorem 3 are large only if
    /// its slope is not overestimated. With products of intervals the noise was 4.1e-6.
    /// </summary>
    [Fact]
    public void The_noise_of_a_system_with_a_slow_unit_is_bounded_by_its_slope_at_0()
    {
        DynamicalSystem system = DynamicalSystem.Create(SmallNetworks.Of(2, [3.0, 0.0, 0.0, 0.999]));
        InvariantSets sets = SmallNetworks.Sets(system);
        double noise = Contraction.FindLargestNoise(system, sets.Attractors[0].Points).NoiseBound;

        // λ ≥ 0.999, so b = (1 − λ)d ≤ 0.001·d, and d is below the distance 2.98 of the attractor from 0.
        Assert.InRange(noise, 1e-3, 0.00298);
    }

    /// <summary>The slope of a ← w·max(0, a) + u is 0 to the left of 0, at a distance of |u|, and then w.</summary>
    [Theory]
    [InlineData(-1.0)]
    [InlineData(-1000.0)]
    [InlineData(-1e12)]
    public void The_best_ball_of_a_relu_unit_at_rest_extends_to_its_kink_however_far(double input)
    {
        DynamicalSystem system = DynamicalSystem.Create(new LatchDefinition("relu", 2.0, []), [input]);
        Assert.Null(Contraction.FindEverywhere(system));

        // 60 golden-section steps reduce the bracket by 3e-13.
        Assert.Equal(-input, Contraction.FindLargestNoise(system, [[input]]).NoiseBound, -1e-12 * input);
    }

    /// <summary>
    /// The derivatives are w_ij·f′ with f′ from 0 to 1. The bound of several units is the norm of the middles, W/2, and
    /// that of the radii, |w_ij|/2: here 0.25 and 0.35.
    /// </summary>
    [Fact]
    public void A_map_whose_derivative_is_below_1_everywhere_admits_any_noise()
    {
        Assert.Equal(
            new Contraction(double.PositiveInfinity, 0.9, double.PositiveInfinity),
            Contraction.FindEverywhere(DynamicalSystem.Create(new LatchDefinition("relu", 0.9, []))));
        DynamicalSystem pair = DynamicalSystem.Create(SmallNetworks.Of(2, [0.3, 0.4, 0.4, -0.3]));
        Assert.Equal(0.6, Contraction.FindEverywhere(pair)!.Rate, 1e-14);
        Assert.Null(Contraction.FindEverywhere(DynamicalSystem.Create(new LatchDefinition("tanh", 1.0, []))));
    }

    [Fact]
    public void The_bound_never_admits_noise_that_erases_the_bit()
        => Gen.Double[1.0001, 10.0].Sample(weight =>
        {
            (DynamicalSystem system, double[] attractor) = Neuron(weight);
            double noise = Contraction.FindLargestNoise(system, [attractor]).NoiseBound;
            return noise > 0.0 && noise < SingleNeuron.Analyze(weight).CriticalInput;
        }, iter: 100);

    // The statement of the theorem, with inputs of the largest admissible size in random and worst-case directions.
    [Fact]
    public void Admissible_inputs_keep_the_state_in_the_ball()
        => Gen.Select(Gen.Int[1, 3], Gen.Double[0.5, 3.0], Gen.Int).Sample((n, size, seed) =>
        {
            var random = new Random(seed);
            var system = DynamicalSystem.Create(SmallNetworks.Random(n, size, seed));
            InvariantSets sets = InvariantSets.Find(
                system, options: new() { NewtonStarts = 20, Orbits = 8, MaxSteps = 256 });
            foreach (PeriodicOrbit orbit in sets.Attractors)
            {
                var best = Contraction.FindLargestNoise(system, orbit.Points);
                if (best.NoiseBound <= 0.0)
                    continue;
                double[] a = orbit.Points[0];
                for (int t = 1; t <= 200; t++)
                {
                    double[] centre = orbit.Points[t % orbit.Period], image = system.Image(a);
                    double[] away = t < 100 ? Samples.Numbers(random, n, 1.0) : [.. image.Zip(centre, (x, y) => x - y)];
                    double length = SquareMatrix.FrobeniusNorm(away) is var norm and > 0.0 ? best.NoiseBound / norm
                        : 0.0;
                    a = [.. image.Zip(away, (x, y) => x + (length * y))];
                    if (SquareMatrix.FrobeniusNorm([.. a.Zip(centre, (x, y) => x - y)]) > best.Radius * (1.0 + 1e-12))
                        return false;
                }
            }

            return true;
        }, iter: 100);

    [Fact]
    public void Along_an_orbit_the_worst_point_determines_the_bound()
    {
        (DynamicalSystem system, double[] attractor) = Neuron(2.0);
        double[][] orbit = [[3.0], [1.5], attractor];
        IReadOnlyList<Contraction> every = Contraction.ForEachPoint(system, orbit, 0.3);
        var along = Contraction.ForOrbit(system, orbit, 0.3);
        Assert.Equal(every.Max(here => here.Rate), along.Rate);
        Assert.Equal(every.Min(here => here.NoiseBound), along.NoiseBound);
        Assert.True(every[0].Rate < every[1].Rate); // the derivatives of the units decrease with |a|
    }

    [Fact]
    public void Without_contraction_no_noise_is_admissible()
    {
        var system = DynamicalSystem.Create(SmallNetworks.Latch(2.0));
        Assert.Equal(0.0, Contraction.FindLargestNoise(system, [[0.0]]).NoiseBound);
        Assert.InRange(Contraction.FindLargestNoise(system, [[0.0]]).Rate, 2.0 - 1e-12, 2.0 + 1e-9);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void The_radius_of_a_ball_must_be_positive(double distance)
    {
        (DynamicalSystem system, double[] attractor) = Neuron(2.0);
        ValidationException refusal = Assert.Throws<ValidationException>(
            () => Contraction.ForOrbit(system, [attractor], distance));
        Assert.Contains("give a positive number", refusal.Message, StringComparison.Ordinal);
    }

    private static (DynamicalSystem System, double[] Attractor) Neuron(double weight)
        => (DynamicalSystem.Create(SmallNetworks.Latch(weight)),
            [weight * SingleNeuron.Analyze(weight).Attractor!.Value]);
}
