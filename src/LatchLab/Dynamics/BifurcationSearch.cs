using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The attractors and fixed points of a system at one value of the parameter of a bifurcation diagram. They are first
/// searched for at this value alone; the fixed points of several variables are then completed from those at
/// neighbouring values.
/// </summary>
internal sealed class BifurcationSearch
{
    private const int NewtonStarts = 8;   // for the fixed points of several variables
    private const int FurtherStarts = 64; // at a time, where the sum of the indices shows that points are missing

    private readonly double _value;
    private readonly DrivenSystem _driven;
    private readonly DynamicalSystem _system;
    private readonly InvariantSets _sets;
    private readonly List<PeriodicOrbit> _attractors;
    private readonly List<TrappingBall> _furtherBalls = [];
    private readonly int _furtherSteps; // of an orbit that no attractor had captured by then
    private FixedPoints _points;
    private PeriodicOrbit[] _numbered = []; // the attractors, then the fixed points that may be stable
    private int[] _numbers = [];            // of each of them

    /// <summary>Searches at one value.</summary>
    public BifurcationSearch(BifurcationParameter parameter, double value, BifurcationOptions options)
    {
        (_value, _furtherSteps) = (value, options.ExponentSteps);
        _driven = DrivenSystem.Create(parameter.Apply(value).Network);
        _system = parameter.CreateSystem(value);
        IReadOnlyList<Interval> box = options.Box == 0.0 ? _system.Range()
            : [.. Enumerable.Repeat(new Interval(-options.Box, options.Box), _system.Dimension)];
        _sets = InvariantSets.Find(_system, box, new()
        {
            NewtonStarts = NewtonStarts,
            Orbits = options.Starts,
            MaxSteps = options.Discard,
            MaxPeriod = BifurcationDiagram.MaxPeriod,
            MotionSteps = options.ExponentSteps,
            Seed = options.Seed,
        });
        (_attractors, _points) = ([.. _sets.Attractors], _sets.FixedPoints);
        if (!IsIncomplete)
            return;
        AddFixedPoints(FixedPoints.SampleUniform(box, NewtonStarts + FurtherStarts, options.Seed).Skip(NewtonStarts));
        for (int known = 0; IsIncomplete && known < _points.Orbits.Count;)
        {
            known = _points.Orbits.Count;
            AddFixedPoints(CreateStartsBetween([.. _points.Orbits.Select(orbit => orbit.Points[0])]));
        }
    }

    private bool IsIncomplete => IndexSum.Compute(_system, _points).Verdict == IndexVerdict.Incomplete;

    /// <summary>Adds the fixed points to which Newton's method leads from those at another value.</summary>
    public void ContinueFrom(BifurcationSearch neighbour)
    {
        if (!_points.IsComplete)
            AddFixedPoints(neighbour._points.Orbits.Select(orbit => orbit.Points[0]));
    }

    /// <summary>
    /// Numbers the attractors and marginal fixed points: as at the value before if Newton's method leads from there to
    /// here.
    /// </summary>
    public void NumberAttractors(BifurcationSearch? before, ref int next)
    {
        _numbered =
        [
            .. _attractors,
            .. _points.Orbits.Where(orbit => orbit.Stability != Stability.Unstable && IsNoAttractor(orbit)),
        ];
        _numbers = [.. _numbered.Select(_ => -1)];
        foreach ((int i, PeriodicOrbit orbit) in before?._numbered.Index() ?? [])
        {
            NewtonSolver.Result result = NewtonSolver.Solve(_system, orbit.Points[0], orbit.Period);
            int same = !result.HasConverged ? -1 : Array.FindIndex(
                _numbered,
                known => known.Period == orbit.Period && FixedPoints.IsNear(known, result.Point, known.PositionError));
            if (same >= 0 && _numbers[same] < 0)
                _numbers[same] = before!._numbers[i];
        }

        for (int i = 0; i < _numbers.Length; i++)
        {
            if (_numbers[i] < 0)
                _numbers[i] = next++;
        }
    }

