using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>Options of the search for attractors.</summary>
public sealed record AttractorSearchOptions
{
    /// <summary>Number of Newton starts for fixed points, n &gt; 1.</summary>
    public int NewtonStarts { get; init; } = 400;

    /// <summary>Number of orbits that are followed.</summary>
    public int Orbits { get; init; } = 64;

    /// <summary>
    /// Number of steps after which an orbit that has reached no attractor is abandoned. It is abandoned earlier if it
    /// is chaotic, or if several earlier orbits reached no attractor.
    /// </summary>
    public int MaxSteps { get; init; } = 100_000;

    /// <summary>The longest period that is searched for.</summary>
    public int MaxPeriod { get; init; } = 64;

    /// <summary>Seed of the random starts.</summary>
    public ulong Seed { get; init; }
}

/// <summary>
/// The invariant sets of a system (Definition 1) that were found in a box: its fixed points, and the destinations of
/// orbits from many starts. An orbit reaches a fixed point or a periodic orbit, diverges, or does none of these.
/// </summary>
/// <remarks>
/// An orbit has reached an attractor when it enters a <see cref="TrappingBall"/>. Small steps alone prove nothing: they
/// also occur in a slow passage between two fixed points that have just vanished.
/// </remarks>
public sealed class InvariantSets
{
    /// <summary>The activation beyond which an orbit counts as divergent.</summary>
    public const double DivergenceThreshold = 1e100;

    /// <summary>
    /// Maximum number of attractors that are kept: n uncoupled latches have 2ⁿ, and every orbit is compared with each.
    /// </summary>
    public const int MaxAttractors = 128;

    private const double RecurrenceTolerance = 1e-3;
    private const int ChaosTestSteps = 4096;    // steps after which an orbit is tested for chaos
    // Long orbits that may reach no attractor; later ones are abandoned after ChaosTestSteps.
    private const int MaxUnsettledLongOrbits = 4;

    private readonly DynamicalSystem _system;
    private readonly AttractorSearchOptions _options;
    private readonly List<PeriodicOrbit> _attractors = [];
    private readonly List<TrappingBall> _balls = [];
    private readonly List<double[]> _unsettledStates = [];

    private InvariantSets(DynamicalSystem system, FixedPoints fixedPoints, AttractorSearchOptions options)
        => (_system, FixedPoints, _options) = (system, fixedPoints, options);

    /// <summary>The fixed points, stable or not.</summary>
    public FixedPoints FixedPoints { get; private set; }

    /// <summary>
    /// The stable fixed points, then the stable periodic orbits: hyperbolic attractors (Definition 2).
    /// </summary>
    public IReadOnlyList<PeriodicOrbit> Attractors => _attractors;

    /// <summary>A ball around each point of each attractor.</summary>
    public IReadOnlyList<TrappingBall> Balls => _balls;

    /// <summary>Number of orbits that were followed.</summary>
    public int OrbitCount { get; private set; }

    /// <summary>Number of these orbits that diverged.</summary>
    public int DivergentCount { get; private set; }

    /// <summary>
    /// The last states, in activations, of orbits that reached no attractor: they are on the boundary of basins, on a
    /// chaotic or quasi-periodic attractor, or too slow.
    /// </summary>
    public IReadOnlyList<double[]> UnsettledStates => _unsettledStates;

    /// <summary>Finds the invariant sets.</summary>
    /// <param name="system">The system.</param>
    /// <param name="box">Where orbits start, n finite intervals; null for the range of the map.</param>
    /// <param name="options">The search options.</param>
    /// <exception cref="ValidationException">
    /// No box is given and the range of the map is not bounded, or the dimension of the box is not that of the system.
    /// </exception>
    public static InvariantSets Find(
        DynamicalSystem system, IReadOnlyList<Interval>? box = null, AttractorSearchOptions? options = null)
    {
        options ??= new();
        box ??= system.Range();
        if (!box.All(side => double.IsFinite(side.Width)))
            throw new ValidationException("", "box",
                "the states of this system have no bounds: give a box to search in");
        var sets = new InvariantSets(
            system, FixedPoints.Find(system, box, options.NewtonStarts, options.Seed), options);
        foreach (PeriodicOrbit orbit in sets.FixedPoints.Orbits)
            sets.TryAddAttractor(orbit);
        foreach (double[] start in FixedPoints.SampleUniform(box, options.Orbits, ~options.Seed))
            sets.FollowOrbit(start);

        // Without inputs and biases the map is odd: the mirror image of an attractor is an attractor, too.
        foreach (PeriodicOrbit attractor in sets._attractors.ToArray())
            sets.TryAddOrbitNear([.. attractor.Points[0].Select(a => -a)], attractor.Period);
        return sets;
    }

