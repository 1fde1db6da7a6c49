using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>A configuration written in C# is validated like one that a user gives, before anything runs.</summary>
public sealed class InvalidConfigurationTests
{
    private static readonly RunOptions Options = new(Seed: 1, Threads: 1, LaneKind.Scalar);

    [Fact]
    public void All_problems_are_reported_in_one_exception()
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new LatchTask { Sequences = 0 }, new Backpropagation { LearningRate = -1.0 });
        configuration = configuration with { Network = new NetworkDesign { Units = 10 } };
        ValidationException exception = Assert.Throws<ValidationException>(
            () => Run(new Sweep("s", [configuration], TrialsPerConfiguration: 0)));
        Assert.Equal(
            [
                "s: trials: are none: give at least one",
                "s: task.sequences: '0' is not allowed: give a whole number from 2 to 10000",
                "s: learner.learning-rate: '-1' is not allowed: give a number above 0 up to 1000",
                "s: network.units: has no effect: the network latch has 1 unit and fixed connections; only " +
                    "fully-connected has a choice",
            ],
            exception.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void A_setting_may_have_no_effect_in_some_configurations_of_a_sweep()
    {
        TrainingConfiguration plain = TrainingConfigurationFactory.CreateDefault(
            new TwoSequenceTask { Length = 5, Sequences = 4 }, new Backpropagation());
        plain = plain with { Limits = plain.Limits with { Presentations = 8 } };
        ConvergenceRule rule = new() { Rule = ConvergenceRuleKind.SignAndCost, CostThreshold = 0.3 };
        TrainingConfiguration[] both =
        [
            plain with { ConvergenceRule = rule },
            plain with { ConvergenceRule = rule with { Rule = ConvergenceRuleKind.Sign } },
        ];
        Assert.Single(Run(new Sweep("s", both, 1)));
        Assert.Throws<ValidationException>(() => Run(new Sweep("s", both[1..], 1)));
    }

    [Fact]
    public void A_configuration_that_lacks_a_setting_does_not_use_it()
    {
        var task = new LatchTask { Length = 5, Sequences = 4 };
        TrainingConfiguration plain = TrainingConfigurationFactory.CreateDefault(task, new Backpropagation());
        TrainingConfiguration single = TrainingConfigurationFactory.CreateDefault(
            task, new Curriculum { FirstLength = 5, Growth = 3.0 }); // one training set, so nothing grows
        ValidationException exception = Assert.Throws<ValidationException>(
            () => Run(new("curriculum", [single], 1), new("plain", [plain], 1)));
        Assert.Contains(exception.Errors, error => error.Field == "learner.growth");
    }

    private static IReadOnlyList<SweepOutcomes> Run(params Sweep[] sweeps)
        => TrialRunner.Run(sweeps, Options, cancellation: TestContext.Current.CancellationToken);
}
