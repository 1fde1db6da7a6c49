using LatchLab.Figures;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure3;
using LatchLab.Paper.Theory;
using LatchLab.Paper.VanishingGradient;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Paper.Theory;

/// <summary>
/// Verdicts on Section IV that follow from mathematics and must not depend on a seed: a theorem holds on every random
/// system, and a statement with a counterexample is not reproduced.
/// </summary>
public sealed class TheoryClaimsTests
{
    private static readonly Lazy<IReadOnlyList<AutonomousNetwork>> Systems =
        new(() => AutonomousNetwork.GenerateRandom(seed: 11, 8));

    private static Verdict Of(IEnumerable<Claim> claims, string interpretation)
        => claims.Single(claim => claim.Interpretation.StartsWith(interpretation, StringComparison.Ordinal)).Verdict;

    [Fact]
    public void Theorem_1_holds_and_its_remark_holds_only_for_a_finite_time()
    {
        Claim[] claims = [.. GrowthClaims.EvaluateClaims(Systems.Value, seed: 11)];
        Assert.Equal(Verdict.Reproduced, Of(claims, "one step"));
        Assert.Equal(Verdict.NotReproduced, Of(claims, "as stated"));
    }

    [Fact]
    public void Near_the_boundary_a_ball_grows_at_the_rate_of_the_saddle()
        => Assert.Equal(
            Verdict.Reproduced, GrowthNearBoundary.Compute(AsymmetricNetwork.Create()).EvaluateClaim().Verdict);

    [Fact]
    public void Theorem_3_holds()
        => Assert.Equal(Verdict.Reproduced, Of(BoundClaims.EvaluateClaims(Systems.Value, seed: 11), "where"));

    [Fact]
    public void Theorem_4_holds_below_the_bound_and_not_as_stated()
    {
        Claim[] claims = [.. LatchedClaims.EvaluateClaims(Systems.Value, seed: 11)];
        Assert.Equal(Verdict.Reproduced, Of(claims, "inputs below the bound"));
        Assert.Equal(Verdict.NotReproduced, Of(claims, "as stated, one unit"));
        Assert.Equal(Verdict.NotReproduced, Of(claims, "as stated, two units"));
        Assert.Equal(Verdict.NotReproduced, claims[^2].Verdict);
        Assert.Equal(Verdict.Reproduced, claims[^1].Verdict);
    }

    [Fact]
    public void The_lemma_holds_without_inputs_and_not_for_inputs_along_the_boundary()
    {
        Claim[] claims = [.. BoundaryClaims.EvaluateClaims(Systems.Value, seed: 11)];
        Assert.Equal(Verdict.Reproduced, Of(claims, "without inputs"));
        Assert.Equal(Verdict.NotReproduced, Of(claims, "inputs that push"));
    }

    [Fact]
    public void The_parity_automaton_has_two_attractors_for_one_input_and_a_period_for_the_other()
    {
        AutomatonWalk walk = AutomatonWalk.Simulate(seed: 11);
        Assert.Equal([1, 1], walk.AttractorsByInput[0].Select(attractor => attractor.Period));
        Assert.Equal([2], walk.AttractorsByInput[1].Select(attractor => attractor.Period));
        Assert.True(walk.NormsAtAttractors.Max() < 1.0);
        Assert.Equal(Verdict.Reproduced, walk.EvaluateClaims().First().Verdict);
    }

    [Fact]
    public void With_too_few_systems_the_claims_are_undecided()
    {
        Assert.Equal(Verdict.Undecided, Of(GrowthClaims.EvaluateClaims([], seed: 1), "one step"));
        Assert.Equal(Verdict.Undecided, Of(BoundClaims.EvaluateClaims([], seed: 1), "where"));
        Assert.Equal(Verdict.Undecided, Of(LatchedClaims.EvaluateClaims([], seed: 1), "inputs below the bound"));
        Assert.Equal(Verdict.Undecided, Of(BoundaryClaims.EvaluateClaims([], seed: 1), "without inputs"));
    }

    [Fact]
    public void The_least_squares_line_ignores_non_finite_values()
    {
        Assert.Equal(2.0,
            LeastSquares.ComputeSlope([(0.0, 1.0), (1.0, double.NegativeInfinity), (2.0, 5.0), (3.0, 7.0)]));
        Assert.Equal(double.NaN, LeastSquares.ComputeSlope([(0.0, 1.0)]));
    }

    [Fact]
    public void Every_threshold_of_the_theory_is_listed_among_the_settings()
    {
        foreach (IExperiment experiment
            in KnownExperiments.All.Where(experiment => experiment.Plan(new ReproductionSettings()).Count == 0))
            Assert.All(experiment.AdditionalSettings, choice => Assert.Equal("decision", choice.Source));
        Assert.Contains(new BasinsAndBalls().AdditionalSettings, choice => choice.Name == "share-of-bound");
    }
}
