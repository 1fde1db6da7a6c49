using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Theory;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// Claim 3: Theorem 1 (if |M′| &gt; 1 on an open sphere around x, one step moves some y in it further away from x), and
/// the remark after it, that from a state in β but outside Γ a ball of uncertainty grows exponentially. The remark is
/// tested as worded, "as t increases", and for a finite time, with a ball too small to leave β. Each system counts
/// once, with the share of its starts.
/// </summary>
internal static class GrowthClaims
{
    private const int MaximumHalvings = 30;

    /// <summary>
    /// The growth of a small ball: the maximum of ln ‖∂a_t/∂a_0‖, its time, and the value at
    /// <see cref="TheoryClaims.LongTime"/>.
    /// </summary>
    public readonly record struct BallGrowth(double MaximumLogGrowth, int PeakTime, double FinalLogGrowth)
    {
        public static BallGrowth Compute(DynamicalSystem system, double[] start)
        {
            IReadOnlyList<double> logGrowth =
                DrivenOrbit.Simulate(system, start, TheoryClaims.LongTime).LogGradientNorms;
            (int time, double peak) = logGrowth.Index().MaxBy(entry => entry.Item);
            return new(peak, time, logGrowth[^1]);
        }
    }

    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        yield return EvaluateTheorem1(systems, seed);
        BallGrowth[][] outside =
        [
            .. systems.Select(system => FindStartsOutsideReducedSet(system, seed)
                .Select(start => BallGrowth.Compute(system.Dynamics, start)).ToArray())
                .Where(growths => growths.Length > 0),
        ];
        yield return EvaluateRemark(TheoryClaims.BallGrows, outside, growth => growth.FinalLogGrowth > 0.0);
        double limit = Elementary.Log(TheoryClaims.GrowthFactor);
        yield return EvaluateRemark(
            TheoryClaims.BallGrowsForFiniteTime, outside, growth => growth.MaximumLogGrowth > limit);
    }

    /// <summary>Tests a property of the balls of each system; the systems have at least one ball each.</summary>
    internal static Claim EvaluateRemark(
        ClaimRow row, IReadOnlyList<BallGrowth[]> outside, Func<BallGrowth, bool> hasProperty)
    {
        BallGrowth[] all = [.. outside.SelectMany(growths => growths)];
        string details = all.Length == 0 ? ""
            : $"There are {all.Length} starts in β outside Γ. The balls of {all.Count(hasProperty)} meet the " +
                $"condition. {DescribeGrowth(outside)}; the largest factor is " +
                $"{NumberFormat.Short(Elementary.Exp(all.Max(growth => growth.MaximumLogGrowth)))}, " +
                $"and {all.Count(growth => growth.FinalLogGrowth > 0.0)} are larger than at the start after " +
                $"{TheoryClaims.LongTime} steps, because a ball in β converges to X with its centre.";
        return ClaimEvaluator.Evaluate(
            row,
            [
                new("random systems", row.Rules[0],
                    [[.. outside.Select(growths => (double)growths.Count(hasProperty) / growths.Length)]]),
            ],
            details: details);
    }

    /// <summary>The mean share of the balls of a system that grow by a factor, for several factors.</summary>
    private static string DescribeGrowth(IReadOnlyList<BallGrowth[]> outside)
        => "Of the balls of a system, " + string.Join(", ", TheoryClaims.ShownGrowthFactors.Select(factor =>
        {
            double limit = Elementary.Log(factor);
            double share = outside.Average(
                growths => (double)growths.Count(growth => growth.MaximumLogGrowth > limit) / growths.Length);
            return $"{NumberFormat.Percent(share)} grow by more than {NumberFormat.Short(factor)}";
        }));

    /// <summary>Searches for a y for each x as in the proof: along the direction that M′(x) stretches most.</summary>
    private static Claim EvaluateTheorem1(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        (string Name, double?[] Factors)[] tested =
        [
            .. from system in systems.Index()
               let factors = (
                   from x in system.Item.SpreadStates(TheoryClaims.PointsPerSystem, seed)
                   let radius = FindExpandingRadius(system.Item.Dynamics, x)
                   where radius is not null
                   select FindExpansionFactor(system.Item.Dynamics, x, radius.Value)).ToArray()
               where factors.Length > 0
               select (system.Item.Describe(system.Index), factors),
        ];
        double?[] all = [.. tested.SelectMany(system => system.Factors)];
        return ClaimEvaluator.Evaluate(
            TheoryClaims.Theorem1,
            [
                SystemSample.Create(
                    "random systems with such states", TheoryClaims.Theorem1,
                    tested.Select(system => (system.Name, system.Factors.Contains(null)))),
            ],
            details: $"Interval arithmetic proves |M′| > 1 on a sphere around {all.Length} states" +
                (all.Min() is { } minimum
                    ? $"; the y that were found move away by a factor of at least {NumberFormat.Short(minimum)}."
                    : "."));
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

    private static IEnumerable<double[]> FindStartsOutsideReducedSet(AutonomousNetwork system, ulong seed)
        => system.SpreadStates(10 * TheoryClaims.StartsPerSystem, ~seed)
            .Where(start => ReducedSetMembership.Evaluate(
                system.Dynamics, system.InvariantSets, start, TheoryClaims.LongTime)
                is { Ball: not null, IsMember: false })
            .Take(TheoryClaims.StartsPerSystem);
}
