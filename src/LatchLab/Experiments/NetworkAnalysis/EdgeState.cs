using LatchLab.Dynamics;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>Where an orbit goes that is kept on the boundary between two basins: in general to a saddle.</summary>
/// <param name="One">The point of an attractor on one side.</param>
/// <param name="Other">The point of an attractor on the other side.</param>
/// <param name="Crossing">A point of the boundary on the segment between them, in activations.</param>
/// <param name="Orbit">The orbit from there on.</param>
/// <param name="State">The known unstable fixed point that the orbit comes near to; null where it is none.</param>
public sealed record EdgeState(
    TrappingBall One, TrappingBall Other, double[] Crossing, IReadOnlyList<double[]> Orbit, PeriodicOrbit? State)
{
    private const int Steps = 100;
    private const int MostPairs = 8;

    /// <summary>The edge states between neighbours: for each attractor the nearest of those after it.</summary>
    internal static IReadOnlyList<EdgeState> Of(DynamicalSystem system, InvariantSets sets)
    {
        var boundary = new BasinBoundary(system, sets);
        var edges = new List<EdgeState>();
        foreach ((int i, TrappingBall one) in sets.Balls.Index())
        {
            if (sets.Balls.Skip(i + 1).MinBy(ball => Distance(ball.Centre, one.Centre)) is not { } other
                || edges.Count == MostPairs)
                continue;
            IReadOnlyList<double[]> orbit = boundary.Track(one.Centre, other.Centre, Steps);
            double[] last = orbit[^1];
            PeriodicOrbit? nearest = sets.FixedPoints.Orbits.Where(point => point.Stability != Stability.Stable)
                .MinBy(point => Distance(point.Points[0], last));
            bool isNear = nearest is not null && Distance(nearest.Points[0], last) <= 1e-3 * Math.Max(1.0, Size(last));
            edges.Add(new(one, other, orbit[0], orbit, isNear ? nearest : null));
        }

        return edges;
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double Size(double[] a) => a.Max(Math.Abs);
}
