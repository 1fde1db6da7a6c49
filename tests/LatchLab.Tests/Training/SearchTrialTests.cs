using LatchLab.Learning;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>Search trials with early-stopped evaluations against a program that evaluates everything.</summary>
public sealed class SearchTrialTests
{
    private const int Trials = 16;

    private static readonly Dictionary<string, LearnerDefinition> Searches = new()
    {
        ["multi-grid"] = new MultigridRandomSearch { InitialHalfWidth = 3, Shrinking = 0.97 },
        ["short multi-grid"] = new MultigridRandomSearch { Stuck = new() { StuckTolerance = 0.1 } },
        ["annealing"] = new SimulatedAnnealing { Cycles = 2, Adjustments = 2, InitialStep = 3, Cooling = 0.5 },
        ["guessing"] = new RandomGuessing { GuessRange = 4 },
        ["curriculum of guesses"] = new Curriculum { Learner = new RandomGuessing { GuessRange = 4 } },
        ["curriculum of annealing"] = new Curriculum
        {
            FirstLength = 5,
            Growth = 1.3,
            Learner = new SimulatedAnnealing { Cycles = 2, Adjustments = 2, InitialStep = 3 },
        },
    };

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (NoisyTask task in KnownTasks.Generated.OfType<NoisyTask>())
            {
                foreach (string search in Searches.Keys)
                    all.Add(task.Name, search);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Trials_that_stop_early_equal_those_that_evaluate_everything(string taskName, string searchName)
    {
        SlowTests.SkipUnlessRequested();
        GeneratedTask task = KnownTasks.Generated.Single(known => known.Name == taskName) with { Length = 12 };
        long skipped = 0;
        foreach ((ConvergenceRuleKind rule, double share) in ((ConvergenceRuleKind, double)[])
            [(ConvergenceRuleKind.Sign, 1.0), (ConvergenceRuleKind.SignAndCost, 1.0), (ConvergenceRuleKind.Sign, 0.6),
                (ConvergenceRuleKind.SignAndCost, 0.8)])
        {
            TrainingConfiguration configuration = ContractConfigurations.Of(task, Searches[searchName]);
            configuration = configuration with
            {
                Network = configuration.Network with { Prior = "" },
                ConvergenceRule = configuration.ConvergenceRule with
                {
                    Rule = rule,
                    CostThreshold = rule == ConvergenceRuleKind.SignAndCost ? 0.3 : 0.05,
                    TrainingShare = share,
                },
                Limits = new() { Presentations = 600, Tolerance = rule == ConvergenceRuleKind.Sign ? 0.0 : 0.9 },
            };
            int trials = share == 1.0 ? Trials : Trials / 4;
            SweepOutcomes outcomes = ContractConfigurations.Run([configuration], LaneKind.Widest, trials: trials);
            for (int trial = 0; trial < trials; trial++)
            {
                Outcome actual = outcomes.GetOutcomes(0)[trial];
                (Outcome expected, double[] parameters) =
                    new NaiveSearch(configuration, ContractConfigurations.Seed, trial,
                        SequencesOf(configuration, trial)).Run();
                Assert.Equal(expected, actual with { SkippedPresentations = 0 });
                Assert.Equal(parameters, outcomes.GetParameters(0, trial).ToArray());
                skipped += actual.SkippedPresentations;
            }
        }

        Assert.NotEqual(0, skipped);
    }

    private static NaiveSearch.SequencesOf SequencesOf(TrainingConfiguration configuration, int trial)
        => (purpose, first, count, longest) =>
            from one in NaiveSequences.Set(
                configuration, ContractConfigurations.Seed, trial, purpose, first, count, longest)
            select (one.Inputs, (double[])[one.Class == 1 ? 1.0 : -1.0]);
}
