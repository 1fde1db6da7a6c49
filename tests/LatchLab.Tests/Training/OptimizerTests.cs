using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Trials with update rules: what a user may write, and what the rules do.</summary>
public sealed class OptimizerTests
{
    private static readonly RunOptions Options = new(Seed: 5, Threads: 1, LaneKind.Widest);

    private static readonly TrainingConfiguration TwoSequence =
        TrainingConfigurationFactory.CreateDefault(new TwoSequenceTask { Length = 10 }, new Backpropagation());

    [Fact]
    public void Adam_learns_in_fewer_presentations_than_gradient_descent_at_its_usual_rate()
    {
        TrainingConfiguration plain = TwoSequence with
        {
            Limits = TwoSequence.Limits with { Presentations = 6000 },
        };
        OutcomeSummary[] summaries = [.. Run(
            [plain, With(plain, new() { LearningRate = 0.01, Optimizer = new() { Optimizer = "clip-norm 1; adam" } })],
            trials: 24).Select(outcomes => OutcomeSummary.Create(plain, outcomes))];
        Assert.True(
            2.0 * summaries[1].GetPresentationsQuantile(0.5) < summaries[0].GetPresentationsQuantile(0.5));
    }

    [Fact]
    public void Trials_of_one_batch_may_differ_in_the_parameters_of_their_rules()
    {
        TrainingConfiguration[] configurations =
        [
            .. from text in (string[])["momentum 0.5", "momentum 0.9", "momentum 0.5 form=nesterov"]
               from updates in Enum.GetValues<UpdateTime>()
               select With(TwoSequence, new() { Updates = updates, Optimizer = new() { Optimizer = text } }),
        ];
        configurations = [.. configurations.Select(configuration => configuration with
        {
            Limits = configuration.Limits with { Presentations = 300 },
        })];
        Assert.Equal(3, configurations.Select(configuration => configuration.BatchKey).Distinct().Count());
        Assert.Equal(9, configurations.Distinct().Count());
        Assert.NotEqual(
            configurations[0].BatchKey,
            With(TwoSequence, new() { Optimizer = new() { Optimizer = "adam" } }).BatchKey);
        IReadOnlyList<Outcome>[] together = Run(configurations, trials: 5);
        foreach ((int i, TrainingConfiguration configuration) in configurations.Index())
            Assert.Equal(Run([configuration], trials: 5)[0], together[i]);
        Assert.Equal(9, together.Select(outcomes => outcomes[0].Cost).Distinct().Count());
    }

    [Fact]
    public void A_mini_batch_of_one_presentation_is_on_line_learning()
    {
        TrainingConfiguration plain = TwoSequence with { Limits = TwoSequence.Limits with { Presentations = 300 } };
        IReadOnlyList<Outcome>[] both = Run(
            [plain, With(plain, new() { Updates = UpdateTime.MiniBatch, BatchSize = 1 })], trials: 5);
        Assert.Equal(both[0], both[1]);
    }

    [Theory]
    [InlineData("adm", "'adm' is not an update rule; there are * did you mean \"adam\"?")]
    [InlineData("adam beta3=1", "'beta3' is not a parameter of adam; there are beta1, beta2, epsilon; *")]
    [InlineData("clip-value 0", "clip-value: maximum '0' is not allowed: give a number above 0 up to *")]
    [InlineData("clip-norm -1", "clip-norm: maximum '-1' is not allowed: give a number from *")]
    [InlineData("momentum mu = x", "momentum: mu 'x' is not allowed: give a number from 0 to 0.999999")]
    [InlineData("momentum 0.5 mu=0.6", "gives mu of momentum twice: keep one")]
    [InlineData("momentum form=nestrov", "momentum: form 'nestrov' is not allowed: * did you mean \"nesterov\"?")]
    [InlineData("adam; clip-norm 1; adam", "contains adam twice: keep one")]
    public void An_invalid_chain_is_refused(string text, string message)
    {
        string[] parts = message.Split('*');
        TrainingConfiguration configuration = With(TwoSequence, new() { Optimizer = new() { Optimizer = text } });
        ValidationError error = Assert.Single(configuration.Validate());
        Assert.Equal("learner.optimizer", error.Field);
        Assert.StartsWith(parts[0], error.Message, StringComparison.Ordinal);
        Assert.EndsWith(parts[^1], error.Message, StringComparison.Ordinal);
        var learner = new Backpropagation { Optimizer = new() { Optimizer = text } };
        Assert.Equal([error], MinimalConfigurations.Create(learner: learner).Validate());
    }

    [Fact]
    public void Every_error_of_a_chain_is_reported_at_once()
    {
        var errors = new List<ValidationError>();
        TrainingConfigurationFactory.Create("latch", "forward-propagation", new Dictionary<string, string>
        {
            ["optimizer"] = "adam beta1=1 beta2=1; clip-norm 0; sgd",
            ["learning-rate"] = "0",
        }, errors);
        Assert.Equal(
            ["learner.learning-rate", "learner.optimizer", "learner.optimizer", "learner.optimizer",
                "learner.optimizer"],
            errors.Select(error => error.Field));
    }

    [Fact]
    public void A_mini_batch_is_not_larger_than_the_training_set()
    {
        Backpropagation learner = new() { Updates = UpdateTime.MiniBatch, BatchSize = 31 };
        Assert.Equal(
            ["learner.batch-size: 31 is above the number of training sequences, 30: give at most that, or more " +
                "sequences"],
            With(TwoSequence, learner).Validate().Select(error => error.ToString()));
        Assert.Empty(With(TwoSequence, learner with { BatchSize = 30 }).Validate());
        Assert.Equal(
            ["learner.batch-size: has no effect: there are no mini-batches: give updates mini-batch, too"],
            With(TwoSequence, new() { BatchSize = 3 }).Validate().Select(error => error.ToString()));
    }

    private static TrainingConfiguration With(TrainingConfiguration configuration, Backpropagation learner)
        => configuration with { Learner = learner };

    private static IReadOnlyList<Outcome>[] Run(IReadOnlyList<TrainingConfiguration> configurations, int trials)
    {
        SweepOutcomes outcomes = TrialRunner.Run(
            [new Sweep("test", configurations, trials)], Options,
            cancellation: TestContext.Current.CancellationToken)[0];
        return [.. configurations.Select((_, i) => outcomes.GetOutcomes(i).ToArray())];
    }
}
