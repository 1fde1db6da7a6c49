using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Exponents of −∞, divergent orbits, and the independence of results from lanes and options.</summary>
public sealed class LyapunovInvarianceTests
{
    private static readonly LyapunovOptions All = new() { Exponents = LyapunovOptions.All, Steps = 1_000 };

    /// <summary>Computations of several sizes and kinds, on the given lanes.</summary>
    private static readonly Dictionary<string, Func<LyapunovOptions, LaneKind?, LyapunovSpectrum>> ComputationsByName
        = new()
        {
            ["Hénon"] = (options, lanes) => LyapunovExponents.Compute(new HenonMap(1.4, 0.3), [0.1, 0.1], options,
                lanes),
            ["eleven units"] = (options, lanes) => LyapunovExponents.Compute(
                Network(GaussianMatrices.Weights(11, 2.0, 5)), [.. Enumerable.Repeat(0.5, 11)], options, lanes),
            ["two of thirty units"] = (options, lanes) => LyapunovExponents.Compute(
                Network(GaussianMatrices.Weights(30, 2.0, 3)),
                [.. Enumerable.Repeat(0.5, 30)],
                options with { Exponents = 2 },
                lanes),
            ["a product"] = (options, lanes) =>
                LyapunovExponents.Compute(GaussianMatrices.Sequence(9, 1.0, 4), options, lanes),
            ["a singular network"] = (options, lanes) => LyapunovExponents.Compute(
                Network(WithoutColumn(GaussianMatrices.Weights(9, 2.0, 5), 0)),
                [.. Enumerable.Repeat(0.5, 9)],
                options,
                lanes),
        };

    public static TheoryData<string> Computations => [.. ComputationsByName.Keys];

    [Theory]
    [MemberData(nameof(Computations))]
    public void Wide_lanes_equal_scalar_ones(string name)
    {
        LyapunovSpectrum expected = ComputationsByName[name](All, LaneKind.Scalar);
        foreach (LaneKind lanes in SlowTests.LaneKinds)
        {
            LyapunovSpectrum spectrum = ComputationsByName[name](All, lanes);
            Assert.Equal(expected.Exponents, spectrum.Exponents);
            Assert.Equal(expected, spectrum with { Exponents = expected.Exponents });
        }
    }

    [Theory]
    [MemberData(nameof(Computations))]
    public void Fewer_orthogonalisations_give_the_exponents_of_one_at_every_step(string name)
    {
        LyapunovSpectrum few = ComputationsByName[name](All, null);
        LyapunovSpectrum each = ComputationsByName[name](All with { LongestBlock = 1 }, null);
        Assert.True(few.Orthogonalizations <= each.Orthogonalizations);

        // Every logarithm, and so every mean, has an error of about 10 roundings of a vector 1e5 times as long.
        for (int i = 0; i < few.Exponents.Count; i++)
        {
            if (double.IsFinite(each.Exponents[i].Value))
                Assert.Equal(each.Exponents[i].Value, few.Exponents[i].Value, 10 * 2.2e-16 * 1e5);
            else
                Assert.Equal(each.Exponents[i], few.Exponents[i]);
        }
    }

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_steps()
    {
        long Allocated(int steps)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ComputationsByName["eleven units"](All with { Steps = steps }, null);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(100);
        Assert.Equal(Allocated(100), Allocated(5_000));
    }

    [Fact]
    public void A_column_of_zeros_gives_one_exponent_of_minus_infinity_and_leaves_the_others()
    {
        LyapunovSpectrum spectrum = ComputationsByName["a singular network"](All, null);
        Assert.Equal(LyapunovStatus.Collapsed, spectrum.Status);
        Assert.All(spectrum.Exponents.Take(8), exponent => Assert.True(double.IsFinite(exponent.Value)));
        AssertMinusInfinity(spectrum.Exponents[8]);
        Assert.Equal(double.NegativeInfinity, spectrum.Sum);
    }

