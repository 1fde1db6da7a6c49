using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Lyapunov exponents known in closed form or published.</summary>
public sealed class LyapunovExponentsTests
{
    private static readonly LyapunovOptions All = new() { Exponents = LyapunovOptions.All };

    [Fact]
    public void The_logistic_map_at_4_has_exponent_ln_2()
    {
        // Conjugate to the tent map with slope 2 everywhere: |M′(x)| = 2·ρ(x)/ρ(M(x)) with ρ = 1/(π√(x(1 − x))). So the
        // mean of T steps is off by (ln ρ(x_0) − ln ρ(x_T))/T, and |ln ρ| < 20 for x > 1e-16.
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(new LogisticMap(4.0), [0.3],
            All with { Steps = 100_000 });
        LyapunovExponent exponent = Assert.Single(spectrum.Exponents);
        Assert.Equal(LyapunovStatus.Finite, spectrum.Status);
        Assert.Equal(Math.Log(2.0), exponent.Value, 40.0 / 100_000);
        Assert.InRange(Math.Log(2.0), exponent.Lower, exponent.Upper);
    }

    [Fact]
    public void The_logistic_map_goes_from_one_half_to_the_unstable_point_0()
    {
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(new LogisticMap(4.0), [0.5], All);
        Assert.Equal(Math.Log(4.0), spectrum.Exponents[0].Value, 1e-12); // 1/2 → 1 → 0, where the derivative is 4
    }

    [Fact]
    public void The_logistic_map_at_3_point_2_has_an_orbit_of_period_2()
    {
        // (M²)′ = 4 + 2r − r² = 0.16 there; the rounding errors of 10⁴ logarithms are far below 1e-12.
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(new LogisticMap(3.2), [0.3], All);
        Assert.Equal(0.5 * Math.Log(0.16), spectrum.Exponents[0].Value, 1e-12);
        Assert.Equal(-0.9162907319, spectrum.Exponents[0].Value, 1e-10);
    }

    [Fact]
    public void The_Henon_map_has_its_published_exponents()
    {
        // Sprott, Chaos and Time-Series Analysis (2003): 0.41922, −1.62319 for a = 1.4, b = 0.3; |det J| = b
        // everywhere.
        LyapunovSpectrum spectrum =
            LyapunovExponents.Compute(new HenonMap(1.4, 0.3), [0.1, 0.1], All with { Steps = 1_000_000 });
        Assert.InRange(0.4192, spectrum.Exponents[0].Lower, spectrum.Exponents[0].Upper);
        Assert.InRange(-1.6232, spectrum.Exponents[1].Lower, spectrum.Exponents[1].Upper);
        Assert.True(spectrum.Exponents[0].Upper - spectrum.Exponents[0].Lower < 0.002);

        // The remainder of the second vector has errors of at most 1e-16·1e5, one per block, of either sign: the mean
        // over 3·10⁵ blocks has an error of 2e-14.
        Assert.Equal(Math.Log(0.3), spectrum.Sum, 1e-13);
    }

    [Fact]
    public void The_cat_map_has_the_logarithms_of_its_eigenvalues()
    {
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(default(CatMap), [0.1, 0.2], All);
        Assert.Equal(0.9624236501, spectrum.Exponents[0].Value, 1e-10);    // ln((3 + √5)/2)
        Assert.Equal(-0.9624236501, spectrum.Exponents[1].Value, 1e-10);
        Assert.Equal(0.0, spectrum.Sum, 1e-11);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(1.3)]
    public void A_scaled_rotation_has_the_logarithm_of_its_scale_for_all_exponents(double rho)
    {
        const int n = 7;
        double[] rotation = Orthogonal(n);
        var map = new LinearMap(n, [.. rotation.Select(w => rho * w)]);
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(map, new double[n], All);
        Assert.Equal(n, spectrum.Exponents.Count);

        // A product of n reflections of n components: the rotation stretches by at most n² roundings.
        Assert.All(spectrum.Exponents, exponent => Assert.Equal(Math.Log(rho), exponent.Value, 1e-14 * n));
        Assert.True(spectrum.Orthogonalizations < 300, "vectors that stay orthogonal need no orthogonalisation");
    }

    [Theory]
    [InlineData(1.25, -0.479417606)]
    [InlineData(2.0, -1.793528507)]
    public void A_neuron_has_the_logarithm_of_the_derivative_at_its_attractor(double weight, double expected)
    {
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(Network(1, [weight]), [0.5], All);
        Assert.Equal(expected, spectrum.Exponents[0].Value, 1e-9);
        Assert.Equal(Math.Log(SingleNeuron.Analyze(weight).Derivative!.Value), spectrum.Exponents[0].Value, 1e-12);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.5, 2)]
    [InlineData(3.0, 1)]
    [InlineData(3.0, 2)]
    public void Networks_with_Gaussian_weights_are_chaotic_above_gain_1_and_not_below(double gain, ulong seed)
    {
        // Sompolinsky, Crisanti and Sommers, Phys. Rev. Lett. 61, 259 (1988): for many units the transition is at 1.
        const int n = 50;
        double[] start = [.. Enumerable.Range(0, n).Select(i => i % 3 == 0 ? 0.7 : -0.3)];
        LyapunovSpectrum spectrum = LyapunovExponents.Compute(
            Network(n, GaussianMatrices.Weights(n, gain, seed)), start, new() { Steps = 2_000, Transient = 500 });
        Assert.True(gain < 1.0 ? spectrum.Exponents[0].Upper < 0.0 : spectrum.Exponents[0].Lower > 0.0);
    }

    private static FixedInputMap<RecurrentMap<Tanh>> Network(int n, double[] weights)
        => new(new(default, weights, [], new double[n]), []);

    /// <summary>A product of reflections I − 2vvᵀ/v·v.</summary>
    private static double[] Orthogonal(int n)
    {
        var random = new Random(1);
        double[] w = [.. Enumerable.Range(0, n * n).Select(at => at % (n + 1) == 0 ? 1.0 : 0.0)];
        for (int reflection = 0; reflection < n; reflection++)
        {
            double[] v = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
            double square = v.Sum(x => x * x);
            for (int j = 0; j < n; j++)
            {
                double product = Enumerable.Range(0, n).Sum(i => v[i] * w[(i * n) + j]);
                for (int i = 0; i < n; i++)
                    w[(i * n) + j] -= 2.0 * product / square * v[i];
            }
        }

        return w;
    }
}
