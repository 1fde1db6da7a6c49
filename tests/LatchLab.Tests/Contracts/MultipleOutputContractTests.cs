using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Training;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// What every trial keeps to, on networks of two inputs a step, biases, and one output or three: with every learner and
/// every kind of targets.
/// </summary>
public sealed class MultipleOutputContractTests
{
    private const int Trials = 5;

    public static TheoryData<TargetKind, string> All
        => new(
            from kind in Enum.GetValues<TargetKind>() from name in ContractConfigurations.Learners.Keys select (kind,
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
        MultipleOutputConfiguration[] cells = MultipleOutputConfiguration.Of(kind,
            ContractConfigurations.Learners[learner], 9, 5);
        SweepOutcomes expected = Run(cells, LaneKind.Scalar);
        int moved = 0;
        foreach (LaneKind lane in LaneKind.All.Where(kind => kind != LaneKind.Scalar))
        {
            SweepOutcomes actual = Run(cells, lane, threads: lane == LaneKind.Widest ? 2 : 1);
            for (int cell = 0; cell < cells.Length; cell++)
            {
                for (int trial = 0; trial < Trials; trial++)
                {
                    Assert.Equal(expected.GetOutcomes(cell)[trial], actual.GetOutcomes(cell)[trial]);
                    double[] parameters = actual.GetParameters(cell, trial).ToArray();
                    Assert.Equal(expected.GetParameters(cell, trial).ToArray(), parameters);
                    moved += parameters.SequenceEqual(
                        cells[cell].CreateTrialStart(ContractConfigurations.Seed, trial).InitialParameters) ? 0 : 1;
                }
            }
        }

        Assert.NotEqual(0, moved);
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Searches_that_stop_early_equal_those_that_evaluate_everything(TargetKind kind, string learner)
    {
        long saved = 0;
        foreach (double share in (double[])[1.0, 0.6])
        {
            MultipleOutputConfiguration cell =
                MultipleOutputConfiguration.Of(kind, ContractConfigurations.Learners[learner], 7)[0];
            cell = cell with
            {
                Problem = cell.Problem with { Limits = cell.Problem.Limits with { Presentations = 600 } },
                ConvergenceRule = cell.ConvergenceRule with { TrainingShare = share, CostThreshold = 1.0 },
            };
            MultipleOutputTask task = (MultipleOutputTask)cell.Problem.Task;
            SweepOutcomes outcomes = Run([cell], LaneKind.Widest);
            for (int trial = 0; trial < Trials; trial++)
            {
                int number = trial;
                (Outcome expected, double[] parameters) = new NaiveSearch(
                    cell,
                    ContractConfigurations.Seed,
                    trial,
                    (purpose, first, count, longest) => Enumerable.Range(first, count)
                        .Select(p => task.Sequence(number, purpose, p, longest))).Run();
                Outcome actual = outcomes.GetOutcomes(0)[trial];

                // Sums over outputs are added in another order there: some roundings of numbers below 10.
                Assert.Equal(expected.Cost, actual.Cost, 1e-14);
                Assert.Equal(expected.TestCost, actual.TestCost, 1e-14);
                Assert.Equal(expected,
                    actual with { SkippedPresentations = 0, Cost = expected.Cost, TestCost = expected.TestCost });
                Assert.Equal(parameters, outcomes.GetParameters(0, trial).ToArray());
                saved += actual.SkippedPresentations;
            }
        }

        Assert.NotEqual(0, saved);
    }

    [Theory]
    [InlineData(TargetKind.Sign)]
    [InlineData(TargetKind.Classes)]
    [InlineData(TargetKind.Values)]
    public void Such_networks_learn(TargetKind kind)
    {
        LearnerDefinition[] learners =
        [
            new Backpropagation { LearningRate = 0.1 },
            new ForwardPropagation { LearningRate = 0.1 },
            new PseudoNewton { LearningRate = 0.1 },
            new TimeWeightedPseudoNewton { LearningRate = 0.1 },
        ];
        foreach (LearnerDefinition learner in learners)
        {
            MultipleOutputConfiguration cell = MultipleOutputConfiguration.Of(kind, learner, 4)[0];
            TrainingConfiguration longer = cell.Problem
                with
            { Limits = cell.Problem.Limits with { Presentations = 30_000 } };
            SweepOutcomes outcomes = Run([cell with { Problem = longer, ConvergenceRule = new() }], LaneKind.Widest);
            Assert.True(outcomes.CountConverged(0) == Trials, $"{learner.Name}: {outcomes.CountConverged(0)}");
        }
    }

    private static SweepOutcomes Run(MultipleOutputConfiguration[] cells, LaneKind lane, int threads = 1)
        => TrialRunner.Run(
            [new Sweep("test", cells, Trials) { StoredParameters = cells[0].Problem.ParameterNames.Count }],
            new RunOptions(ContractConfigurations.Seed, threads, lane))[0];
}
