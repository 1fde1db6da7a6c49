using LatchLab.Dynamics;
using LatchLab.Numerics;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.TradeOff;

/// <summary>
/// What a system survives and what of the gradient is left: the two sides of the paper's argument, for a system that
/// holds one bit in the choice between two of its states. Noise is an addend of each activation, at most so large.
/// </summary>
/// <param name="CertifiedNoise">The largest noise that it provably survives; 0 where nothing is proved.</param>
/// <param name="ErasingNoise">The smallest noise known to erase the bit; NaN where none was looked for or
/// found.</param>
/// <param name="TheoremNoise">The b of Theorem 3, the least of those attractors; 0 where there is none.</param>
/// <param name="GradientFactorPerStep">
/// What a step leaves of ∂a_t/∂a_0 in the long run, at rest at the attractors that hold the bit: the largest spectral
/// radius, per step. It is the most favourable one, nearest to a contradiction.
/// </param>
internal readonly record struct TradeOffPoint(double CertifiedNoise, double ErasingNoise, double TheoremNoise,
    double GradientFactorPerStep)
{
    private const double Precision = 1e-4, ErasingNoisePrecision = 1e-3;
    private const int MaximumSteps = 4000;     // that a set may grow

    /// <summary>Of a system with at least two attractors.</summary>
    /// <param name="system">The system.</param>
    /// <param name="findErasingNoise">Whether the smallest noise that erases the bit is looked for.</param>
    public static TradeOffPoint Evaluate(AutonomousNetwork system, bool findErasingNoise = true)
    {
        var tolerance = new NoiseTolerance(
            system.Network, [system.ConstantInput], system.InvariantSets.Attractors, NoiseLocation.Units, MaximumSteps);
        NoiseCertificate? certificate = tolerance.FindLargest(states: 2, Precision);
        PeriodicOrbit[] certifiedAttractors = certificate is null
            ? [.. system.InvariantSets.Attractors]
            : [.. system.InvariantSets.Attractors.Where(attractor => IsCertified(certificate, attractor.Points[0]))];
        return new(
            certificate?.Noise ?? 0.0,
            findErasingNoise
                ? NoiseAttack.FindForEach(system.Dynamics, system.InvariantSets, tolerance.MaxTestedNoise,
                    ErasingNoisePrecision)
                    .Select(attack => attack.Noise).DefaultIfEmpty(double.NaN).Min()
                : double.NaN,
            certifiedAttractors.Min(attractor => attractor.Period == 1
                ? Contraction.FindLargestNoise(system.Dynamics, attractor.Points).NoiseBound
                : 0.0),
            certifiedAttractors.Max(ComputeFactorPerStep));
    }

    /// <summary>ln of what is left of ∂a_T/∂a_0 after T steps.</summary>
    public double LogGradientAfter(int steps) => steps * Elementary.Log(new Scalar(GradientFactorPerStep)).Value;

    /// <summary>What is left of ∂a_T/∂a_0 after T steps.</summary>
    public double GradientAfter(int steps) => Elementary.Exp(new Scalar(LogGradientAfter(steps))).Value;

    /// <summary>Whether a state is in one of the sets that are told apart.</summary>
    private static bool IsCertified(NoiseCertificate certificate, double[] state)
        => certificate.Sets.Any(set => set.Any(
            box => box.Index().All(side => side.Item.Contains(state[side.Index]))));

    /// <summary>The l-th root of the spectral radius of (M^l)′.</summary>
    private static double ComputeFactorPerStep(PeriodicOrbit attractor)
        => attractor.Period == 1
            ? attractor.SpectralRadius
            : Elementary.Exp(new Scalar(
                Elementary.Log(new Scalar(attractor.SpectralRadius)).Value / attractor.Period)).Value;
}
