using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>How hard to look for attractors.</summary>
public sealed record AttractorSearchOptions
{
    /// <summary>Newton starts for fixed points, n &gt; 1.</summary>
    public int NewtonStarts { get; init; } = 400;

    /// <summary>Orbits that are followed.</summary>
    public int Orbits { get; init; } = 64;

    /// <summary>
    /// Steps after which an orbit that has reached no attractor is given up; earlier if it is surely chaotic, or if
    /// others were in vain.
    /// </summary>
    public int MaxSteps { get; init; } = 100_000;

    /// <summary>The longest period that is looked for.</summary>
    public int MaxPeriod { get; init; } = 64;

    /// <summary>Of the random starts.</summary>
    public ulong Seed { get; init; }
}

/// <summary>
/// The invariant sets of a system (Definition 1) that could be found in a box: its fixed points, and where orbits from
/// many starts go: to fixed points, to periodic orbits, beyond every bound, or to none of these.
/// </summary>
/// <remarks>
/// An orbit has reached an attractor when it enters a <see cref="TrappingBall"/>: that it hardly moves any more proves
/// nothing, as a slow passage between two fixed points that have just vanished looks the same.
/// </remarks>
public sealed class InvariantSets
{
    /// <summary>An activation beyond which an orbit is called divergent.</summary>
    public const double DivergenceThreshold = 1e100;

    /// <summary>
    /// Most attractors that are kept: n uncoupled latches have 2ⁿ, and every orbit is held against each.
    /// </summary>
    public const int MaxAttractors = 128;

    private const double RecurrenceTolerance = 1e-3;
    private const int ChaosTestSteps = 4096;    // steps after which it is asked whether an orbit is chaotic
    // that settle on nothing; the others are given up after a short orbit
    private const int MaxUnsettledLongOrbits = 4;

    private readonly DynamicalSystem _system;
    private readonly AttractorSearchOptions _options;
    private readonly List<PeriodicOrbit> _attractors = [];
    private readonly List<TrappingBall> _balls = [];
    private readonly List<double[]> _unsettledStates = [];

    private InvariantSets(DynamicalSystem system, FixedPoints fixedPoints, AttractorSearchOptions options)
        => (this._system, FixedPoints, this._options) = (system, fixedPoints, options);

    /// <summary>The fixed points, stable or not.</summary>
    public FixedPoints FixedPoints { get; private set; }

    /// <summary>
    /// The stable fixed points, then the stable periodic orbits: hyperbolic attractors (Definition 2).
    /// </summary>
    public IReadOnlyList<PeriodicOrbit> Attractors => _attractors;

    /// <summary>A ball around each point of each of them.</summary>
    public IReadOnlyList<TrappingBall> Balls => _balls;

    /// <summary>Orbits that were followed.</summary>
    public int OrbitCount { get; private set; }

    /// <summary>How many of them went beyond every bound.</summary>
    public int DivergentCount { get; private set; }

    /// <summary>
    /// The last states, in activations, of orbits that reached none of the attractors: on the boundary of basins, on a
    /// chaotic or quasi-periodic attractor, or too slow.
    /// </summary>
    public IReadOnlyList<double[]> UnsettledStates => _unsettledStates;

    /// <summary>Finds them.</summary>
    /// <param name="system">The system.</param>
    /// <param name="box">Where to start, n finite intervals; null for all that is ever visited.</param>
    /// <param name="options">How hard to look.</param>
    /// <exception cref="ValidationException">
    /// No box is given and what is ever visited is not bounded, or the box is not as the system.
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

        // Without inputs and biases a network is odd: the mirror image of an attractor is one, too.
        foreach (PeriodicOrbit attractor in sets._attractors.ToArray())
            sets.TryAddOrbitNear([.. attractor.Points[0].Select(a => -a)], attractor.Period);
        return sets;
    }

    /// <summary>The ball that an orbit enters, and when; null where it enters none.</summary>
    /// <param name="start">In activations.</param>
    /// <param name="maxSteps">How long to wait.</param>
    /// <param name="steps">Steps until it entered, or all that were made; none where there is no ball.</param>
    /// <exception cref="ValidationException">The start has another dimension than the system.</exception>
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
            a = _system.Image(a); // bounded also where the start is not: a_0 of a logistic unit is −∞
            if (!IsBounded(a))
            {
                steps++;
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether a state is finite and below the bound beyond which an orbit is divergent.</summary>
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

    /// <summary>Whether the largest Lyapunov exponent is surely positive: then the orbit never settles.</summary>
    private bool IsChaotic(double[] state)
        => LyapunovExponents.Compute(_system, state, new() { Transient = 0, Steps = ChaosTestSteps })
            is { Exponents: [{ Lower: > 0.0 }, ..] };

    /// <summary>Looks for a stable periodic orbit near a state that has nearly come back to itself.</summary>
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

    /// <summary>Adds the orbit that Newton's method finds from a state, if it attracts.</summary>
    /// <returns>Whether it does; it may be known already.</returns>
    private bool TryAddOrbitNear(double[] state, int period)
    {
        NewtonSolver.Result result = NewtonSolver.Solve(_system, state, period);
        return result.HasConverged
            && (_attractors.Exists(known => FixedPoints.IsNear(known, result.Point, known.PositionError))
                || (LeastPeriod(result.Point, period) == period
                    && TryAddAttractor(new PeriodicOrbit(_system, result.Point, period))));
    }

    /// <summary>The smallest divisor of a period after which the point comes back to itself.</summary>
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
