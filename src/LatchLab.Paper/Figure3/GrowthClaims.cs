using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;
using LatchLab.Paper.Theory;
using LatchLab.Statistics;

namespace LatchLab.Paper.Figure3;

/// <summary>
/// Claim 3: Theorem 1 (where |M′| &gt; 1 on an open sphere around x, some y in it is moved away from x by one step),
/// and the remark on it, that from a state in β but outside Γ a ball of uncertainty grows exponentially. The remark is
/// judged as it stands, "as t increases", and for a finite time, of a ball too small to leave β.
/// </summary>
internal static class GrowthClaims
{
    /// <summary>Points at which Theorem 1 is tried, in each system.</summary>
    public const int PointsPerSystem = 10;

    /// <summary>Starts in β outside Γ, in each system at most.</summary>
    public const int StartsPerSystem = 4;

    /// <summary>Steps after which the remark as it stands is judged.</summary>
    public const int LongHorizon = 200;

    /// <summary>A ball that grows by less has hardly grown.</summary>
    public const double GrowthFactorThreshold = 2.0;

    /// <summary>A share that counts as nearly all, if it surely lies above; as few, if below 1 − it.</summary>
    public const double MajorityThreshold = 0.5;

    private const int MinimumPoints = 10;
    private const int MaximumHalvings = 30;

    /// <summary>
    /// How the size of a small ball changes: ln ‖∂a_t/∂a_0‖ at its largest, when, and after a long time.
    /// </summary>
    /// <param name="MaximumLogGrowth">The largest ln ‖∂a_t/∂a_0‖.</param>
    /// <param name="PeakTime">When.</param>
    /// <param name="FinalLogGrowth">The same at <see cref="LongHorizon"/>.</param>
    public readonly record struct BallGrowth(double MaximumLogGrowth, int PeakTime, double FinalLogGrowth)
    {
        /// <summary>Of a start.</summary>
        public static BallGrowth Compute(DynamicalSystem system, double[] start)
        {
            IReadOnlyList<double> logGrowth = DrivenOrbit.Simulate(system, start, LongHorizon).LogGradientNorms;
            (int time, double peak) = logGrowth.Index().MaxBy(entry => entry.Item);
            return new(peak, time, logGrowth[^1]);
        }
    }

    /// <summary>Judges them.</summary>
    public static IEnumerable<Claim> EvaluateClaims(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        yield return EvaluateTheorem1(systems, seed);
        BallGrowth[] outside = [.. systems.SelectMany(system => FindStartsOutsideReducedSet(system, seed))
            .Select(start => BallGrowth.Compute(start.System, start.Point))];
        yield return EvaluateAsStated(outside);
        yield return EvaluateForFiniteTime(outside, seed);
    }

    /// <summary>
    /// Tries to find a y for each x, as the proof does: along the direction that M′(x) stretches most.
    /// </summary>
    private static Claim EvaluateTheorem1(IReadOnlyList<AutonomousNetwork> systems, ulong seed)
    {
        int expandedPoints = 0, testedPoints = 0;
        double minimumFactor = double.PositiveInfinity;
        foreach (AutonomousNetwork system in systems)
        {
            foreach (double[] x in system.SpreadStates(PointsPerSystem, seed))
            {
                if (FindExpandingRadius(system.Dynamics, x) is not { } radius)
                    continue;
                testedPoints++;
                if (FindExpansionFactor(system.Dynamics, x, radius) is { } factor)
                {
                    expandedPoints++;
                    minimumFactor = Math.Min(minimumFactor, factor);
                }
            }
        }

        Verdict verdict = expandedPoints < testedPoints ? Verdict.NotReproduced
            : testedPoints >= MinimumPoints ? Verdict.Reproduced
            : Verdict.Undecided;
        return new(
            3,
            "Where |M′| > 1 on an open sphere around x, some y in it is moved further from x by a step.",
            "Section IV-A, Theorem 1",
            "one step",
            verdict,
            $"Around {testedPoints} random states of {systems.Count} random systems |M′| > 1 is proved on a sphere, " +
                $"by " +
                $"interval arithmetic; a y was found in {expandedPoints} of them" +
                (expandedPoints > 0
                    ? $", the least of them moved away by a factor of {NumberFormat.Short(minimumFactor)}." : "."));
    }

    /// <summary>
    /// The radius of a sphere around x on which |M′| &gt; 1: with M′ = middle ± half there, |M′| ≥ |middle| − |half|.
    /// Null where |M′(x)| is at most 1, or exceeds it by too little.
    /// </summary>
    private static double? FindExpandingRadius(DynamicalSystem system, double[] x)
    {
        int n = x.Length;
        double radius = 1.0;
        for (int halving = 0; halving < MaximumHalvings; halving++, radius *= 0.5)
        {
            Interval[] box = [.. x.Select(value => new Interval(value - radius, value + radius))];
            Interval[] derivative = BoxEnclosure.Jacobian(system, box);
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
        return CreateRemarkClaim(
            "as stated: as t increases",
            outside.Length < MinimumPoints ? Verdict.Undecided
                : grown.Lower > MajorityThreshold ? Verdict.Reproduced
                : grown.Upper < MajorityThreshold ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"Of {outside.Length} starts in β outside Γ, a small ball around {grown.Successes} is larger than at the " +
                $"start after {LongHorizon} steps, {IntervalFormat.Format(grown)}: all are in β, where they end in X " +
                $"together.");
    }

    private static Claim EvaluateForFiniteTime(BallGrowth[] outside, ulong seed)
    {
        const string interpretation = "for a finite time";
        if (outside.Length < MinimumPoints)
            return CreateRemarkClaim(interpretation, Verdict.Undecided,
                $"Only {outside.Length} starts in β outside Γ.");
        double limit = Elementary.Log(new Scalar(GrowthFactorThreshold)).Value;
        var doubled = new Proportion(outside.Count(growth => growth.MaximumLogGrowth > limit), outside.Length);
        BootstrapInterval factor = BootstrapInterval.EstimateMedian(
            outside.Select(growth => Elementary.Exp(new Scalar(growth.MaximumLogGrowth)).Value), seed);
        BootstrapInterval peakTime = BootstrapInterval.EstimateMedian(outside.Select(growth => (double)growth.PeakTime),
            seed);
        return CreateRemarkClaim(
            interpretation,
            doubled.Lower > MajorityThreshold ? Verdict.Reproduced
                : doubled.Upper < MajorityThreshold ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"Of {outside.Length} starts in β outside Γ, a small ball around {doubled.Successes} at least doubles, " +
                $"{IntervalFormat.Format(doubled)}. It grows by a median factor of {IntervalFormat.Format(factor)} " +
                $"in " +
                $"{IntervalFormat.Format(peakTime)} steps, and shrinks after that.");
    }

    /// <summary>The remark under a reading.</summary>
    public static Claim CreateRemarkClaim(string interpretation, Verdict verdict, string evidence)
        => new(
            3,
            "From a state in β but outside Γ, a ball of uncertainty grows exponentially.",
            "Section IV-A, after Theorem 1; Figure 3(a)",
            interpretation,
            verdict,
            evidence);
}
