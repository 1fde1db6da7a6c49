using LatchLab.Dynamics;
using LatchLab.Numerics;
using LatchLab.Statistics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The fraction of the state space in each basin β and reduced attracting set Γ, estimated from random initial states.
/// They are uniformly distributed in the box that bounds all reachable activations.
/// </summary>
/// <param name="PerBasin">Share of initial states that converge to each attractor.</param>
/// <param name="PerReducedSet">Share of initial states in Γ of each attractor; null if Γ is not computed.</param>
/// <param name="Undecided">Share of initial states that reached no attractor within the step limit.</param>
/// <param name="Divergent">Share of initial states whose orbits diverged.</param>
/// <param name="IsProved">
/// Whether membership in Γ is proved for all l; otherwise it is tested up to the l at which the orbits end.
/// </param>
/// <param name="IsNested">
/// Whether every attractor lies in its Γ, as X ⊂ Γ(X) ⊂ β(X) requires; tested on its points.
/// </param>
public sealed record BasinFractions(
    IReadOnlyList<Proportion> PerBasin,
    IReadOnlyList<Proportion>? PerReducedSet,
    Proportion Undecided,
    Proportion Divergent,
    bool IsProved,
    bool IsNested)
{
    private const int MaximumUnits = 100;    // above, the eigenvalues at every step take too long
    private const int MaximumUnitsForAllSamples = 3;
    private const int ReducedSampleCount = 100;
    private const int DefaultSteps = 10_000, DefaultStepsAboveTwoUnits = 1_000;

    /// <summary>Estimates the fractions; 0 steps select the default.</summary>
    internal static BasinFractions Estimate(
        DynamicalSystem system, InvariantSets sets, IReadOnlyList<Interval> bounds, int samples, RunOptions options,
        int maximumSteps)
    {
        if (maximumSteps == 0)
            maximumSteps = system.Dimension <= 2 ? DefaultSteps : DefaultStepsAboveTwoUnits;
        InitialConditions starts = InitialConditions.SampleUniform(bounds, samples, options.Seed + 1);
        Basins basins = Basins.Compute(system, sets.Balls, starts, maximumSteps, options.Lane, options.Threads);
        Proportion Share(Func<int, bool> predicate) => new(Enumerable.Range(0, samples).Count(predicate), samples);
        (IReadOnlyList<Proportion>? reduced, bool isProved) = EstimateReducedSets(system, sets, starts, basins,
            maximumSteps);
        return new(
            [.. sets.Attractors.Select(attractor => Share(start => basins.Attractor(start) == attractor))],
            reduced,
            Share(start => basins.Label(start) == Basins.Undecided),
            Share(start => basins.Label(start) == Basins.Divergent),
            isProved,
            system.Dimension > MaximumUnits || sets.Balls.All(
                ball => ReducedSetMembership.Evaluate(system, sets, ball.Center, maximumSteps).IsMember));
    }

    private static (IReadOnlyList<Proportion>? PerReducedSet, bool IsProved) EstimateReducedSets(
        DynamicalSystem system, InvariantSets sets, InitialConditions starts, Basins basins, int maximumSteps)
    {
        if (basins.HasReducedSets)
        {
            Proportion Share(PeriodicOrbit attractor) => new(
                Enumerable.Range(0, starts.Count)
                    .Count(start => basins.Attractor(start) == attractor && basins.IsInReducedSet(start)),
                starts.Count);
            return ([.. sets.Attractors.Select(Share)], true);
        }

        if (system.Dimension > MaximumUnits)
            return (null, false);
        int count = system.Dimension <= MaximumUnitsForAllSamples ? starts.Count
            : Math.Min(starts.Count, ReducedSampleCount);
        ReducedSetMembership[] memberships =
            [.. Enumerable.Range(0, count).Select(
                i => ReducedSetMembership.Evaluate(system, sets, starts[i], maximumSteps))];
        return (
            [.. sets.Attractors.Select(attractor => new Proportion(
                memberships.Count(member => member.IsMember && member.Ball!.Orbit == attractor), count))],
            memberships.All(member => !member.IsMember || member.IsProved));
    }
}
