namespace LatchLab.Dynamics;

/// <summary>
/// Along an orbit with inputs, <c>a_t = M(a_{t−1}) + u_t</c>: to which attractor the system is robustly latched at each
/// time (Definition 5), that is, in which reduced attracting set Γ(X) of the autonomous system the state lies. All
/// states are activations.
/// </summary>
/// <param name="States">a_0 … a_T.</param>
/// <param name="Memberships">Where each of them lies.</param>
/// <param name="LatchedIntervals">The times during which the system was latched, in order.</param>
public sealed record Latching(
    IReadOnlyList<double[]> States,
    IReadOnlyList<ReducedSetMembership> Memberships,
    IReadOnlyList<Latching.LatchedInterval> LatchedIntervals)
{
    /// <summary>A time during which the system is robustly latched to one attractor.</summary>
    /// <param name="Attractor">X.</param>
    /// <param name="Start">The first t.</param>
    /// <param name="End">The last t; T means that it is latched still.</param>
    public readonly record struct LatchedInterval(PeriodicOrbit Attractor, int Start, int End);

    /// <summary>Follows an orbit.</summary>
    /// <param name="system">The autonomous system.</param>
    /// <param name="sets">Its attractors.</param>
    /// <param name="states">a_0 … a_T, as the inputs drive them.</param>
    /// <param name="maxSteps">Steps after which a state counts as converging to nothing.</param>
    public static Latching Detect(
        DynamicalSystem system, InvariantSets sets, IReadOnlyList<double[]> states, int maxSteps = 10_000)
    {
        ReducedSetMembership[] memberships =
            [.. states.Select(state => ReducedSetMembership.Evaluate(system, sets, state, maxSteps))];
        var intervals = new List<LatchedInterval>();
        for (int t = 0; t < memberships.Length; t++)
        {
            if (!memberships[t].IsMember)
                continue;
            PeriodicOrbit attractor = memberships[t].Ball!.Orbit;
            if (intervals.Count > 0 && intervals[^1].End == t - 1 && intervals[^1].Attractor == attractor)
                intervals[^1] = intervals[^1] with { End = t };
            else
                intervals.Add(new(attractor, t, t));
        }

        return new(states, memberships, intervals);
    }
}
