using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Claims;
using Xunit;

namespace LatchLab.Tests.Paper.Claims;

/// <summary>The file with the trials that each claim needs.</summary>
public sealed class ClaimPowerTests
{
    [Fact]
    public void A_line_is_read_as_it_is_written()
    {
        ClaimPower[] lines =
            [new("8-error", 120, true, false), new("9", 1000, false, false), new("12", 0, false, true)];
        Dictionary<string, ClaimPower> table =
            ClaimPower.Parse(["# a comment", "", .. lines.Select(line => line.FormatLine())]);
        Assert.Equal(lines, lines.Select(line => table[line.Key]));
    }

    [Fact]
    public void Every_invalid_line_is_reported_with_its_number()
    {
        ValidationException error = Assert.Throws<ValidationException>(() => ClaimPower.Parse(
        [
            "# a comment counts as a line",
            "8-error trials=10",
            "no-claim trials=10",       // 3: unknown
            "9",                        // 4: incomplete
            "9 trials=0",               // 5: not positive
            "9 trials=1e3",             // 6: not an integer
            "9 about=10",               // 7: unknown word
            "8-error trials=20",        // 8: a second time
            "9 trials=10 too-close",    // 9: too long
        ]));
        Assert.Equal(
            Enumerable.Range(3, 7).Select(line => $"claim-power.txt:{line}"), error.Errors.Select(one => one.Location));
    }

    [Theory]
    [InlineData(120, true, false, Verdict.Undecided, "would need 120 trials a part")]
    [InlineData(1000, false, false, Verdict.Undecided, "would need more than 1,000 trials a part")]
    [InlineData(0, false, true, Verdict.TooClose, "")]
    [InlineData(0, false, false, Verdict.Undecided, "")]
    public void An_undecided_claim_is_completed_with_what_is_known(
        int trials, bool isEnough, bool isTooClose, Verdict verdict, string qualifier)
        => Assert.Equal((verdict, qualifier), new ClaimPower("9", trials, isEnough, isTooClose).Complete(30));

    [Fact]
    public void The_trials_of_a_claim_without_a_line_are_unknown()
        => Assert.Equal(new ClaimPower("no-claim", 0, false, false), ClaimPower.Get("no-claim"));

    [Fact]
    public void A_run_with_as_many_trials_as_are_needed_is_not_told_to_have_more()
        => Assert.Equal((Verdict.Undecided, ""), new ClaimPower("12", 200, true, false).Complete(200));
}
