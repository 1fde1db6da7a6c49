using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>How hard to look for attractors.</summary>
public sealed record SearchEffort
{
    /// <summary>Newton starts for fixed points, n &gt; 1.</summary>
    public int NewtonStarts { get; init; } = 400;

    /// <summary>Orbits that are followed.</summary>
    public int Orbits { get; init; } = 64;

    /// <summary>
    /// Steps after which an orbit that has reached no attractor is given up; earlier if it is surely chaotic, or if
    /// others were in vain.
    /// </summary>
    public int MostSteps { get; init; } = 100_000;

    /// <summary>The longest period that is looked for.</summary>
    public int LongestPeriod { get; init; } = 64;

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
    public const double Beyond = 1e100;

    /// <summary>
    /// Most attractors that are kept: n uncoupled latches have 2ⁿ, and every orbit is held against each.
    /// </summary>
    public const int MostAttractors = 128;

    private const double Closeness = 1e-3;
    private const int ShortOrbit = 4096;    // steps after which it is asked whether an orbit is chaotic
    private const int LongOrbits = 4;       // that settle on nothing; the others are given up after a short orbit

    private readonly DynamicalSystem system;
    private readonly SearchEffort effort;
    private readonly List<PeriodicOrbit> attractors = [];
    private readonly List<TrappingBall> balls = [];
    private readonly List<double[]> unsettled = [];

    private InvariantSets(DynamicalSystem system, FixedPoints fixedPoints, SearchEffort effort)
        => (this.system, FixedPoints, this.effort) = (system, fixedPoints, effort);

    /// <summary>The fixed points, stable or not.</summary>
    public FixedPoints FixedPoints { get; private set; }

    /// <summary>
    /// The stable fixed points, then the stable periodic orbits: hyperbolic attractors (Definition 2).
    /// </summary>
    public IReadOnlyList<PeriodicOrbit> Attractors => attractors;

    /// <summary>A ball around each point of each of them.</summary>
    public IReadOnlyList<TrappingBall> Balls => balls;

    /// <summary>Orbits that were followed.</summary>
    public int Starts { get; private set; }

    /// <summary>How many of them went beyond every bound.</summary>
    public int Divergent { get; private set; }

    /// <summary>
    /// The last states, in activations, of orbits that reached none of the attractors: on the boundary of basins, on a
    /// chaotic or quasi-periodic attractor, or too slow.
    /// </summary>
    public IReadOnlyList<double[]> Unsettled => unsettled;

    /// <summary>Finds them.</summary>
    /// <param name="system">The system.</param>
    /// <param name="box">Where to start, n finite intervals; null for all that is ever visited.</param>
    /// <param name="effort">How hard to look.</param>
    /// <exception cref="InputException">
    /// No box is given and what is ever visited is not bounded, or the box is not as the system.
    /// </exception>
    public static InvariantSets Of(
        DynamicalSystem system, IReadOnlyList<Interval>? box = null, SearchEffort? effort = null)
    {
        effort ??= new();
        box ??= system.Range();
        if (!box.All(side => double.IsFinite(side.Width)))
            throw new InputException("", "box", "the states of this system have no bounds: give a box to search in");
        var sets = new InvariantSets(
            system, FixedPoints.Of(system, box, effort.NewtonStarts, effort.Seed), effort);
        foreach (PeriodicOrbit orbit in sets.FixedPoints.Orbits)
            sets.AddIfAttracting(orbit);
        foreach (double[] start in FixedPoints.Spread(box, effort.Orbits, ~effort.Seed))
            sets.Follow(start);

        // Without inputs and biases a network is odd: the mirror image of an attractor is one, too.
        foreach (PeriodicOrbit attractor in sets.attractors.ToArray())
            sets.AddNear([.. attractor.Points[0].Select(a => -a)], attractor.Period);
        return sets;
    }

    /// <summary>The ball that an orbit enters, and when; null where it enters none.</summary>
    /// <param name="start">In activations.</param>
    /// <param name="mostSteps">How long to wait.</param>
    /// <param name="steps">Steps until it entered, or all that were made; none where there is no ball.</param>
    /// <exception cref="InputException">The start has another dimension than the system.</exception>
    public TrappingBall? Destination(ReadOnlySpan<double> start, int mostSteps, out int steps)
    {
        Plain.Check(start.Length, system.Dimension);
        double[] a = start.ToArray();
        for (steps = 0; balls.Count > 0; steps++)
        {
            int t = steps;
            if (balls.Find(ball => t % ball.Orbit.Period == 0 && ball.Holds(a)) is { } entered)
                return entered;
            if (steps == mostSteps)
                return null;
            a = system.Image(a); // bounded also where the start is not: a_0 of a logistic unit is −∞
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
            if (!(Math.Abs(value) < Beyond))
                return false;
        }

        return true;
    }

    private void Follow(double[] start)
    {
        const int firstLook = 64;
        Starts++;
        double[] a = start;
        for (int t = 0; ; t++)
        {
            bool isLast = t == effort.MostSteps, looks = isLast || (t >= firstLook && int.IsPow2(t));
            if (looks)
                LookForPeriod(a);
            if (balls.Exists(ball => ball.Holds(a)))
                return;
            if (isLast || (looks && t >= ShortOrbit && (unsettled.Count >= LongOrbits || IsChaotic(a))))
            {
                unsettled.Add(a);
                return;
            }

            a = system.Image(a);
            if (!IsBounded(a))
            {
                Divergent++;
                return;
            }
        }
    }

    /// <summary>Whether the largest Lyapunov exponent is surely positive: then the orbit never settles.</summary>
    private bool IsChaotic(double[] state)
        => LyapunovExponents.Of(system, state, new() { Transient = 0, Steps = ShortOrbit })
            is { Exponents: [{ Lower: > 0.0 }, ..] };

    /// <summary>Looks for a stable periodic orbit near a state that has nearly come back to itself.</summary>
    private void LookForPeriod(double[] state)
    {
        double[] a = state;
        double near = Closeness * Math.Max(1.0, state.Max(Math.Abs));
        for (int period = 1; period <= effort.LongestPeriod; period++)
        {
            a = system.Image(a);
            if (PeriodicOrbit.Distance(a, state) > near)
                continue;
            if (AddNear(a, period))
                return;
        }
    }

    /// <summary>Adds the orbit that Newton's method finds from a state, if it attracts.</summary>
    /// <returns>Whether it does; it may be known already.</returns>
    private bool AddNear(double[] state, int period)
    {
        Newton.Result result = Newton.Solve(system, state, period);
        return result.Converged
            && (attractors.Exists(known => FixedPoints.IsNear(known, result.Point, known.Error))
                || (LeastPeriod(result.Point, period) == period
                    && AddIfAttracting(new PeriodicOrbit(system, result.Point, period))));
    }

    /// <summary>The smallest divisor of a period after which the point comes back to itself.</summary>
    private int LeastPeriod(double[] point, int period)
    {
        double near = 1e-9 * Math.Max(1.0, point.Max(Math.Abs));
        return Enumerable.Range(1, period)
            .First(l => l == period
                || (period % l == 0 && PeriodicOrbit.Distance(system.Image(point, l), point) <= near));
    }

    private bool AddIfAttracting(PeriodicOrbit orbit)
    {
        IReadOnlyList<TrappingBall> around = TrappingBall.Around(system, orbit);
        if (around.Count == 0 || attractors.Count == MostAttractors || !FixedPoints.AddNew(attractors, orbit))
            return false;
        balls.AddRange(around);
        FixedPoints = FixedPoints.With(orbit);
        return true;
    }
}
