using LatchLab.Paper.Claims;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Figure4;
using LatchLab.Training;
using Xunit;
using static LatchLab.Tests.Paper.SyntheticOutcomes;

namespace LatchLab.Tests.Paper.Claims;

/// <summary>The value of each trial in the parts of claims that compare algorithms, from synthetic outcomes.</summary>
public sealed class ComparisonPartTests
{
    private static readonly Algorithm Own = KnownAlgorithms.DiscreteErrorPropagation,
        Rival = KnownAlgorithms.SimulatedAnnealing;

    private static readonly Outcome[] NotLearned =
        [Failed(presentations: 300), Failed(stopReason: StopReason.Stuck, presentations: 10),
            Failed(stopReason: StopReason.Diverged, presentations: 20)];

    [Fact]
    public void The_earlier_run_is_the_one_that_learned_in_fewer_presentations()
    {
        Assert.Equal(1.0, ComparisonClaims.IsEarlier(Learned(99), Learned(100)));
        Assert.Equal(-1.0, ComparisonClaims.IsEarlier(Learned(100), Learned(99)));
        Assert.Equal(0.0, ComparisonClaims.IsEarlier(Learned(100), Learned(100)));
    }

    [Fact]
    public void A_run_that_did_not_learn_is_later_than_every_run_that_did_and_ties_with_every_other()
    {
        foreach (Outcome run in NotLearned)
        {
            Assert.Equal(-1.0, ComparisonClaims.IsEarlier(run, Learned(Budget)));
            Assert.Equal(1.0, ComparisonClaims.IsEarlier(Learned(Budget), run));
            Assert.All(NotLearned, other => Assert.Equal(0.0, ComparisonClaims.IsEarlier(run, other)));
        }
    }

    [Theory]
    [InlineData(100, 317, 1.0)]     // √10·100 = 316.2
    [InlineData(100, 316, -1.0)]
    [InlineData(100, 100, -1.0)]
    [InlineData(100, 10, -1.0)]
    public void Much_faster_is_a_factor_of_more_than_the_square_root_of_ten(int own, int rival, double expected)
        => Assert.Equal([expected], Values(ClaimTable.PropagationIsFast, Own, [Learned(own)], Rival, [Learned(rival)]));

    [Theory]
    [InlineData(317, 100, 1.0)]
    [InlineData(316, 100, -1.0)]
    public void Much_slower_is_the_same_factor_the_other_way(int own, int rival, double expected)
        => Assert.Equal(
            [expected],
            Values(
                ClaimTable.AnnealingIsSlow, Rival, [Learned(own)], KnownAlgorithms.Backpropagation,
                [Learned(rival)]));

    [Fact]
    public void An_order_of_magnitude_between_runs_that_did_not_learn_is_a_tie()
        => Assert.Equal(
            [0.0, 1.0, -1.0],
            Values(ClaimTable.PropagationIsFast, Own, [Failed(), Learned(900), Failed()], Rival,
                [Failed(presentations: 10), Failed(), Learned(900)]));

    [Fact]
    public void Errors_are_compared_in_pairs_and_a_diverged_run_has_the_error_of_guessing()
        => Assert.Equal(
            [0.25, -0.25, 0.5],
            Values(ClaimTable.PseudoNewtonIsBetter, KnownAlgorithms.PseudoNewton,
                [Failed(0.25), Failed(0.5), Learned(10)], KnownAlgorithms.Backpropagation,
                [Failed(0.5), Failed(0.25), Failed(double.NaN, StopReason.Diverged)]));

    [Fact]
    public void Each_length_is_a_part_and_a_trend_is_one_part_over_all_lengths()
    {
        var table = new RunTable([Of(Own, [10, 20], [Learned(10)], [Failed(0.25)])]);
        PartFamily each = ComparisonClaims.Each(
            ClaimTable.PropagationPerformsReasonably, [Problem.Latch], Own, ComparisonClaims.TestError);
        Assert.Equal(
            [0.0, 0.25], each.CreateParts(table, above: 0).Select(part => Assert.Single(Assert.Single(part.Groups))));
        Assert.Equal(0.25, Assert.Single(Assert.Single(each.CreateParts(table, above: 10)).Groups)[0]);
        PartSample trend = Assert.Single(ComparisonClaims.Over(
            ClaimTable.GradientMethodsGetWorse, [Problem.Latch], [Own], ComparisonClaims.TestError)
            .CreateParts(table, above: 0));
        Assert.Equal([[0.0], [0.25]], trend.Groups);
    }

