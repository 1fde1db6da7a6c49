using System.Text.Json;
using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using Xunit;

namespace LatchLab.Tests.Diagnosis;

/// <summary>The answers about trained networks against those of independent programs (numpy, autograd).</summary>
public static class ReferenceModelTests
{
    private const int GradientSequences = 8;    // of the reference

    public static TheoryData<string> Names => [.. ReferenceModel.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public static void One_step_from_each_recorded_state_agrees_in_single_precision(string name)
    {
        ReferenceModel reference = ReferenceModel.Get(name);
        ImportCheck check = reference.Recorded.Compare(reference.Model.Network, reference.Data, reference.Run);
        JsonElement expected = reference.Numbers.GetProperty("import_check");
        Assert.True(check.IsPassed);
        // The reference has four digits.
        AssertNear(expected, "one_step_from_recorded_hidden_max_abs_difference", check.OneStep!.Value, 1e-3);
        AssertNear(expected, "free_run_after_10_steps", check.FirstSteps!.Value, 1e-3);
        AssertNear(expected, "free_run_max_abs_difference_of_hidden", check.FreeRun!.Value, 1e-3);
        AssertNear(expected, "output_max_abs_difference", check.Outputs!.Value, 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public static void The_gradient_by_lag_is_that_of_numpy(string name)
    {
        ReferenceModel reference = ReferenceModel.Get(name);
        JsonElement expected = reference.Numbers.GetProperty("gradient_by_lag");
        SequenceData data = reference.Data;
        double[][] targets = [.. data.Targets!.Take(GradientSequences).Select(steps => steps[^1])];
        GradientByLag gradient = GradientByLag.Compute(
            NetworkTrajectories.Run(reference.Model.Network, [.. data.Inputs.Take(GradientSequences)]), targets,
            EndLosses.Choose(targets, reference.Run.Outputs));
        AssertNear(expected.GetProperty("loss_at_last_step"), gradient.Losses, 1e-9);
        // Norms agree to 1e-9 of their size, so that their logarithms differ by as much.
        AssertNear(expected.GetProperty("mean_log_norm"), gradient.MeanLogNorms, 1e-9, absolute: 1e-9);
        JsonElement norms = expected.GetProperty("log_norms");
        for (int i = 0; i < norms.GetArrayLength(); i++)
            AssertNear(norms[i], gradient.LogNorms[i], 1e-9, absolute: 1e-9);
        AssertNear(expected.GetProperty("log_change_per_step"), "value", gradient.LogChangePerStep.Value, 1e-7);
        AssertNear(expected, "factor_per_step", gradient.FactorPerStep.Value, 1e-7);
        Assert.Equal(expected.GetProperty("horizon_99_percent").GetProperty("value").GetInt32(), gradient.Horizon);
        JsonElement lag = expected.GetProperty("lag_below_1_percent").GetProperty("value");
        Assert.Equal(lag.ValueKind == JsonValueKind.Null ? null : lag.GetInt32(), gradient.LagBelowOnePercent);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public static void Operator_norms_are_those_of_numpy(string name)
    {
        ReferenceModel reference = ReferenceModel.Get(name);
        JsonElement expected = reference.Numbers.GetProperty("gradient_by_lag")
            .GetProperty("log_operator_norm_sequence_0");
        OperatorNorms norms = OperatorNorms.Compute(
            reference.Model.Network, reference.Data.Inputs[0], reference.Run.StateSize,
            TestContext.Current.CancellationToken)!;
        foreach ((int lag, double norm) in norms.Lags.Zip(norms.LogNorms))
            Assert.Equal(expected[lag].GetDouble(), norm, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public static void The_influence_by_lag_is_that_of_numpy(string name)
    {
        ReferenceModel reference = ReferenceModel.Get(name);
        JsonElement expected = reference.Numbers.GetProperty("influence_by_lag");
        InfluenceByLag influence = InfluenceByLag.Compute(
            reference.Model.Network, reference.Data, reference.Run,
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, influence.Stride);
        // Of several outputs the reference has the mean of their standard deviations, not of their variances.
        if (reference.Run.Outputs == 1)
            AssertNear(expected, "rms_spread_of_outputs", influence.OutputSpread, 1e-7);
        // The reference has eight digits.
        AssertNear(expected.GetProperty("rms_change"), influence.Changes, 1e-7);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public static void States_are_told_apart_at_rest_as_by_numpy(string name)
    {
        ReferenceModel reference = ReferenceModel.Get(name);
        JsonElement expected = reference.Numbers.GetProperty("retention_at_rest");
        NetworkTrajectories run = reference.Run;
        double[][] states = [.. expected.GetProperty("indices").EnumerateArray().Select(index =>
        {
            var state = new double[run.StateSize];
            run.CopyState(index.GetInt32() / run.Length, (index.GetInt32() % run.Length) + 1, state);
            return state;
        })];
        JsonElement points = expected.GetProperty("points");
        // A chaotic orbit parts from that of any other arithmetic: the counts agree, the spreads only at first.
        bool isChaotic = name == "rnn-adding-exploding";
        RetentionAtRest retention = RetentionAtRest.Compute(
            reference.Model.Network, states, new double[run.Inputs],
            [.. points.EnumerateArray().Select(point => point.GetProperty("steps").GetInt32())], threads: 2,
            TestContext.Current.CancellationToken);
        foreach ((JsonElement point, RetentionPoint found) in points.EnumerateArray().Zip(retention.Points))
        {
            Assert.Equal(point.GetProperty("states_told_apart").GetInt32(), found.StatesApart);
            if (!isChaotic || found.Steps <= 100)
                AssertNear(point, "rms_spread_of_outputs", found.OutputSpread, 1e-6, absolute: 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public static void Gates_and_units_are_those_of_numpy(string name)
    {
        ReferenceModel reference = ReferenceModel.Get(name);
        IReadOnlyList<GateStatistics> gates = GateStatistics.Compute(reference.Run);
        if (reference.Numbers.TryGetProperty("gates", out JsonElement expectedGates))
        {
            Assert.Equal(expectedGates.EnumerateObject().Select(gate => gate.Name).Order(),
                gates.Select(gate => gate.Name).Order());
            foreach (GateStatistics gate in gates)
            {
                JsonElement expected = expectedGates.GetProperty(gate.Name);
                AssertNear(expected, "mean", gate.Mean, 1e-6);
                AssertNear(expected, "share_below_0_1", gate.ShareBelow, 1e-6);
                AssertNear(expected, "share_above_0_9", gate.ShareAbove, 1e-6);
                AssertNear(expected.GetProperty("mean_by_unit"), gate.MeansByUnit, 1e-5);
                // Below 0.1 are the first two bins, above 0.9 the last two.
                AssertNear(expected, "share_below_0_1", gate.Histogram.Take(2).Sum(), 1e-6);
                AssertNear(expected, "share_above_0_9", gate.Histogram.TakeLast(2).Sum(), 1e-6);
                Assert.Equal(1.0, gate.Histogram.Sum(), tolerance: 1e-9);
            }
        }
        else
        {
            Assert.Empty(gates);
        }

        UnitStatistics units = Assert.Single(UnitStatistics.Compute(reference.Run));
        JsonElement expectedUnits = reference.Numbers.GetProperty("units");
        AssertNear(expectedUnits.GetProperty("standard_deviation"), units.Deviations, 1e-4);
        AssertNear(expectedUnits, "share_of_values_beyond_0_99", units.SaturatedShare, 1e-6);
        Assert.Equal(expectedUnits.GetProperty("dead").GetInt32(), units.Dead.Count);
    }

    [Theory]
    [InlineData("lstm-first-bit", VerdictCode.Forgets)]
    [InlineData("gru-flip-flop", VerdictCode.Latches)]
    [InlineData("rnn-adding-exploding", VerdictCode.Chaotic)]
    public static void Exponents_agree_within_their_errors_and_give_the_verdict(string name, VerdictCode verdict)
    {
        ReferenceModel reference = ReferenceModel.Get(name);
        TrainedNetworkDiagnosis answer = TrainedNetworkAnalyzer.Diagnose(
            reference.Model, reference.Data,
            new()
            {
                HeldInputs = [new double[reference.Run.Inputs]],
                Only = new HashSet<Question> { Question.Growth, Question.Storage },
                Threads = 2,
            }, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(answer.Skipped);
        AssertWithinErrors(reference.Numbers.GetProperty("lyapunov_driven"), answer.Driven!);
        AssertWithinErrors(reference.Numbers.GetProperty("lyapunov_input_0"), answer.Rest[0]);
        Assert.Equal(verdict, answer.Verdict);
    }

    /// <summary>Both estimates are off by their own errors: 5 standard errors of each, and rounding.</summary>
    private static void AssertWithinErrors(JsonElement expected, LyapunovSpectrum spectrum)
    {
        JsonElement values = expected.GetProperty("exponents"), errors = expected.GetProperty("standard_errors");
        for (int i = 0; i < values.GetArrayLength(); i++)
        {
            LyapunovExponent exponent = spectrum.Exponents[i];
            double error = (5.0 * errors[i].GetDouble()) + (2.5 * (exponent.Upper - exponent.Value)) + 1e-6;
            Assert.InRange(exponent.Value, values[i].GetDouble() - error, values[i].GetDouble() + error);
        }
    }

    private static void AssertNear(
        JsonElement expected, IReadOnlyList<double> values, double relative, double absolute = 1e-12)
    {
        Assert.Equal(expected.GetArrayLength(), values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            double wanted = expected[i].GetDouble();
            Assert.Equal(wanted, values[i], Math.Max(relative * Math.Abs(wanted), absolute));
        }
    }

    private static void AssertNear(
        JsonElement expected, string property, double value, double relative, double absolute = 1e-12)
    {
        double wanted = expected.GetProperty(property).GetDouble();
        Assert.Equal(wanted, value, Math.Max(relative * Math.Abs(wanted), absolute));
    }
}
