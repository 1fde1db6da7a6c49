using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;
using LatchLab.Numerics;

namespace LatchLab.Experiments.Catalogue.Figure3;

/// <summary>
/// Claim 3: Theorem 1 (where |M′| &gt; 1 on an open sphere around x, some y in it is moved away from x by one step), and
/// the remark on it, that from a state in β but outside Γ a ball of uncertainty grows exponentially. The remark is
/// judged as it stands, "as t increases", and for a finite time, of a ball too small to leave β.
/// </summary>
internal static class GrowthClaims
{
    /// <summary>Points at which Theorem 1 is tried, in each system.</summary>
    public const int PointsPerSystem = 10;

    /// <summary>Starts in β outside Γ, in each system at most.</summary>
    public const int StartsPerSystem = 4;

    /// <summary>Steps after which the remark as it stands is judged.</summary>
    public const int LongTime = 200;

    /// <summary>A ball that grows by less has hardly grown.</summary>
    public const double Doubled = 2.0;

    /// <summary>A share that counts as nearly all, if it surely lies above; as few, if below 1 − it.</summary>
    public const double Most = 0.5;

    private const int FewestPoints = 10;
    private const int Halvings = 30;

    /// <summary>How the size of a small ball changes: ln ‖∂a_t/∂a_0‖ at its largest, when, and after a long time.</summary>
    /// <param name="Peak">The largest ln ‖∂a_t/∂a_0‖.</param>
    /// <param name="Time">When.</param>
    /// <param name="Last">The same at <see cref="LongTime"/>.</param>
    public readonly record struct Growth(double Peak, int Time, double Last)
    {
        /// <summary>Of a start.</summary>
        public static Growth Of(DynamicalSystem system, double[] start)
        {
            IReadOnlyList<double> size = DrivenOrbit.Of(system, start, LongTime).LogGradients;
            (int time, double peak) = size.Index().MaxBy(entry => entry.Item);
            return new(peak, time, size[^1]);
        }
    }

    /// <summary>Judges them.</summary>
    public static IEnumerable<Claim> Judge(IReadOnlyList<LatchedSystem> systems, ulong seed)
    {
        yield return TheoremOne(systems, seed);
        Growth[] outside = [.. systems.SelectMany(system => StartsOutside(system, seed))
            .Select(start => Growth.Of(start.System, start.Point))];
        yield return AsStated(outside);
        yield return ForFiniteTime(outside, seed);
    }

    /// <summary>Tries to find a y for each x, as the proof does: along the direction that M′(x) stretches most.</summary>
    private static Claim TheoremOne(IReadOnlyList<LatchedSystem> systems, ulong seed)
    {
        int found = 0, tried = 0;
        double smallest = double.PositiveInfinity;
        foreach (LatchedSystem system in systems)
        {
            foreach (double[] x in system.Spread(PointsPerSystem, seed))
            {
                if (ExpandingSphere(system.System, x) is not { } radius)
                    continue;
                tried++;
                if (IsMovedAway(system.System, x, radius) is { } factor)
                {
                    found++;
                    smallest = Math.Min(smallest, factor);
                }
            }
        }

        Verdict verdict = found < tried ? Verdict.NotReproduced
            : tried >= FewestPoints ? Verdict.Reproduced
            : Verdict.Undecided;
        return new(
            3,
            "Where |M′| > 1 on an open sphere around x, some y in it is moved further from x by a step.",
            "Section IV-A, Theorem 1",
            "one step",
            verdict,
            $"Around {tried} random states of {systems.Count} random systems |M′| > 1 is proved on a sphere, by " +
                $"interval arithmetic; a y was found in {found} of them" +
                (found > 0 ? $", the least of them moved away by a factor of {Words.Short(smallest)}." : "."));
    }