    [Fact]
    public void Runs_of_different_trials_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => Values(
            ClaimTable.PropagationIsFast, Own, [Learned(50)], Rival, [Learned(50), Learned(60)]));
        var table = new RunTable(
            [Of(Own, [10, 20], [Failed()], [Failed()]), Of(Rival, [10, 21], [Failed()], [Failed()])]);
        PartFamily family = OnLatch(ClaimTable.PropagationIsFast, Rival);
        Assert.Throws<ArgumentException>(() => family.CreateParts(table, above: 0).ToArray());
    }

    [Fact]
    public void A_change_replaces_algorithms_and_problems_and_leaves_the_others()
    {
        Algorithm box = KnownAlgorithms.MultigridBoxes[^1].Algorithm, multigrid = KnownAlgorithms.MultigridRandomSearch;
        AlgorithmRuns ofBox = Of(box, [Learned(10)]), reference = Of(multigrid, [Failed()]),
            other = Of(Rival, [Learned(50)]);
        var table = new RunTable([ofBox, reference, other]);
        SingleChange change = KnownChanges.MultigridBoxes[^1];
        Assert.Same(reference, table[Problem.Latch, multigrid]);
        Assert.Same(ofBox, table.Under(change)[Problem.Latch, multigrid]);
        Assert.Same(other, table.Under(change)[Problem.Latch, Rival]);
        Assert.Same(reference, table.Under(change).Under(KnownChanges.None)[Problem.Latch, multigrid]);
        Assert.False(table.Under(change).Contains(Problem.Parity, multigrid));
        SingleChange keys = KnownChanges.All.Single(one => one.Problems.ContainsKey(Problem.TwoSequence)
            && one.Problems.Count == 1);
        Assert.Equal((Problem.ShortKeys, Rival), keys.Replace((Problem.TwoSequence, Rival)));
        Assert.Equal((Problem.Latch, Rival), keys.Replace((Problem.Latch, Rival)));

        // The order of sequences has no effect on a search.
        SingleChange order = KnownChanges.All.Single(one => one.Problems.Count == Problem.FromPaper.Count);
        Assert.Equal((Problem.Latch, multigrid), order.Replace((Problem.Latch, multigrid)));
        Assert.Equal(
            (Problem.Sorted[0], KnownAlgorithms.Backpropagation),
            order.Replace((Problem.Latch, KnownAlgorithms.Backpropagation)));
    }

    [Fact]
    public void A_change_affects_the_claims_whose_runs_it_replaces()
    {
        SingleChange box = KnownChanges.MultigridBoxes[0];
        Assert.Equal(
            [ClaimTable.AnnealingIsSlow, ClaimTable.MultigridIsFaster, ClaimTable.MultigridFailsOnParity,
                ClaimTable.OnlyTwoSolveParity, ClaimTable.GuessingIsFaster],
            ComparisonClaims.All.Where(plan => plan.IsAffectedBy(box)).Select(plan => plan.Row));
        Assert.DoesNotContain(ComparisonClaims.All, plan => plan.IsAffectedBy(KnownChanges.None));
    }

    /// <summary>The values of a claim's parts that compare an algorithm with a rival on Latch, at T = 10.</summary>
    private static double[] Values(
        ClaimRow row, Algorithm own, Outcome[] ownRuns, Algorithm rival, Outcome[] rivalRuns)
        => OnLatch(row, rival).CreateParts(new RunTable([Of(own, ownRuns), Of(rival, rivalRuns)]), above: 0)
            .First().Groups[0];

    private static PartFamily OnLatch(ClaimRow row, Algorithm rival)
        => ComparisonClaims.All.Single(plan => plan.Row == row).Families.Single() with
        {
            Problems = [Problem.Latch],
            Rivals = [rival],
        };
}
