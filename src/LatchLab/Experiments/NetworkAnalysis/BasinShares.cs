using LatchLab.Dynamics;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>
/// How much of the space of states belongs to each basin β and reduced attracting set Γ: shares of random starts,
/// uniform in the box of all that the network ever visits, in activations.
/// </summary>
/// <param name="Basin">Share of the starts that converge to each attractor.</param>
/// <param name="Reduced">Share of the starts in Γ of each attractor; null where Γ was not computed.</param>
/// <param name="Undecided">Share of the starts that reached nothing in time.</param>
/// <param name="Divergent">Share of the starts whose orbits went beyond every bound.</param>
/// <param name="IsProved">
/// Whether for all starts in Γ no later l needs to be looked at; if not, Γ holds up to the l at which the orbits ended.
/// </param>
/// <param name="IsNested">Whether every attractor lies in its Γ, as X ⊂ Γ(X) ⊂ β(X) says; tested on its points.</param>
public sealed record BasinShares(
    IReadOnlyList<Proportion> Basin,
    IReadOnlyList<Proportion>? Reduced,
    Proportion Undecided,
    Proportion Divergent,
    bool IsProved,
    bool IsNested)
{
    private const int MostUnits = 100;          // beyond, the eigenvalues at every step take too long
    private const int CheapUnits = 3;
    private const int FewSamples = 100;
    private const int LongestOrbit = 10_000;    // of a sample, however long the search for attractors was
    private const int ShortOrbit = 1_000;       // of a sample in more than two variables

    /// <summary>Estimates them.</summary>
    internal static BasinShares Of(
        DynamicalSystem system, InvariantSets sets, IReadOnlyList<Interval> box, int samples, RunOptions options,
        int mostSteps)
    {
        mostSteps = Math.Min(mostSteps, system.Dimension <= 2 ? LongestOrbit : ShortOrbit);
        StartPoints starts = StartPoints.Spread(box, samples, options.Seed + 1);
        Basins basins = Basins.Of(system, sets.Balls, starts, mostSteps, options.Lane, options.Threads);
        Proportion Share(Func<int, bool> counts) => new(Enumerable.Range(0, samples).Count(counts), samples);
        (IReadOnlyList<Proportion>? reduced, bool isProved) = Reduce(system, sets, starts, basins, mostSteps);
        return new(
            [.. sets.Attractors.Select(attractor => Share(start => basins.Attractor(start) == attractor))],
            reduced,
            Share(start => basins.Label(start) == Basins.Undecided),
            Share(start => basins.Label(start) == Basins.Divergent),
            isProved,
            system.Dimension > MostUnits || sets.Balls.All(
                ball => ReducedAttractingSet.Of(system, sets, ball.Centre, mostSteps).HoldsPoint));
    }

    private static (IReadOnlyList<Proportion>? Reduced, bool IsProved) Reduce(
        DynamicalSystem system, InvariantSets sets, StartPoints starts, Basins basins, int mostSteps)
    {
        if (basins.HasReducedSets)
        {
            Proportion Share(PeriodicOrbit attractor) => new(
                Enumerable.Range(0, starts.Count)
                    .Count(start => basins.Attractor(start) == attractor && basins.IsReduced(start)),
                starts.Count);
            return ([.. sets.Attractors.Select(Share)], true);
        }

        if (system.Dimension > MostUnits)
            return (null, false);
        int count = system.Dimension <= CheapUnits ? starts.Count : Math.Min(starts.Count, FewSamples);
        ReducedAttractingSet[] memberships =
            [.. Enumerable.Range(0, count).Select(i => ReducedAttractingSet.Of(system, sets, starts[i], mostSteps))];
        return (
            [.. sets.Attractors.Select(attractor => new Proportion(
                memberships.Count(member => member.HoldsPoint && member.Ball!.Orbit == attractor), count))],
            memberships.All(member => !member.HoldsPoint || member.IsProved));
    }
}
