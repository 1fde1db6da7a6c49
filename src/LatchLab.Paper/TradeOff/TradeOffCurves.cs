using LatchLab.Dynamics;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.TradeOff;

/// <summary>
/// The trade-off along families of systems: over the weight of the single neuron, and over the gain of a network of two
/// units. Also the counterexample that partly avoids the trade-off: a latch beside a unit that decays slowly.
/// </summary>
internal static class TradeOffCurves
{
    /// <summary>The range of the weight of the neuron, which latches above 1.</summary>
    public const double MinimumWeight = 1.05, MaximumWeight = 4.0;

    /// <summary>
    /// The range of the gain of the network of two units; at slightly larger gains it has four attractors.
    /// </summary>
    public const double MinimumGain = 0.85, MaximumGain = 1.5;

    private const int BisectionSteps = 50;

    /// <summary>
    /// Self-weights of <see cref="CreateLatchWithSlowUnit"/>: of the unit that latches, and of the unit that does not.
    /// </summary>
    public static IReadOnlyList<double> UncoupledWeights { get; } = [3.0, 0.999];

    /// <summary>A point of a curve.</summary>
    /// <param name="Parameter">w, or the gain.</param>
    /// <param name="Point">The trade-off at this parameter.</param>
    public readonly record struct CurvePoint(double Parameter, TradeOffPoint Point);

    public static IReadOnlyList<CurvePoint> ComputeNeuron(int count)
        => [.. from w in QuadraticSpacing(MinimumWeight, MaximumWeight, count)
               let system = AutonomousNetwork.Analyze([w], 0.0)
               select new CurvePoint(w, TradeOffPoint.Evaluate(system, findErasingNoise: false))];

    /// <summary>The derivative, at its attractor, of the neuron whose h* equals the noise.</summary>
    public static double DerivativeAtCriticalInput(double noise)
    {
        double low = 1.0, high = 2.0;
        while (SingleNeuron.Analyze(high).CriticalInput < noise)
            high *= 2.0;
        for (int halving = 0; halving < BisectionSteps; halving++)
        {
            double midpoint = 0.5 * (low + high);
            if (SingleNeuron.Analyze(midpoint).CriticalInput >= noise)
                high = midpoint;
            else
                low = midpoint;
        }

        return SingleNeuron.Analyze(high).Derivative!.Value;
    }

    /// <summary>
    /// Computes the curve of the network of Figure 3 over a gain, without points where it has fewer than two
    /// attractors.
    /// </summary>
    public static IReadOnlyList<CurvePoint> ComputeNetwork(int count)
        => [.. from gain in QuadraticSpacing(MinimumGain, MaximumGain, count)
               let weights = Figure3.AsymmetricNetwork.Weights.Select(weight => gain * weight).ToArray()
               let system = AutonomousNetwork.Analyze(weights, Figure3.AsymmetricNetwork.Input)
               where system.InvariantSets.Attractors.Count >= 2
               select new CurvePoint(gain, TradeOffPoint.Evaluate(system))];

    /// <summary>
    /// Creates two uncoupled units: one stores the bit, the other decays so slowly that ∂a_t/∂a_0 as a whole stays
    /// large. The system is robust and keeps a gradient, but this gradient carries no information about the bit
    /// (Appendix D).
    /// </summary>
    public static AutonomousNetwork CreateLatchWithSlowUnit()
        => AutonomousNetwork.Analyze([UncoupledWeights[0], 0.0, 0.0, UncoupledWeights[1]], 0.0);

    /// <summary>Parameters with a smaller spacing at the lower end, where the curves change fastest.</summary>
    private static IEnumerable<double> QuadraticSpacing(double first, double last, int count)
        => Enumerable.Range(0, count).Select(i =>
        {
            double fraction = (double)i / (count - 1);
            return first + (fraction * fraction * (last - first));
        });
}