    [Fact]
    public void A_singular_matrix_without_zeros_has_an_exponent_of_minus_infinity_too()
    {
        // x′ = tanh(W·x) with W = [[1, −1], [−1, 1]] has the attractors ±(0.957504024, −0.957504024) with eigenvalues
        // 0.166372 and 0; the second comes from differences of equal numbers.
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(Network([1.0, -1.0, -1.0, 1.0]), [0.4, -0.3], All);
        Assert.Equal(-1.793528507, spectrum.Exponents[0].Value, 1e-9);
        AssertMinusInfinity(spectrum.Exponents[1]);
    }

    [Fact]
    public void A_superstable_orbit_has_minus_infinity()
    {
        // r = 1 + √5: 1/2, where the derivative is 0, has period 2. A transient would move the orbit off it by a
        // rounding error.
        LyapunovSpectrum spectrum =
            LyapunovExponents.Compute(new LogisticMap(1.0 + Math.Sqrt(5.0)), [0.5], All with { Transient = 0 });
        Assert.Equal(LyapunovStatus.Collapsed, spectrum.Status);
        AssertMinusInfinity(Assert.Single(spectrum.Exponents));
    }

    [Fact]
    public void A_matrix_of_zeros_has_nothing_but_minus_infinity()
    {
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(new LinearMap(3, new double[9]), [1.0, 2.0, 3.0], All);
        Assert.All(spectrum.Exponents, AssertMinusInfinity);
    }

    [Fact]
    public void Extremely_different_rates_are_separated()
    {
        double[] diagonal = [1e80, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1e-80];
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(new LinearMap(3, diagonal), new double[3], All);
        double[] expected = [80.0 * Math.Log(10.0), 0.0, -80.0 * Math.Log(10.0)];
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected[i], spectrum.Exponents[i].Value, 1e-11);
    }

    [Fact]
    public void An_orbit_that_leaves_the_range_is_divergent()
    {
        AssertDivergent(LyapunovExponents.Compute(new CubicMap(1.5, 0.5), [3.0], All));
        AssertDivergent(LyapunovExponents.Compute(new HenonMap(1.4, 0.3), [10.0, 10.0], All));
        AssertDivergent(LyapunovExponents.Compute(default(NewtonCubeRoots), [0.0, 0.0], All));
        AssertDivergent(LyapunovExponents.Compute(
            new MatrixSequence(2, (t, matrix) => matrix.Fill(t == 50 ? double.PositiveInfinity : 1.0)), All));
    }

    [Fact]
    public void Starts_and_options_that_do_not_fit_are_rejected()
    {
        var map = new HenonMap(1.4, 0.3);
        Assert.ThrowsAny<ArgumentException>(() => LyapunovExponents.Compute(map, [0.1], All));
        Assert.ThrowsAny<ArgumentException>(() => LyapunovExponents.Compute(map, [0.1, 0.1], All with { Steps = 19 }));
        Assert.ThrowsAny<ArgumentException>(
            () => LyapunovExponents.Compute(map, [0.1, 0.1], All with { Exponents = 0 }));
        Assert.ThrowsAny<ArgumentException>(
            () => LyapunovExponents.Compute(map, [0.1, 0.1], All with { Transient = -1 }));
        Assert.ThrowsAny<ArgumentException>(
            () => LyapunovExponents.Compute(map, [0.1, 0.1], All with { LongestBlock = 0 }));
    }

    private static FixedInputMap<RecurrentMap<Tanh>> Network(double[] weights)
    {
        int n = (int)Math.Sqrt(weights.Length);
        return new(new(default, weights, [], new double[n]), []);
    }

    private static double[] WithoutColumn(double[] weights, int column)
    {
        int n = (int)Math.Sqrt(weights.Length);
        return [.. weights.Select((w, at) => at % n == column ? 0.0 : w)];
    }

    private static void AssertMinusInfinity(LyapunovExponent exponent)
        => Assert.Equal(
            new LyapunovExponent(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity), exponent);

    private static void AssertDivergent(LyapunovSpectrum spectrum)
    {
        Assert.Equal(LyapunovStatus.Divergent, spectrum.Status);
        Assert.Empty(spectrum.Exponents);
        Assert.Equal(double.NaN, spectrum.Sum);
        Assert.True(spectrum.Steps < 100);
    }
}
