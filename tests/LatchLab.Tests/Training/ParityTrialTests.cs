using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The network of the Parity problem: trials compared to the last bit, and an explicit solution.</summary>
public sealed class ParityTrialTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Complete_trials_of_back_propagation_equal_a_naive_program_to_the_last_bit(bool curriculum)
    {
        LearnerDefinition learner = new Backpropagation { LearningRate = 0.2 };
        TrainingConfiguration configuration = new()
        {
            Task = new ParityTask { Length = 5, Sequences = 8 },
            Network = new() { Network = NetworkKind.Parity, InitialRange = 1.5 },
            Training = curriculum ? new Curriculum { FirstLength = 2, Growth = 1.3, Learner = learner } : learner,
            ConvergenceRule = new()
            {
                Rule = ConvergenceRuleKind.SignAndCost,
                CostThreshold = 0.2,
                TestSequences = 30
            },
            Limits = new() { Presentations = 3000 },
        };
        const int trials = 40;
        SweepOutcomes outcomes = ContractConfigurations.Run([configuration], LaneKind.Widest, trials: trials, seed: 3);
        var stages = new HashSet<double>();
        for (int trial = 0; trial < trials; trial++)
        {
            (Outcome expected, double[] parameters) = new NaiveParity(configuration, seed: 3, trial, rate: 0.2).Run();
            Outcome actual = outcomes.GetOutcomes(0)[trial] with { EvaluationPresentations = 0 };
            Assert.Equal(expected with { TrainingError = 0.0, TestError = 0.0, TestCost = 0.0 },
                actual with { TrainingError = 0.0, TestError = 0.0, TestCost = 0.0 });
            Assert.Equal(expected.TrainingError, actual.TrainingError, 1e-15); // 1 − correct/P is rounded twice
            Assert.Equal(expected.TestError, actual.TestError, 1e-15);
            Assert.Equal(expected.TestCost, actual.TestCost, 1e-14); // a sum of 30 numbers below 2, in another order
            Assert.Equal(parameters, outcomes.GetParameters(0, trial).ToArray());
            stages.Add(actual.GetDiagnostic(configuration.Learner, Curriculum.LearnedStages));
        }

        Assert.InRange(outcomes.CountConverged(0), 2, trials - 2); // the comparison saw both ends
        Assert.Equal(curriculum, stages.Count > 1);
    }

    [Theory]
    [InlineData(PropagationInterpretation.FeasibleOnly)]
    [InlineData(PropagationInterpretation.AsPrinted)]
    [InlineData(PropagationInterpretation.Symmetric)]
    public void Complete_trials_of_discrete_propagation_equal_a_naive_program_to_the_last_bit(
        PropagationInterpretation interpretation)
    {
        DiscretePropagation units = new() { Propagation = interpretation, Epsilon = 0.3, MaximumSignal = 1.9 };
        TrainingConfiguration configuration = new()
        {
            Task = new ParityTask { Length = 6, Sequences = 8 },
            Network = new() { Network = NetworkKind.Parity, Unit = "threshold", InitialRange = 1.0 },
            Training = new DiscreteErrorPropagation { LearningRate = 0.05, ThresholdUnits = units },
            Limits = new() { Presentations = 1200 },
        };
        const int trials = 40;
        SweepOutcomes outcomes = ContractConfigurations.Run([configuration], LaneKind.Widest, trials: trials, seed: 4);
        for (int trial = 0; trial < trials; trial++)
        {
            (int presentations, bool learned, double[] parameters) =
                new NaiveDiscretePropagation(configuration, seed: 4, trial, units, rate: 0.05).Run();
            Outcome actual = outcomes.GetOutcomes(0)[trial];
            Assert.Equal((presentations, learned), (actual.Presentations, actual.IsConverged));
            Assert.Equal(parameters, outcomes.GetParameters(0, trial).ToArray());
        }

        Assert.InRange(outcomes.CountConverged(0), 3, trials - 3); // the comparison saw both ends
    }

    [Theory]
    [InlineData("threshold", 1.0, true)]
    [InlineData("tanh", 10.0, true)]
    [InlineData("tanh", 3.0, false)]
    [InlineData("tanh", 1.0, false)]
    public void Parity_is_solved_by_units_that_are_steep_enough(string unit, double gain, bool isSolved)
    {
        // h = f(G(u + y − 1.5)), y′ = f(G(u + y − 2h − 1.5)).
        double[] weights = [1.0, 1.0, -1.5, 1.0, 1.0, -2.0, -1.5];
        string[] names = ["w1", "w2", "b1", "w3", "w4", "w5", "b2"];
        foreach (int length in (int[])[10, 50, 500])
        {
            TrainingConfiguration configuration = new()
            {
                Task = new ParityTask { Length = length, Noise = 0.2 },
                Network = new()
                {
                    Network = NetworkKind.Parity,
                    Unit = unit,
                    Prior = string.Join(';', names.Zip(
                        weights, (name, w) => FormattableString.Invariant($"{name}={gain * w}"))),
                },
                Training = new MultigridRandomSearch(), // its first candidate is the start
                Limits = new() { Presentations = 30 },
            };
            foreach (Outcome outcome in ContractConfigurations.Run([configuration], LaneKind.Widest, trials: 10)
                .GetOutcomes(0))
            {
                Assert.Equal(isSolved, outcome.IsConverged);
                Assert.Equal(isSolved, outcome.TestError == 0.0);
            }
        }
    }
}
