namespace LatchLab.Dynamics;

/// <summary>
/// Along an orbit with inputs, <c>a_t = M(a_{t−1}) + u_t</c>: the attractor to which the system is robustly latched at
/// each time (Definition 5), that is, the one whose reduced attracting set Γ(X) in the autonomous system contains the
/// state. All states are activations.
/// </summary>
/// <param name="States">a_0 … a_T.</param>
/// <param name="Memberships">The membership of each state in a reduced attracting set.</param>
/// <param name="LatchedIntervals">The times during which the system was latched, in order.</param>
/// <param name="MaximumSteps">Number of steps without inputs after which a state is undecided.</param>
public sealed record Latching(
    IReadOnlyList<double[]> States,
    IReadOnlyList<ReducedSetMembership> Memberships,
    IReadOnlyList<Latching.LatchedInterval> LatchedIntervals,
    int MaximumSteps)
{
    /// <summary>
    /// Number of states that came to rest at a fixed point that is no attractor: they lie on a boundary of basins, or
    /// the fixed point is unstable or marginal.
    /// </summary>
    public int StatesAtRest => Memberships.Count(membership => membership.IsAtRest);

    /// <summary>Number of other states that reached no known attractor within <see cref="MaximumSteps"/>.</summary>
    public int UndecidedStates
        => Memberships.Count(membership => membership is { Ball: null, IsAtRest: false });

    /// <summary>An interval of time during which the system is robustly latched to one attractor.</summary>
    /// <param name="Attractor">X.</param>
    /// <param name="Start">The first t.</param>
    /// <param name="End">The last t; T if the system is still latched at the end.</param>
    public readonly record struct LatchedInterval(PeriodicOrbit Attractor, int Start, int End);

    /// <summary>Detects the latched intervals of an orbit.</summary>
    /// <param name="system">The autonomous system.</param>
    /// <param name="sets">Its attractors.</param>
    /// <param name="states">a_0 … a_T, driven by the inputs.</param>
    /// <param name="maximumSteps">
    /// Number of steps without inputs after which a state that reached no attractor is undecided.
    /// </param>
    public static Latching Detect(
        DynamicalSystem system, InvariantSets sets, IReadOnlyList<double[]> states, int maximumSteps)
    {
        ReducedSetMembership[] memberships =
            [.. states.Select(state => ReducedSetMembership.Evaluate(system, sets, state, maximumSteps))];
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

        return new(states, memberships, intervals, maximumSteps);
    }
}
