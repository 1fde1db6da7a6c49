using LatchLab.Figures;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Paper.Figure4;
using LatchLab.Training;
using Xunit;
using static LatchLab.Tests.Paper.SyntheticOutcomes;

namespace LatchLab.Tests.Paper;

/// <summary>
/// Verdicts on synthetic outcomes: each of the three verdicts, and no verdict from insufficient data.
/// </summary>
public sealed class ClaimEvaluatorTests
{
    private static readonly Algorithm First = KnownAlgorithms.MultigridRandomSearch,
        Second = KnownAlgorithms.PseudoNewton;

    [Theory]
    [InlineData(new Verdict[] { }, Verdict.Undecided)]
    [InlineData(new[] { Verdict.Reproduced, Verdict.Reproduced }, Verdict.Reproduced)]
    [InlineData(new[] { Verdict.Reproduced, Verdict.Undecided }, Verdict.Undecided)]
    [InlineData(new[] { Verdict.Undecided, Verdict.NotReproduced, Verdict.Reproduced }, Verdict.NotReproduced)]
    public void A_claim_of_several_parts_needs_every_one(Verdict[] parts, Verdict expected)
        => Assert.Equal(expected, ClaimTest.Combine([.. parts.Select(part => new ClaimTest(part, ""))]).Verdict);

    [Theory]
    [InlineData(0.05, 40, Verdict.Reproduced)]
    [InlineData(0.3, 40, Verdict.NotReproduced)]
    [InlineData(0.1, 40, Verdict.Undecided)]
    [InlineData(0.05, 4, Verdict.Undecided)]    // eight trials are too few
    public void An_error_is_compared_with_a_limit(double mean, int trials, Verdict expected)
    {
        AlgorithmRuns runs = Of(First, Many(trials, i => Failed(mean + (i % 2 == 0 ? 0.02 : -0.02))));
        Assert.Equal(expected, Evaluator(runs).EvaluateErrorBelow(Problem.Latch, First, 0.1).Verdict);
    }

    [Theory]
    [InlineData(18, Verdict.Reproduced, Verdict.NotReproduced)]
    [InlineData(2, Verdict.NotReproduced, Verdict.Reproduced)]
    [InlineData(10, Verdict.Undecided, Verdict.Undecided)]
    public void A_problem_is_solved_where_most_trials_learn(int of20, Verdict expected, Verdict ofOpposite)
    {
        AlgorithmRuns runs = Of(First, Many(20, i => i < of20 ? Learned(50) : Failed()));
        ClaimTest solved = Evaluator(runs).EvaluateSolved(Problem.Latch, First);
        Assert.Equal((expected, ofOpposite), (solved.Verdict, solved.Negate().Verdict));
    }

    [Theory]
    [InlineData(100, 200, Verdict.Reproduced, Verdict.NotReproduced)]   // faster, but only by a factor of two
    [InlineData(100, 400, Verdict.Reproduced, Verdict.Reproduced)]
    [InlineData(100, 100, Verdict.Undecided, Verdict.NotReproduced)]    // ties
    [InlineData(200, 100, Verdict.NotReproduced, Verdict.NotReproduced)]
    public void The_faster_algorithm_is_determined_from_pairs(int ours, int theirs, Verdict faster, Verdict muchFaster)
    {
        ClaimEvaluator evaluator = Evaluator(
            Of(First, Many(10, i => Learned(ours + i))), Of(Second, Many(10, i => Learned(theirs + i))));
        Assert.Equal(faster, evaluator.EvaluateFaster(Problem.Latch, First, Second).Verdict);
        Assert.Equal(muchFaster, evaluator.EvaluateMuchFaster(Problem.Latch, First, Second).Verdict);
    }

    [Fact]
    public void A_run_with_exhausted_budget_loses_only_to_one_that_learned_earlier()
    {
        AlgorithmRuns cut = Of(First, Many(10, _ => Failed(presentations: 300)));
        AlgorithmRuns late = Of(Second, Many(10, _ => Learned(900))), early = Of(Second, Many(10, _ => Learned(200)));
        Assert.Equal(Verdict.Undecided, Evaluator(cut, late).EvaluateFaster(Problem.Latch, First, Second).Verdict);
        Assert.Equal(Verdict.Undecided, Evaluator(cut, late).EvaluateFaster(Problem.Latch, Second, First).Verdict);
        Assert.Equal(Verdict.NotReproduced, Evaluator(cut, early).EvaluateFaster(Problem.Latch, First, Second).Verdict);
        Assert.Equal(Verdict.Reproduced, Evaluator(cut, early).EvaluateFaster(Problem.Latch, Second, First).Verdict);
        AlgorithmRuns stuck = Of(First, Many(10, _ => Failed(stopReason: StopReason.Stuck, presentations: 300)));
        Assert.Equal(Verdict.Reproduced, Evaluator(stuck, late).EvaluateFaster(Problem.Latch, Second, First).Verdict);
        Assert.Equal(Verdict.Undecided, Evaluator(stuck, Of(Second, Many(10, _ => Failed())))
            .EvaluateFaster(Problem.Latch, Second, First).Verdict);
    }