    /// <summary>
    /// The radius of a sphere around x on which |M′| &gt; 1: with M′ = middle ± half there, |M′| ≥ |middle| − |half|.
    /// Null where |M′(x)| is at most 1, or exceeds it by too little.
    /// </summary>
    private static double? ExpandingSphere(DynamicalSystem system, double[] x)
    {
        int n = x.Length;
        double radius = 1.0;
        for (int halving = 0; halving < Halvings; halving++, radius *= 0.5)
        {
            Interval[] box = [.. x.Select(value => new Interval(value - radius, value + radius))];
            Interval[] derivative = BoxImage.Derivative(system, box);
            double[] middle = [.. derivative.Select(entry => entry.Midpoint)];
            double[] half = [.. derivative.Select(entry => 0.5 * entry.Width)];
            if (SquareMatrix.Norm(middle, n) - SquareMatrix.FrobeniusNorm(half) > 1.0)
                return radius;
        }

        return null;
    }

    private static double? IsMovedAway(DynamicalSystem system, double[] x, double radius)
    {
        double[] direction = Stretch.Of(system.Jacobian(x), x.Length), image = system.Image(x);
        double distance = 0.5 * radius;
        for (int halving = 0; halving < Halvings; halving++, distance *= 0.5)
        {
            double[] y = [.. x.Zip(direction, (a, u) => a + (distance * u))];
            double before = DisturbedOrbit.Length(DisturbedOrbit.Difference(x, y));
            double after = DisturbedOrbit.Length(DisturbedOrbit.Difference(image, system.Image(y)));
            if (after > before)
                return after / before;
        }

        return null;
    }

    private static IEnumerable<(DynamicalSystem System, double[] Point)> StartsOutside(
        LatchedSystem system, ulong seed)
        => system.Spread(10 * StartsPerSystem, ~seed)
            .Where(start => ReducedAttractingSet.Of(system.System, system.Sets, start, LongTime)
                is { Ball: not null, HoldsPoint: false })
            .Take(StartsPerSystem)
            .Select(start => (system.System, start));

    private static Claim AsStated(Growth[] outside)
    {
        var grown = new Proportion(outside.Count(growth => growth.Last > 0.0), Math.Max(1, outside.Length));
        return Remark(
            "as stated: as t increases",
            outside.Length < FewestPoints ? Verdict.Undecided
                : grown.Lower > Most ? Verdict.Reproduced
                : grown.Upper < Most ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"Of {outside.Length} starts in β outside Γ, a small ball around {grown.Successes} is larger than at the " +
                $"start after {LongTime} steps, {Words.Interval(grown)}: all are in β, where they end in X together.");
    }

    private static Claim ForFiniteTime(Growth[] outside, ulong seed)
    {
        const string reading = "for a finite time";
        if (outside.Length < FewestPoints)
            return Remark(reading, Verdict.Undecided, $"Only {outside.Length} starts in β outside Γ.");
        double limit = Elementary.Log(new Scalar(Doubled)).Value;
        var doubled = new Proportion(outside.Count(growth => growth.Peak > limit), outside.Length);
        Bootstrap factor = Bootstrap.OfMedian(
            outside.Select(growth => Elementary.Exp(new Scalar(growth.Peak)).Value), seed);
        Bootstrap time = Bootstrap.OfMedian(outside.Select(growth => (double)growth.Time), seed);
        return Remark(
            reading,
            doubled.Lower > Most ? Verdict.Reproduced
                : doubled.Upper < Most ? Verdict.NotReproduced
                : Verdict.Undecided,
            $"Of {outside.Length} starts in β outside Γ, a small ball around {doubled.Successes} at least doubles, " +
                $"{Words.Interval(doubled)}. It grows by a median factor of {Words.Interval(factor)} in " +
                $"{Words.Interval(time)} steps, and shrinks after that.");
    }

    /// <summary>The remark under a reading.</summary>
    public static Claim Remark(string reading, Verdict verdict, string evidence)
        => new(
            3,
            "From a state in β but outside Γ, a ball of uncertainty grows exponentially.",
            "Section IV-A, after Theorem 1; Figure 3(a)",
            reading,
            verdict,
            evidence);
}
