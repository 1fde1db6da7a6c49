using System.Collections.Concurrent;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Early stopping against the parameters after each epoch and their validation costs.</summary>
public sealed class ValidationTests
{
    private const ulong Seed = 7;

    private const int Trials = 6, Patience = 3, Sequences = 6;

    // More validation sequences than a pass has positions, and training sequences that are not learned at once.
    private static readonly TrainingConfiguration Configuration = TrainingConfigurationFactory.CreateDefault(
        new TwoSequenceTask { Length = 6, Sequences = Sequences, Noise = 1.0 },
        new Backpropagation { LearningRate = 0.3 }) with
    {
        ConvergenceRule = new()
        {
            Rule = ConvergenceRuleKind.Validation,
            Patience = Patience,
            TestSequences = 20,
        },
        Limits = new() { Presentations = 40 * Sequences },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Training_ends_after_epochs_without_a_lower_validation_cost_with_the_parameters_of_the_lowest()
    {
        var parameters = new ConcurrentDictionary<int, ConcurrentBag<TrialSnapshot>>();
        SweepOutcomes outcomes = Run(Configuration, LaneKind.Widest, new TrialObserver(Sequences, snapshot
            => parameters.GetOrAdd(snapshot.Trial.TrialIndex, _ => []).Add(snapshot)));
        SweepOutcomes scalar = Run(Configuration, LaneKind.Scalar, observer: null);
        var reasons = new HashSet<StopReason>();
        for (int trial = 0; trial < Trials; trial++)
        {
            Outcome outcome = outcomes.GetOutcomes(0)[trial];
            Assert.Equal(scalar.GetOutcomes(0)[trial], outcome);
            Assert.Equal(scalar.GetParameters(0, trial), outcomes.GetParameters(0, trial));
            TrialSnapshot[] epochs = [.. parameters[trial].OrderBy(snapshot => snapshot.Values.Presentations)
                .Where(snapshot => snapshot.Values.Presentations > 0)];
            double[] costs = [.. epochs.Select(epoch => ComputeValidationCost(trial, epoch.Parameters))];
            int best = Array.IndexOf(costs, costs.Min());
            Assert.Equal(epochs[best].Parameters, outcomes.GetParameters(0, trial).ToArray());
            Assert.Equal(costs[best], outcome.ValidationCost, 1e-14);   // sums of twenty costs below 2
            Assert.Equal(epochs.Length * Sequences, outcome.Presentations);
            Assert.Equal(
                outcome.StopReason == StopReason.Converged, FindEnd(costs) == costs.Length);
            reasons.Add(outcome.StopReason);
        }

        Assert.Contains(StopReason.Converged, reasons);
    }

    [Fact]
    public void The_final_test_validation_presents_the_validation_sequences_in_place_of_the_test_sequences()
    {
        SweepOutcomes tested = Run(Configuration, LaneKind.Widest, observer: null),
            validated = Run(OnValidation(Configuration), LaneKind.Widest, observer: null);
        for (int trial = 0; trial < Trials; trial++)
        {
            Outcome before = tested.GetOutcomes(0)[trial], after = validated.GetOutcomes(0)[trial];
            Assert.Equal(before.ValidationCost, after.TestCost);    // of the same networks on the same sequences
            Assert.NotEqual(before.TestCost, after.TestCost);
            Assert.Equal(before, after with { TestError = before.TestError, TestCost = before.TestCost });
        }
    }

    [Fact]
    public void A_final_test_on_validation_sequences_does_not_see_the_test_sequences_of_a_dataset()
    {
        TrainingConfiguration one = CreateSplit("a", "b"), other = CreateSplit("b", "a");
        Assert.Equal(GetErrors(OnValidation(one)), GetErrors(OnValidation(other)));
        Assert.NotEqual(GetErrors(one), GetErrors(other));

        static double[] GetErrors(TrainingConfiguration configuration)
            => [.. Run(configuration, LaneKind.Widest, observer: null).GetOutcomes(0).ToArray()
                .Select(outcome => outcome.TestError)];
    }

    [Fact]
    public void A_final_test_on_validation_sequences_needs_some()
        => Assert.Equal(
            ["rule.final-test: there are no validation sequences: give validation-share, too, for example 0.2"],
            OnValidation(TrainingConfigurationFactory.CreateDefault(
                new DatasetTask().WithDataset(Tasks.SampleDatasets.Classes), new Backpropagation()))
                .FindConflicts([]).Select(error => $"{error}"));

    [Fact]
    public void The_best_network_is_chosen_by_its_validation_cost_and_not_by_its_test()
    {
        Outcome low = new(StopReason.BudgetExhausted, 100, 0, 0.1) { ValidationCost = 0.1, TestError = 0.4 };
        Outcome high = new(StopReason.Converged, 50, 0, 0.1) { ValidationCost = 0.2, TestError = 0.0 };
        Assert.Equal(1, TrainingResult.FindBestTrial([high, low, new(StopReason.Diverged, 30, 0, double.NaN)]));
    }

    [Fact]
    public void A_trial_that_diverges_after_a_validation_has_no_validation_cost()
    {
        var progress = new TrialProgress(Configuration);
        Assert.Null(progress.EndEpoch(new(0, 1.0)));
        while (progress.IsValidating)
            Assert.Null(progress.EndEpoch(new(0, 1.0)));
        Assert.True(progress.Validations.HasNewMinimum);
        Outcome outcome = progress.EndEpoch(new EpochResult(0, 1.0) { IsDiverged = true })!.Value;
        Assert.Equal((StopReason.Diverged, double.NaN), (outcome.StopReason, outcome.ValidationCost));
    }

    [Fact]
    public void A_dataset_without_validation_sequences_and_a_learner_that_is_evaluated_on_its_training_set_are_refused()
    {
        var dataset = TrainingConfigurationFactory.CreateDefault(
            new DatasetTask().WithDataset(Tasks.SampleDatasets.Classes), new Backpropagation());
        Assert.Equal(
            ["rule.rule: there are no validation sequences: give validation-share, too, for example 0.2"],
            Validate(dataset with { ConvergenceRule = Configuration.ConvergenceRule with { TestSequences = 200 } }));
        Assert.Contains(
            "does not support validation, because it is evaluated on its training sequences",
            Assert.Single(Validate(TrainingConfigurationFactory.CreateDefault(
                Configuration.Task, new RandomGuessing()) with
            {
                ConvergenceRule = Configuration.ConvergenceRule,
            })), StringComparison.Ordinal);

        static IEnumerable<string> Validate(TrainingConfiguration configuration)
            => configuration.FindConflicts([]).Select(error => $"{error}");
    }

    private static TrainingConfiguration OnValidation(TrainingConfiguration configuration) => configuration with
    {
        ConvergenceRule = configuration.ConvergenceRule with { FinalTest = FinalTest.Validation },
    };

    /// <summary>Eight sequences of two classes, and two test sequences with these labels.</summary>
    private static TrainingConfiguration CreateSplit(string firstLabel, string secondLabel)
    {
        using var folder = new Models.DatasetFolder();
        var task = new DatasetTask { Split = "part", ValidationShare = 0.5 };
        string rows = string.Concat(Enumerable.Range(0, 8).Select(
            i => $"{i},{(i % 2 == 0 ? "a" : "b")},train,{(i % 2) + (0.1 * i)}\n"));
        return TrainingConfigurationFactory.CreateDefault(
            task.WithDataset(folder.Read(
                $"sequence,label,part,x\n{rows}8,{firstLabel},test,0\n9,{secondLabel},test,1.9\n", task)),
            new Backpropagation()) with
        { Limits = new() { Presentations = 400 } };
    }

    /// <summary>The first number of epochs after which the last ones had no new minimum; 0 if there is none.</summary>
    private static int FindEnd(double[] costs)
        => Enumerable.Range(1, costs.Length).FirstOrDefault(
            count => count - 1 - Array.IndexOf(costs, costs[..count].Min()) >= Patience);

    private static double ComputeValidationCost(int trial, IReadOnlyList<double> parameters)
    {
        TrialSequences sequences = Configuration.Task.CreateSequences(Configuration.CreateRandom(Seed, trial));
        return Enumerable.Range(0, Configuration.ValidationSequences).Average(number =>
        {
            var inputs = new double[sequences.LengthOf(Purpose.ValidationSequences, number, Configuration.MaxLength)];
            var sign = new double[1];
            sequences.Write(Purpose.ValidationSequences, number, inputs, sign);
            double output = Configuration.Accept(new OutputVisitor(parameters, inputs, sign[0]))[0];
            return 0.5 * Math.Pow(output - (sign[0] * Configuration.Scoring.TargetDistance), 2.0);
        });
    }

    private static SweepOutcomes Run(TrainingConfiguration configuration, LaneKind lane, TrialObserver? observer)
    {
        var sweep = new Sweep("", [configuration], Trials)
        {
            StoredParameters = configuration.ParameterNames.Count,
            Observer = observer,
        };
        return TrialRunner.Run([sweep], new(Seed, Threads: 1, lane), cancellation: Stop)[0];
    }
}
