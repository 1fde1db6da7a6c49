using CsCheck;
using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Numerics;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Tasks;

/// <summary>The sequences of the n-bit flip-flop and their targets at every step.</summary>
public sealed class FlipFlopTaskTests
{
    private const ulong Seed = 5;

    [Fact]
    public void The_target_of_every_step_is_the_sign_of_the_last_pulse()
        => Gen.Select(Gen.ULong, Gen.Int[0, 1000], Gen.Int[2, 60], Gen.Int[1, 5], Gen.Double[0.0, 1.0])
            .Sample((seed, number, length, bits, probability) =>
            {
                var task = new FlipFlopTask { Bits = bits, PulseProbability = probability, Target = 0.5 };
                (double[] inputs, double[] targets) = Write(task, new(seed, 7, Trial: 3), number, length);
                for (int bit = 0; bit < bits; bit++)
                {
                    double last = 0.0;
                    for (int t = 0; t < length; t++)
                    {
                        double input = inputs[(t * bits) + bit];
                        Assert.Contains(input, new[] { -1.0, 0.0, 1.0 });
                        last = input == 0.0 ? last : input;
                        Assert.Equal(0.5 * last, targets[(t * bits) + bit]);
                        Assert.NotEqual(0.0, last);
                    }
                }
            });

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Pulses_have_their_probability_at_its_ends(double probability)
    {
        var task = new FlipFlopTask { PulseProbability = probability };
        (double[] inputs, _) = Write(task, new(Seed, 7, Trial: 3), number: 0, length: 50);
        Assert.Equal(probability == 0.0 ? task.Bits : 50 * task.Bits, inputs.Count(input => input != 0.0));
    }

    [Fact]
    public void Every_lane_has_the_inputs_and_the_targets_of_its_trial_at_every_step()
    {
        const int maxLength = 12, bundles = 2;
        TrainingConfiguration[] configurations =
        [
            .. ((int[])[maxLength, 7]).Select(length => CreateConfiguration(new FlipFlopTask
            {
                Length = length,
                Sequences = 5,
                ShortestShare = 0.5,
                Bits = 2,
            })),
        ];
        TaskSequences<Wide256> lanes = configurations[0].CreateSequences<Wide256>(bundles, maxLength);
        var passes = new List<TrialPasses>();
        for (int lane = 0; lane < bundles * Wide256.Count; lane++)
        {
            var trial = new PendingTrial(configurations[lane % 2], lane, SweepIndex: 0, ResultIndex: 0, Seed);
            var progress = new TrialProgress(configurations[lane % 2]);
            lanes.PrepareLane(lane, trial, progress);
            passes.Add(new(trial, PresentationOrder.ShuffleRanks(5), isShuffled: true));
            passes[^1].BeginPass(progress);
        }

        lanes.BeginEpoch();
        for (int p = 0; p < 5; p++)
        {
            SequenceBatch<Wide256> batch = lanes.GetBatch(p);
            Assert.True(batch.HasTargetsAtEveryStep);
            for (int lane = 0; lane < bundles * Wide256.Count; lane++)
            {
                int rank = passes[lane].Ranks[p], steps = passes[lane].GetSteps(rank);
                double[] inputs = new double[2 * steps], targets = new double[2 * steps];
                passes[lane].Write(rank, inputs, targets);
                Assert.Equal(maxLength - steps, Read(batch.StartOffset[lane / Wide256.Count], lane));
                for (int i = 0; i < inputs.Length; i++)
                {
                    int index = ((((maxLength - steps + (i / 2)) * bundles) + (lane / Wide256.Count)) * 2) + (i % 2);
                    Assert.Equal(inputs[i], Read(batch.Inputs[index], lane));
                    Assert.Equal(targets[i], Read(batch.Targets[index], lane));
                }
            }
        }
    }

    [Fact]
    public void Learners_that_take_only_the_last_step_refuse_the_task()
        => Assert.All(
            KnownLearners.All.Where(learner => !learner.SupportsTargetsAtEveryStep && !learner.IsSearch),
            learner => Assert.Contains(
                TrainingConfigurationFactory.CreateDefault(new FlipFlopTask(), learner).Validate(),
                error => error.Field == "learner.name"
                    && error.Message.StartsWith(
                        "the task flip-flop has targets at every step, which", StringComparison.Ordinal)));

    private static TrainingConfiguration CreateConfiguration(FlipFlopTask task)
        => TrainingConfigurationFactory.CreateDefault(task, new Backpropagation());

    private static (double[] Inputs, double[] Targets) Write(
        FlipFlopTask task, TrialRandom random, int number, int length)
    {
        double[] inputs = new double[length * task.Bits], targets = new double[length * task.Bits];
        task.Write(random, Purpose.TrainingSequences, number, inputs, targets);
        return (inputs, targets);
    }

    private static double Read(Wide256 values, int lane) => Lanes.Numbers(values)[lane % Wide256.Count];
}
