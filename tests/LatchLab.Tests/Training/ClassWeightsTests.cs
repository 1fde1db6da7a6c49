using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Weights of classes in the gradient.</summary>
public sealed class ClassWeightsTests
{
    private static readonly TrainingConfiguration Plain = Configure(commonSequences: 16),
        EqualClasses = Configure(commonSequences: 12);

    [Fact]
    public void Balanced_weights_give_every_class_the_same_total_and_have_mean_1_over_the_sequences()
    {
        int[] sizes = [12, 6, 2];
        ClassWeights weights = ClassWeights.Balance(sizes);
        Assert.All(sizes.Zip(weights.Values), pair => Assert.Equal(20.0 / 3.0, pair.First * pair.Second, 1e-14));
        Assert.Equal([12, 6], Plain.Task.TrainingClassSizes!);
        Assert.Equal([18.0 / 24.0, 18.0 / 12.0], Weighted(Plain).Scoring.ClassWeights!.Values);
        Assert.Null(Plain.Scoring.ClassWeights);
    }

    [Fact]
    public void The_weights_multiply_the_output_gradients_of_the_class_and_no_cost()
    {
        (double[] common, double cost) = Evaluate(Plain, [1.0, 0.0]);
        (double[] rare, _) = Evaluate(Plain, [0.0, 1.0]);
        (double[] weighted, double weightedCost) = Evaluate(Plain, [0.75, 1.5]);
        for (int k = 0; k < weighted.Length; k++)
            Assert.Equal((0.75 * common[k]) + (1.5 * rare[k]), weighted[k], 1e-12);  // sums of 18 terms below 2
        Assert.Contains(common, sum => Math.Abs(sum) > 0.1);
        Assert.Equal(cost, weightedCost);
    }

    [Fact]
    public void Equal_weights_change_no_bit_of_a_trial_and_trials_with_weights_are_the_same_on_every_lane_type()
    {
        Assert.Equal(Run(EqualClasses, LaneKind.Widest), Run(Weighted(EqualClasses), LaneKind.Widest));
        Assert.Equal(Run(Weighted(Plain), LaneKind.Widest), Run(Weighted(Plain), LaneKind.Scalar));
        Assert.NotEqual(Run(Plain, LaneKind.Scalar), Run(Weighted(Plain), LaneKind.Scalar));
    }

    private static TrainingConfiguration Configure(int commonSequences)
        => TrainingConfigurationFactory.CreateDefault(
            new DatasetTask { TestShare = 0.25 }.WithDataset(SampleDatasets.Of(
                [.. Enumerable.Range(0, 24).Select(i => (3, i < commonSequences ? "common" : "rare"))])),
            new Backpropagation());

    private static TrainingConfiguration Weighted(TrainingConfiguration configuration) => configuration with
    {
        Limits = configuration.Limits with { ClassWeights = ClassWeighting.Balanced },
    };

    /// <summary>The sums over the training sequences of the gradients ∂C/∂x_k, [output], and of the costs.</summary>
    private static (double[] Gradients, double Cost) Evaluate(TrainingConfiguration configuration, double[] weights)
    {
        Scoring scoring = configuration.Scoring with { ClassWeights = new(weights) };
        Learner<Scalar> learner = configuration.CreateLearner<Scalar>(configuration.MaxLength, maxBundles: 1);
        TaskSequences<Scalar> sequences = configuration.CreateSequences<Scalar>(bundles: 1, configuration.MaxLength);
        var trial = new PendingTrial(configuration, TrialIndex: 0, SweepIndex: 0, ResultIndex: 0, Seed: 1);
        learner.BeginTrial(0, configuration.CreateTrialStart(seed: 1, trialIndex: 0), configuration.Learner);
        sequences.PrepareLane(0, trial, new TrialProgress(configuration));
        sequences.BeginEpoch();
        var loss = new OutputLoss<Scalar>(scoring, bundles: 1, outputCount: 2);
        var gradients = new LaneMemory<Scalar>(2);
        double[] sums = [0.0, 0.0];
        double costs = 0.0;
        for (int p = 0; p < configuration.TrainingSequences; p++)
        {
            SequenceBatch<Scalar> batch = sequences.GetBatch(p);
            learner.Present(batch);
            loss.Evaluate(learner, batch, bundle: 0, gradients.Slice(0, 2), out Scalar cost);
            costs += cost.Value;
            sums = [.. sums.Zip(gradients.Doubles.ToArray(), (sum, gradient) => sum + gradient)];
        }

        return (sums, costs);
    }

    private static double[] Run(TrainingConfiguration configuration, LaneKind lane)
    {
        TrainingResult result = new TrainingRun(
            configuration with { Limits = configuration.Limits with { Presentations = 360 } }, trialCount: 5).Run(
            new(Seed: 4, Threads: 1, lane), TestContext.Current.CancellationToken);
        return [.. result.Outcomes.Select(outcome => outcome.Cost), .. result.BestParameters];
    }
}
