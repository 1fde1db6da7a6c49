using LatchLab.Dynamics;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// The ball of uncertainty of Figure 3, in two activations: the states that an orbit can reach if its initial state is
/// known up to a distance and noise acts at every step. The outline consists of orbits that start around the initial
/// state, with noise directed away from the unperturbed orbit. All its points are reachable, so the ball is at least as
/// large as the outline.
/// </summary>
/// <param name="Orbit">The unperturbed orbit ã_t, [t][unit].</param>
/// <param name="Outlines">The outlines, [t][point][unit].</param>
internal sealed record BallOfUncertainty(
    IReadOnlyList<double[]> Orbit, IReadOnlyList<IReadOnlyList<double[]>> Outlines)
{
    public const int OutlinePoints = 64;

    /// <summary>The largest distance of the outline from the unperturbed orbit, [t].</summary>
    public IReadOnlyList<double> Radii { get; } =
        [.. Orbit.Zip(Outlines, (center, outline)
            => outline.Max(point => PerturbedOrbit.Norm(PerturbedOrbit.Subtract(point, center))))];

    /// <summary>
    /// Simulates orbits of a system of two units: at first at a distance (radius) from a_0, then with noise of the
    /// magnitude ‖u_t‖ per step.
    /// </summary>
    public static BallOfUncertainty Propagate(
        DynamicalSystem system, double[] start, double radius, double noise, int steps)
    {
        double[][] directions = [.. CreateUnitVectors()];
        List<double[]> orbit = [start];
        List<IReadOnlyList<double[]>> outlines =
            [[.. directions.Select(direction => Translate(start, direction, radius))]];
        for (int t = 0; t < steps; t++)
        {
            double[] center = system.Image(orbit[^1]);
            orbit.Add(center);
            outlines.Add(
            [
                .. outlines[^1].Select((point, i) =>
                {
                    double[] image = system.Image(point);
                    return Translate(
                        image,
                        PerturbedOrbit.NormalizeOrNull(PerturbedOrbit.Subtract(image, center)) ?? directions[i],
                        noise);
                }),
            ]);
        }

        return new(orbit, outlines);
    }

    /// <summary>Unit vectors at equal angles around the circle, each a rotation of the previous one.</summary>
    private static IEnumerable<double[]> CreateUnitVectors()
    {
        const double cosine = 0.9951847266721969, sine = 0.0980171403295606; // of 2π/64
        double x = 1.0, y = 0.0;
        for (int i = 0; i < OutlinePoints; i++)
        {
            yield return [x, y];
            (x, y) = ((cosine * x) - (sine * y), (sine * x) + (cosine * y));
        }
    }

    private static double[] Translate(double[] point, double[] direction, double distance)
        => [.. point.Zip(direction, (x, component) => x + (distance * component))];
}
