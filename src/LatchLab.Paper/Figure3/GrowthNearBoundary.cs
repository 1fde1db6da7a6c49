using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// The growth of a small ball that starts in β at a distance δ from the boundary of β. The ball grows while the orbit
/// moves away from the saddle on the boundary, by the saddle's unstable eigenvalue μ per step, until it approaches an
/// attractor. The expected growth is about 1/δ, in about ln(1/δ)/ln μ steps: exponential, but for a finite time.
/// </summary>
/// <param name="SaddleEigenvalue">The unstable eigenvalue μ of the saddle nearest to the orbit on the boundary.</param>
/// <param name="Entries">The values of δ in descending order, with the growth.</param>
internal sealed record GrowthNearBoundary(
    double SaddleEigenvalue, IReadOnlyList<(double Distance, GrowthClaims.BallGrowth Growth)> Entries)
{
    /// <summary>The number of values of δ: 10⁻¹, 10⁻², … down to 10 to the power of minus this.</summary>
    public const int Decades = 9;

    /// <summary>Computes the growth for starts on the line between the first two attractors.</summary>
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

    /// <summary>Creates the curves of the growth and of 1/δ.</summary>
    public IEnumerable<Series> ToSeries()
    {
        IEnumerable<(double Distance, GrowthClaims.BallGrowth Growth)> ascending = Entries.Reverse();
        yield return new(
            "largest ‖∂aₜ/∂a₀‖",
            SeriesKind.Curve,
            [.. ascending.Select(
                entry => new DataPoint(entry.Distance, Elementary.Exp(entry.Growth.MaximumLogGrowth)))],
            1);
        yield return new(
            "1/δ",
            SeriesKind.Bound,
            [.. ascending.Select(entry => new DataPoint(entry.Distance, 1.0 / entry.Distance))],
            Series.Grey);
    }

    /// <summary>
    /// Tests whether the transient growth is exponential at the rate of the saddle. Between two distances the orbit
    /// stays longer near the saddle, where each step multiplies by μ; the time of the peak is whole, so that a point
    /// lies at most one step's growth, ln μ, from the line of slope ln μ. Deviations of at most ln μ move the slope of
    /// the least-squares line by at most ln μ·Σ|t − t̄|/Σ(t − t̄)².
    /// </summary>
    public Claim EvaluateClaim()
    {
        double expected = Elementary.Log(SaddleEigenvalue);
        double rate = LeastSquares.ComputeSlope(
            Entries.Select(entry => ((double)entry.Growth.PeakTime, entry.Growth.MaximumLogGrowth)));
        double mean = Entries.Average(entry => entry.Growth.PeakTime);
        double tolerance = expected * Entries.Sum(entry => Math.Abs(entry.Growth.PeakTime - mean))
            / Entries.Sum(entry => (entry.Growth.PeakTime - mean) * (entry.Growth.PeakTime - mean));
        double power = LeastSquares.ComputeSlope(
            Entries.Select(
                entry => (-Elementary.Log(entry.Distance), entry.Growth.MaximumLogGrowth)));
        (double smallestDistance, GrowthClaims.BallGrowth largestGrowth) = Entries[^1];
        return ClaimEvaluator.Conclude(
            TheoryClaims.BallGrowsNearBoundary,
            Math.Abs(rate - expected) <= tolerance ? Verdict.Reproduced : Verdict.NotReproduced,
            $"ln growth increases by {NumberFormat.Short(rate)} for each additional step; ln μ is " +
                $"{NumberFormat.Short(expected)}, and whole peak times allow a difference of " +
                $"{NumberFormat.Short(tolerance)}. Closer to the boundary a ball grows for longer, by a factor of " +
                $"{NumberFormat.Short(Elementary.Exp(rate))} per step; the saddle on the boundary has the eigenvalue " +
                $"{NumberFormat.Short(SaddleEigenvalue)}. The growth scales as (1/δ) to the power " +
                $"{NumberFormat.Short(power)}: from δ = {NumberFormat.Short(smallestDistance)} by " +
                $"{NumberFormat.Short(Elementary.Exp(largestGrowth.MaximumLogGrowth))} in {largestGrowth.PeakTime} " +
                "steps.");
    }
}
