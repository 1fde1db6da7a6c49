using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.Figure3;

/// <summary>
/// How much a small ball grows that begins in β at a distance δ from its boundary: as long as the orbit is carried away
/// from the saddle on the boundary, by the saddle's unstable eigenvalue μ a step, until it is as far as the attractors
/// are. So it should grow by about 1/δ, in about ln(1/δ)/ln μ steps: exponentially, but not for ever.
/// </summary>
internal sealed class GrowthNearBoundary
{
    /// <summary>The largest δ is a tenth, the smallest 10 to the power of minus this.</summary>
    public const int Decades = 9;

    /// <summary>How far the rate of growth may be from ln μ, in parts of it.</summary>
    public const double Tolerance = 0.1;

    private GrowthNearBoundary(double eigenvalue, IReadOnlyList<(double, GrowthClaims.Growth)> entries)
        => (Eigenvalue, Entries) = (eigenvalue, entries);

    /// <summary>μ of the saddle nearest to the orbit that stays on the boundary.</summary>
    public double Eigenvalue { get; }

    /// <summary>δ, the largest first, and the growth.</summary>
    public IReadOnlyList<(double Distance, GrowthClaims.Growth Growth)> Entries { get; }

    /// <summary>Along the line between the first two attractors.</summary>
    public static GrowthNearBoundary Of(LatchedSystem system)
    {
        double[] attractor = system.Sets.Attractors[0].Points[0], other = system.Sets.Attractors[1].Points[0];
        var boundary = new BasinBoundary(system.System, system.Sets);
        double[] crossing = boundary.Bisect(attractor, other).One;
        double[] inwards = DisturbedOrbit.Outward(DisturbedOrbit.Difference(attractor, crossing))!;
        double[] edge = boundary.Track(attractor, other, steps: 60)[^1];
        PeriodicOrbit saddle = system.Sets.FixedPoints.Orbits
            .Where(orbit => orbit.Stability == Stability.Unstable)
            .MinBy(orbit => PeriodicOrbit.Distance(orbit.Points[0], edge))!;
        List<(double, GrowthClaims.Growth)> entries = [];
        double distance = 0.1;
        for (int decade = 1; decade <= Decades; decade++, distance *= 0.1)
        {
            double[] start = [.. crossing.Zip(inwards, (a, along) => a + (distance * along))];
            entries.Add((distance, GrowthClaims.Growth.Of(system.System, start)));
        }

        return new(saddle.SpectralRadius, entries);
    }

    /// <summary>How much it grows, and 1/δ.</summary>
    public IEnumerable<Series> Draw()
    {
        IEnumerable<(double Distance, GrowthClaims.Growth Growth)> ascending = Entries.Reverse();
        yield return new(
            "largest ‖∂aₜ/∂a₀‖",
            SeriesKind.Curve,
            [.. ascending.Select(entry => new DataPoint(entry.Distance, Factor(entry.Growth.Peak)))],
            1);
        yield return new(
            "1/δ",
            SeriesKind.Bound,
            [.. ascending.Select(entry => new DataPoint(entry.Distance, 1.0 / entry.Distance))],
            Series.Grey);
    }

    /// <summary>Judges whether the growth, while it lasts, is exponential at the rate of the saddle.</summary>
    public Claim Judge()
    {
        double rate = LeastSquares.Slope(Entries.Select(entry => ((double)entry.Growth.Time, entry.Growth.Peak)));
        double expected = Elementary.Log(new Scalar(Eigenvalue)).Value;
        double power = LeastSquares.Slope(
            Entries.Select(entry => (-Elementary.Log(new Scalar(entry.Distance)).Value, entry.Growth.Peak)));
        (double nearest, GrowthClaims.Growth most) = Entries[^1];
        return GrowthClaims.Remark(
            "for a finite time, from near the boundary of β",
            Math.Abs(rate - expected) <= Tolerance * expected ? Verdict.Reproduced : Verdict.NotReproduced,
            $"Nearer to the boundary a ball grows for longer, by a factor of {Words.Short(Factor(rate))} for each step " +
                $"more; the saddle on the boundary has the eigenvalue {Words.Short(Eigenvalue)}. It grows as (1/δ) to " +
                $"the power {Words.Short(power)}: from δ = {Words.Short(nearest)} by {Words.Short(Factor(most.Peak))} " +
                $"in {most.Time} steps.");
    }

    private static double Factor(double logarithm) => Elementary.Exp(new Scalar(logarithm)).Value;
}
