using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>A fresh training set has a new sequence for each presentation, and the defaults that it needs.</summary>
public sealed class FreshSequencesTests
{
    private const ulong Seed = 5;

    [Fact]
    public void No_sequence_is_presented_twice_in_training_and_a_test_has_other_sequences()
    {
        TrainingConfiguration configuration = CreateConfiguration(new Backpropagation());
        var trial = new PendingTrial(configuration, TrialIndex: 3, SweepIndex: 0, ResultIndex: 0, Seed);
        int count = configuration.TrainingSequences;
        var passes = new TrialPasses(trial, PresentationOrder.ShuffleRanks(count), isShuffled: true);
        var progress = new TrialProgress(configuration);
        var trained = new List<int>();
        var tested = new HashSet<int>();
        for (int pass = 0; pass < 40; pass++)
        {
            passes.BeginPass(progress);
            foreach (int rank in passes.Ranks)
            {
                if (progress.IsTesting)
                    tested.Add(passes.GetNumber(rank));
                else
                    trained.Add(passes.GetNumber(rank));
            }

            // Every fourth pass begins a test that fails.
            Assert.Null(progress.EndEpoch(new(pass % 4 == 0 ? count : 0, Cost: 1.0)));
        }

        Assert.Equal(Enumerable.Range(0, progress.Presentations), trained.Order());
        Assert.NotEmpty(tested);
        TrialSequences sequences = configuration.Task.CreateSequences(configuration.CreateRandom(Seed, trialIndex: 3));
        string[] texts = [.. trained.Select(number => Write(sequences, Purpose.TrainingSequences, number)),
            .. tested.Select(number => Write(sequences, Purpose.TestSequences, number))];
        Assert.Equal(texts.Length, texts.Distinct().Count());
    }

    [Theory]
    [InlineData(UpdateTime.OnLine)]
    [InlineData(UpdateTime.Batch)]
    public void The_first_pass_is_that_of_a_fixed_training_set_and_the_others_are_not(UpdateTime updates)
    {
        TrainingConfiguration fresh = CreateConfiguration(new Backpropagation { Updates = updates });
        TrainingConfiguration repeated = fresh with
        {
            Task = (GeneratedTask)fresh.Task with { TrainingSet = TrainingSet.Fixed },
        };
        foreach (int passes in (int[])[1, 2])
        {
            TrainingLimits limits = fresh.Limits with { Presentations = passes * fresh.TrainingSequences };
            SweepOutcomes outcomes = ContractConfigurations.Run(
                [fresh with { Limits = limits }, repeated with { Limits = limits }], LaneKind.Widest);
            for (int trial = 0; trial < ContractConfigurations.Trials; trial++)
            {
                Assert.Equal(
                    passes == 1,
                    outcomes.GetParameters(0, trial).SequenceEqual(outcomes.GetParameters(1, trial)));
            }
        }
    }

    [Theory]
    [InlineData("latch", "fixed", "sign-and-cost", "200", "0.95", "0")]
    [InlineData("latch", "fresh", "test-sequences", "1000", "0.99", "0")]
    [InlineData("adding", "fixed", "sign-and-cost", "200", "0.95", "0.04")]
    [InlineData("adding", "fresh", "test-sequences", "1000", "0.99", "0.04")]
    public void The_defaults_of_the_rule_follow_from_the_training_set(
        string task, string trainingSet, string rule, string testSequences, string share, string tolerance)
    {
        var errors = new List<ValidationError>();
        TrainingConfiguration configuration = TrainingConfigurationFactory.Create(
            task, "back-propagation", new Dictionary<string, string> { ["training-set"] = trainingSet }, errors);
        Assert.Empty(errors);
        Dictionary<string, string> values = TrainingConfigurationFactory.GetSettings(configuration)
            .ToDictionary(setting => setting.Name, setting => setting.Value);
        Assert.Equal(
            (trainingSet, rule, testSequences, share, tolerance),
            (values["training-set"], values["rule"], values["test-sequences"], values["required-test-share"],
                values["tolerance"]));
    }

    [Theory]
    [InlineData("adding", "random-guessing", "", "task.training-set: the learner random-guessing compares its " +
        "candidates on the same sequences: give fixed")]
    [InlineData("parity", "curriculum", "training-set=fresh", "task.training-set: the learner curriculum goes on to " +
        "longer sequences when it has learned a training set: give fixed")]
    [InlineData("adding", "back-propagation", "rule=sign", "rule.rule: a fresh training set has no sequences to " +
        "evaluate, because each is presented once: give test-sequences")]
    [InlineData("keep", "back-propagation", "training-set=fresh presentations=16777187", "rule.presentations: " +
        "16777187 are more than a trial has fresh sequences: give at most 16777186")]
    [InlineData("keep", "back-propagation", "training-set=new", "task.training-set: 'new' is not allowed: give " +
        "fixed or fresh")]
    [InlineData("adding", "back-propagation", "noise=1", "task.noise: is not a setting of the task adding with the " +
        "learner back-propagation; there are ")]
    [InlineData("adding", "back-propagation", "tolerance=0", "rule.tolerance: the targets of the task adding are " +
        "numbers: give the largest distance between a correct output and its target, for example 0.1")]
    [InlineData("adding", "back-propagation", "network=parity", "network.network: the task adding has 2 inputs a " +
        "step and 1 output, and the network parity has one of each: give fully-connected")]
    public void What_a_training_set_does_not_support_is_refused(
        string task, string learner, string changes, string expected)
    {
        var errors = new List<ValidationError>();
        TrainingConfigurationFactory.Create(
            task, learner, changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('='))
                .ToDictionary(pair => pair[0], pair => pair[1]), errors);
        Assert.Contains(errors, error => error.ToString().StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_configuration_in_code_is_refused_for_the_same_reasons()
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new AddingTask(), new SimulatedAnnealing());
        Assert.Equal(["task.training-set"], configuration.Validate().Select(error => error.Field));
        Assert.Equal(
            ["rule.rule"],
            (CreateConfiguration(new Backpropagation()) with { ConvergenceRule = new() }).Validate()
                .Select(error => error.Field));
    }

    private static TrainingConfiguration CreateConfiguration(LearnerDefinition learner)
    {
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new AddingTask { Length = 9, Sequences = 6, ShortestShare = 0.3 }, learner);
        return configuration with
        {
            ConvergenceRule = configuration.ConvergenceRule with { TestSequences = 14 },
        };
    }

    private static string Write(TrialSequences sequences, Purpose purpose, int number)
    {
        double[] inputs = new double[2 * sequences.LengthOf(purpose, number, maxLength: 9)], labels = new double[1];
        sequences.Write(purpose, number, inputs, labels);
        return string.Join(' ', inputs);
    }
}
