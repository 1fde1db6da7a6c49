using LatchLab.Dynamics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The edge state of two basins: an orbit kept on their boundary approaches it. Usually it is a saddle.
/// </summary>
/// <param name="First">The point of an attractor on one side.</param>
/// <param name="Second">The point of an attractor on the other side.</param>
/// <param name="BoundaryPoint">A point of the boundary on the segment between them, in activations.</param>
/// <param name="Orbit">The orbit from that point.</param>
/// <param name="NearestFixedPoint">The known unstable fixed point that the orbit approaches; null if none.</param>
public sealed record EdgeState(
    TrappingBall First, TrappingBall Second, double[] BoundaryPoint, IReadOnlyList<double[]> Orbit,
    PeriodicOrbit? NearestFixedPoint)
{
    /// <summary>The number of steps for which an orbit on a boundary is followed; it may end earlier.</summary>
    internal const int Steps = 100;

    private const int MaximumPairs = 8;

    /// <summary>Finds edge states of neighbouring attractors: each attractor and the nearest later one.</summary>
    internal static IReadOnlyList<EdgeState> FindAll(DynamicalSystem system, InvariantSets sets)
    {
        var boundary = new BasinBoundary(system, sets);
        var edges = new List<EdgeState>();
        foreach ((int i, TrappingBall first) in sets.Balls.Index())
        {
            if (sets.Balls.Skip(i + 1).MinBy(ball => PeriodicOrbit.Distance(ball.Center, first.Center))
                    is not { } second
                || edges.Count == MaximumPairs)
                continue;
            IReadOnlyList<double[]> orbit = boundary.Track(first.Center, second.Center, Steps);
            double[] last = orbit[^1];
            PeriodicOrbit? nearest = sets.FixedPoints.Orbits.Where(point => point.Stability != Stability.Stable)
                .MinBy(point => PeriodicOrbit.Distance(point.Points[0], last));
            bool isNear = nearest is not null
                && PeriodicOrbit.Distance(nearest.Points[0], last) <= 1e-3 * Math.Max(1.0, last.Max(Math.Abs));
            edges.Add(new(first, second, orbit[0], orbit, isNear ? nearest : null));
        }

        return edges;
    }
}
