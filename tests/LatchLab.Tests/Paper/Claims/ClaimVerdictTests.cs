using LatchLab.Figures;
using LatchLab.Paper.Claims;
using LatchLab.Statistics;
using Xunit;

namespace LatchLab.Tests.Paper.Claims;

/// <summary>
/// How the parts of a claim combine. A part is a share of 100 trials that is claimed to be above one half: Wilson's
/// interval excludes one half if |share − ½| &gt; z·√(¼/100), which is 0.129 for one part at the level 0.01 (z = 2.576)
/// and 0.174 for the first of 20 parts (z = 3.481).
/// </summary>
public sealed class ClaimVerdictTests
{
    private static readonly PartRule MoreThanHalf = new("successes", Statistic.Share, Side.Above, 0.5, 0.05);

    private static readonly PartRule LessThanHalf = MoreThanHalf with { Side = Side.Below };

    private static readonly PartRule Rare = new("counterexamples", Statistic.Share, Side.Below, 0.1, 0.02);

    [Theory]
    [InlineData(63, PartResult.Holds)]
    [InlineData(62, PartResult.Open)]
    [InlineData(38, PartResult.Open)]
    [InlineData(37, PartResult.Fails)]
    public void A_part_is_decided_by_the_side_on_which_its_99_percent_interval_lies(int of100, PartResult expected)
    {
        Assert.Equal(expected, MoreThanHalf.Decide(Share(MoreThanHalf, of100).Estimate(0.99)));
        PartResult opposite = expected switch
        {
            PartResult.Holds => PartResult.Fails,
            PartResult.Fails => PartResult.Holds,
            _ => PartResult.Open,
        };
        Assert.Equal(opposite, LessThanHalf.Decide(Share(LessThanHalf, of100).Estimate(0.99)));
    }

    [Fact]
    public void An_interval_that_ends_exactly_at_the_threshold_decides_nothing()
    {
        Assert.Equal(PartResult.Open, MoreThanHalf.Decide(new Estimate(0.6, 0.5, 0.7)));
        Assert.Equal(PartResult.Open, MoreThanHalf.Decide(new Estimate(0.4, 0.3, 0.5)));
        Assert.Equal(PartResult.Holds, MoreThanHalf.Decide(new Estimate(0.6, double.BitIncrement(0.5), 0.7)));
        Assert.Equal(PartResult.Fails, MoreThanHalf.Decide(new Estimate(0.4, 0.3, double.BitDecrement(0.5))));
    }

    [Fact]
    public void A_claim_about_all_parts_is_reproduced_if_each_holds_without_a_correction()
    {
        Assert.Equal(Verdict.Reproduced, Decide(Formula.All, Enumerable.Repeat(63, 20)));
        Assert.Equal(Verdict.Undecided, Decide(Formula.All, [.. Enumerable.Repeat(63, 19), 62]));
        Assert.Equal(Verdict.Undecided, Decide(Formula.All, []));
    }

    [Theory]
    [InlineData(37, 1, Verdict.NotReproduced)]
    [InlineData(37, 20, Verdict.Undecided)]     // fails, but not after the correction for 20 parts
    [InlineData(32, 20, Verdict.NotReproduced)]
    public void A_claim_about_all_parts_is_not_reproduced_if_one_fails_after_the_correction(
        int worst, int parts, Verdict expected)
    {
        Assert.Equal(expected, Decide(Formula.All, [.. Enumerable.Repeat(100, parts - 1), worst]));
        Claim claim = ClaimEvaluator.Evaluate(
            Row(Formula.All), [.. Enumerable.Repeat(100, parts - 1).Append(worst).Select(n => Share(MoreThanHalf, n))]);
        Assert.Equal(PartResult.Fails, claim.Parts[^1].Result);
        Assert.Equal(expected == Verdict.NotReproduced, claim.Parts[^1].FailsAfterCorrection);
    }

