namespace LatchLab.Dynamics;

/// <summary>
/// Along an orbit with inputs, <c>a_t = M(a_{t−1}) + u_t</c>: to which attractor the system is robustly latched at each
/// time (Definition 5), that is, in which reduced attracting set Γ(X) of the autonomous system the state lies. All
/// states are activations.
/// </summary>
/// <param name="States">a_0 … a_T.</param>
/// <param name="Memberships">Where each of them lies.</param>
/// <param name="Spells">The times during which the system was latched, in order.</param>
public sealed record Latching(
    IReadOnlyList<double[]> States,
    IReadOnlyList<ReducedAttractingSet> Memberships,
    IReadOnlyList<Latching.Spell> Spells)
{
    /// <summary>A time during which the system is robustly latched to one attractor.</summary>
    /// <param name="Attractor">X.</param>
    /// <param name="Since">The first t.</param>
    /// <param name="Until">The last t; T means that it is latched still.</param>
    public readonly record struct Spell(PeriodicOrbit Attractor, int Since, int Until);

    /// <summary>Follows an orbit.</summary>
    /// <param name="system">The autonomous system.</param>
    /// <param name="sets">Its attractors.</param>
    /// <param name="states">a_0 … a_T, as the inputs drive them.</param>
    /// <param name="mostSteps">Steps after which a state counts as converging to nothing.</param>
    public static Latching Of(
        DynamicalSystem system, InvariantSets sets, IReadOnlyList<double[]> states, int mostSteps = 10_000)
    {
        ReducedAttractingSet[] memberships =
            [.. states.Select(state => ReducedAttractingSet.Of(system, sets, state, mostSteps))];
        var spells = new List<Spell>();
        for (int t = 0; t < memberships.Length; t++)
        {
            if (!memberships[t].HoldsPoint)
                continue;
            PeriodicOrbit attractor = memberships[t].Ball!.Orbit;
            if (spells.Count > 0 && spells[^1].Until == t - 1 && spells[^1].Attractor == attractor)
                spells[^1] = spells[^1] with { Until = t };
            else
                spells.Add(new(attractor, t, t));
        }

        return new(states, memberships, spells);
    }
}
