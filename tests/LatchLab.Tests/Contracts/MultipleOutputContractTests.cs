using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Training;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// Invariants of every trial on networks with two inputs per step, biases, and one or three outputs, for every learner
/// and every kind of target.
/// </summary>
public sealed class MultipleOutputContractTests
{
    private const int Trials = 5;

    public static TheoryData<TargetKind, string> All
        => new(
            from kind in Enum.GetValues<TargetKind>()
            from name in ContractConfigurations.Learners.Keys
            select (kind,
                name));

    public static TheoryData<TargetKind, string> Searches
        => new(from kind in Enum.GetValues<TargetKind>()
               from named in ContractConfigurations.Learners
               where named.Value.IsSearch
               select (kind, named.Key));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_lane_type_and_number_of_threads_gives_the_same_trials(TargetKind kind, string learner)
    {
        TrainingConfiguration[] configurations = MultipleOutputTask.CreateConfigurations(kind,
            ContractConfigurations.Learners[learner], 9, 5);
        SweepOutcomes expected = Run(configurations, LaneKind.Scalar);
        int changed = 0;
        foreach (LaneKind lane in SlowTests.LaneKinds.Where(kind => kind != LaneKind.Scalar))
        {
            SweepOutcomes actual = Run(configurations, lane, threads: lane == LaneKind.Widest ? 2 : 1);
            for (int index = 0; index < configurations.Length; index++)
            {
                for (int trial = 0; trial < Trials; trial++)
                {
                    Assert.Equal(expected.GetOutcomes(index)[trial], actual.GetOutcomes(index)[trial]);
                    double[] parameters = actual.GetParameters(index, trial).ToArray();
                    Assert.Equal(expected.GetParameters(index, trial).ToArray(), parameters);
                    changed += parameters.SequenceEqual(
                        configurations[index].CreateTrialStart(ContractConfigurations.Seed, trial).InitialParameters)
                        ? 0
                        : 1;
                }
            }
        }

        Assert.NotEqual(0, changed);
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Searches_that_stop_early_equal_those_that_evaluate_everything(TargetKind kind, string learner)
    {
        SlowTests.SkipUnlessRequested();
        long skipped = 0;
        foreach (double share in (double[])[1.0, 0.6])
        {
            TrainingConfiguration configuration =
                MultipleOutputTask.CreateConfigurations(kind, ContractConfigurations.Learners[learner], 7)[0];
            configuration = configuration with
            {
                Limits = configuration.Limits with { Presentations = 600 },
                ConvergenceRule = configuration.ConvergenceRule with { TrainingShare = share, CostThreshold = 1.0 },
            };
            var task = (MultipleOutputTask)configuration.Task;
            SweepOutcomes outcomes = Run([configuration], LaneKind.Widest);
            for (int trial = 0; trial < Trials; trial++)
            {
                int number = trial;
                (Outcome expected, double[] parameters) = new NaiveSearch(
                    configuration,
                    ContractConfigurations.Seed,
                    trial,
                    (purpose, first, count, longest) => task.RankSequences(number, purpose, first, count, longest))
                    .Run();
                Outcome actual = outcomes.GetOutcomes(0)[trial];

                // The engine adds the sums over outputs in another order: a few roundings of numbers below 10.
                Assert.Equal(expected.Cost, actual.Cost, 1e-14);
                Assert.Equal(expected.TestCost, actual.TestCost, 1e-14);
                Assert.Equal(expected,
                    actual with { SkippedPresentations = 0, Cost = expected.Cost, TestCost = expected.TestCost });
                Assert.Equal(parameters, outcomes.GetParameters(0, trial).ToArray());
                skipped += actual.SkippedPresentations;
            }
        }

        Assert.NotEqual(0, skipped);
    }

    [Theory]
    [InlineData(TargetKind.Sign)]
    [InlineData(TargetKind.Classes)]
    [InlineData(TargetKind.Values)]
    public void Networks_with_several_outputs_learn(TargetKind kind)
    {
        SlowTests.SkipUnlessRequested();
        LearnerDefinition[] learners =
        [
            new Backpropagation { LearningRate = 0.1 },
            new ForwardPropagation { LearningRate = 0.1 },
            new PseudoNewton { LearningRate = 0.1 },
            new TimeWeightedPseudoNewton { LearningRate = 0.1 },
        ];
        foreach (LearnerDefinition learner in learners)
        {
            TrainingConfiguration configuration = MultipleOutputTask.CreateConfigurations(kind, learner, 4)[0];
            SweepOutcomes outcomes = Run(
                [configuration with
                {
                    Limits = configuration.Limits with { Presentations = 30_000 },
                    ConvergenceRule = new(),
                }],
                LaneKind.Widest);
            Assert.True(outcomes.CountConverged(0) == Trials, $"{learner.Name}: {outcomes.CountConverged(0)}");
        }
    }

    private static SweepOutcomes Run(TrainingConfiguration[] configurations, LaneKind lane, int threads = 1)
        => TrialRunner.Run(
            [
                new Sweep("test", configurations, Trials)
                {
                    StoredParameters = configurations[0].ParameterNames.Count,
                },
            ],
            new RunOptions(ContractConfigurations.Seed, threads, lane))[0];
}