    /// <summary>Finds the ball that an orbit enters; null if it enters none.</summary>
    /// <param name="start">The start, in activations.</param>
    /// <param name="maxSteps">Maximum number of steps.</param>
    /// <param name="steps">
    /// Number of steps until the orbit entered the ball, or of all steps taken; 0 if there is no ball.
    /// </param>
    /// <exception cref="ValidationException">The dimension of the start is not that of the system.</exception>
    public TrappingBall? FindDestination(ReadOnlySpan<double> start, int maxSteps, out int steps)
    {
        UncheckedViews.ThrowIfLengthDiffers(start.Length, _system.Dimension);
        double[] a = start.ToArray();
        for (steps = 0; _balls.Count > 0; steps++)
        {
            int t = steps;
            if (_balls.Find(ball => t % ball.Orbit.Period == 0 && ball.Contains(a)) is { } entered)
                return entered;
            if (steps == maxSteps)
                return null;
            a = _system.Image(a); // finite even if the start is not: a_0 of a logistic unit is −∞
            if (!IsBounded(a))
            {
                steps++;
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether a state is finite and below <see cref="DivergenceThreshold"/> in magnitude.</summary>
    public static bool IsBounded(ReadOnlySpan<double> state)
    {
        foreach (double value in state)
        {
            if (!(Math.Abs(value) < DivergenceThreshold))
                return false;
        }

        return true;
    }

    private void FollowOrbit(double[] start)
    {
        const int firstCheck = 64;
        OrbitCount++;
        double[] a = start;
        for (int t = 0; ; t++)
        {
            bool isLast = t == _options.MaxSteps, checksPeriod = isLast || (t >= firstCheck && int.IsPow2(t));
            if (checksPeriod)
                FindPeriodicOrbitNear(a);
            if (_balls.Exists(ball => ball.Contains(a)))
                return;
            if (isLast || (checksPeriod && t >= ChaosTestSteps
                && (_unsettledStates.Count >= MaxUnsettledLongOrbits || IsChaotic(a))))
            {
                _unsettledStates.Add(a);
                return;
            }

            a = _system.Image(a);
            if (!IsBounded(a))
            {
                DivergentCount++;
                return;
            }
        }
    }

    /// <summary>
    /// Whether the interval of the largest Lyapunov exponent is positive: the orbit is then chaotic and never settles.
    /// </summary>
    private bool IsChaotic(double[] state)
        => LyapunovExponents.Compute(_system, state, new() { Transient = 0, Steps = ChaosTestSteps })
            is { Exponents: [{ Lower: > 0.0 }, ..] };

    /// <summary>Searches for a stable periodic orbit near a state that nearly returns to itself.</summary>
    private void FindPeriodicOrbitNear(double[] state)
    {
        double[] a = state;
        double tolerance = RecurrenceTolerance * Math.Max(1.0, state.Max(Math.Abs));
        for (int period = 1; period <= _options.MaxPeriod; period++)
        {
            a = _system.Image(a);
            if (PeriodicOrbit.Distance(a, state) > tolerance)
                continue;
            if (TryAddOrbitNear(a, period))
                return;
        }
    }

    /// <summary>Adds the orbit that Newton's method finds from a state, if it is an attractor.</summary>
    /// <returns>Whether it is an attractor; it may already be known.</returns>
    private bool TryAddOrbitNear(double[] state, int period)
    {
        NewtonSolver.Result result = NewtonSolver.Solve(_system, state, period);
        return result.HasConverged
            && (_attractors.Exists(known => FixedPoints.IsNear(known, result.Point, known.PositionError))
                || (LeastPeriod(result.Point, period) == period
                    && TryAddAttractor(new PeriodicOrbit(_system, result.Point, period))));
    }

    /// <summary>The smallest divisor of a period after which the point returns to itself.</summary>
    private int LeastPeriod(double[] point, int period)
    {
        double tolerance = 1e-9 * Math.Max(1.0, point.Max(Math.Abs));
        return Enumerable.Range(1, period)
            .First(l => l == period
                || (period % l == 0 && PeriodicOrbit.Distance(_system.Image(point, l), point) <= tolerance));
    }

    private bool TryAddAttractor(PeriodicOrbit orbit)
    {
        IReadOnlyList<TrappingBall> newBalls = TrappingBall.FindAround(_system, orbit);
        if (newBalls.Count == 0 || _attractors.Count == MaxAttractors || !FixedPoints.TryAdd(_attractors, orbit))
            return false;
        _balls.AddRange(newBalls);
        FixedPoints = FixedPoints.With(orbit);
        return true;
    }
}
