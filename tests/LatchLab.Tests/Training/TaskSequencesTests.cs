using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Tests.Numerics;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The presented sequences are those of the tasks, in every lane and for any previous lane content.</summary>
public sealed class TaskSequencesTests
{
    private const ulong Seed = 5;

    public static TheoryData<string, SequenceOrder> TasksAndOrders
        => [.. from name in Variants.Keys from order in Enum.GetValues<SequenceOrder>() select (name, order)];

    private static IEnumerable<NoisyTask> Noisy => KnownTasks.Generated.OfType<NoisyTask>();

    private static Dictionary<string, NoisyTask> Variants { get; } = Noisy
        .Select(task => (task.Name, task))
        .Concat(Noisy.Select(task => (
            task.Name + ", Gaussian", task with { NoiseKind = NoiseKind.Gaussian, ShortestShare = 0.1 })))
        .Append(("two-sequence, short key", new TwoSequenceTask { KeyLength = 3 }))
        .Append(("latch, four inputs", new LatchTask { Inputs = 4, ShortestShare = 0.0 }))
        .ToDictionary();

    [Theory]
    [MemberData(nameof(TasksAndOrders))]
    public void Presented_sequences_equal_those_of_a_naive_generator(string name, SequenceOrder order)
    {
        const int longest = 23;
        TrainingConfiguration[] configurations =
            [.. ((int[])[longest, 9, 14]).Select(length => ContractConfigurations.Of(
            Variants[name] with { Length = length, Order = order }, new Backpropagation()))];
        TaskSequences<Wide256> lanes = configurations[0].CreateSequences<Wide256>(bundles: 2, longest);
        var random = new Random(2);
        for (int round = 0; round < 6; round++)
        {
            for (int lane = 0; lane < 2 * Wide256.Count; lane++)
            {
                TrainingConfiguration configuration = configurations[random.Next(configurations.Length)];
                int trial = random.Next(1000);
                var progress = new TrialProgress(configuration);
                int epochs = random.Next(3);
                for (int epoch = 0; epoch <= epochs; epoch++)
                {
                    lanes.PrepareLane(lane, new PendingTrial(configuration, trial, SweepIndex: 0, ResultIndex: 0, Seed),
                        progress);
                    if (epoch < epochs)
                        progress.EndEpoch(new(CorrectCount: 0, Cost: 1.0));
                }

                lanes.BeginEpoch();
                var expected = NaiveSequences.Presented(
                    configuration, Seed, trial, Purpose.TrainingSequences, first: 0, configuration.TrainingSequences,
                    configuration.MaxLength, epochs);
                for (int p = 0; p < configuration.TrainingSequences; p++)
                {
                    (double[] inputs, int sequenceClass) = Read(lanes, p, lane, bundles: 2);
                    Assert.Equal(expected[p].Inputs, inputs);
                    Assert.Equal(expected[p].Class, sequenceClass);
                }
            }
        }
    }

    [Fact]
    public void The_last_training_set_of_a_curriculum_equals_that_of_a_trial_without_one()
    {
        TrainingConfiguration plain = ContractConfigurations.Of(
            new ParityTask { Length = 12, Order = SequenceOrder.Sorted }, new Backpropagation());
        TrainingConfiguration led = plain with { Learner = new Curriculum { FirstLength = 6 } };
        var progress = new TrialProgress(led);
        while (progress.StageLength < led.MaxLength)
            progress.EndEpoch(new(ContractConfigurations.Sequences, Cost: 0.0));
        TaskSequences<Scalar> Prepared(TrainingConfiguration configuration, TrialProgress progress)
        {
            TaskSequences<Scalar> lanes = configuration.CreateSequences<Scalar>(bundles: 1, maxLength: 12);
            lanes.PrepareLane(0, new PendingTrial(configuration, TrialIndex: 3, SweepIndex: 0, ResultIndex: 0, Seed),
                progress);
            lanes.BeginEpoch();
            return lanes;
        }

        TaskSequences<Scalar> first = Prepared(led, new TrialProgress(led)), last = Prepared(led, progress);
        TaskSequences<Scalar> alone = Prepared(plain, new TrialProgress(plain));
        for (int p = 0; p < ContractConfigurations.Sequences; p++)
        {
            double[] inputs = Read(alone, p, lane: 0, bundles: 1).Inputs;
            Assert.Equal(inputs, Read(last, p, lane: 0, bundles: 1).Inputs);
            Assert.NotEqual(inputs, Read(first, p, lane: 0, bundles: 1).Inputs);
        }
    }