    /// <summary>Creates the column, with the outputs of some units.</summary>
    public BifurcationColumn CreateColumn(IReadOnlyList<int> units, int keep)
    {
        IReadOnlyList<double[]> GetOutputs(IEnumerable<double[]> states)
        {
            double[][] outputs = [.. states.Select(state => _driven.Outputs(state))];
            return [.. units.Select(unit => outputs.Select(x => x[unit]).ToArray())];
        }

        Branch FromOrbit(PeriodicOrbit orbit, BranchKind kind)
            => new(kind, orbit.Period, ComputeExponent(orbit), GetOutputs(orbit.Points))
            {
                IsAtKink = orbit.HasKink,
                Number = Array.IndexOf(_numbered, orbit) is >= 0 and var i ? _numbers[i] : null,
            };

        PeriodicOrbit[] others = [.. _points.Orbits.Where(IsNoAttractor)];
        PeriodicOrbit[] resting = FindRestingPoints(others);
        return new(
            _value,
            [
                .. _attractors.Select(orbit => FromOrbit(orbit, BranchKind.Periodic)),
                .. from unsettled in _sets.Unsettled.States.Zip(_sets.Unsettled.Motions)
                   let kind = GetKind(unsettled.Second)
                   let states = _system.Follow(unsettled.First, keep)
                   where !_furtherBalls.Exists(ball => ball.Contains(unsettled.First))
                       && !(kind == BranchKind.Undecided
                           && EndsAtKnownOrbit(unsettled.First, states, [.. others, .. resting]))
                   select new Branch(kind, Period: 0, unsettled.Second.Exponent, GetOutputs(states))
                   {
                       ExponentError = unsettled.Second.Error,
                   },
                .. others.Concat(resting).Select(orbit => FromOrbit(orbit, orbit.Stability == Stability.Unstable
                    ? BranchKind.UnstableFixedPoint : BranchKind.MarginalFixedPoint)),
            ],
            _sets.DivergentCount,
            IndexSum.Compute(_system, _points).Verdict);
    }

    /// <summary>
    /// The fixed points at which orbits came to rest, apart from known ones: of a line of fixed points, which Newton's
    /// method does not find.
    /// </summary>
    private PeriodicOrbit[] FindRestingPoints(PeriodicOrbit[] others)
    {
        List<PeriodicOrbit> known = [.. _attractors, .. others];
        int count = known.Count;
        foreach (double[] state in _sets.Unsettled.States.Where(_sets.Unsettled.IsAtRest))
            FixedPoints.TryAdd(known, new PeriodicOrbit(_system, state, period: 1));
        return [.. known.Skip(count)];
    }

    private void AddFixedPoints(IEnumerable<double[]> starts)
    {
        PeriodicOrbit[] known = [.. _points.Orbits];
        _points = _points.WithPointsFrom(_system, starts);
        foreach (PeriodicOrbit orbit in _points.Orbits.Except(known))
        {
            IReadOnlyList<TrappingBall> balls = TrappingBall.FindAround(_system, orbit);
            if (balls.Count > 0 && FixedPoints.TryAdd(_attractors, orbit))
                _furtherBalls.AddRange(balls);
        }
    }

    /// <summary>
    /// Mirror images of points, which are fixed points where the map is odd, and the middles between the nearest ones:
    /// saddles lie between attractors, and most of a large box leads to the attractors alone.
    /// </summary>
    private static IEnumerable<double[]> CreateStartsBetween(double[][] points)
        => points.Select(point => point.Select(a => -a).ToArray()).Concat(
            (from entry in points.Index()
             from other in points.Take(entry.Index)
             orderby PeriodicOrbit.Distance(entry.Item, other)
             select entry.Item.Zip(other, (a, b) => 0.5 * (a + b)).ToArray()).Take(FurtherStarts));

    private bool IsNoAttractor(PeriodicOrbit point)
        => point.Stability != Stability.Stable || !_attractors.Exists(attractor => attractor.Period == 1
            && FixedPoints.IsNear(attractor, point.Points[0], attractor.PositionError + point.PositionError));

    /// <summary>
    /// Whether an undecided orbit enters a ball around an attractor within the further steps, or approaches an
    /// attractor or another fixed point.
    /// </summary>
    private bool EndsAtKnownOrbit(double[] state, double[][] states, IEnumerable<PeriodicOrbit> others)
        => _sets.FindDestination(state, _furtherSteps, out _) is not null
            || _attractors.Concat(others).Any(orbit => orbit.IsApproachedBy(states));

    private bool IsExact(PeriodicOrbit orbit)
        => orbit is { Period: 1, HasKink: false, Residual: 0.0 }
            && _system.Image([.. orbit.Points[0].Select(Interval.From)]).All(side => side.Width == 0.0);

    private static BranchKind GetKind(LongTermMotion motion) => motion.Kind switch
    {
        MotionKind.QuasiPeriodic => BranchKind.QuasiPeriodic,
        MotionKind.Chaotic => BranchKind.Chaotic,
        _ => BranchKind.Undecided,
    };

    /// <summary>
    /// An eigenvalue of 1 leaves the error of a point unknown, unless interval arithmetic shows that the map leaves the
    /// point exactly as it is, such as the origin without input. At a kink only a bound is known.
    /// </summary>
    private double ComputeExponent(PeriodicOrbit orbit)
        => orbit.HasKink && !(orbit.LongRunGrowthBound < 1.0) ? double.NaN
            : orbit.Stability == Stability.Marginal && !(orbit.EigenvalueError < orbit.SpectralRadius)
                && !IsExact(orbit)
            ? double.NaN
            : Elementary.Log(orbit.LongRunGrowthBound) / orbit.Period;
}