    [Theory]
    [InlineData(63, 1, Verdict.Reproduced)]
    [InlineData(63, 20, Verdict.Undecided)]
    [InlineData(68, 20, Verdict.Reproduced)]
    public void A_claim_about_some_part_is_the_mirror_image(int best, int parts, Verdict expected)
        => Assert.Equal(expected, Decide(Formula.Some, [.. Enumerable.Repeat(0, parts - 1), best]));

    [Fact]
    public void A_claim_about_some_part_is_not_reproduced_if_each_fails()
    {
        Assert.Equal(Verdict.NotReproduced, Decide(Formula.Some, Enumerable.Repeat(37, 20)));
        Assert.Equal(Verdict.Undecided, Decide(Formula.Some, [.. Enumerable.Repeat(37, 19), 38]));
    }

    [Theory]
    [InlineData(60, 0, Verdict.Reproduced)]
    [InlineData(59, 0, Verdict.NotTested)]
    [InlineData(0, 0, Verdict.NotTested)]
    [InlineData(3, 1, Verdict.NotReproduced)]
    [InlineData(10_000, 1, Verdict.NotReproduced)]
    public void A_universal_claim_falls_by_one_counterexample_and_needs_60_units_without_one(
        int units, int counterexamples, Verdict expected)
    {
        PartSample sample = new(
            "systems", Rare, [[.. Enumerable.Range(0, units).Select(i => i < counterexamples ? 1.0 : 0.0)]])
        {
            Remark = counterexamples > 0 ? "system 1" : "",
        };
        Assert.Equal(expected, ClaimVerdict.Decide(Formula.Universal, [sample]));
        Claim claim = ClaimEvaluator.Evaluate(Row(Formula.Universal) with { Rules = [Rare] }, [sample]);
        Assert.Equal(expected, claim.Verdict);
        Assert.Equal(counterexamples > 0, claim.Evidence.Contains("for example system 1", StringComparison.Ordinal));
        Assert.Equal(
            expected == Verdict.NotTested, claim.Evidence.Contains("a test needs 60", StringComparison.Ordinal));
        Assert.Equal(counterexamples > 0, claim.Parts.Any(part => part.Result == PartResult.Fails));
    }

    [Fact]
    public void Without_a_counterexample_the_interval_of_Wilson_needs_z_squared_times_nine_units()
        => Assert.Equal( // 0 of n: its upper end is z²/(n + z²), z = 2.5758
            (int)Math.Ceiling(9.0 * 2.5758293 * 2.5758293), ClaimVerdict.CountUnitsNeeded(Rare));

    [Fact]
    public void An_inequality_has_no_parts()
        => Assert.Throws<ArgumentException>(() => ClaimVerdict.Decide(Formula.Exact, []));

    [Fact]
    public void A_claim_with_fewer_trials_than_its_row_needs_is_not_tested()
    {
        ClaimRow row = Row(Formula.All) with { LeastTrials = 101 };
        Claim claim = ClaimEvaluator.Evaluate(row, [Share(MoreThanHalf, 100)]);
        Assert.Equal(Verdict.NotTested, claim.Verdict);
        Assert.Equal("A test needs 101 in each part (here 100: 100 of 100).", claim.Evidence);
        Claim enough = ClaimEvaluator.Evaluate(row with { LeastTrials = 100 }, [Share(MoreThanHalf, 100)]);
        Assert.Equal(Verdict.Reproduced, enough.Verdict);
    }

    private static Verdict Decide(Formula formula, IEnumerable<int> successes)
        => ClaimVerdict.Decide(formula, [.. successes.Select(of100 => Share(MoreThanHalf, of100))]);

    private static PartSample Share(PartRule rule, int of100)
        => new($"{of100} of 100", rule, [[.. Enumerable.Range(0, 100).Select(i => i < of100 ? 1.0 : 0.0)]]);

    private static ClaimRow Row(Formula formula)
        => new("0-test", 0, "A statement.", "a test", "none", formula, "parts", MoreThanHalf);
}
