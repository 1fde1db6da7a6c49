using LatchLab.Dynamics;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.TradeOff;

/// <summary>
/// The noise that a system survives, and the gradient that remains: the two sides of the paper's argument, for a system
/// that stores one bit as one of two states. Noise is added to each activation; its magnitude is bounded.
/// </summary>
/// <param name="CertifiedNoise">The largest noise that it provably survives; 0 if nothing is proved.</param>
/// <param name="ErasingNoise">
/// The smallest noise known to erase the bit; NaN if it was not searched for or not found.
/// </param>
/// <param name="TheoremNoise">
/// The bound b of Theorem 3, the smallest over the attractors that store the bit; 0 if there is none.
/// </param>
/// <param name="GradientFactorPerStep">
/// The factor per step of ∂a_t/∂a_0 in the long run, at rest at the attractors that store the bit: the largest spectral
/// radius. The largest is used because it is the closest to a counterexample.
/// </param>
/// <param name="LatchedLogGradient">
/// The logarithm of the fraction of ∂(e·a_T)/∂a_0 that is left after <see cref="TheoryClaims.Horizon"/> steps at rest:
/// e is the direction between two states that store the bit, so that e·a_T tells them apart. The largest over the
/// states and directions.
/// </param>
internal readonly record struct TradeOffPoint(double CertifiedNoise, double ErasingNoise, double TheoremNoise,
    double GradientFactorPerStep, double LatchedLogGradient)
{
    private const double Precision = 1e-4, ErasingNoisePrecision = 1e-3;
    private const int MaximumSteps = 4000;    // for which a set may grow

    /// <summary>
    /// Evaluates a system with at least two attractors. The search for the noise that erases the bit is optional.
    /// </summary>
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
            certifiedAttractors.Max(ComputeFactorPerStep),
            ComputeLatchedLogGradient(system.Dynamics, certifiedAttractors));
    }

    /// <summary>The logarithm of the fraction of ∂a_T/∂a_0 that remains after T steps.</summary>
    public double LogGradientAfter(int steps) => steps * Elementary.Log(GradientFactorPerStep);

    /// <summary>The fraction of ∂a_T/∂a_0 that remains after T steps.</summary>
    public double GradientAfter(int steps) => Elementary.Exp(LogGradientAfter(steps));

    /// <summary>Whether a state lies in one of the certified sets.</summary>
    private static bool IsCertified(NoiseCertificate certificate, double[] state)
        => certificate.Sets.Any(set => set.Any(
            box => box.Index().All(side => side.Item.Contains(state[side.Index]))));

    /// <summary>The gradient of the coordinate between two states, for the pair that keeps the most of it.</summary>
    private static double ComputeLatchedLogGradient(DynamicalSystem system, PeriodicOrbit[] attractors)
        => (from attractor in attractors
            from phase in Enumerable.Range(0, attractor.Period)
            let state = attractor.Points[phase]
            from other in attractors.SelectMany(one => one.Points)
            where other != state
            select ComputeLogGradient(system, attractor, phase, PerturbedOrbit.Subtract(state, other))).Max();

    /// <summary>ln of ‖eᵀ·∂a_T/∂a_0‖/‖e‖ on an attractor, from the last step to the first.</summary>
    private static double ComputeLogGradient(
        DynamicalSystem system, PeriodicOrbit attractor, int lastPhase, double[] direction)
    {
        double[] adjoint = PerturbedOrbit.NormalizeOrNull(direction)!;
        double logarithm = 0.0;
        for (int step = 1; step <= TheoryClaims.Horizon; step++)
        {
            int phase = (lastPhase + (step * (attractor.Period - 1))) % attractor.Period; // one earlier each time
            double[] jacobian = system.Jacobian(attractor.Points[phase]);
            adjoint = SquareMatrix.Multiply(SquareMatrix.Transpose(jacobian, adjoint.Length), adjoint);
            double norm = PerturbedOrbit.Norm(adjoint);
            if (norm == 0.0)
                return double.NegativeInfinity;
            adjoint = PerturbedOrbit.Scale(adjoint, 1.0 / norm);
            logarithm += Elementary.Log(norm);
        }

        return logarithm;
    }

    /// <summary>The l-th root of the spectral radius of (M^l)′.</summary>
    private static double ComputeFactorPerStep(PeriodicOrbit attractor)
        => attractor.Period == 1
            ? attractor.SpectralRadius
            : Elementary.Exp(
                Elementary.Log(attractor.SpectralRadius) / attractor.Period);
}
