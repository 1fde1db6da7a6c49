using LatchLab.Foundation;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Rules about single parameters: the parameters they apply to, and their precedence.</summary>
public sealed class PriorKnowledgeTests
{
    private static readonly string[] Names = ["w[0,0]", "w[0,1]", "w[1,0]", "w[1,1]"];

    [Fact]
    public void Rules_set_freeze_and_bound_the_named_parameters()
    {
        PriorKnowledge prior = Read("self = 1.5; w[0,1]:=0; w[1,1] >= 1;w[1,1]<=2");
        Assert.Equal([1.5, 0.0, null, 1.5], prior.InitialValues);
        Assert.Equal([true, false, true, true], prior.IsTrainable);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity, 1.0], prior.Lower);
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, 2.0], prior.Upper);
    }

    [Fact]
    public void A_later_rule_overrides_an_earlier_one()
    {
        PriorKnowledge freed = Read("*:=0; w[1,0]=0.5; self:=2");
        Assert.Equal([2.0, 0.0, 0.5, 2.0], freed.InitialValues);
        Assert.Equal([false, false, true, false], freed.IsTrainable);
        PriorKnowledge frozen = Read("w[1,0]=0.5; w[1,0]:=1");
        Assert.Equal((1.0, false), (frozen.InitialValues[2], frozen.IsTrainable[2]));
    }

    [Fact]
    public void A_rule_that_sets_an_initial_value_may_also_make_a_frozen_parameter_trainable()
    {
        PriorKnowledge only = Read("self=1.5; w[0,1] = 2");
        Assert.Equal(["self=1.5", "w[0,1] = 2"], only.InitialValueRules);
        Assert.False(only.HasOtherRules);
        PriorKnowledge mixed = Read("w[0,1]:=0; self=1.5; w[0,1]=2; w[1,0]>=0");
        Assert.Equal(["self=1.5"], mixed.InitialValueRules);
        Assert.True(mixed.HasOtherRules);
    }

    [Theory]
    [InlineData("w[0,0]>=2; w[0,0]<=1", "allows no value of w[0,0]")]
    [InlineData("w[0,0]=3; w[0,0]<=1", "starts w[0,0] at 3, outside")]
    [InlineData("w[2,2]=3", "'w[2,2]' is not a parameter")]
    [InlineData("w[0,0]", "'w[0,0]' is not a rule")]
    [InlineData("w[0,0]=NaN", "'w[0,0]=NaN' is not a rule")]
    [InlineData("w[0,0]=1e999", "'w[0,0]=1e999' is not a rule")]
    public void Rules_that_cannot_be_satisfied_are_rejected(string rules, string problem)
    {
        var errors = new List<ValidationError>();
        _ = new PriorKnowledge(rules, Names, errors);
        Assert.Contains(problem, Assert.Single(errors).Message);
    }

    private static PriorKnowledge Read(string rules)
    {
        var errors = new List<ValidationError>();
        var prior = new PriorKnowledge(rules, Names, errors);
        Assert.Empty(errors);
        return prior;
    }
}
