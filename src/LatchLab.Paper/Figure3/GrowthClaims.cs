using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// Claim 3: Theorem 1 (if |M′| &gt; 1 on an open sphere around x, one step moves some y in it further away from x), and
/// the remark after it, that from a state in β but outside Γ a ball of uncertainty grows exponentially. The remark is
/// tested as stated, "as t increases", and for a finite time, with a ball too small to leave β.
/// </summary>
internal static class GrowthClaims
{
    // The meaning of each is in the report: see the settings of BasinsAndBalls.
    public const int PointsPerSystem = 10;
    public const int StartsPerSystem = 4;
    public const int LongHorizon = 200;
    public const double GrowthFactorThreshold = 2.0;
    public const double MajorityThreshold = 0.5;

    /// <summary>The remark after Theorem 1.</summary>
    public static readonly ClaimStatement Remark = new(
        3,
        "From a state in β but outside Γ, a ball of uncertainty grows exponentially.",
        "Section IV-A, after Theorem 1; Figure 3(a)");

    private static readonly ClaimStatement Theorem1 = new(
        3, "Where |M′| > 1 on an open sphere around x, a step moves some y in it further from x.",
        "Section IV-A, Theorem 1");

    private const int MinimumPoints = 10;
    private const int MaximumHalvings = 30;

    /// <summary>
    /// The growth of a small ball: the maximum of ln ‖∂a_t/∂a_0‖, its time, and the value at
    /// <see cref="LongHorizon"/>.
    /// </summary>
    public readonly record struct BallGrowth(double MaximumLogGrowth, int PeakTime, double FinalLogGrowth)
    {
        public static BallGrowth Compute(DynamicalSystem system, double[] start)
        {
            IReadOnlyList<double> logGrowth = DrivenOrbit.Simulate(system, start, LongHorizon).LogGradientNorms;
            (int time, double peak) = logGrowth.Index().MaxBy(entry => entry.Item);
            return new(peak, time, logGrowth[^1]);
        }
    }

    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        yield return EvaluateTheorem1(systems, seed);
        BallGrowth[] outside = [.. systems.SelectMany(system => FindStartsOutsideReducedSet(system, seed))
            .Select(start => BallGrowth.Compute(start.System, start.Point))];
        yield return EvaluateAsStated(outside);
        yield return EvaluateForFiniteTime(outside, seed);
    }

    /// <summary>Searches for a y for each x as in the proof: along the direction that M′(x) stretches most.</summary>
    private static Claim EvaluateTheorem1(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        double?[] factors =
        [
            .. from system in systems
               from x in system.SpreadStates(PointsPerSystem, seed)
               let radius = FindExpandingRadius(system.Dynamics, x)
               where radius is not null
               select FindExpansionFactor(system.Dynamics, x, radius.Value),
        ];
        int testedPoints = factors.Length, expandedPoints = factors.Count(factor => factor is not null);
        return Theorem1.Conclude(
            "one step",
            ClaimTest.Decide(
                expandedPoints == testedPoints && testedPoints >= MinimumPoints, expandedPoints < testedPoints),
            $"Around {testedPoints} random states of {systems.Count} random systems, interval arithmetic " +
                $"proves |M′| > 1 on a sphere; a y was found in {expandedPoints} of them" +
                (factors.Min() is { } minimum
                    ? $", with an expansion factor of at least {NumberFormat.Short(minimum)}." : "."));
    }

    /// <summary>
    /// Returns the radius of a sphere around x on which |M′| &gt; 1. With M′ = middle ± half on the sphere, |M′| ≥
    /// |middle| − |half|. Null if |M′(x)| is at most 1, or exceeds 1 by too little.
    /// </summary>
    private static double? FindExpandingRadius(DynamicalSystem system, double[] x)
    {
        int n = x.Length;
        double radius = 1.0;
        for (int halving = 0; halving < MaximumHalvings; halving++, radius *= 0.5)
        {
            Interval[] box = [.. x.Select(value => new Interval(value - radius, value + radius))];
            Interval[] derivative = system.Jacobian(box);
            double[] midpoint = [.. derivative.Select(entry => entry.Midpoint)];
            double[] halfWidth = [.. derivative.Select(entry => 0.5 * entry.Width)];
            if (SquareMatrix.SpectralNorm(midpoint, n) - SquareMatrix.FrobeniusNorm(halfWidth) > 1.0)
                return radius;
        }

        return null;
    }

    private static double? FindExpansionFactor(DynamicalSystem system, double[] x, double radius)
    {
        double[] direction = DominantSingularVector.Compute(system.Jacobian(x), x.Length), image = system.Image(x);
        double distance = 0.5 * radius;
        for (int halving = 0; halving < MaximumHalvings; halving++, distance *= 0.5)
        {
            double[] y = [.. x.Zip(direction, (a, u) => a + (distance * u))];
            double before = PerturbedOrbit.Norm(PerturbedOrbit.Subtract(x, y));
            double after = PerturbedOrbit.Norm(PerturbedOrbit.Subtract(image, system.Image(y)));
            if (after > before)
                return after / before;
        }

        return null;
    }

    private static IEnumerable<(DynamicalSystem System, double[] Point)> FindStartsOutsideReducedSet(
        AutonomousNetwork system, ulong seed)
        => system.SpreadStates(10 * StartsPerSystem, ~seed)
            .Where(start => ReducedSetMembership.Evaluate(system.Dynamics, system.InvariantSets, start, LongHorizon)
                is { Ball: not null, IsMember: false })
            .Take(StartsPerSystem)
            .Select(start => (system.Dynamics, start));

    private static Claim EvaluateAsStated(BallGrowth[] outside)
    {
        var grown = new Proportion(outside.Count(growth => growth.FinalLogGrowth > 0.0), Math.Max(1, outside.Length));
        return Remark.Conclude(
            "as stated: as t increases",
            outside.Length < MinimumPoints ? Verdict.Undecided : DecideMajority(grown),
            $"Of {outside.Length} starts in β outside Γ, a small ball around {grown.Successes} is larger than at the " +
                $"start after {LongHorizon} steps, {IntervalFormat.Format(grown)}: each ball lies in β and converges " +
                "to X.");
    }

    private static Claim EvaluateForFiniteTime(BallGrowth[] outside, ulong seed)
    {
        const string interpretation = "for a finite time";
        if (outside.Length < MinimumPoints)
            return Remark.Conclude(interpretation, Verdict.Undecided, $"Only {outside.Length} starts in β outside Γ.");
        double limit = Elementary.Log(GrowthFactorThreshold);
        var doubled = new Proportion(outside.Count(growth => growth.MaximumLogGrowth > limit), outside.Length);
        BootstrapInterval factor = BootstrapInterval.EstimateMedian(
            outside.Select(growth => Elementary.Exp(growth.MaximumLogGrowth)), seed);
        BootstrapInterval peakTime = BootstrapInterval.EstimateMedian(outside.Select(growth => (double)growth.PeakTime),
            seed);
        return Remark.Conclude(
            interpretation,
            DecideMajority(doubled),
            $"Of {outside.Length} starts in β outside Γ, a small ball around {doubled.Successes} at least doubles, " +
                $"{IntervalFormat.Format(doubled)}. It grows by a median factor of {IntervalFormat.Format(factor)} " +
                $"in {IntervalFormat.Format(peakTime)} steps, and then shrinks.");
    }

    private static Verdict DecideMajority(Proportion share)
        => ClaimTest.Decide(share.Lower > MajorityThreshold, share.Upper < MajorityThreshold);
}
