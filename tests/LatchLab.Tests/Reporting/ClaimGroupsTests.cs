using LatchLab.Figures;
using Xunit;

namespace LatchLab.Tests.Reporting;

/// <summary>Claims under the reference interpretation, and under single changes of it.</summary>
public sealed class ClaimGroupsTests
{
    [Fact]
    public void A_change_belongs_to_the_claim_with_its_key_and_turns_only_another_verdict()
    {
        Claim reference = Create("2-held", "", Verdict.Reproduced), other = Create("9", "", Verdict.Undecided),
            turning = Create("2-held", "s as the deviation", Verdict.NotReproduced),
            staying = Create("9", "annealing tuned", Verdict.Undecided),
            withoutReference = Create("15", "annealing tuned", Verdict.NotReproduced);
        var groups = ClaimGroups.Create([reference, turning, other, staying, withoutReference]);
        Assert.Equal([reference, other, withoutReference], groups.Reference);
        Assert.Equal([(turning, reference), (staying, other)], groups.Changed);
        Assert.Equal([(turning, reference)], groups.Turned);
    }

    private static Claim Create(string key, string interpretation, Verdict verdict)
        => new(int.Parse(key.Split('-')[0], null), $"Statement {key}", "", interpretation, verdict, "") { Key = key };
}
