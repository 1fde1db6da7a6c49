using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using LatchLab.Models.Interchange;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Diagnosis;

/// <summary>Networks whose answers are known by a formula.</summary>
public sealed class ExactDiagnosisTests
{
    private const double LatchFactor = 0.166372;    // f′ at the fixed points x = tanh(2x) of w = 2, six digits

    [Fact]
    public void A_linear_decay_of_0_9_is_found_as_the_factor_of_the_gradient()
    {
        // Positive inputs keep the unit on the linear side of ReLU, where h_t = 0.9·h_{t−1} + u_t.
        TrainedNetworkDiagnosis answer = Diagnose(CreateElman("relu", [0.9], 1), Inputs(1.0, 40), taskLength: null);
        Assert.Equal(0.9, answer.Gradient!.FactorPerStep.Value, 1e-12);
        Assert.Equal(Elementary.Log(0.9), answer.Driven!.Exponents[0].Value, 1e-12);
        // Σ_{j ≤ k} 0.9^j is 99 % of the sum of 41 terms from k = 36 on.
        Assert.Equal(Enumerable.Range(0, 41).First(
            k => 1.0 - Math.Pow(0.9, k + 1) >= 0.99 * (1.0 - Math.Pow(0.9, 41))), answer.Gradient.Horizon);
        Assert.Null(answer.Gradient.LagBelowOnePercent);    // 0.9^40 is 1.5 %
    }

    [Fact]
    public void A_latch_of_weight_2_stores_one_bit_and_contracts_by_its_known_factor()
    {
        TrainedNetworkDiagnosis answer = Diagnose(CreateElman("tanh", [2.0], 1), null, taskLength: null);
        Assert.Equal(VerdictCode.Latches, answer.Verdict);
        Assert.Equal(1.0, answer.Retention[0].Bits);
        Assert.Equal(LatchFactor, Elementary.Exp(answer.Rest[0].Exponents[0].Value), 1e-6);
    }

    [Fact]
    public void An_identity_network_is_marginal_and_never_stable()
    {
        TrainedNetworkDiagnosis answer = Diagnose(CreateElman("relu", [1.0, 0.0, 0.0, 1.0], 2), Inputs(1.0, 30), null);
        Assert.Equal(0.0, answer.Rest[0].Exponents[0].Value, 1e-15);
        Assert.Equal(VerdictCode.Marginal, answer.Verdict);
    }

    [Fact]
    public void An_lstm_without_recurrent_weights_decays_with_its_forget_gate()
    {
        // b_f = ln(0.8/0.2), so f = 0.8 always: c has the exponent ln 0.8; h depends on c alone.
        double[] biases = [0.0, Elementary.Log(4.0), 0.0, 0.0];
        var layer = new RecurrentLayer("LSTM", 1, 1, [0.5, 0.0, 0.5, 0.5], new double[4], biases, new double[4]);
        TrainedNetwork model = Create(layer, "lstm");
        TrainedNetworkDiagnosis answer = Diagnose(model, Inputs(0.3, 30), taskLength: 30);
        // At rest the ratio of h to c is constant; along the data it changes by less than √2 between the ends.
        Assert.Equal(Elementary.Log(0.8), answer.Rest[0].Exponents[0].Value, 1e-10);
        Assert.Equal(Elementary.Log(0.8), answer.Driven!.Exponents[0].Value, 0.5 * Elementary.Log(2.0) / 54);
        GateStatistics forget = Assert.Single(answer.Gates!, gate => gate.Holds);
        Assert.Equal(0.8, forget.Mean, 1e-12);
        Assert.Equal(VerdictCode.Forgets, answer.Verdict);
        Assert.Contains(Advice.Find(answer), advice => advice.Code == AdviceCode.OpenHoldingGates);
    }

