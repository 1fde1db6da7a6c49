using CsCheck;
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
    [InlineData(false, 0.0)]
    [InlineData(false, -1.0)]
    [InlineData(true, -1.0)]
    public void Complete_trials_of_back_propagation_equal_a_naive_program_to_the_last_bit(
        bool curriculum, double initialOutput)
    {
        LearnerDefinition learner = new Backpropagation { LearningRate = 0.2 };
        TrainingConfiguration configuration = new()
        {
            Task = new ParityTask { Length = 4, Sequences = 8 },
            Network = new() { Network = "parity", InitialRange = 1.5, InitialOutput = initialOutput },
            Learner = curriculum ? new Curriculum { FirstLength = 2, Growth = 1.3, Learner = learner } : learner,
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
        SlowTests.SkipUnlessRequested();
        DiscretePropagation units = new() { Propagation = interpretation, Epsilon = 0.3, MaximumSignal = 1.9 };
        TrainingConfiguration configuration = new()
        {
            Task = new ParityTask { Length = 6, Sequences = 8 },
            Network = new() { Network = "parity", Unit = "threshold", InitialRange = 1.0 },
            Learner = new DiscreteErrorPropagation { LearningRate = 0.05, ThresholdUnits = units },
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

    /// <summary>
    /// What the output units are at first must differ from +1, the output of a threshold unit at the activation 0:
    /// otherwise the first step would have to give +1 for the input +1, and any later step in the same state −1.
    /// </summary>
    [Fact]
    public void Threshold_units_that_start_from_plus_one_cannot_compute_parity()
        => Gen.Double[-3.0, 3.0].Array[7].Sample(weights => Assert.False(
            ComputesParity(weights, initialOutput: 1.0)), iter: 2000);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    public void Threshold_units_that_start_from_zero_or_minus_one_can_compute_parity(double initialOutput)
        => Assert.True(ComputesParity([1.0, 1.0, -1.5, 1.0, 1.0, -2.0, -1.5], initialOutput));

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
                    Network = "parity",
                    Unit = unit,
                    Prior = string.Join(';', names.Zip(
                        weights, (name, w) => FormattableString.Invariant($"{name}={gain * w}"))),
                },
                Learner = new MultigridRandomSearch(), // its first candidate is the start
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

    /// <summary>Whether threshold units have the right output after every sequence of one or two inputs.</summary>
    private static bool ComputesParity(double[] weights, double initialOutput)
    {
        double[][] sequences = [[1.0], [-1.0], [1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]];
        return sequences.All(inputs =>
        {
            double y = initialOutput;
            foreach (double u in inputs)
            {
                Scalar[] after = [default, default];
                Scalar[] parameters = [.. weights.Select(w => new Scalar(w))], before = [new(y), default],
                    input = [new(u)];
                new ParityNetwork<Threshold>(new Threshold(new()), initialOutput).Step<Scalar>(
                    new(ref parameters[0]), new(ref input[0]), new(ref before[0]), new(ref after[0]));
                y = after[0].Value;
            }

            return y == (inputs.Count(u => u > 0.0) % 2 == 1 ? 1.0 : -1.0);
        });
    }
}
