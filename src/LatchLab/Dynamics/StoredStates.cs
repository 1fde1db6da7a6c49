using LatchLab.Networks;

namespace LatchLab.Dynamics;

/// <summary>
/// The stable fixed points of a network at rest, and to which of them an orbit comes when the noise ends.
/// </summary>
/// <remarks>
/// An orbit has come back to a point when its distance is a hundredth of that to the nearest other fixed point, of any
/// kind: so close, the linear dynamics of the point decide. Without stable points at hand it is followed for at most
/// <see cref="MostQuietSteps"/> steps; then it is undecided.
/// </remarks>
public sealed class StoredStates
{
    /// <summary>An orbit that comes to no stable fixed point within the steps: a cycle, or a slow passage.</summary>
    public const int Undecided = -1;

    /// <summary>An orbit whose values grow without bound.</summary>
    public const int Diverged = -2;

    private const double NearShare = 0.01;
    private const int QuietSteps = 100, MostQuietSteps = 5000;
    private const double DivergenceThreshold = 1e100;

    private readonly double[] _near;
    private readonly NoisyOrbits _orbits;

    /// <summary>Selects the stable points.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">u.</param>
    /// <param name="points">Its fixed points.</param>
    /// <param name="most">Most states; those with the largest |λ| are taken, the weakest first.</param>
    /// <param name="threads">Number of threads; it does not change the result.</param>
    public StoredStates(
        CellDefinition network, IReadOnlyList<double> input, RestPoints points, int most = int.MaxValue,
        int threads = 1)
    {
        (Network, Input, All, Threads) = (network, input, points.Points, threads);
        Points = [.. points.Points.Where(point => point.Stability == RestPointStability.Stable)
            .OrderByDescending(point => point.SpectralRadius).Take(most)];
        StableCount = points.Points.Count(point => point.Stability == RestPointStability.Stable);
        _near = [.. All.Select(point => NearShare * All.Where(other => other != point).Select(
            other => Distance(point, other)).DefaultIfEmpty(1.0).Min())];
        _orbits = new(network, input, threads);
    }

    /// <summary>The network.</summary>
    public CellDefinition Network { get; }

    /// <summary>u.</summary>
    public IReadOnlyList<double> Input { get; }

    /// <summary>All fixed points.</summary>
    public IReadOnlyList<RestPoint> All { get; }

    /// <summary>The stable points that are examined, the largest |λ| first.</summary>
    public IReadOnlyList<RestPoint> Points { get; }

    /// <summary>Number of stable points.</summary>
    public int StableCount { get; }

    /// <summary>Number of threads.</summary>
    internal int Threads { get; }

    /// <summary>
    /// Follows orbits with noise, then without: the index in <see cref="All"/> of the stable point where each arrives,
    /// <see cref="Undecided"/> or <see cref="Diverged"/>.
    /// </summary>
    /// <param name="starts">The states where they begin.</param>
    /// <param name="steps">Steps with noise.</param>
    /// <param name="noise">The noise.</param>
    /// <param name="deadline">Ends the computation.</param>
    /// <exception cref="OperationCanceledException">The deadline was reached.</exception>
    internal int[] FindDestinations(
        IReadOnlyList<double[]> starts, int steps, NoisyOrbits.Noise noise, CancellationToken deadline)
    {
        double[][] states = _orbits.Follow(starts, steps, noise, deadline);
        int[] destinations = [.. states.Select(Classify)];
        for (int quiet = 0; quiet < MostQuietSteps; quiet += QuietSteps)
        {
            int[] open = [.. Enumerable.Range(0, states.Length).Where(i => destinations[i] == Undecided)];
            if (open.Length == 0)
                break;
            double[][] ends = _orbits.Follow([.. open.Select(i => states[i])], QuietSteps, noise: null, deadline);
            foreach ((int index, int i) in open.Index())
                (states[i], destinations[i]) = (ends[index], Classify(ends[index]));
        }

        return destinations;
    }

    private int Classify(double[] state)
    {
        if (!Array.TrueForAll(state, value => Math.Abs(value) <= DivergenceThreshold))    // also for NaN
            return Diverged;
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Stability == RestPointStability.Stable && IsWithin(state, All[i].State, _near[i]))
                return i;
        }

        return Undecided;
    }

    private static bool IsWithin(double[] state, IReadOnlyList<double> point, double distance)
    {
        double sum = 0.0, limit = distance * distance;
        for (int i = 0; i < state.Length && sum <= limit; i++)
            sum += (state[i] - point[i]) * (state[i] - point[i]);
        return sum <= limit;
    }

    /// <summary>The distance of two points, Euclidean.</summary>
    internal static double Distance(RestPoint a, RestPoint b)
        => PeriodicOrbit.Distance([.. a.State], [.. b.State]);
}
