using LatchLab.Dynamics;

namespace LatchLab.Experiments.Catalogue.TradeOff;

/// <summary>
/// The trade-off along a family of systems: over the weight of the single neuron, over the gain of a network of two
/// units, and the two-unit network that escapes it in part, a latch beside a unit that forgets slowly.
/// </summary>
internal static class TradeOffCurves
{
    /// <summary>The least weight of the neuron; it latches above 1.</summary>
    public const double LeastWeight = 1.05;

    /// <summary>The largest weight of the neuron.</summary>
    public const double LargestWeight = 4.0;

    /// <summary>Largest factor on the weights of the network of two units; somewhat above it has four attractors.</summary>
    public const double LargestGain = 1.5;

    /// <summary>The least one.</summary>
    public const double LeastGain = 0.85;

    private const int Halvings = 50;

    /// <summary>Self-weights of <see cref="LatchBesideSlowUnit"/>: the one that latches, the one that does not.</summary>
    public static IReadOnlyList<double> SideBySide { get; } = [3.0, 0.999];

    /// <summary>A point of a family.</summary>
    /// <param name="Parameter">w, or the gain.</param>
    /// <param name="Point">What follows.</param>
    public readonly record struct Entry(double Parameter, TradeOffPoint Point);

    /// <summary>The neuron over w.</summary>
    public static IReadOnlyList<Entry> Neuron(int count)
        => [.. Values(LeastWeight, LargestWeight, count)
            .Select(w => new Entry(w, TradeOffPoint.Of(LatchedSystem.Of([w], 0.0), attacked: false)))];

    /// <summary>The slope of the neuron whose h* is this.</summary>
    public static double SlopeSurviving(double noise)
    {
        double low = 1.0, high = 2.0;
        while (SingleNeuron.Of(high).CriticalInput < noise)
            high *= 2.0;
        for (int halving = 0; halving < Halvings; halving++)
        {
            double middle = 0.5 * (low + high);
            if (SingleNeuron.Of(middle).CriticalInput >= noise)
                high = middle;
            else
                low = middle;
        }

        return SingleNeuron.Of(high).Slope!.Value;
    }

    /// <summary>The network of Figure 3 over a gain; where it has no two attractors there is no point.</summary>
    public static IReadOnlyList<Entry> Network(int count)
        => [.. Values(LeastGain, LargestGain, count)
            .Select(gain => (Gain: gain, System: LatchedSystem.Of(
                [.. Figure3.AsymmetricNetwork.Weights.Select(weight => gain * weight)],
                Figure3.AsymmetricNetwork.Input)))
            .Where(entry => entry.System.Sets.Attractors.Count >= 2)
            .Select(entry => new Entry(entry.Gain, TradeOffPoint.Of(entry.System)))];

    /// <summary>
    /// Two units without connection: one holds the bit, the other forgets so slowly that ∂a_t/∂a_0 as a whole stays
    /// large. It is robust and keeps a gradient, but none that says anything about the bit (Appendix D).
    /// </summary>
    public static LatchedSystem LatchBesideSlowUnit()
        => LatchedSystem.Of([SideBySide[0], 0.0, 0.0, SideBySide[1]], 0.0);

    /// <summary>Closer to each other at the lower end, where everything changes fastest.</summary>
    private static IEnumerable<double> Values(double first, double last, int count)
        => Enumerable.Range(0, count).Select(i =>
        {
            double share = (double)i / (count - 1);
            return first + (share * share * (last - first));
        });
}
