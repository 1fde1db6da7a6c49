using LatchLab.Dynamics;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.TradeOff;

/// <summary>
/// The trade-off along a family of systems: over the weight of the single neuron, over the gain of a network of two
/// units, and the two-unit network that escapes it in part, a latch beside a unit that forgets slowly.
/// </summary>
internal static class TradeOffCurves
{
    /// <summary>The least weight of the neuron; it latches above 1.</summary>
    public const double MinimumWeight = 1.05;

    /// <summary>The largest weight of the neuron.</summary>
    public const double MaximumWeight = 4.0;

    /// <summary>
    /// Largest factor on the weights of the network of two units; somewhat above, it has four attractors.
    /// </summary>
    public const double MaximumGain = 1.5;

    /// <summary>The least one.</summary>
    public const double MinimumGain = 0.85;

    private const int BisectionSteps = 50;

    /// <summary>
    /// Self-weights of <see cref="CreateLatchWithSlowUnit"/>: the one that latches, the one that does not.
    /// </summary>
    public static IReadOnlyList<double> UncoupledWeights { get; } = [3.0, 0.999];

    /// <summary>A point of a family.</summary>
    /// <param name="Parameter">w, or the gain.</param>
    /// <param name="Point">What follows.</param>
    public readonly record struct CurvePoint(double Parameter, TradeOffPoint Point);

    /// <summary>The neuron over w.</summary>
    public static IReadOnlyList<CurvePoint> ComputeNeuron(int count)
        => [.. QuadraticSpacing(MinimumWeight, MaximumWeight, count)
            .Select(
                w => new CurvePoint(w,
                    TradeOffPoint.Evaluate(AutonomousNetwork.Analyze([w], 0.0), findErasingNoise: false)))];

    /// <summary>The slope of the neuron whose h* is this.</summary>
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

    /// <summary>The network of Figure 3 over a gain; where it has no two attractors there is no point.</summary>
    public static IReadOnlyList<CurvePoint> ComputeNetwork(int count)
        => [.. QuadraticSpacing(MinimumGain, MaximumGain, count)
            .Select(gain => (Gain: gain, System: AutonomousNetwork.Analyze(
                [.. Figure3.AsymmetricNetwork.Weights.Select(weight => gain * weight)],
                Figure3.AsymmetricNetwork.Input)))
            .Where(entry => entry.System.InvariantSets.Attractors.Count >= 2)
            .Select(entry => new CurvePoint(entry.Gain, TradeOffPoint.Evaluate(entry.System)))];

    /// <summary>
    /// Two units without connection: one holds the bit, the other forgets so slowly that ∂a_t/∂a_0 as a whole stays
    /// large. It is robust and keeps a gradient, but none that says anything about the bit (Appendix D).
    /// </summary>
    public static AutonomousNetwork CreateLatchWithSlowUnit()
        => AutonomousNetwork.Analyze([UncoupledWeights[0], 0.0, 0.0, UncoupledWeights[1]], 0.0);

    /// <summary>Closer to each other at the lower end, where everything changes fastest.</summary>
    private static IEnumerable<double> QuadraticSpacing(double first, double last, int count)
        => Enumerable.Range(0, count).Select(i =>
        {
            double fraction = (double)i / (count - 1);
            return first + (fraction * fraction * (last - first));
        });
}
