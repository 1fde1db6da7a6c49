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
/// <param name="QuasiPeriodic">Share of initial states whose motion is quasi-periodic after the step limit.</param>
/// <param name="Chaotic">Share of initial states whose motion is chaotic after the step limit.</param>
/// <param name="Undecided">
/// Share of initial states that reached no attractor within the step limit and whose motion from there on is neither.
/// </param>
/// <param name="Divergent">
/// Share of initial states whose orbits diverged, or grow without bound after the step limit.
/// </param>
/// <param name="Steps">The step limit.</param>
/// <param name="IsProved">
/// Whether membership in Γ is proved for all l; otherwise it is tested up to the l at which the orbits end.
/// </param>
/// <param name="IsNested">
/// Whether every attractor lies in its Γ, as X ⊂ Γ(X) ⊂ β(X) requires; tested on its points.
/// </param>
public sealed record BasinFractions(
    IReadOnlyList<Proportion> PerBasin,
    IReadOnlyList<Proportion>? PerReducedSet,
    Proportion QuasiPeriodic,
    Proportion Chaotic,
    Proportion Undecided,
    Proportion Divergent,
    int Steps,
    bool IsProved,
    bool IsNested)
{
    private const int MaximumUnits = 100;    // above, the eigenvalues at every step take too long
    private const int MaximumUnitsForAllSamples = 3;
    private const int ReducedSampleCount = 100;
    private const int MinimumMotionSteps = 100; // as that of the option for the steps of exponents

    /// <summary>
    /// Estimates the fractions. An attractor that an initial state reaches and that is not known yet is added to the
    /// sets.
    /// </summary>
    internal static BasinFractions Estimate(
        DynamicalSystem system, InvariantSets sets, IReadOnlyList<Interval> bounds, NetworkDiagnosisOptions question,
        RunOptions options)
    {
        int samples = question.Samples, maximumSteps = question.GetSampleSteps(system.Dimension);
        InitialConditions starts = InitialConditions.SampleUniform(bounds, samples, options.Seed + 1);
        int motionSteps = Math.Clamp(maximumSteps, MinimumMotionSteps, question.ExponentSteps);
        var motions = new LongTermMotion[samples]; // of the undecided starts; the default is Undecided
        bool[] grows = new bool[samples];
        Basins basins;
        double[][] undecided;
        do
        {
            basins = Basins.Compute(system, sets.Balls, starts, maximumSteps, options.Lane, options.Threads);
            int[] open = [.. Enumerable.Range(0, samples).Where(
                start => basins.Label(start) == Basins.Undecided && motions[start].Kind == MotionKind.Undecided
                    && !grows[start])];
            IReadOnlyList<LongTermMotion> decisions = LongTermMotion.Decide(
                system, [.. open.Select(start => basins.UndecidedState(start)!)], motionSteps, question.LongestPeriod,
                options.Lane, options.Threads);
            foreach ((int i, int start) in open.Index())
                motions[start] = decisions[i];
            open = [.. open.Where(start => motions[start].Kind == MotionKind.Undecided)];
            if (GrowingOrbit.IsPossible(system))
            {
                Parallel.ForEach(
                    open, new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
                    start => grows[start] = GrowingOrbit.Grows(
                        system, bounds, basins.UndecidedState(start)!, motionSteps));
            }

            undecided = [.. open.Where(start => !grows[start]).Select(start => basins.UndecidedState(start)!)];
        }
        while (sets.AddAttractorsNear(undecided));

        Proportion Share(Func<int, bool> predicate) => new(Enumerable.Range(0, samples).Count(predicate), samples);
        Proportion ShareOf(MotionKind kind)
            => Share(start => basins.Label(start) == Basins.Undecided && motions[start].Kind == kind && !grows[start]);
        (IReadOnlyList<Proportion>? reduced, bool isProved) = EstimateReducedSets(system, sets, starts, basins,
            maximumSteps, options.Threads);
        return new(
            [.. sets.Attractors.Select(attractor => Share(start => basins.Attractor(start) == attractor))],
            reduced,
            ShareOf(MotionKind.QuasiPeriodic),
            ShareOf(MotionKind.Chaotic),
            ShareOf(MotionKind.Undecided),
            Share(start => basins.Label(start) == Basins.Divergent
                || (basins.Label(start) == Basins.Undecided && grows[start])),
            maximumSteps,
            isProved,
            system.Dimension > MaximumUnits || sets.Balls.All(
                ball => ReducedSetMembership.Evaluate(system, sets, ball.Center, maximumSteps).IsMember));
    }

    private static (IReadOnlyList<Proportion>? PerReducedSet, bool IsProved) EstimateReducedSets(
        DynamicalSystem system, InvariantSets sets, InitialConditions starts, Basins basins, int maximumSteps,
        int threads)
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
        var memberships = new ReducedSetMembership[count];
        Parallel.For(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => memberships[i] = ReducedSetMembership.Evaluate(
                system, basins.Label(i) < 0 ? null : basins.Balls[basins.Label(i)], basins.EntryStep(i), starts[i],
                maximumSteps));
        return (
            [.. sets.Attractors.Select(attractor => new Proportion(
                memberships.Count(member => member.IsMember && member.Ball!.Orbit == attractor), count))],
            memberships.All(member => !member.IsMember || member.IsProved));
    }
}
