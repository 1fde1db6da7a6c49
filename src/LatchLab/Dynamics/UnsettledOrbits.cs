using LatchLab.Numerics;

namespace LatchLab.Dynamics;

/// <summary>
/// The orbits of a search that reached no attractor and do not diverge, and their long-term motions: they are on the
/// boundary of basins, on a chaotic or quasi-periodic attractor, or too slow.
/// </summary>
public sealed class UnsettledOrbits
{
    private const int ApproachSteps = 400; // as many states as a bifurcation diagram keeps

    private readonly DynamicalSystem _system;

    internal UnsettledOrbits(
        DynamicalSystem system, IReadOnlyList<double[]> states, IReadOnlyList<LongTermMotion> motions)
        => (_system, States, Motions) = (system, states, motions);

    /// <summary>The last states, in activations.</summary>
    public IReadOnlyList<double[]> States { get; }

    /// <summary>The motion of each orbit from its last state on.</summary>
    public IReadOnlyList<LongTermMotion> Motions { get; }

    /// <summary>Number of orbits that are at rest, at a fixed point that is no attractor.</summary>
    public int RestingCount => States.Count(IsAtRest);

    /// <summary>The index of the first orbit whose motion is decided, or 0 if that of none is.</summary>
    public int Representative
        => Motions.Index().FirstOrDefault(
            entry => entry.Item.Kind != MotionKind.Undecided, (Index: 0, default)).Index;

    /// <summary>Decides the motions of orbits, and omits those that grow without bound.</summary>
    /// <param name="system">The system.</param>
    /// <param name="states">The last states, in activations.</param>
    /// <param name="box">Where the orbits started.</param>
    /// <param name="steps">Number of further steps.</param>
    /// <param name="maxPeriod">The longest period that is tested.</param>
    internal static UnsettledOrbits Decide(
        DynamicalSystem system, IReadOnlyList<double[]> states, IReadOnlyList<Interval> box, int steps, int maxPeriod)
    {
        IReadOnlyList<LongTermMotion> motions = LongTermMotion.Decide(system, states, steps, maxPeriod);
        if (!GrowingOrbit.IsPossible(system))
            return new(system, states, motions);
        (double[] State, LongTermMotion Motion)[] kept =
        [
            .. states.Zip(motions).Where(orbit => orbit.Second.Kind != MotionKind.Undecided
                || !GrowingOrbit.Grows(system, box, orbit.First, steps)),
        ];
        return new(system, [.. kept.Select(orbit => orbit.State)], [.. kept.Select(orbit => orbit.Motion)]);
    }

    /// <summary>Whether each orbit is at rest or approaches one of some periodic orbits.</summary>
    internal bool AllApproach(IReadOnlyList<PeriodicOrbit> orbits)
        => States.All(state => IsAtRest(state)
            || orbits.Any(orbit => orbit.IsApproachedBy(_system.Follow(state, ApproachSteps))));

    /// <summary>Whether a step leaves a state exactly as it is.</summary>
    internal bool IsAtRest(double[] state) => _system.Image(state).AsSpan().SequenceEqual(state);
}
