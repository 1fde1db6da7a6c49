using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// Orbits of a map without bounds that grow without bound, but too slowly to come near
/// <see cref="InvariantSets.DivergenceThreshold"/> within the steps of a search.
/// </summary>
public static class GrowingOrbit
{
    private const double RoundingError = 2.3e-16;

    /// <summary>Whether the activations of a system can grow without bound.</summary>
    public static bool IsPossible(DynamicalSystem system)
        => !system.Range().All(side => double.IsFinite(side.Width));

    /// <summary>
    /// Whether an orbit has left the box of its start and grows at least linearly: the largest activation of a batch
    /// of steps increases from batch to batch, and never by less than before, up to the rounding of the steps. That of
    /// an orbit that approaches a distant attractor increases by less and less.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="box">Where orbits start.</param>
    /// <param name="state">The last known state of the orbit, in activations.</param>
    /// <param name="steps">Number of further steps, in <see cref="LyapunovExponents.Batches"/> batches.</param>
    public static bool Grows(DynamicalSystem system, IReadOnlyList<Interval> box, double[] state, int steps)
    {
        if (!(state.Max(Math.Abs) > box.Max(side => side.Magnitude)))
            return false;
        int batch = Math.Max(1, steps / LyapunovExponents.Batches);
        double[] a = state;
        double before = 0.0, increase = 0.0;
        for (int i = 0; i <= LyapunovExponents.Batches; i++)
        {
            double largest = 0.0;
            for (int t = 0; t < batch; t++)
            {
                a = system.Image(a);
                largest = Math.Max(largest, a.Max(Math.Abs));
                if (!InvariantSets.IsBounded(a))
                    return true;
            }

            double error = batch * (system.Dimension + 1) * RoundingError * largest;
            double next = largest - before;
            if (i > 0 && !(next > error && next >= increase - error))
                return false;
            (before, increase) = (largest, i == 0 ? 0.0 : next);
        }

        return true;
    }
}