    [Theory]
    [InlineData(10.0, Verdict.Reproduced)]
    [InlineData(2.0, Verdict.NotReproduced)]
    public void An_order_of_magnitude_is_determined_from_pairs_that_both_learned(double ratio, Verdict expected)
    {
        Outcome[] ours = Many(8, i => Learned((int)(ratio * (100 + i))));
        AlgorithmRuns theirs = Of(Second, Many(8, i => Learned(100 + i)));
        Assert.Equal(expected,
            Evaluator(Of(First, ours), theirs).EvaluateNeedsManyMore(Problem.Latch, First, Second).Verdict);
        AlgorithmRuns rarely = Of(First, [.. ours[..4], .. Many(4, _ => Failed())]);
        Assert.Equal(Verdict.Undecided,
            Evaluator(rarely, theirs).EvaluateNeedsManyMore(Problem.Latch, First, Second).Verdict);
    }

    [Theory]
    [InlineData(0.1, 0.2, Verdict.Reproduced)]
    [InlineData(0.2, 0.1, Verdict.NotReproduced)]
    [InlineData(0.2, 0.2, Verdict.NotReproduced)]   // clearly no smaller error
    public void A_lower_error_is_determined_from_pairs(double ours, double theirs, Verdict expected)
    {
        ClaimEvaluator evaluator = Evaluator(Of(First, Many(15, i => Failed(ours + (0.001 * i)))),
            Of(Second, Many(15, i => Failed(theirs + (0.001 * i)))));
        Assert.Equal(expected, evaluator.EvaluateLowerError(Problem.Latch, First, Second).Verdict);
        ClaimEvaluator few = Evaluator(Of(First, Many(4, _ => Failed(ours))), Of(Second, Many(4, _ => Failed(theirs))));
        Assert.Equal(Verdict.Undecided, few.EvaluateLowerError(Problem.Latch, First, Second).Verdict);
    }

    [Theory]
    [InlineData(40, 10, Verdict.Reproduced)]
    [InlineData(10, 40, Verdict.NotReproduced)]
    [InlineData(40, 40, Verdict.NotReproduced)]     // all trials learned: clearly no degradation
    [InlineData(38, 34, Verdict.Undecided)]
    [InlineData(0, 0, Verdict.Undecided)]           // no trial learned: degradation is impossible
    public void Degradation_is_a_falling_share_of_learned_trials(int of40, int longer, Verdict expected)
    {
        Outcome[] Runs(int learned) => Many(40, i => i < learned ? Learned(50) : Failed());
        ClaimEvaluator evaluator = Evaluator(Of(First, Runs(of40), Runs(longer)));
        Assert.Equal(expected, evaluator.EvaluateDegradation(Problem.Latch, First).Verdict);
        Assert.Equal(of40 > 0, evaluator.CanDegrade(Problem.Latch, First));
    }

    [Theory]
    [InlineData(100, 300, Verdict.Reproduced)]
    [InlineData(300, 100, Verdict.NotReproduced)]
    [InlineData(100, 100, Verdict.NotReproduced)]
    [InlineData(100, Budget + 1, Verdict.Reproduced)]               // trials on longer sequences never learn
    [InlineData(Budget + 1, Budget + 1, Verdict.Undecided)]         // no trial ever learns
    public void A_slowdown_is_a_trend_in_the_presentations(int shorter, int longer, Verdict expected)
    {
        static Outcome[] Runs(int time) => Many(20, i => time > Budget ? Failed() : Learned(time + i));
        ClaimTest test = Evaluator(Of(First, Runs(shorter), Runs(longer))).EvaluateSlowdown(Problem.Latch, First);
        Assert.Equal(expected, test.Verdict);
        Assert.DoesNotContain("NaN", test.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_annealing_run_that_its_budget_ended_counts_as_any_other()
    {
        AlgorithmRuns runs = Of(KnownAlgorithms.SimulatedAnnealing, [Learned(50), .. Many(19, _ => Failed())]);
        Assert.Equal(40, runs.AllOutcomes.Count()); // of both lengths
        Assert.Contains(
            "of 40 trials learned",
            Evaluator(runs).EvaluateSolved(Problem.Latch, KnownAlgorithms.SimulatedAnnealing).Evidence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_of_different_trials_are_rejected()
    {
        AlgorithmRuns runs = Of(First, Many(4, _ => Learned(50)));
        Assert.Throws<ArgumentException>(() => runs.Pair(Of(Second, Many(5, _ => Learned(50)))));
        AlgorithmRuns elsewhere = Of(Second, [10, 21], Many(4, _ => Failed()), Many(4, _ => Failed()));
        Assert.Throws<ArgumentException>(() => runs.Pair(elsewhere));
    }

    private static ClaimEvaluator Evaluator(params AlgorithmRuns[] allRuns) => new(new RunTable(allRuns), seed: 1);
}
