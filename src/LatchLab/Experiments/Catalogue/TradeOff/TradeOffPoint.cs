using LatchLab.Dynamics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.TradeOff;

/// <summary>
/// What a system survives and what of the gradient is left: the two sides of the paper's argument, for a system that
/// holds one bit in the choice between two of its states. Noise is an addend of each activation, at most so large.
/// </summary>
/// <param name="Noise">The largest noise that it provably survives; 0 where nothing is proved.</param>
/// <param name="Attack">The smallest noise known to erase the bit; NaN where none was looked for or found.</param>
/// <param name="Theorem">The b of Theorem 3, the least of the attractors that hold the bit; 0 where it gives none.</param>
/// <param name="Rate">
/// What a step leaves of ∂a_t/∂a_0 in the long run, at rest at the attractors that hold the bit: the largest spectral
/// radius, per step. It is the most favourable one, nearest to a contradiction.
/// </param>
internal readonly record struct TradeOffPoint(double Noise, double Attack, double Theorem, double Rate)
{
    private const double Precision = 1e-4, AttackPrecision = 1e-3;
    private const int MostSteps = 4000;     // that a set may grow

    /// <summary>Of a system with at least two attractors.</summary>
    /// <param name="system">The system.</param>
    /// <param name="attacked">Whether the smallest noise that erases the bit is looked for.</param>
    public static TradeOffPoint Of(LatchedSystem system, bool attacked = true)
    {
        var tolerance = new NoiseTolerance(
            system.Network, [system.Input], system.Sets.Attractors, NoisePlace.Units, MostSteps);
        NoiseCertificate? certificate = tolerance.Largest(states: 2, Precision);
        PeriodicOrbit[] holding = certificate is null
            ? [.. system.Sets.Attractors]
            : [.. system.Sets.Attractors.Where(attractor => IsHeld(certificate, attractor.Points[0]))];
        return new(
            certificate?.Noise ?? 0.0,
            attacked
                ? NoiseAttack.OnEach(system.System, system.Sets, tolerance.LargestTried, AttackPrecision)
                    .Select(attack => attack.Noise).DefaultIfEmpty(double.NaN).Min()
                : double.NaN,
            holding.Min(attractor => attractor.Period == 1
                ? Contraction.Best(system.System, attractor.Points).Noise
                : 0.0),
            holding.Max(RateOf));
    }

    /// <summary>ln of what is left of ∂a_T/∂a_0 after T steps.</summary>
    public double LogLeft(int steps) => steps * Elementary.Log(new Scalar(Rate)).Value;

    /// <summary>What is left of ∂a_T/∂a_0 after T steps.</summary>
    public double Left(int steps) => Elementary.Exp(new Scalar(LogLeft(steps))).Value;

    /// <summary>Whether a state is in one of the sets that are told apart.</summary>
    private static bool IsHeld(NoiseCertificate certificate, double[] state)
        => certificate.Sets.Any(set => set.Any(
            box => box.Index().All(side => side.Item.Contains(state[side.Index]))));

    /// <summary>The l-th root of the spectral radius of (M^l)′.</summary>
    private static double RateOf(PeriodicOrbit attractor)
        => attractor.Period == 1
            ? attractor.SpectralRadius
            : Elementary.Exp(new Scalar(
                Elementary.Log(new Scalar(attractor.SpectralRadius)).Value / attractor.Period)).Value;
}
