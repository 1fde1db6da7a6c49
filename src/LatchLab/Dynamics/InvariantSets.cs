using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Dynamics;

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
    private const int SingleSteps = 4096;   // orbits that take longer are followed together, in lanes

    private readonly DynamicalSystem _system;
    private readonly AttractorSearchOptions _options;
    private readonly List<PeriodicOrbit> _attractors = [];
    private readonly List<TrappingBall> _balls = [];
    private readonly List<PeriodicOrbit> _otherPeriodicOrbits = [];
    private List<double[]> _unsettledStates = [];

    private InvariantSets(DynamicalSystem system, FixedPoints fixedPoints, AttractorSearchOptions options)
        => (_system, FixedPoints, _options, Unsettled) = (system, fixedPoints, options, new(system, [], []));

    /// <summary>The fixed points, stable or not.</summary>
    public FixedPoints FixedPoints { get; private set; }

    /// <summary>
    /// The stable fixed points, then the stable periodic orbits: hyperbolic attractors (Definition 2).
    /// </summary>
    public IReadOnlyList<PeriodicOrbit> Attractors => _attractors;

    /// <summary>
    /// Periodic orbits that are not among the attractors, by period, up to
    /// <see cref="AttractorSearchOptions.NewtonPeriod"/>.
    /// </summary>
    public IReadOnlyList<PeriodicOrbit> OtherPeriodicOrbits => _otherPeriodicOrbits;

    /// <summary>
    /// The stable fixed points and periodic orbits that are not among the attractors, because no ball on which M^l
    /// provably contracts was found around them, or because there are more than <see cref="MaxAttractors"/>.
    /// </summary>
    public IEnumerable<PeriodicOrbit> StableOrbitsWithoutBall
        => FixedPoints.Orbits.Except(_attractors).Concat(_otherPeriodicOrbits)
            .Where(orbit => orbit.Stability == Stability.Stable);

    /// <summary>A ball around each point of each attractor.</summary>
    public IReadOnlyList<TrappingBall> Balls => _balls;

    /// <summary>Number of orbits that were followed.</summary>
    public int OrbitCount { get; private set; }

    /// <summary>Number of these orbits that diverged.</summary>
    public int DivergentCount { get; private set; }

    /// <summary>The orbits that reached no attractor and did not diverge, and their motions.</summary>
    public UnsettledOrbits Unsettled { get; private set; }

    /// <summary>
    /// Whether an attractor was found: a stable fixed point or periodic orbit, with a ball or without, or a
    /// quasi-periodic or chaotic motion.
    /// </summary>
    public bool HasAttractor
        => _attractors.Count > 0 || StableOrbitsWithoutBall.Any()
            || Unsettled.Motions.Any(motion => motion.Kind != MotionKind.Undecided);

    /// <summary>
    /// Whether every orbit that reached no attractor diverges, is at rest, or approaches a marginal fixed point or
    /// periodic orbit, which it does not reach in any number of steps.
    /// </summary>
    public bool MoreStepsDecideNothing
        => Unsettled.AllApproach([.. FixedPoints.Orbits.Concat(_otherPeriodicOrbits)
            .Where(orbit => orbit.Stability == Stability.Marginal)]);

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
        sets.FollowSlowOrbits();
        for (int period = 2; period <= options.NewtonPeriod; period++)
            sets.FindPeriodicOrbits(box, period);
        sets.AddMirrorImages();
        sets._unsettledStates.RemoveAll(state => sets._balls.Exists(ball => ball.Contains(state)));
        sets.Unsettled = UnsettledOrbits.Decide(
            system, sets._unsettledStates, box, options.MotionSteps, options.MaxPeriod);
        sets.DivergentCount += sets._unsettledStates.Count - sets.Unsettled.States.Count;
        return sets;
    }

    /// <summary>Searches for stable periodic orbits near states that nearly return to themselves.</summary>
    /// <returns>Whether there is a new attractor.</returns>
    public bool AddAttractorsNear(IEnumerable<double[]> states)
    {
        int known = _attractors.Count;
        foreach (double[] state in states)
            FindPeriodicOrbitNear(state);
        if (_attractors.Count == known)
            return false;
        AddMirrorImages();
        return true;
    }

    /// <summary>Finds the ball that an orbit enters; null if it enters none.</summary>
    /// <param name="start">The start, in activations.</param>
    /// <param name="maxSteps">Maximum number of steps.</param>
    /// <param name="steps">
    /// Number of steps until the orbit entered the ball, or of all steps taken; 0 if there is no ball.
    /// </param>
    /// <exception cref="ValidationException">The dimension of the start is not that of the system.</exception>
    public TrappingBall? FindDestination(ReadOnlySpan<double> start, int maxSteps, out int steps)
        => FindDestination(start, maxSteps, out steps, out _);

    /// <summary>
    /// Finds the ball that an orbit enters, and whether the orbit comes to rest outside every ball: at a fixed point
    /// that is no attractor.
    /// </summary>
    internal TrappingBall? FindDestination(
        ReadOnlySpan<double> start, int maxSteps, out int steps, out bool isAtRest)
    {
        UncheckedViews.ThrowIfLengthDiffers(start.Length, _system.Dimension);
        double[] a = start.ToArray();
        isAtRest = _balls.Count == 0 && _system.Image(a).AsSpan().SequenceEqual(a);
        for (steps = 0; _balls.Count > 0; steps++)
        {
            int t = steps;
            if (_balls.Find(ball => t % ball.Orbit.Period == 0 && ball.Contains(a)) is { } entered)
                return entered;
            if (steps == maxSteps)
                return null;
            double[] image = _system.Image(a); // finite even if the start is not: a_0 of a logistic unit is −∞
            if (!IsBounded(image))
            {
                steps++;
                return null;
            }

            if (image.AsSpan().SequenceEqual(a))
            {
                (steps, isAtRest) = (maxSteps, true); // further steps change nothing
                return null;
            }

            a = image;
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
        int last = Math.Min(SingleSteps, _options.MaxSteps);
        for (int t = 0; ; t++)
        {
            if (t == last || (t >= firstCheck && int.IsPow2(t)))
                FindPeriodicOrbitNear(a);
            if (_balls.Exists(ball => ball.Contains(a)))
                return;
            if (t == last)
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

    /// <summary>Follows the orbits that have not settled, all of them to the same maximum number of steps.</summary>
    private void FollowSlowOrbits()
    {
        for (int t = SingleSteps; t < _options.MaxSteps && _unsettledStates.Count > 0;)
        {
            int next = (int)Math.Min(2L * t, _options.MaxSteps);
            Basins ends = Basins.Compute(
                _system, _balls, InitialConditions.FromPoints([.. _unsettledStates]), next - t,
                computeReducedSets: false);
            List<double[]> states = [];
            for (int i = 0; i < ends.Count; i++)
            {
                if (ends.Label(i) == Basins.Divergent)
                    DivergentCount++;
                if (ends.UndecidedState(i) is not { } state)
                    continue;
                FindPeriodicOrbitNear(state);
                states.Add(state);
            }

            _unsettledStates = [.. states.Where(state => !_balls.Exists(ball => ball.Contains(state)))];
            t = next;
        }
    }

    /// <summary>
    /// Without inputs and biases the map is odd: the mirror image of an invariant set is one, too. For other maps
    /// Newton's method starts from one more point.
    /// </summary>
    private void AddMirrorImages()
    {
        foreach (PeriodicOrbit orbit in _attractors.Concat(FixedPoints.Orbits).Concat(_otherPeriodicOrbits).ToArray())
            TryAddOrbitNear([.. orbit.Points[0].Select(a => -a)], orbit.Period, keepsUnstable: true);
    }

    /// <summary>
    /// Searches for all orbits of a period by Newton's method from random starts. A quarter of them is enough if the
    /// indices of the points then add to 1.
    /// </summary>
    private void FindPeriodicOrbits(IReadOnlyList<Interval> box, int period)
    {
        int starts = _options.NewtonStarts, few = starts / 4;
        foreach ((int i, double[] start) in FixedPoints.SampleUniform(box, starts, _options.Seed).Index())
        {
            TryAddOrbitNear(start, period, keepsUnstable: true);
            if (i + 1 != few)
                continue;
            AddMirrorImages();
            if (IndexSum.Compute(_system, this, period).Verdict == IndexVerdict.ConsistentWithComplete)
                return;
        }
    }

    /// <summary>Searches for a stable periodic orbit near a state that nearly returns to itself.</summary>
    private void FindPeriodicOrbitNear(double[] state)
    {
        double[] a = state;
        double nearest = RecurrenceTolerance * Math.Max(1.0, state.Max(Math.Abs));
        for (int period = 1; period <= _options.MaxPeriod; period++)
        {
            a = _system.Image(a);

            // Near an orbit of this period the state returns more closely than after any shorter time. A slow orbit
            // returns closely after every time, and Newton's method for each of them would take long.
            double distance = PeriodicOrbit.Distance(a, state);
            if (distance >= nearest)
                continue;
            nearest = distance;
            if (TryAddOrbitNear(a, period))
                return;
        }
    }

    /// <summary>
    /// Adds the orbit that Newton's method finds from a state, if it is an attractor, or if unstable ones are kept.
    /// </summary>
    /// <returns>Whether it is an attractor; it may already be known.</returns>
    private bool TryAddOrbitNear(double[] state, int period, bool keepsUnstable = false)
    {
        NewtonSolver.Result result = NewtonSolver.Solve(_system, state, period);
        bool IsKnown(PeriodicOrbit known) => FixedPoints.IsNear(known, result.Point, known.PositionError);
        if (!result.HasConverged)
            return false;
        if (_attractors.Exists(IsKnown))
            return true;
        if ((keepsUnstable && (FixedPoints.Orbits.Any(IsKnown) || _otherPeriodicOrbits.Exists(IsKnown)))
            || LeastPeriod(result.Point, period) != period)
            return false;
        var orbit = new PeriodicOrbit(_system, result.Point, period);
        if (TryAddAttractor(orbit))
            return true;
        if (keepsUnstable && period == 1 && _system.Dimension > 1)
            FixedPoints = FixedPoints.With(orbit);
        else if (keepsUnstable && period > 1)
            FixedPoints.TryAdd(_otherPeriodicOrbits, orbit);
        return false;
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