    [Fact]
    public void A_test_presents_the_sequences_it_counts_for_any_lengths()
    {
        // 10 test sequences in passes of 6: the second pass counts 4, and those are numbers 6 to 9.
        TrainingConfiguration configuration = ContractConfigurations.Of(
            new ParityTask { Length = 40, ShortestShare = 0.0 }, new Backpropagation()) with
        {
            ConvergenceRule = new()
            {
                Rule = ConvergenceRuleKind.TestSequences,
                TestSequences = 10,
                RequiredTestShare = 0.1
            },
        };
        TaskSequences<Scalar> lanes = configuration.CreateSequences<Scalar>(
            bundles: 1, configuration.MaxLength);
        for (int trial = 0; trial < 20; trial++)
        {
            var progress = new TrialProgress(configuration);
            progress.EndEpoch(new(configuration.TrainingSequences, Cost: 0.0));
            progress.EndEpoch(new(configuration.TrainingSequences, Cost: 0.0));
            Assert.Equal((6, 4), (progress.FirstTestSequence, progress.CountedSequences));
            lanes.PrepareLane(
                lane: 0, new PendingTrial(configuration, trial, SweepIndex: 0, ResultIndex: 0, Seed), progress);
            lanes.BeginEpoch();
            var expected = NaiveSequences.Presented(configuration, Seed, trial, Purpose.TestSequences, first: 6, 4,
                configuration.MaxLength, epoch: null);
            for (int p = 0; p < 4; p++)
                Assert.Equal(expected[p].Inputs, Read(lanes, p, lane: 0, bundles: 1).Inputs);
        }
    }

    [Fact]
    public void Noise_is_added_to_the_same_inputs()
    {
        foreach (NoisyTask task in Noisy)
        {
            TrainingConfiguration noisy = ContractConfigurations.Of(task, new Backpropagation());
            TrainingConfiguration clean = ContractConfigurations.Of(task with { Noise = 0.0 },
                new SimulatedAnnealing());
            for (int number = 0; number < 20; number++)
            {
                TrialRandom random = noisy.CreateRandom(Seed, trialIndex: 1);
                int length = task.LengthOf(random, Purpose.TrainingSequences, number, task.Length);
                double[] with = new double[length], without = new double[length];
                task.Write(random, Purpose.TrainingSequences, number, with);
                TrialRandom same = clean.CreateRandom(Seed, trialIndex: 1);
                (task with { Noise = 0.0 }).Write(same, Purpose.TrainingSequences, number, without);
                Assert.All(with.Zip(without), pair => Assert.InRange(pair.First - pair.Second, -0.2, 0.2));
                Assert.NotEqual(with[^1], without[^1]);
                if (task is ParityTask)
                    Assert.Equal(number % 2 == 0 ? 1 : 0, without.Count(u => u == 1.0) % 2);
            }
        }
    }

    private static (double[] Inputs, int Class) Read<TLane>(TaskSequences<TLane> lanes, int p, int lane,
        int bundles)
        where TLane : unmanaged, IBitLane<TLane>
    {
        SequenceBatch<TLane> sequence = lanes.GetBatch(p);
        int bundle = lane / TLane.Count, start = (int)Number(sequence.StartOffset[bundle], lane);
        Assert.InRange(start, sequence.EarliestStart, sequence.LatestStart);
        var inputs = new double[sequence.Length - start];
        for (int t = start; t < sequence.Length; t++)
            inputs[t - start] = Number(sequence.Inputs[(t * bundles) + bundle], lane);
        return (inputs, Number(sequence.ClassSign[bundle], lane) > 0.0 ? 1 : 0);
    }

    private static double Number<TLane>(TLane values, int lane)
        where TLane : unmanaged, IBitLane<TLane>
        => Lanes.Numbers(values)[lane % TLane.Count];
}
