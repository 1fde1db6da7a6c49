using LatchLab.Figures;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure3;
using LatchLab.Paper.Theory;
using LatchLab.Paper.VanishingGradient;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Paper.Theory;

/// <summary>
/// Verdicts on Section IV that follow from mathematics and must not depend on a seed: a theorem has no counterexample
/// among random systems, and a statement with a counterexample is not reproduced. Each system counts once.
/// </summary>
public sealed class TheoryClaimsTests
{
    private const int SystemCount = 8;

    private static readonly Lazy<IReadOnlyList<AutonomousNetwork>> Systems =
        new(() => AutonomousNetwork.GenerateRandom(seed: 11, SystemCount));

    private static readonly Lazy<Dictionary<string, Claim>> Claims = new(() => new IEnumerable<Claim>[]
    {
        GrowthClaims.EvaluateClaims(Systems.Value, seed: 11),
        BoundClaims.EvaluateClaims(Systems.Value, seed: 11),
        LatchedClaims.EvaluateClaims(Systems.Value, seed: 11),
        BoundaryClaims.EvaluateClaims(Systems.Value),
    }.SelectMany(claims => claims).ToDictionary(claim => claim.Key));

    [Theory]
    [InlineData("3-theorem-1")]
    [InlineData("4-theorem-3")]
    [InlineData("4-bound-exists")]
    [InlineData("5-theorem-4")]
    [InlineData("5-inclusion-iterate")]
    [InlineData("6-lemma")]
    public void No_random_system_is_a_counterexample_to_what_is_proved(string key)
    {
        Claim claim = Claims.Value[key];
        ClaimPart part = Assert.Single(claim.Parts);
        Assert.Equal((Verdict.NotTested, 0.0), (claim.Verdict, part.Estimate)); // 60 systems are needed
        Assert.InRange(part.Trials, 2, SystemCount);
    }

    [Fact]
    public void A_stable_fixed_point_with_a_norm_above_one_is_a_counterexample_to_the_bound_of_theorem_3()
    {
        // Two units, W = [[½, 2], [0, ½]]: the fixed point 0 has the eigenvalues ½ and a norm above 2.
        AutonomousNetwork nonNormal = AutonomousNetwork.Analyze([0.5, 2.0, 0.0, 0.5], 0.0);
        Dictionary<string, Claim> claims =
            BoundClaims.EvaluateClaims([nonNormal], seed: 1).ToDictionary(claim => claim.Key);
        Assert.Equal(Verdict.NotReproduced, claims["4-bound-by-theorem-3"].Verdict);
        Assert.Contains(
            "for example system 1, W = [0.5, 2, 0, 0.5] row by row", claims["4-bound-by-theorem-3"].Evidence,
            StringComparison.Ordinal);
        Assert.Equal(0.0, Assert.Single(claims["4-bound-exists"].Parts).Estimate);
    }

    [Theory]
    [InlineData(new[] { true, true, true, true }, Verdict.Reproduced)]
    [InlineData(new[] { true, true, false, false }, Verdict.Undecided)]
    [InlineData(new[] { true, false, false, false }, Verdict.NotReproduced)]
    public void Several_starts_of_one_system_are_one_unit_with_their_share(bool[] starts, Verdict expected)
    {
        // Shares of 1, ½ and ¼ in each of 40 systems: even Wilson's interval with Student's quantile of 2.71, the
        // widest with these means, begins at 0.84 for 1 and ends at 0.47 for ¼.
        GrowthClaims.BallGrowth[] growths =
            [.. starts.Select(grows => new GrowthClaims.BallGrowth(grows ? 1.0 : 0.1, 3, -1.0))];
        Claim claim = GrowthClaims.EvaluateRemark(
            TheoryClaims.BallGrowsForFiniteTime, [.. Enumerable.Repeat(growths, 40)],
            growth => growth.MaximumLogGrowth > 0.5);
        Assert.Equal((expected, 40), (claim.Verdict, Assert.Single(claim.Parts).Trials));
        Assert.Equal(starts.Average(grows => grows ? 1.0 : 0.0), claim.Parts[0].Estimate, 1e-12);
    }

    [Fact]
    public void With_too_few_systems_the_claims_are_not_tested()
    {
        Claim[] claims =
        [
            .. GrowthClaims.EvaluateClaims([], seed: 1), .. BoundClaims.EvaluateClaims([], seed: 1),
            .. LatchedClaims.EvaluateClaims([], seed: 1), .. BoundaryClaims.EvaluateClaims([]),
        ];
        Assert.All(
            claims.Where(claim => ClaimTable.All.Single(row => row.Key == claim.Key).Formula != Formula.Exact),
            claim => Assert.Equal(Verdict.NotTested, claim.Verdict));
        Assert.Equal(Verdict.NotTested, Claims.Value["3-growth"].Verdict);
    }

