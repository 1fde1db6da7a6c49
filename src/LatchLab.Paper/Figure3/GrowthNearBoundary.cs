using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure3;

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
    public const double RateTolerance = 0.1;

    private GrowthNearBoundary(double eigenvalue, IReadOnlyList<(double, GrowthClaims.BallGrowth)> entries)
        => (SaddleEigenvalue, Entries) = (eigenvalue, entries);

    /// <summary>μ of the saddle nearest to the orbit that stays on the boundary.</summary>
    public double SaddleEigenvalue { get; }

    /// <summary>δ, the largest first, and the growth.</summary>
    public IReadOnlyList<(double Distance, GrowthClaims.BallGrowth Growth)> Entries { get; }

    /// <summary>Along the line between the first two attractors.</summary>
    public static GrowthNearBoundary Compute(AutonomousNetwork system)
    {
        double[] attractor = system.InvariantSets.Attractors[0].Points[0],
            other = system.InvariantSets.Attractors[1].Points[0];
        var boundary = new BasinBoundary(system.Dynamics, system.InvariantSets);
        double[] crossing = boundary.Bisect(attractor, other).One;
        double[] inwardDirection = PerturbedOrbit.NormalizeOrNull(PerturbedOrbit.Subtract(attractor, crossing))!;
        double[] edgeState = boundary.Track(attractor, other, steps: 60)[^1];
        PeriodicOrbit saddle = system.InvariantSets.FixedPoints.Orbits
            .Where(orbit => orbit.Stability == Stability.Unstable)
            .MinBy(orbit => PeriodicOrbit.Distance(orbit.Points[0], edgeState))!;
        List<(double, GrowthClaims.BallGrowth)> entries = [];
        double distance = 0.1;
        for (int decade = 1; decade <= Decades; decade++, distance *= 0.1)
        {
            double[] start = [.. crossing.Zip(inwardDirection, (a, component) => a + (distance * component))];
            entries.Add((distance, GrowthClaims.BallGrowth.Compute(system.Dynamics, start)));
        }

        return new(saddle.SpectralRadius, entries);
    }

    /// <summary>How much it grows, and 1/δ.</summary>
    public IEnumerable<Series> ToSeries()
    {
        IEnumerable<(double Distance, GrowthClaims.BallGrowth Growth)> ascending = Entries.Reverse();
        yield return new(
            "largest ‖∂aₜ/∂a₀‖",
            SeriesKind.Curve,
            [.. ascending.Select(entry => new DataPoint(entry.Distance, Exp(entry.Growth.MaximumLogGrowth)))],
            1);
        yield return new(
            "1/δ",
            SeriesKind.Bound,
            [.. ascending.Select(entry => new DataPoint(entry.Distance, 1.0 / entry.Distance))],
            Series.Grey);
    }

    /// <summary>Judges whether the growth, while it lasts, is exponential at the rate of the saddle.</summary>
    public Claim EvaluateClaim()
    {
        double rate = LeastSquares.ComputeSlope(
            Entries.Select(entry => ((double)entry.Growth.PeakTime, entry.Growth.MaximumLogGrowth)));
        double expected = Elementary.Log(new Scalar(SaddleEigenvalue)).Value;
        double power = LeastSquares.ComputeSlope(
            Entries.Select(
                entry => (-Elementary.Log(new Scalar(entry.Distance)).Value, entry.Growth.MaximumLogGrowth)));
        (double smallestDistance, GrowthClaims.BallGrowth largestGrowth) = Entries[^1];
        return GrowthClaims.CreateRemarkClaim(
            "for a finite time, from near the boundary of β",
            Math.Abs(rate - expected) <= RateTolerance * expected ? Verdict.Reproduced : Verdict.NotReproduced,
            $"Nearer to the boundary a ball grows for longer, by a factor of {NumberFormat.Short(Exp(rate))} for " +
                $"each " +
                $"step more; the saddle on the boundary has the eigenvalue {NumberFormat.Short(SaddleEigenvalue)}. " +
                $"It grows as " +
                $"(1/δ) to the power {NumberFormat.Short(power)}: from δ = {NumberFormat.Short(smallestDistance)} by " +
                $"{NumberFormat.Short(Exp(largestGrowth.MaximumLogGrowth))} in {largestGrowth.PeakTime} steps.");
    }

    private static double Exp(double logarithm) => Elementary.Exp(new Scalar(logarithm)).Value;
}