    [Fact]
    public void Gates_without_weights_are_half_open()
    {
        var layer = new RecurrentLayer(
            "GRU", 2, 1, new double[6], new double[12], new double[6], new double[6]);
        TrainedNetworkDiagnosis answer = Diagnose(Create(layer, "gru"), Inputs(1.0, 5), null);
        Assert.All(answer.Gates!, gate => Assert.All(gate.MeansByUnit, mean => Assert.Equal(0.5, mean)));
        Assert.Equal(VerdictCode.Dead, answer.Verdict);
    }

    [Theory]
    [InlineData(0.95, null, null, 1, VerdictCode.Dead)]
    [InlineData(0.0, 0.02, 0.03, 128, VerdictCode.Chaotic)]
    [InlineData(0.0, -0.05, 0.05, 128, VerdictCode.Marginal)]
    [InlineData(0.0, -0.5, -0.4, 1, VerdictCode.Forgets)]
    [InlineData(0.0, -0.5, -0.4, 8, VerdictCode.Latches)]
    [InlineData(0.0, -0.5, -0.4, null, VerdictCode.Undecided)]
    public void The_verdict_is_a_function_of_the_numbers(
        double dead, double? lower, double? upper, int? states, VerdictCode expected)
    {
        LyapunovExponent? driven = lower is { } low && upper is { } high ? new(0.5 * (low + high), low, high) : null;
        var numbers = new VerdictNumbers
        {
            TaskLength = 100,
            Driven = driven,
            Rest = new(-0.3, -0.3, -0.3),
            StatesAtStart = 128,
            StatesBefore = states,
            StatesAtEnd = states,
            QuietSteps = 2000,
            OutputSpreadShare = states == 1 ? 0.0 : 1.0,
            Period = 1,
            DeadShare = dead,
        };
        Assert.Equal(expected, Verdict.Decide(numbers));
        // At rest nothing contracts fast enough to restore the states: they drift.
        if (expected == VerdictCode.Latches)
        {
            Assert.Equal(VerdictCode.SlowManifold, Verdict.Decide(numbers with { Rest = new(-1e-4, -2e-4, 0.0) }));
            Assert.Equal(VerdictCode.Oscillates, Verdict.Decide(numbers with { Period = 2 }));
        }

        if (expected == VerdictCode.Forgets)
            Assert.Equal(VerdictCode.ExplodesTransiently, Verdict.Decide(numbers with { LargestNorm = 11.0 }));
    }

    [Fact]
    public void Chaos_counts_only_if_it_matters_over_the_task()
    {
        var numbers = new VerdictNumbers { Driven = new(0.003, 0.001, 0.005), StatesAtEnd = 1 };
        Assert.Equal(VerdictCode.Chaotic, Verdict.Decide(numbers));
        Assert.NotEqual(VerdictCode.Chaotic, Verdict.Decide(numbers with { TaskLength = 100 }));
        Assert.True(Verdict.CarriesTask(numbers with { TaskLength = 100 }));
        Assert.Equal(VerdictCode.Chaotic, Verdict.Decide(numbers with { TaskLength = 1001 }));
    }

    private static TrainedNetworkDiagnosis Diagnose(TrainedNetwork model, SequenceData? data, int? taskLength)
        => TrainedNetworkAnalyzer.Diagnose(
            model, data, new() { TaskLength = taskLength, HeldInputs = [new double[model.Network.Inputs]] },
            cancellation: TestContext.Current.CancellationToken);

    private static SequenceData Inputs(double value, int length)
        => new("test", [.. Enumerable.Range(0, 2).Select(
            i => Enumerable.Range(0, length).Select(t => new[] { value + (0.01 * (i + (t % 3))) }).ToArray())]);

    private static TrainedNetwork CreateElman(string unit, double[] weights, int units)
        => Create(
            new("RNN", units, 1, [.. Enumerable.Repeat(1.0, units)], weights, new double[units], new double[units])
            {
                Activations = [.. Enumerable.Repeat(unit, units)],
            },
            $"rnn-{unit}");

    private static TrainedNetwork Create(RecurrentLayer layer, string cell)
        => new("test", "test", "", cell, NetworkCandidate.ListAll(new("", [layer]), null, cell)[0].Network, []);
}