    [Fact]
    public void Near_the_boundary_a_ball_grows_at_the_rate_of_the_saddle_and_at_no_other()
    {
        var growth = GrowthNearBoundary.Compute(AsymmetricNetwork.Create());
        Assert.Equal(Verdict.Reproduced, growth.EvaluateClaim().Verdict);
        foreach (double factor in new[] { 0.9, 1.1 })
        {
            Assert.Equal(
                Verdict.NotReproduced,
                (growth with { SaddleEigenvalue = factor * growth.SaddleEigenvalue }).EvaluateClaim().Verdict);
        }
    }

    [Fact]
    public void Theorem_4_as_worded_has_a_counterexample_only_if_all_states_lie_in_one_reduced_set()
    {
        Assert.Equal(Verdict.NotReproduced, Claims.Value["5-theorem-4-as-stated"].Verdict);
        Counterexamples.DrivenTrajectory edge = Counterexamples.CreateEdgeOfReducedSet(50);
        Assert.Equal(Verdict.NotReproduced, LatchedClaims.EvaluateAsStated((edge, 0.5, "edge")).Verdict);
        Assert.Equal(Verdict.Undecided, LatchedClaims.EvaluateAsStated((edge, 0.6, "edge")).Verdict);
        Counterexamples.DrivenTrajectory onBoundary =
            Counterexamples.CreateAlongBoundary(Counterexamples.NearSaddleActivation, 50);
        Assert.Equal(Verdict.Undecided, LatchedClaims.EvaluateAsStated((onBoundary, 1.0, "not latched")).Verdict);
    }

    [Fact]
    public void The_inclusion_for_M_itself_has_a_counterexample_only_with_a_stable_period()
    {
        Assert.Equal(Verdict.NotReproduced, Claims.Value["5-inclusion"].Verdict);
        Assert.Equal(
            Verdict.Undecided, LatchedClaims.EvaluateInclusion(AutonomousNetwork.Analyze([2.0], 0.0)).Verdict);
    }

    [Fact]
    public void The_lemma_has_a_counterexample_only_where_inputs_keep_saturated_units_on_the_boundary()
    {
        Assert.Equal(Verdict.NotReproduced, Claims.Value["6-lemma-with-inputs"].Verdict);
        Assert.Equal(
            Verdict.Undecided,
            BoundaryClaims.EvaluateWithInputs(
                Counterexamples.NearSaddleActivation, Counterexamples.SaturatedActivation, steps: 20).Verdict);
    }

    [Fact]
    public void The_parity_automaton_has_two_attractors_for_one_input_and_a_period_for_the_other()
    {
        AutomatonWalk walk = AutomatonWalk.Simulate(seed: 11);
        Assert.Equal([1, 1], walk.AttractorsByInput[0].Select(attractor => attractor.Period));
        Assert.Equal([2], walk.AttractorsByInput[1].Select(attractor => attractor.Period));
        Claim[] claims = [.. walk.EvaluateClaims()];
        Assert.Equal(["17-walk-attractors", "17-walk", "17-walk-with-noise"], claims.Select(claim => claim.Key));
        Assert.Equal([Verdict.Reproduced, Verdict.Reproduced], claims[..2].Select(claim => claim.Verdict));
        Assert.Equal(
            Verdict.NotReproduced,
            (walk with { NormsAtAttractors = [0.5, 1.0] }).EvaluateClaims().First().Verdict);
    }

    [Theory]
    [InlineData(60, 0.9, Verdict.Reproduced)]
    [InlineData(59, 0.9, Verdict.NotTested)]
    [InlineData(2, 1.0, Verdict.NotReproduced)]
    public void One_step_of_one_walk_with_a_norm_of_one_contradicts_the_claim_about_walks(
        int walks, double last, Verdict expected)
        => Assert.Equal(
            expected,
            AutomatonWalk.EvaluateWalks(
                TheoryClaims.AutomatonWalk,
                [.. Enumerable.Range(1, walks).Select(i => i == walks ? new[] { 0.5, last } : [0.5, 0.5])]).Verdict);

    [Fact]
    public void The_standard_and_the_full_size_have_enough_systems_for_universal_claims_and_the_quick_size_has_not()
    {
        int needed = ClaimVerdict.CountUnitsNeeded(TheoryClaims.Theorem1.Rules[0]);
        Assert.Equal(60, needed);
        Assert.True(TheorySize.Quick.RandomSystems < needed);

        // Theorem 3 gives a bound in 0.59 of the systems: 60 are more than three standard deviations below the mean.
        double mean = 0.59 * TheorySize.Standard.RandomSystems;
        Assert.True(mean - (3.0 * Math.Sqrt(0.41 * mean)) > needed);
        Assert.True(TheorySize.Full.RandomSystems > TheorySize.Standard.RandomSystems);
    }

    [Fact]
    public void The_least_squares_line_ignores_non_finite_values()
    {
        Assert.Equal(2.0,
            LeastSquares.ComputeSlope([(0.0, 1.0), (1.0, double.NegativeInfinity), (2.0, 5.0), (3.0, 7.0)]));
        Assert.Equal(double.NaN, LeastSquares.ComputeSlope([(0.0, 1.0)]));
    }
}
