using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>Incompatible settings are rejected with a message, and all other settings are accepted.</summary>
public sealed class UnsupportedSettingTests
{
    public static TheoryData<string> Learners => [.. ContractConfigurations.Learners.Keys];

    [Theory]
    [MemberData(nameof(Learners))]
    public void Gradient_learners_reject_thresholds_discrete_propagation_rejects_other_units_and_searches_accept_all(
        string name)
    {
        LearnerDefinition learner = ContractConfigurations.Learners[name];
        LearnerDefinition inner = learner is Curriculum curriculum ? curriculum.Learner : learner;
        bool supportsDifferentiable = inner is not DiscreteErrorPropagation;
        bool supportsThresholds = inner is DiscreteErrorPropagation or MultigridRandomSearch or SimulatedAnnealing
            or RandomGuessing;
        foreach (string units in (string[])["tanh", "logistic", "tanh,logistic"])
            Assert.Equal(supportsDifferentiable, learner.UnsupportedReason(units) is null);
        foreach (string units in (string[])["threshold", "threshold,tanh", "logistic, threshold"])
            Assert.Equal(supportsThresholds, learner.UnsupportedReason(units) is null);
    }

    [Fact]
    public void Bounds_of_a_change_and_of_an_error_signal_must_be_in_order()
    {
        DampingSettings reversed = new() { SmallestChange = 0.3, LargestChange = 0.3 };
        DampingSettings ordered = new() { SmallestChange = 0.29, LargestChange = 0.3 };
        Assert.Equal("learner.smallest-change", FindField(new PseudoNewton { Damping = reversed }));
        Assert.Equal("learner.smallest-change", FindField(new TimeWeightedPseudoNewton { Damping = reversed }));
        Assert.Null(FindField(new PseudoNewton { Damping = ordered }));
        Assert.Null(FindField(new TimeWeightedPseudoNewton { Damping = ordered }));
        DiscreteErrorPropagation empty = new() { ThresholdUnits = new() { MinimumSignal = 2.0 } };
        Assert.Equal("learner.minimum-signal", FindField(empty));
        Assert.Equal("learner.minimum-signal", FindField(new Curriculum { Learner = empty }));
        Assert.Null(FindField(new DiscreteErrorPropagation { ThresholdUnits = new() { MinimumSignal = 1.9 } }));

        static string? FindField(LearnerDefinition learner)
            => learner.Validate(sequences: 30).SingleOrDefault().Error?.Field;
    }

    [Fact]
    public void Registered_learners_are_valid_on_every_task()
    {
        foreach (GeneratedTask task in KnownTasks.Generated)
        {
            foreach (LearnerDefinition learner in ContractConfigurations.Learners.Values.Where(
                learner => ContractConfigurations.CanTrain(task, learner)))
                Assert.Empty(ContractConfigurations.Of(task, learner).Validate());
        }
    }

    [Fact]
    public void A_curriculum_must_begin_with_sequences_long_enough_for_the_relevant_inputs()
    {
        LatchTask task = new() { Inputs = 4, Length = 30 };
        Assert.Empty(ContractConfigurations.Of(task, new Curriculum { FirstLength = 5 }).Validate());
        ValidationError error = Assert.Single(
            ContractConfigurations.Of(task, new Curriculum { FirstLength = 4 }).Validate());
        Assert.Equal("learner.first-length", error.Field);
        Assert.Empty(ContractConfigurations.Of(task, new Curriculum { FirstLength = 40 }).Validate());
    }

    [Fact]
    public void A_curriculum_must_not_need_more_training_sets_than_there_are_random_numbers_for()
    {
        Curriculum slow = new() { FirstLength = 2, Growth = 1.0001 };
        Assert.Empty(ContractConfigurations.Of(new ParityTask { Length = 1025 }, slow).Validate());
        ValidationError error = Assert.Single(
            ContractConfigurations.Of(new ParityTask { Length = 1026 }, slow).Validate());
        Assert.Equal("learner.growth", error.Field);
    }

    [Fact]
    public void Searches_and_curricula_do_not_support_the_test_error_rule()
    {
        foreach (LearnerDefinition learner in ContractConfigurations.Learners.Values)
        {
            TrainingConfiguration configuration = ContractConfigurations.Of(new LatchTask(), learner) with
            {
                ConvergenceRule = new() { Rule = ConvergenceRuleKind.TestSequences },
            };
            bool rejected = learner.IsSearch || learner is Curriculum;
            Assert.Equal(rejected ? ["rule.rule"] : [], configuration.Validate().Select(error => error.Field));
        }
    }
}
