using LatchLab.Experiments;
using LatchLab.Experiments.Catalogue.Figure4;
using LatchLab.Experiments.Comparison;
using LatchLab.Experiments.Results;
using Xunit;
using static LatchLab.Tests.Experiments.MadeUp;

namespace LatchLab.Tests.Experiments;

/// <summary>Verdicts on made-up outcomes: each of the three, and none from what says nothing.</summary>
public sealed class JudgementTests
{
    private static readonly Contender First = Contenders.Multigrid, Second = Contenders.PseudoNewton;

    [Theory]
    [InlineData(new Verdict[] { }, Verdict.Undecided)]
    [InlineData(new[] { Verdict.Reproduced, Verdict.Reproduced }, Verdict.Reproduced)]
    [InlineData(new[] { Verdict.Reproduced, Verdict.Undecided }, Verdict.Undecided)]
    [InlineData(new[] { Verdict.Undecided, Verdict.NotReproduced, Verdict.Reproduced }, Verdict.NotReproduced)]
    public void A_claim_of_several_parts_needs_every_one(Verdict[] parts, Verdict expected)
        => Assert.Equal(expected, Judgement.All([.. parts.Select(part => new Judgement(part, ""))]).Verdict);

    [Theory]
    [InlineData(0.05, 40, Verdict.Reproduced)]
    [InlineData(0.3, 40, Verdict.NotReproduced)]
    [InlineData(0.1, 40, Verdict.Undecided)]
    [InlineData(0.05, 4, Verdict.Undecided)]    // eight trials are too few
    public void An_error_is_compared_with_a_limit(double mean, int trials, Verdict expected)
    {
        Race race = Of(First, Many(trials, i => Failed(mean + (i % 2 == 0 ? 0.02 : -0.02))));
        Assert.Equal(expected, Judge(race).ErrorBelow(Problem.Latch, First, 0.1).Verdict);
    }

    [Theory]
    [InlineData(18, Verdict.Reproduced, Verdict.NotReproduced)]
    [InlineData(2, Verdict.NotReproduced, Verdict.Reproduced)]
    [InlineData(10, Verdict.Undecided, Verdict.Undecided)]
    public void A_problem_is_solved_where_most_trials_learn(int of20, Verdict expected, Verdict ofOpposite)
    {
        Race race = Of(First, Many(20, i => i < of20 ? Learned(50) : Failed()));
        Judgement solved = Judge(race).Solved(Problem.Latch, First);
        Assert.Equal((expected, ofOpposite), (solved.Verdict, solved.OfOpposite().Verdict));
    }

    [Theory]
    [InlineData(100, 200, Verdict.Reproduced, Verdict.NotReproduced)]   // faster, but only twice as fast
    [InlineData(100, 400, Verdict.Reproduced, Verdict.Reproduced)]
    [InlineData(100, 100, Verdict.Undecided, Verdict.NotReproduced)]    // ties
    [InlineData(200, 100, Verdict.NotReproduced, Verdict.NotReproduced)]
    public void Who_is_faster_is_told_from_pairs(int ours, int theirs, Verdict faster, Verdict muchFaster)
    {
        Judgements judge = Judge(
            Of(First, Many(10, i => Learned(ours + i))), Of(Second, Many(10, i => Learned(theirs + i))));
        Assert.Equal(faster, judge.IsFaster(Problem.Latch, First, Second).Verdict);
        Assert.Equal(muchFaster, judge.IsMuchFaster(Problem.Latch, First, Second).Verdict);
    }

    [Fact]
    public void A_run_that_its_budget_ended_loses_only_to_one_that_learned_before()
    {
        Race cut = Of(First, Many(10, _ => Failed(spent: 300)));
        Race late = Of(Second, Many(10, _ => Learned(900))), early = Of(Second, Many(10, _ => Learned(200)));
        Assert.Equal(Verdict.Undecided, Judge(cut, late).IsFaster(Problem.Latch, First, Second).Verdict);
        Assert.Equal(Verdict.Undecided, Judge(cut, late).IsFaster(Problem.Latch, Second, First).Verdict);
        Assert.Equal(Verdict.NotReproduced, Judge(cut, early).IsFaster(Problem.Latch, First, Second).Verdict);
        Assert.Equal(Verdict.Reproduced, Judge(cut, early).IsFaster(Problem.Latch, Second, First).Verdict);
        Race stuck = Of(First, Many(10, _ => Failed(ending: Ending.Stuck, spent: 300)));
        Assert.Equal(Verdict.Reproduced, Judge(stuck, late).IsFaster(Problem.Latch, Second, First).Verdict);
        Assert.Equal(Verdict.Undecided, Judge(stuck, Of(Second, Many(10, _ => Failed())))
            .IsFaster(Problem.Latch, Second, First).Verdict);
    }

    [Theory]
    [InlineData(10.0, Verdict.Reproduced)]
    [InlineData(2.0, Verdict.NotReproduced)]
    public void An_order_of_magnitude_is_told_from_trials_that_both_learned(double ratio, Verdict expected)
    {
        Outcome[] ours = Many(8, i => Learned((int)(ratio * (100 + i))));
        Race theirs = Of(Second, Many(8, i => Learned(100 + i)));
        Assert.Equal(expected, Judge(Of(First, ours), theirs).NeedsMuchMore(Problem.Latch, First, Second).Verdict);
        Race rarely = Of(First, [.. ours[..4], .. Many(4, _ => Failed())]);
        Assert.Equal(Verdict.Undecided, Judge(rarely, theirs).NeedsMuchMore(Problem.Latch, First, Second).Verdict);
    }

    [Theory]
    [InlineData(0.1, 0.2, Verdict.Reproduced)]
    [InlineData(0.2, 0.1, Verdict.NotReproduced)]
    [InlineData(0.2, 0.2, Verdict.NotReproduced)]   // surely no less
    public void Less_error_is_told_from_pairs(double ours, double theirs, Verdict expected)
    {
        Judgements judge = Judge(Of(First, Many(15, i => Failed(ours + (0.001 * i)))),
            Of(Second, Many(15, i => Failed(theirs + (0.001 * i)))));
        Assert.Equal(expected, judge.HasLessError(Problem.Latch, First, Second).Verdict);
        Judgements few = Judge(Of(First, Many(4, _ => Failed(ours))), Of(Second, Many(4, _ => Failed(theirs))));
        Assert.Equal(Verdict.Undecided, few.HasLessError(Problem.Latch, First, Second).Verdict);
    }

    [Theory]
    [InlineData(40, 10, Verdict.Reproduced)]
    [InlineData(10, 40, Verdict.NotReproduced)]
    [InlineData(40, 40, Verdict.NotReproduced)]     // learned always: surely no worse
    [InlineData(38, 34, Verdict.Undecided)]
    [InlineData(0, 0, Verdict.Undecided)]           // learned never: nothing can get worse
    public void Getting_worse_is_a_falling_share_of_trials_learned(int of40, int longer, Verdict expected)
    {
        Outcome[] Runs(int learned) => Many(40, i => i < learned ? Learned(50) : Failed());
        Judgements judge = Judge(Of(First, Runs(of40), Runs(longer)));
        Assert.Equal(expected, judge.GetsWorse(Problem.Latch, First).Verdict);
        Assert.Equal(of40 > 0, judge.CanGetWorse(Problem.Latch, First));
    }

    [Theory]
    [InlineData(100, 300, Verdict.Reproduced)]
    [InlineData(300, 100, Verdict.NotReproduced)]
    [InlineData(100, 100, Verdict.NotReproduced)]
    [InlineData(100, Budget + 1, Verdict.Reproduced)]               // the longer ones never
    [InlineData(Budget + 1, Budget + 1, Verdict.Undecided)]         // none ever
    public void Taking_longer_is_a_trend_in_the_presentations(int shorter, int longer, Verdict expected)
    {
        static Outcome[] Runs(int time) => Many(20, i => time > Budget ? Failed() : Learned(time + i));
        Judgement judgement = Judge(Of(First, Runs(shorter), Runs(longer))).TakesLonger(Problem.Latch, First);
        Assert.Equal(expected, judgement.Verdict);
        Assert.DoesNotContain("NaN", judgement.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Annealings_without_time_to_cool_are_left_out_and_with_them_the_lucky_ones_of_their_cell()
    {
        Outcome[] hurried = [Learned(50), .. Many(19, _ => Failed(temperatures: 4))];
        Outcome[] cooled = [Learned(50), .. Many(19, _ => Failed(temperatures: 5))];
        Race race = Of(Contenders.Annealing, hurried, cooled);
        Assert.Equal(cooled, race.AllJudged);
        Assert.Equal(hurried, race.Runs(0, 0));
        Assert.Empty(race.Judged(0, 0));
        Assert.Equal(20, race.Pairs(Of(First, cooled)).Count());
        Assert.Equal(40, Of(First, hurried).AllJudged.Count()); // no annealing
        Judgements judge = Judge(Of(Contenders.Annealing, hurried));
        Assert.Equal(
            new Judgement(Verdict.Undecided, "Latch, simulated annealing: no trials could be judged."),
            judge.Solved(Problem.Latch, Contenders.Annealing));
        Assert.Equal(Verdict.Undecided, judge.ErrorBelow(Problem.Latch, Contenders.Annealing, 0.9).Verdict);
        Assert.Equal(Verdict.Undecided, judge.TakesLonger(Problem.Latch, Contenders.Annealing).Verdict);
    }

    [Fact]
    public void Pairs_of_different_trials_are_refused()
    {
        Race race = Of(First, Many(4, _ => Learned(50)));
        Assert.Throws<ArgumentException>(() => race.Pairs(Of(Second, Many(5, _ => Learned(50)))));
        Race elsewhere = Of(Second, [10, 21], Many(4, _ => Failed()), Many(4, _ => Failed()));
        Assert.Throws<ArgumentException>(() => race.Pairs(elsewhere));
    }

    private static Judgements Judge(params Race[] races) => new(new Standings(races), seed: 1);
}
